package session

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// faulty is a disk whose operations fail: each from number `from` on, `times` in a row. It does not wait for a real one.
type faulty struct {
	system
	err         error
	from, times int
	n           int
	what        string // the operation that failed last
}

func (d *faulty) fails(what string) bool {
	d.n++
	if d.n < d.from || d.n >= d.from+d.times {
		return false
	}
	d.what = what
	return true
}

func (d *faulty) open(path string, flag int) (file, error) {
	if d.fails("open") {
		return nil, &os.PathError{Op: "open", Path: path, Err: d.err}
	}
	f, err := d.system.open(path, flag)
	return &faultyFile{f, d}, err
}

func (d *faulty) temp(dir string) (file, error) {
	if d.fails("temp") {
		return nil, &os.PathError{Op: "open", Path: dir, Err: d.err}
	}
	f, err := d.system.temp(dir)
	return &faultyFile{f, d}, err
}

func (d *faulty) rename(from, to string) error {
	if d.fails("rename") {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: d.err}
	}
	return d.system.rename(from, to)
}

func (d *faulty) mkdir(path string) error {
	if d.fails("mkdir") {
		return &os.PathError{Op: "mkdir", Path: path, Err: d.err}
	}
	return d.system.mkdir(path)
}

func (d *faulty) mkdirAll(path string) error {
	if d.fails("mkdirAll") {
		return &os.PathError{Op: "mkdir", Path: path, Err: d.err}
	}
	return d.system.mkdirAll(path)
}

func (d *faulty) syncDir(path string) error {
	if d.fails("syncDir") {
		return &os.PathError{Op: "sync", Path: path, Err: d.err}
	}
	return nil
}

type faultyFile struct {
	file
	d *faulty
}

// A failed write leaves half of its bytes behind.
func (f *faultyFile) Write(p []byte) (int, error) {
	if f.d.fails("write") {
		n, _ := f.file.Write(p[:len(p)/2])
		return n, &os.PathError{Op: "write", Path: f.Name(), Err: f.d.err}
	}
	return f.file.Write(p)
}

func (f *faultyFile) WriteAt(p []byte, at int64) (int, error) {
	if f.d.fails("writeAt") {
		n, _ := f.file.WriteAt(p[:len(p)/2], at)
		return n, &os.PathError{Op: "write", Path: f.Name(), Err: f.d.err}
	}
	return f.file.WriteAt(p, at)
}

func (f *faultyFile) Truncate(size int64) error {
	if f.d.fails("truncate") {
		return &os.PathError{Op: "truncate", Path: f.Name(), Err: f.d.err}
	}
	return f.file.Truncate(size)
}

func (f *faultyFile) Sync() error {
	if f.d.fails("sync") {
		return &os.PathError{Op: "sync", Path: f.Name(), Err: f.d.err}
	}
	return nil
}

func (f *faultyFile) Close() error {
	err := f.file.Close()
	if f.d.fails("close") {
		return &os.PathError{Op: "close", Path: f.Name(), Err: f.d.err}
	}
	return err
}

// causes are what disks say, and the words of ours that name it.
var causes = map[string]error{"no space left": syscall.ENOSPC, "read-only": syscall.EROFS, "quota": syscall.EDQUOT, "permission": fs.ErrPermission, "input/output": syscall.EIO}

// day is a session in which every kind of file is written. Whatever fails is tried again until the disk is well.
type day struct {
	t        *testing.T
	d        *faulty
	word     string // that names the cause
	promised []string
	kept     map[string][]byte
	failures int
}

// until does something until it works; each failure must name its cause, and say that nothing was lost.
func (y *day) until(what string, do func() error) {
	y.t.Helper()
	for range y.d.times + 1 {
		err := do()
		if err == nil {
			return
		}
		y.failures++
		var f *StorageError
		if !errors.As(err, &f) || !strings.Contains(err.Error(), y.word) || !strings.Contains(err.Error(), "are intact") {
			y.t.Errorf("%s, while %s fails: the cause is not named: %v", what, y.d.what, err)
		}
	}
	y.t.Fatalf("%s does not go on although there is room", what)
}

func (y *day) append(s *Session, text string) {
	y.until("append", func() error {
		_, err := s.Append("entry", "", "", text)
		return err
	})
	y.promised = append(y.promised, text)
}

