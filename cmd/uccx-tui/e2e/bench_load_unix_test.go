//go:build unix

package e2e_test

import (
	"bytes"
	"fmt"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// BenchmarkLoad: log in, survey, check and CSR on many nodes in one run, at 50 ms a round trip. The nodes are served by
// another process, whose memory does not count; its processor time does, since both share this machine.
func BenchmarkLoad(b *testing.B) {
	ours, err := binary()
	if err != nil {
		b.Fatal(err)
	}
	for _, pairs := range []int{1, 10, 50, 500} {
		b.Run(fmt.Sprintf("nodes=%d", 2*pairs+1), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				far, p := newPlace(b), newPlace(b)
				s := far.serve("--nodes", fmt.Sprint(pairs), "--rtt", "50ms")
				c := exec.Command(ours, "run", "--solution", s.solution(b, true), "--password-file", s.passwordFile(b), "--answer", "findings=yes")
				c.Env = p.env()
				b.StartTimer()
				begun := time.Now()
				out, _ := c.CombinedOutput()
				if c.ProcessState.ExitCode() != 4 { // the CSRs wait for the CA
					b.Fatalf("exit %d\n%s", c.ProcessState.ExitCode(), tail(out))
				}
				b.ReportMetric(float64(bytes.Count(out, []byte(" asked\n"))), "questions") // ports that a busy machine did not see in time
				use := c.ProcessState.SysUsage().(*syscall.Rusage)
				b.ReportMetric(time.Since(begun).Seconds(), "s")
				b.ReportMetric(float64(use.Maxrss)/1024, "MiB-peak")
				b.ReportMetric((c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), "cpu-s")
			}
		})
	}
}

// tail is the end of what was printed.
func tail(out []byte) []byte { return out[max(len(out)-2000, 0):] }
