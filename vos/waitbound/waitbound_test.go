package waitbound

import (
	"flag"
	"os"
	"testing"

	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // -update
)

// probe notes how many tests may run at a time.
type probe struct{ seen string }

func (p *probe) Run() int {
	p.seen = flag.Lookup("test.parallel").Value.String()
	return 3
}

// TestRun: eight at a time, but for those who say how many; and the exit code is that of the tests.
func TestRun(t *testing.T) {
	flags, args := flag.CommandLine, os.Args
	defer func() { flag.CommandLine, os.Args = flags, args }()
	for _, c := range []struct {
		args []string
		want string
	}{{nil, "8"}, {[]string{"-test.parallel=3"}, "3"}, {[]string{"-test.parallel=2"}, "2"}} {
		flag.CommandLine = flag.NewFlagSet("test", flag.PanicOnError)
		flag.Int("test.parallel", 2, "")
		os.Args = append([]string{"test"}, c.args...)
		p := &probe{}
		if code := Run(p); code != 3 || p.seen != c.want {
			t.Errorf("%v: %d, %s at a time, not %s", c.args, code, p.seen, c.want)
		}
	}
}
