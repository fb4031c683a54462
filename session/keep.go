package session

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// Keep writes a file below the session folder and returns its path. A file is never overwritten: where the name is
// taken by other bytes, "name-2.ext" is used; where it holds the same bytes, that file is the answer. The next entry of
// the journal names the file with its checksum.
func (s *Session) Keep(rel string, data []byte) (string, error) {
	rel = portablePath(rel)
	if !filepath.IsLocal(rel) {
		return "", msg.Errorf("%q points outside the session folder. Nothing was written.", rel)
	}
	base := filepath.Join(s.dir, rel)
	if err := inside(s.dir, rel); err != nil {
		return "", err
	}
	if err := makeDir(s.disk, filepath.Dir(base)); err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fenced(); err != nil {
		return "", err
	}
	ext := filepath.Ext(base)
	for i := 1; ; i++ {
		path := base
		if i > 1 {
			path = strings.TrimSuffix(base, ext) + "-" + strconv.Itoa(i) + ext
		}
		there, err := regular.Read(path, maxFile)
		switch {
		case errors.Is(err, os.ErrNotExist):
			if err := writeWhole(s.disk, path, data); err != nil {
				return "", said("cannot write the file", path, err)
			}
			return path, s.claim(path, data)
		case err != nil:
			return "", said("the file cannot be read", path, err)
		case bytes.Equal(there, data):
			if err := s.disk.syncDir(filepath.Dir(path)); err != nil { // a try before this one may have failed at that
				return "", said("cannot write the file", path, err)
			}
			return path, s.claim(path, data)
		}
	}
}

// claim lets the next entry name a file.
func (s *Session) claim(path string, data []byte) error {
	rel, err := filepath.Rel(s.dir, path)
	if err != nil {
		return err
	}
	rel = filepath.ToSlash(rel)
	if sum := sumOf(data); s.named[rel] != sum {
		s.kept[rel] = sum
	}
	return nil
}

// namedIn collects the files that a journal names.
func namedIn(entries []Entry) map[string]string {
	all := map[string]string{}
	for _, e := range entries {
		for rel, sum := range e.Kept {
			all[rel] = sum
		}
	}
	return all
}

const tempMark = ".writing-"

// writeWhole makes a file that is there whole or not at all: written beside, synced, renamed.
func writeWhole(d disk, path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := d.temp(dir)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = d.rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return err
	}
	return d.syncDir(dir)
}

// sweep removes what a killed program left half written. The lock is held: no other program writes.
func sweep(dir string) {
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasPrefix(d.Name(), tempMark) {
			_ = os.Remove(path)
		}
		return nil
	})
}
