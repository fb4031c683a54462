//go:build unix

package session

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// writer is a child that appends as fast as it can and says the number of each entry that it was promised, until an
// error; that is its last line.
func writer(t *testing.T, h Home) (c *exec.Cmd, lines *bufio.Scanner) {
	t.Helper()
	c = exec.Command(os.Args[0], "-test.run=^TestTakenWhileWriting$")
	c.Env = append(os.Environ(), "SESSION_TEST_TAKEN="+h.Dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	return c, bufio.NewScanner(out)
}

// writeUntilTaken is the child.
func writeUntilTaken(h Home) {
	s, err := h.Open("test")
	if err != nil {
		fmt.Println("cannot open:", err)
		os.Exit(0)
	}
	for {
		e, err := s.Append("entry", "", "", "of the child")
		var taken *TakenOver
		switch {
		case errors.As(err, &taken):
			_, keep := s.Keep("late.txt", []byte("late"))
			_, log := s.Log("late.log")
			fmt.Println("taken by", taken.By.PID, errors.As(keep, &taken), errors.As(log, &taken))
			os.Exit(0)
		case err != nil:
			fmt.Println("error:", err)
			os.Exit(0)
		}
		fmt.Println(e.Seq)
	}
}

// TestTakenWhileWriting takes a session over from a program that is writing, at any moment, or stands still: whatever
// that program was promised is there, and it is refused everything afterwards.
func TestTakenWhileWriting(t *testing.T) {
	if dir := os.Getenv("SESSION_TEST_TAKEN"); dir != "" {
		writeUntilTaken(Home{Dir: dir})
	}
	t.Parallel()
	times := 6
	if testing.Short() {
		times = 2 // one that is stopped, and one that writes
	}
	for i := range times {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			takenWhileWriting(t, i)
		})
	}
}

// takenWhileWriting takes the session after 5*i entries; each second time from a child that stands still.
func takenWhileWriting(t *testing.T, i int) {
	h := Home{Dir: t.TempDir()}
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("opened", "", "", nil); err != nil {
		t.Fatal(err)
	}
	_ = s.Close()
	c, lines := writer(t, h)
	promised := 0
	for n := 0; n <= i*5 && lines.Scan(); n++ {
		promised, _ = strconv.Atoi(lines.Text())
	}
	if i%2 == 0 {
		if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
	}
	var held *Held
	if _, err := h.Open("test"); !errors.As(err, &held) || held.Holder.PID != c.Process.Pid {
		t.Fatalf("got %v", err)
	}
	other := held.Holder
	other.PID++
	if _, err := h.TakeOver("test", other); !errors.As(err, &held) {
		t.Fatalf("taken from another person than was shown: %v", err)
	}
	mine, err := h.TakeOver("test", held.Holder)
	if err != nil {
		t.Fatal(err)
	}
	first, err := mine.Append("taken", "", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if i%2 == 0 {
		if err := c.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
	}
	last := ""
	for lines.Scan() {
		if last = lines.Text(); !strings.HasPrefix(last, "taken") {
			promised, _ = strconv.Atoi(last)
		}
	}
	if want := fmt.Sprintf("taken by %d true true", os.Getpid()); last != want {
		t.Fatalf("the former holder said %q, want %q", last, want)
	}
	if promised >= first.Seq {
		t.Fatalf("entry %d was promised to the former holder, and %d to the new one", promised, first.Seq)
	}
	for range 3 {
		if _, err := mine.Append("more", "", "", nil); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := h.Read("test"); err != nil || len(all) != first.Seq+3 || all[first.Seq-1].Kind != "taken" {
		t.Fatalf("%d entries, want %d, %v", len(all), first.Seq+3, err)
	}
	if _, err := h.Open("test"); !errors.As(err, &held) || held.Holder.PID != os.Getpid() {
		t.Errorf("the new holder does not hold: %v", err)
	}
	_ = mine.Close()
	again, err := h.Open("test")
	if err != nil {
		t.Fatal(err)
	}
	_ = again.Close()
}

// awayDisk lets the name of the lock be away for as long as an entry is synced, as a file system that fails for a moment.
type awayDisk struct {
	system
	away func()
}

func (d *awayDisk) open(path string, flag int) (file, error) {
	f, err := d.system.open(path, flag)
	return &awayFile{f, d}, err
}

type awayFile struct {
	file
	d *awayDisk
}

func (f *awayFile) Sync() error {
	f.d.away()
	return f.file.Sync()
}

// TestNotWrittenTwice: where it cannot be told after a write whether the session is still held, what was written is not written again,
// also when the lock is seen again; the session goes on when it is opened again.
func TestNotWrittenTwice(t *testing.T) {
	d := &awayDisk{away: func() {}}
	h := Home{Dir: t.TempDir(), disk: d}
	s, err := h.Create("test")
	if err != nil {
		t.Fatal(err)
	}
	lock := filepath.Join(s.Dir(), lockName)
	d.away = func() {
		if err := os.Rename(lock, lock+".away"); err != nil {
			t.Error(err)
		}
	}
	var taken *TakenOver
	if _, err := s.AppendAll([]Record{{Kind: "one"}, {Kind: "two"}}); !errors.As(err, &taken) {
		t.Fatalf("not refused: %v", err)
	}
	d.away = func() {}
	if err := os.Rename(lock+".away", lock); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append("one", "", "", nil); !errors.As(err, &taken) {
		t.Errorf("written once more: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Log("late.log"); err == nil {
		t.Error("a log of a closed session was opened")
	}
	again, err := h.Open("test")
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := again.Entries(); len(got) != 2 || got[0].Kind != "one" || got[1].Kind != "two" {
		t.Errorf("%+v", got)
	}
}
