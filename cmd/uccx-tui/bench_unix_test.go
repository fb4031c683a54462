//go:build unix

package main_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// still waits until nothing comes any more, and returns how many bytes have come.
func (s *seat) still() int {
	for {
		select {
		case <-s.news:
		case <-s.gone:
			return s.read
		case <-time.After(400 * time.Millisecond):
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.read
		}
	}
}

// BenchmarkFirstFrame: from the start of the process until the home screen stands.
func BenchmarkFirstFrame(b *testing.B) {
	p := newPlace(b)
	if _, err := binary(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s := p.sit()
		s.see("What do you want to do?", "quit")
		b.StopTimer()
		s.press("q")
		<-s.gone
		b.ReportMetric(float64(s.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024, "MiB-peak")
		b.ReportMetric(float64(s.cmd.ProcessState.UserTime().Milliseconds()+s.cmd.ProcessState.SystemTime().Milliseconds()), "cpu-ms")
		b.StartTimer()
	}
}

// BenchmarkBytes: what a screen costs on the line: a cursor key, a typed letter, five idle seconds.
func BenchmarkBytes(b *testing.B) {
	for _, c := range []struct {
		name, key string
		reach     func(s *seat)
		args      []string
	}{
		{"home", down, func(s *seat) { s.see("Quit") }, nil},
		{"plan", down, func(s *seat) { s.see("below this line services stop", "enter next") }, []string{"lab"}},
		{"form", "x", func(s *seat) { s.see("Quit"); s.press(enter); s.see("Name of the change") }, nil},
		{"chooser", down, reachChooser, []string{"lab"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := newPlace(b)
			s := p.sit(c.args...)
			c.reach(s)
			before := s.still()
			keys := 0
			for b.Loop() {
				for range 3 {
					s.press(c.key)
					s.still()
					keys++
				}
			}
			b.ReportMetric(float64(s.still()-before)/float64(keys), "B/key")
			at := s.still()
			<-time.After(5 * time.Second)
			b.ReportMetric(float64(s.still()-at)/5, "idle-B/s")
		})
	}
}

func reachChooser(s *seat) {
	s.see("enter next")
	s.press(enter)
	s.see("enter start")
	s.press(enter)
	for _, node := range []string{"uccx1", "uccx2", "ccp"} {
		s.answer(down+enter, node+".lab.example shows this SSH host key")
	}
	s.see("✓ ccp", "enter next")
	s.press(enter)
	for _, title := range []string{"Read every node", "Check before starting", "Generate a CSR on each node"} {
		s.row(title, "✓ ccp")
	}
	s.row("Write the CSRs for the CA", "✓ once")
	s.see("to-the-ca.txt")
	s.press(enter)
	s.answer(down+enter, "Have all CSRs been handed to the CA?")
	s.see("✓ once", "enter next")
	s.press(enter)
	s.see("Every CSR is answered")
}

// BenchmarkLabAuto: a whole change on three nodes, without and with 50 ms a round trip.
func BenchmarkLabAuto(b *testing.B) {
	for _, rtt := range []string{"0s", "50ms"} {
		b.Run("rtt="+rtt, func(b *testing.B) {
			p := newPlace(b)
			for i := 0; b.Loop(); i++ {
				c := p.command("lab", "--auto", "--rtt", rtt, "--name", "bench")
				if out, err := c.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				b.ReportMetric(float64(c.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)/1024, "MiB-peak")
			}
		})
	}
}

// BenchmarkSessions: how long it takes to list a long session.
func BenchmarkSessions(b *testing.B) {
	p := newPlace(b)
	if _, errout, code := p.run("lab", "--auto"); code != 0 {
		b.Fatal(errout)
	}
	for b.Loop() {
		if out, _, code := p.run("sessions"); code != 0 || !strings.Contains(out, "proven") {
			b.Fatal(fmt.Sprint(code, out))
		}
	}
}
