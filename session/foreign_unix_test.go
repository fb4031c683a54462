//go:build unix

package session

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestModes: whatever the umask lets through, files and folders are made for their owner alone.
func TestModes(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	h := Home{Dir: filepath.Join(t.TempDir(), "state", "uccx-tui")}
	s, err := h.Create("modes")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	log, err := s.Log("one.log")
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if _, err := log.Write([]byte("a line\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("kind", "", "", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep("deep/er/file", []byte("x")); err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = filepath.WalkDir(filepath.Dir(h.Dir), func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if seen++; err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %04o", path, info.Mode().Perm())
		}
		return err
	})
	if err != nil || seen < 9 {
		t.Fatalf("%d files and folders: %v", seen, err)
	}
}

// TestNotThroughLinks: nothing is written below a session folder through a link that leads elsewhere.
func TestNotThroughLinks(t *testing.T) {
	h, elsewhere := newHome(t), t.TempDir()
	s, err := h.Create("links")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.Symlink(elsewhere, filepath.Join(s.Dir(), "outbox")); err != nil {
		t.Fatal(err)
	}
	if path, err := s.Keep("outbox/a.csr", []byte("x")); err == nil {
		t.Errorf("%s was written", path)
	}
	if _, err := s.Log("outbox/deep/a.log"); err == nil {
		t.Error("a transcript is written")
	}
	if all, err := os.ReadDir(elsewhere); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

// TestVerifyLinks: a link or a pipe that no entry names is named as what it is, and is not opened.
func TestVerifyLinks(t *testing.T) {
	for name, put := range map[string]func(path string) error{
		"link": func(path string) error { return os.Symlink("/etc/passwd", path) },
		"pipe": func(path string) error { return syscall.Mkfifo(path, 0o600) },
	} {
		h := newHome(t)
		journal := written(t, h, 2)
		if err := put(filepath.Join(filepath.Dir(journal), name)); err != nil {
			t.Fatal(err)
		}
		got, err := h.Verify("test")
		if err != nil || len(got.Bad) != 1 || got.Bad[0].File != name || !strings.Contains(got.Bad[0].What.String(), "not opened") || len(got.Unnamed) != 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestOwned: a folder of the state that others own or may write is refused, whichever it is; one of the user's own is not.
func TestOwned(t *testing.T) {
	h := newHome(t)
	written(t, h, 1)
	if err := os.MkdirAll(filepath.Join(h.Dir, "labs"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := h.Owned(); err != nil {
		t.Fatal(err)
	}
	if err := (Home{Dir: filepath.Join(t.TempDir(), "not", "there")}).Owned(); err != nil {
		t.Errorf("a folder that is not there yet: %v", err)
	}
	linked := Home{Dir: filepath.Join(t.TempDir(), "linked")}
	if err := os.Symlink(h.Dir, linked.Dir); err != nil {
		t.Fatal(err)
	}
	if err := linked.Owned(); err != nil {
		t.Errorf("a link to a folder of the user's own: %v", err)
	}
	for _, dir := range []string{h.Dir, h.sessions(), filepath.Join(h.Dir, "labs")} {
		for _, mode := range []os.FileMode{0o777, 0o770, 0o702, 0o720, 0o777 | os.ModeSticky} {
			if err := os.Chmod(dir, mode); err != nil {
				t.Fatal(err)
			}
			var foreign *Foreign
			if err := h.Owned(); !errors.As(err, &foreign) || foreign.Dir != dir {
				t.Errorf("%s, mode %v: %v", dir, mode, err)
			}
		}
		for _, mode := range []os.FileMode{0o700, 0o755, 0o750} {
			if err := os.Chmod(dir, mode); err != nil {
				t.Fatal(err)
			}
			if err := h.Owned(); err != nil {
				t.Errorf("%s, mode %v: %v", dir, mode, err)
			}
		}
		if os.Geteuid() == 0 {
			if err := os.Chown(dir, 65534, -1); err != nil {
				t.Fatal(err)
			}
			if err := h.Owned(); err == nil {
				t.Errorf("%s of another user is used", dir)
			}
			_ = os.Chown(dir, 0, -1)
		}
	}
	for mode, bad := range map[os.FileMode]bool{0o777: true, 0o777 | os.ModeSticky: false, 0o775: false, 0o755: false} {
		if err := os.Chmod(filepath.Dir(h.Dir), mode); err != nil {
			t.Fatal(err)
		}
		if err := h.Owned(); (err != nil) != bad {
			t.Errorf("the folder above, mode %v: %v", mode, err)
		}
	}
}

// TestSpecialFiles: pipes, devices, links and folders in the place of a session's files stop nothing: every operation ends at
// once with a word, the other sessions are listed, and nothing is written through a link.
func TestSpecialFiles(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(path, victim string) error{
		"pipe":           func(path, _ string) error { return syscall.Mkfifo(path, 0o600) },
		"link to zero":   func(path, _ string) error { return os.Symlink("/dev/zero", path) },
		"link to a file": func(path, victim string) error { return os.Symlink(victim, path) },
		"link loop":      func(path, _ string) error { return os.Symlink(filepath.Base(path), path) },
		"folder":         func(path, _ string) error { return os.Mkdir(path, 0o700) },
	}
	for kind, put := range kinds {
		for _, rel := range []string{journalName, lockName, holderName, takingName, "outbox/a.csr", "transcripts/a.log", "transcripts", "outbox"} {
			h := newHome(t)
			_, _, journal := whole(t, h)
			victim := filepath.Join(t.TempDir(), "victim")
			path := filepath.Join(filepath.Dir(journal), rel)
			if err := errors.Join(os.WriteFile(victim, []byte("victim\n"), 0o600), os.RemoveAll(path), put(path, victim)); err != nil {
				t.Fatal(err)
			}
			other, err := h.Create("other")
			if err == nil {
				_, err = other.Append("entry", "", "", nil)
			}
			if err = errors.Join(err, other.Close()); err != nil {
				t.Fatal(err)
			}
			ends(t, kind+" "+rel, func() { all(t, h) })
			if text, err := os.ReadFile(victim); err != nil || string(text) != "victim\n" {
				t.Errorf("%s %s: something was written through the link: %q, %v", kind, rel, text, err)
			}
			infos, err := h.List()
			if err != nil || len(infos) != 2 {
				t.Errorf("%s %s: %v, %v", kind, rel, infos, err)
			}
			if got, err := h.Verify("test"); rel != lockName && rel != holderName && rel != takingName && rel != "outbox" && err == nil && len(got.Bad) == 0 && kind != "folder" {
				t.Errorf("%s %s: verify says nothing: %+v", kind, rel, got)
			}
		}
	}
}

// all does with a session whatever can be done.
func all(t *testing.T, h Home) {
	t.Helper()
	_, _ = h.List()
	_, _ = h.Read("test")
	_, _ = h.Verify("test")
	if s, err := h.TakeOver("test", Holder{}); err == nil {
		_ = s.Close()
	}
	s, err := h.Open("test")
	if err != nil {
		if strings.Contains(err.Error(), "%!") {
			t.Error(err)
		}
		return
	}
	defer s.Close()
	_, _ = s.Append("entry", "", "", nil)
	_, _ = s.Keep("outbox/a.csr", []byte("x"))
	_, _ = s.Keep("outbox/b.csr", []byte("x"))
	if l, err := s.Log("transcripts/a.log"); err == nil {
		_, _ = l.Write([]byte("line\n"))
		_ = l.Close()
	}
	_, _ = s.Pack("1", nil)
}

// ends fails where something waits for ever.
func ends(t *testing.T, what string, do func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-ctx.Done():
		t.Fatalf("%s: it does not end", what)
	}
}

// TestNoHalfFolder: a session that cannot be begun leaves no folder behind.
func TestNoHalfFolder(t *testing.T) {
	for from := 1; ; from++ {
		d := &faulty{err: syscall.ENOSPC, from: from, times: 1 << 20}
		h := newHome(t)
		h.disk = d
		s, err := h.Create("test")
		if err == nil {
			if _, err = s.Append("opened", "", "", nil); err != nil {
				err = errors.Join(err, s.Discard())
			} else {
				_ = s.Close() // what was promised is on the disk
			}
		}
		if err == nil {
			break
		}
		if left, _ := os.ReadDir(h.sessions()); len(left) > 0 {
			t.Errorf("the disk is full from operation %d (%s) on: %v is left", from, d.what, left)
		}
		if from > 100 {
			t.Fatal("it never comes to its end")
		}
	}
}
