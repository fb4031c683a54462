package session

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sparse makes a file of that size that takes no room.
func sparse(t *testing.T, path string, size int64) *os.File {
	t.Helper()
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err == nil {
		err = f.Truncate(size)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

type zeros struct{ read int64 }

func (z *zeros) Read(p []byte) (int, error) {
	clear(p)
	z.read += int64(len(p))
	if z.read > 64<<20 {
		return 0, errors.New("read without end")
	}
	return len(p), nil
}

// TestBundleHasAnEnd: a session file of more than 256 MiB is refused before it is read, and one whose size is not known when that
// much was read.
func TestBundleHasAnEnd(t *testing.T) {
	t.Parallel()
	const most = 256 << 20
	if MaxBundle != most {
		t.Errorf("%d", MaxBundle)
	}
	f := sparse(t, filepath.Join(t.TempDir(), "x.tar"), most+1)
	var large *BadBundle
	if _, err := ReadBundle(f); !errors.As(err, &large) || !strings.Contains(err.Error(), "256 MB") {
		t.Errorf("%v", err)
	}
	if at, err := f.Seek(0, io.SeekCurrent); at != 0 || err != nil {
		t.Errorf("%d bytes were read, %v", at, err)
	}
	var from zeros
	if _, err := bounded(&from, 1<<20); !errors.As(err, &large) || !strings.Contains(err.Error(), "1 MB") || from.read > 8<<20 {
		t.Errorf("%d bytes were read: %v", from.read, err)
	}
	if data, err := bounded(strings.NewReader("0123"), 4); string(data) != "0123" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
}

// TestExportHasAnEnd: a session of more than 128 MiB is not exported, and is not read first.
func TestExportHasAnEnd(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	b := &Bundle{files: map[string][]byte{}}
	sparse(t, filepath.Join(dir, "large"), 128<<20+1)
	if err := b.gather("", dir); err == nil || !strings.Contains(err.Error(), "larger than 128 MB") || len(b.files) != 0 {
		t.Errorf("%d files, %v", len(b.files), err)
	}
}
