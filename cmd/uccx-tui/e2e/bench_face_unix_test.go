//go:build unix

package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// middle reports the median and the worst twentieth of some times, in milliseconds.
func middle(b *testing.B, all []time.Duration, name string) {
	b.Helper()
	slices.Sort(all)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(all[len(all)/2]), name+"ms-median")
	b.ReportMetric(ms(all[len(all)*95/100]), name+"ms-p95")
}

// echo presses a key and returns when the last byte of the answer came, and how many there were.
func (s *seat) echo(key string) (time.Duration, int) {
	begun, last := time.Now(), time.Now()
	before := s.bytes()
	s.press(key)
	for {
		select {
		case <-s.news:
			last = time.Now()
		case <-s.gone:
			return 0, 0
		case <-time.After(80 * time.Millisecond):
			return last.Sub(begun), s.bytes() - before
		}
	}
}

func (s *seat) bytes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read
}

// BenchmarkKey: from a key to the last byte of its answer, beside the bare list. B-max is the dearest key of all.
func BenchmarkKey(b *testing.B) {
	ours, err := binary()
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		args       []string
		last       string
		first      string // pressed once before
		keys       []string
	}{
		{"bare", bare(b), nil, "row 19", "", []string{down}}, {"home", ours, nil, "quit", "", []string{down, "\x1b[A"}}, {"plan", ours, []string{"lab"}, "enter next", "\x1b[F", []string{"\x1b[A", down}},
		{"form-letter", ours, nil, "quit", enter + enter, []string{"x"}}, {"form-field", ours, nil, "quit", enter + enter, []string{"\t", "\t", "\x1b[Z", "\x1b[Z"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := newPlace(b)
			cmd := exec.Command(c.path, c.args...)
			cmd.Env = p.env()
			s := p.seat(cmd)
			s.see(c.last)
			s.still()
			if c.first != "" {
				s.echo(c.first)
				s.still()
			}
			var took []time.Duration
			var cost []int
			for b.Loop() {
				for range 4 {
					for _, k := range c.keys {
						d, n := s.echo(k)
						took, cost = append(took, d), append(cost, n)
					}
				}
			}
			slices.Sort(cost)
			middle(b, took, "")
			b.ReportMetric(float64(cost[len(cost)/2]), "B-median")
			b.ReportMetric(float64(cost[len(cost)-1]), "B-max")
		})
	}
}

// BenchmarkPages: the bytes of the first screen, and of each change to another one.
func BenchmarkPages(b *testing.B) {
	p := newPlace(b)
	s := p.sit("lab")
	s.see("enter next")
	first := float64(s.still())
	defer func() { b.ReportMetric(first, "B-first") }()
	for b.Loop() {
		for _, k := range []struct{ key, to, name string }{{"?", "esc back", "help"}, {esc, "enter next", "back"}, {"r", "Certificate change", "report"}, {esc, "enter next", "plan"}, {enter, "enter start", "step"}, {esc, "enter next", "plan"}} {
			before := s.still()
			s.press(k.key)
			s.see(k.to)
			b.ReportMetric(float64(s.still()-before), "B-"+k.name)
		}
	}
}

// BenchmarkEnd: from a signal to the end of the program, with the terminal as before.
func BenchmarkEnd(b *testing.B) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		b.Run(strings.ReplaceAll(sig.String(), " ", "-"), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				p := newPlace(b)
				s := p.sit("lab")
				s.see("enter next")
				s.still()
				begun := time.Now()
				if err := s.cmd.Process.Signal(sig); err != nil {
					b.Fatal(err)
				}
				<-s.gone
				took = append(took, time.Since(begun))
			}
			middle(b, took, "")
		})
	}
}

// BenchmarkSlowLine: what a line of 57,600 baud and 150 ms there and back adds: every byte has its time on the line.
func BenchmarkSlowLine(b *testing.B) {
	const line, baud = 150 * time.Millisecond, 5760 // bytes a second
	ours, err := binary()
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, path, last string }{{"bare", bare(b), "row 19"}, {"ours", ours, "quit"}} {
		b.Run(c.name, func(b *testing.B) {
			var ready, key []time.Duration
			for b.Loop() {
				p := newPlace(b)
				cmd := exec.Command(c.path)
				cmd.Env = append(p.env(), "SSH_TTY=/dev/pts/0")
				begun := time.Now()
				s := p.seat(cmd)
				s.see(c.last)
				took := time.Since(begun)
				ready = append(ready, line+took+time.Duration(s.bytes())*time.Second/baud)
				s.still()
				d, n := s.echo(down)
				key = append(key, line+d+time.Duration(n)*time.Second/baud)
				s.press("q")
				<-s.gone
			}
			middle(b, ready, "ready-")
			middle(b, key, "key-")
		})
	}
}

// BenchmarkSize: the stripped binary, as it is released.
func BenchmarkSize(b *testing.B) {
	path := filepath.Join(b.TempDir(), "uccx-tui")
	for b.Loop() {
		build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, program)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/1e6, "MB")
	}
}
