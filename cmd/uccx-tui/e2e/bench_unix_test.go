//go:build unix

package e2e_test

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
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

// bareProgram is the anchor of the bars: a list of 20 rows in Bubble Tea and nothing else.
const bareProgram = `package main

import (
	"fmt"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"
)

type model struct{ at int }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "q":
			return m, tea.Quit
		case "down":
			m.at++
		}
	}
	return m, nil
}

func (m model) View() tea.View {
	var b strings.Builder
	for i := range 20 {
		mark := " "
		if i == m.at {
			mark = ">"
		}
		fmt.Fprintf(&b, "%s row %d\n", mark, i)
	}
	v := tea.NewView(b.String())
	v.AltScreen = true
	return v
}

func main() {
	if _, err := tea.NewProgram(model{}).Run(); err != nil {
		os.Exit(1)
	}
}
`

// bare builds the anchor.
func bare(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	source, path := filepath.Join(dir, "main.go"), filepath.Join(dir, "bare")
	if err := os.WriteFile(source, []byte(bareProgram), 0o600); err != nil {
		b.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", path, source).CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return path
}

// BenchmarkFirstFrame: from the start of the process until its first screen stands. CPU is of parent and child together,
// to their end; ms-median is what the bar is about.
func BenchmarkFirstFrame(b *testing.B) {
	p := newPlace(b)
	ours, err := binary()
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		last       string
		args       []string
	}{{"bare", bare(b), "row 19", nil}, {"ours", ours, "quit", nil}, {"japanese", ours, "終了", []string{"--lang", "ja"}}} {
		b.Run(c.name, func(b *testing.B) {
			var took []float64
			least := math.Inf(1) // of all starts: what else the machine does makes it more
			for b.Loop() {
				cmd := exec.Command(c.path, c.args...)
				cmd.Env = p.env()
				begun := time.Now()
				s := p.seat(cmd)
				s.see(c.last)
				took = append(took, float64(time.Since(begun).Microseconds())/1000)
				b.StopTimer()
				s.press("q")
				<-s.gone
				least = min(least, cpuMS(s.cmd))
				b.StartTimer()
			}
			b.ReportMetric(least, "cpu-ms")
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2], "ms-median")
			b.ReportMetric(took[len(took)*95/100], "ms-p95")
		})
	}
}

// cpuMS is the processor time of a command that has ended, with that of its children, in milliseconds.
func cpuMS(c *exec.Cmd) float64 {
	return float64((c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Microseconds()) / 1000
}

// BenchmarkVersion: what a command that only prints one line takes of the processor, at least.
func BenchmarkVersion(b *testing.B) {
	p := newPlace(b)
	for _, tag := range []string{"en", "ja"} {
		b.Run(tag, func(b *testing.B) {
			least := math.Inf(1)
			for b.Loop() {
				c := p.command("version", "--lang", tag)
				if out, err := c.CombinedOutput(); err != nil {
					b.Fatalf("%v\n%s", err, out)
				}
				least = min(least, cpuMS(c))
			}
			b.ReportMetric(least, "cpu-ms")
		})
	}
}

// cpuOf returns what a process and its children that still run have used so far; their memory at its highest, in MiB, with
// pages that both have counted twice; and their memory now, each page counted once.
func cpuOf(b *testing.B, pid int) (used time.Duration, peak, now float64) {
	b.Helper()
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if len(threads) == 0 {
		b.Skip("only where /proc tells it")
	}
	var born string
	for _, dir := range threads {
		var ran int64
		stat, _ := os.ReadFile(filepath.Join(dir, "schedstat"))
		_, _ = fmt.Sscan(string(stat), &ran)
		used += time.Duration(ran)
		children, _ := os.ReadFile(filepath.Join(dir, "children"))
		born += string(children)
	}
	mib := func(file, field string) float64 {
		text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, file))
		_, rest, _ := strings.Cut(string(text), field)
		var kib float64
		_, _ = fmt.Sscan(rest, &kib)
		return kib / 1024
	}
	peak, now = mib("status", "VmHWM:"), mib("smaps_rollup", "\nPss:")
	for _, child := range strings.Fields(born) {
		n, _ := strconv.Atoi(child)
		more, high, share := cpuOf(b, n)
		used, peak, now = used+more, peak+high, now+share
	}
	return used, peak, now
}

// BenchmarkIdle: what five seconds cost in which nothing happens, and the memory of parent and child together.
func BenchmarkIdle(b *testing.B) {
	p := newPlace(b)
	ours, err := binary()
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, path, last string }{{"bare", bare(b), "row 19"}, {"ours", ours, "quit"}} {
		b.Run(c.name, func(b *testing.B) {
			cmd := exec.Command(c.path)
			cmd.Env = p.env()
			s := p.seat(cmd)
			s.see(c.last)
			s.still()
			for b.Loop() {
				before, _, _ := cpuOf(b, cmd.Process.Pid)
				bytes := s.read
				<-time.After(5 * time.Second)
				after, peak, now := cpuOf(b, cmd.Process.Pid)
				b.ReportMetric(float64((after-before).Microseconds())/1000, "cpu-ms/5s")
				b.ReportMetric(float64(s.still()-bytes)/5, "B/s")
				b.ReportMetric(peak, "MiB")
				b.ReportMetric(now, "MiB-shared-once")
			}
			s.press("q")
			<-s.gone
		})
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
		{"form", "x", func(s *seat) { s.see("Quit"); s.press(enter); s.see("How do you want"); s.press(enter); s.see("Name") }, nil},
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
	s.believe()
	s.press(enter)
	for _, title := range []string{"Read every node", "Check prerequisites", "Generate a CSR on each node"} {
		s.row(title, "✓ ccp")
	}
	s.row("Prepare the CSRs for the CA", "✓ solution")
	s.see("to-the-ca.txt")
	s.press(enter)
	s.answer(down+enter, "Have you sent all CSRs to the CA?")
	s.see("✓ solution", "enter next")
	s.press(enter)
	s.see("All CSRs answered")
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
		if out, _, code := p.run("sessions"); code != 0 || !strings.Contains(out, "verified") {
			b.Fatal(fmt.Sprint(code, out))
		}
	}
}
