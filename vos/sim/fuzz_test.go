package sim

import (
	"bytes"
	"strings"
	"testing"
)

// pipe is a terminal whose keys were all pressed before.
type pipe struct {
	*strings.Reader
	out bytes.Buffer
}

func (p *pipe) Write(b []byte) (int, error) { return p.out.Write(b) }

// FuzzEditor: whatever is typed, lines hold no control characters, and every line feed goes out with a carriage return.
func FuzzEditor(f *testing.F) {
	for _, seed := range []string{"show status\r\n", "a\x7f\x7f\x15b\r", "\x1b[A\x1bOB\x1b[200~x\x1b[201~\n", "\x03\x00\r\x00q", "ä€\x7f\x7f\x7f\r"} {
		f.Add(seed, uint32(3))
	}
	f.Fuzz(func(t *testing.T, typed string, rows uint32) {
		p := &pipe{Reader: strings.NewReader(typed)}
		y := newTTY(p)
		y.resize(rows)
		for {
			y.print("%s\nadmin:", strings.Repeat("line\n", 5))
			line, err := y.line()
			if err == errInterrupt {
				continue
			}
			if err != nil {
				break
			}
			if strings.ContainsFunc(line, func(r rune) bool { return r < 32 || r == 127 }) {
				t.Errorf("%q", line)
			}
		}
		if out := p.out.String(); strings.Count(out, "\n") != strings.Count(out, "\r\n") {
			t.Errorf("a bare line feed in %q", out)
		}
	})
}

// FuzzRequest: a CA is sent anything.
func FuzzRequest(f *testing.F) {
	f.Add([]byte("-----BEGIN NEW CERTIFICATE REQUEST-----\nAAAA\n-----END NEW CERTIFICATE REQUEST-----\n"))
	f.Add([]byte{0x30, 0x82, 1, 1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		if csr, err := parseCSR(raw); err == nil && csr == nil {
			t.Error("neither request nor error")
		}
	})
}

// FuzzPaste: anything may be pasted; what is taken is one certificate.
func FuzzPaste(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	f.Add([]byte("-----BEGIN PKCS7-----\n-----END PKCS7-----\n-----BEGIN CERTIFICATE-----"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if c, err := pastedCertificate(raw); (c == nil) == (err == nil) {
			t.Error("neither certificate nor refusal, or both")
		}
	})
}
