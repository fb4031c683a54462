package sim

import (
	"io"
	"slices"
	"testing"
)

// typist is a terminal where keys come in the given groups; said has what the node had sent when each group came, and at the end.
type typist struct {
	groups []string
	sent   string
	said   []string
}

func (p *typist) Read(b []byte) (int, error) {
	p.said = append(p.said, p.sent)
	p.sent = ""
	if len(p.groups) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.groups[0])
	p.groups = p.groups[1:]
	return n, nil
}

func (p *typist) Write(b []byte) (int, error) {
	p.sent += "<" + string(b) + ">"
	return len(b), nil
}

// TestEcho: keys that come together are echoed together, in order with what else is sent, and before the node waits for more.
func TestEcho(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		groups, said []string
		line         string
	}{
		{[]string{"show status\r"}, []string{"<admin:>"}, "show status"},
		{[]string{"s", "h", "ow\r"}, []string{"<admin:>", "<s>", "<h>"}, "show"},
		{[]string{"ab\x7fc", "d\r"}, []string{"<admin:>", "<ab\b \b><c>"}, "acd"},
		{[]string{"x\x1b", "[Ay\tz", "\r"}, []string{"<admin:>", "<x>", "<y\a><z>"}, "xyz"},
	} {
		p := &typist{groups: c.groups}
		y := newTTY(p)
		y.print("admin:")
		line, err := y.line()
		if err != nil || line != c.line || !slices.Equal(p.said, c.said) {
			t.Errorf("%q: %q, %q, %v", c.groups, line, p.said, err)
		}
	}
}
