package manual

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFilesHaveAnEnd: a file of a person is read up to 1 MiB.
func TestFilesHaveAnEnd(t *testing.T) {
	for size, taken := range map[int]bool{1 << 20: true, 1<<20 + 1: false, 20 << 20: false} {
		path := filepath.Join(t.TempDir(), "x.pem")
		if err := os.WriteFile(path, bytes.Repeat([]byte("x"), size), 0o600); err != nil {
			t.Fatal(err)
		}
		data, err := load(path)
		if taken != (err == nil) || taken && len(data) != size || !taken && !strings.Contains(err.Error(), "larger than 1 MiB") {
			t.Errorf("%d bytes: %d were read, %v", size, len(data), err)
		}
	}
}
