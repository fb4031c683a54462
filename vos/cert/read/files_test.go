package read

import (
	"os"
	"path/filepath"
	"testing"
)

// TestFiles: a link to a file is read as the file; what is neither a file nor a folder is refused, not waited for.
func TestFiles(t *testing.T) {
	dir, far := t.TempDir(), filepath.Join(t.TempDir(), "far.cer")
	if err := os.WriteFile(far, []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(far, filepath.Join(dir, "near.cer")); err != nil {
		t.Skip("no links here: ", err)
	}
	for _, to := range []string{os.DevNull, "nowhere", "."} {
		if err := os.Symlink(to, filepath.Join(dir, "to-"+filepath.Base(to))); err != nil {
			t.Fatal(err)
		}
	}
	files, err := Files([]string{dir})
	if err != nil || len(files) != 1 || files[0].Name != "near.cer" {
		t.Errorf("%v, %v", files, err)
	}
	if files, err := Files([]string{os.DevNull}); err == nil {
		t.Errorf("%s was read: %v", os.DevNull, files)
	}
}