// appendAll appends entries that are written together: where that fails none of them is there.
func (y *day) appendAll(s *Session, texts ...string) {
	var group []Record
	for _, text := range texts {
		group = append(group, Record{Kind: "entry", Data: text})
	}
	y.until("append several", func() error {
		_, err := s.AppendAll(group)
		return err
	})
	y.promised = append(y.promised, texts...)
}

func (y *day) keep(s *Session, rel string, data []byte) {
	y.until("keep", func() error {
		path, err := s.Keep(rel, data)
		if err == nil {
			y.kept[path] = data
		}
		return err
	})
}

func (y *day) live(h Home) {
	var s *Session
	y.until("create", func() (err error) { s, err = h.Create("test"); return err })
	name := s.Name()
	y.append(s, "one")
	y.append(s, strings.Repeat("two", 100))
	y.keep(s, "outbox/a.csr", []byte(strings.Repeat("a", 500)))
	y.append(s, "three")
	y.log(s, "first\nsecond\n")
	y.keep(s, "outbox/a.csr", []byte("other bytes"))
	y.appendAll(s, "names the file before", strings.Repeat("group", 100), "end of the group")
	_ = s.Close() // if closing fails, what was promised is on disk all the same
	y.until("open", func() (err error) { s, err = h.Open(name); return err })
	y.append(s, "four")
	y.log(s, "third\n")
	_ = s.Close()
	y.d.times = 0
	y.look(h, name)
}

func (y *day) log(s *Session, text string) {
	y.until("log", func() error {
		l, err := s.Log("transcripts/a.log")
		if err != nil {
			return err
		}
		defer l.Close()
		_, err = l.Write([]byte(text))
		return err
	})
}

// look fails unless all that was promised is there, and nothing else.
func (y *day) look(h Home, name string) {
	s, err := h.Open(name)
	if err != nil {
		y.t.Fatalf("%s failed: %v", y.d.what, err)
	}
	defer s.Close()
	got := s.Entries()
	if len(got) != len(y.promised) {
		y.t.Fatalf("%s failed: %d entries, %d promised", y.d.what, len(got), len(y.promised))
	}
	for i, e := range got {
		if string(e.Data) != `"`+y.promised[i]+`"` {
			y.t.Fatalf("%s failed: entry %d is %.40s", y.d.what, i, e.Data)
		}
	}
	for path, data := range y.kept {
		if there, err := os.ReadFile(path); err != nil || !bytes.Equal(there, data) {
			y.t.Errorf("%s failed: %s is not what was kept: %v", y.d.what, path, err)
		}
	}
	if left := temporary(y.t, s.Dir()); len(left) > 0 {
		y.t.Errorf("%s failed: left over: %v", y.d.what, left)
	}
	checked, err := h.Verify(name)
	if err != nil || len(checked.Bad) > 0 || checked.Files != len(y.kept) || checked.Lines < 3 || len(checked.Unnamed) > 0 {
		y.t.Errorf("%s failed: %+v, %v", y.d.what, checked, err)
	}
}

// TestEveryOperationFails lets every write, sync, rename and close fail once, for every cause; then runs of failures at
// random, as a disk that stays full for a while. Nothing promised is lost, and each failure names its cause.
func TestEveryOperationFails(t *testing.T) {
	t.Parallel()
	trials, failures, most := 0, 0, 1000
	if testing.Short() {
		most = 100
	}
	seen := map[string]bool{}
	try := func(word string, err error, from, times int) (operations int) {
		y := &day{t: t, word: word, kept: map[string][]byte{}, d: &faulty{err: err, from: from, times: times}}
		y.live(Home{Dir: filepath.Join(t.TempDir()), disk: y.d})
		trials, failures, seen[y.d.what] = trials+1, failures+y.failures, true
		return y.d.n
	}
	for word, err := range causes {
		if testing.Short() && trials > 0 { // one cause
			break
		}
		all := try(word, err, 0, 0)
		for at := 1; at <= all; at++ {
			try(word, err, at, 1)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for trials < most {
		for word, err := range causes {
			try(word, err, 1+random.IntN(60), 2+random.IntN(9))
		}
	}
	for _, what := range []string{"open", "temp", "rename", "mkdir", "mkdirAll", "syncDir", "write", "writeAt", "truncate", "sync", "close"} {
		if !seen[what] {
			t.Errorf("%s was never made to fail", what)
		}
	}
	t.Logf("%d trials, %d failures, nothing lost", trials, failures)
}
