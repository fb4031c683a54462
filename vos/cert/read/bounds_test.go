package read

import (
	"bytes"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TestFilesHaveAnEnd: a file of a CA is read up to 1 MiB, and an archive up to 16 MiB.
func TestFilesHaveAnEnd(t *testing.T) {
	root, _ := pair(t)
	plain := cert.PEM(root)
	filled := func(n int) []byte { return append(bytes.Clone(plain), bytes.Repeat([]byte("\n"), n-len(plain))...) }
	if f := Parse("x.pem", filled(1<<20)); f.Err != nil || len(f.Items) != 1 {
		t.Errorf("1 MiB: %v", f.Err)
	}
	if f := Parse("x.pem", filled(1<<20+1)); f.Err == nil || len(f.Items) != 0 || !strings.Contains(f.Err.Error(), "larger than 1 MiB") {
		t.Errorf("more than 1 MiB: %v", f.Err)
	}
	packed := append([]byte("PK\x03\x04"), make([]byte, 16<<20)...)
	if f := Parse("x.zip", packed); f.Err == nil || !strings.Contains(f.Err.Error(), "larger than 16 MiB") {
		t.Errorf("more than 16 MiB: %v", f.Err)
	}
}
