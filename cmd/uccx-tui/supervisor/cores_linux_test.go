package supervisor

import (
	"testing"

	"golang.org/x/sys/unix"
)

// TestNoCores: neither a core dump nor another program of the same user sees the memory of this one.
func TestNoCores(t *testing.T) {
	NoCores()
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &limit); err != nil || limit.Cur != 0 || limit.Max != 0 {
		t.Errorf("%+v, %v", limit, err)
	}
	if is, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || is != 0 {
		t.Errorf("dumpable %d, %v", is, err)
	}
}
