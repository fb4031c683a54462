package session

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The long form: go test ./session -run 'TestKilled|TestHolders' -timeout 2h -args -kills 10000 -holders 1000
var (
	kills   = flag.Int("kills", 20, "how often a writing program is killed")
	holders = flag.Int("holders", 20, "how often a program that holds a session is killed")
)

// child starts this test once more as another program; what it prints comes back a byte at a time.
func child(t *testing.T, test, dir string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^"+test+"$")
	c.Env = append(os.Environ(), "SESSION_TEST_CHILD="+dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c, bufio.NewReader(out)
}

// asChild runs the other program, in the process that child started; it does not return there.
func asChild(program func(Home) error) {
	if dir := os.Getenv("SESSION_TEST_CHILD"); dir != "" {
		fmt.Fprintln(os.Stderr, program(Home{Dir: dir}))
		os.Exit(1)
	}
}

// TestKilled kills a program that writes as fast as it can: all that was acknowledged is on disk, nothing is torn but
// what was never promised, and the next start finds no half-written file.
func TestKilled(t *testing.T) {
	asChild(writeForever)
	total := 0
	for from := 0; from < *kills; from += 50 { // each session is killed 50 times: a long journal would only be slow to read
		total += killed(t, min(50, *kills-from), from)
	}
	t.Logf("%d kills, %d entries acknowledged, none lost, none unreadable, no temporary file left", *kills, total)
}

func killed(t *testing.T, times, from int) int {
	h := newHome(t)
	promised, torn := 0, 0
	for i := range times {
		c, out := child(t, "TestKilled", h.Dir)
		for range 1 + (from+i)%7 {
			if _, err := out.ReadByte(); err != nil {
				t.Fatalf("kill %d: the program ended by itself: %v", i, c.Wait())
			}
			promised++
		}
		_ = c.Process.Kill()
		rest, _ := io.ReadAll(out)
		promised += len(rest)
		_ = c.Wait()
		got, err := h.Verify("killed")
		if err != nil || len(got.Bad) > 0 {
			t.Fatalf("kill %d: %v %v", i, err, got.Bad)
		}
		if got.Entries < promised || got.Files < promised {
			t.Fatalf("kill %d: %d entries and %d files, %d were acknowledged", i, got.Entries, got.Files, promised)
		}
		promised = got.Entries
	}
	s, err := h.Open("killed")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if torn += s.Torn(); torn > 0 {
		t.Logf("%d kills left a part of a line at the end of the journal", torn)
	}
	if left := temporary(t, s.Dir()); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
	return promised
}

func temporary(t *testing.T, dir string) (left []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if strings.HasPrefix(filepath.Base(path), tempMark) {
			left = append(left, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// writeForever prints one dot for each file and the entry after it, once both are on disk. Up to three entries are written together.
func writeForever(h Home) error {
	s, err := h.Open("killed")
	if err != nil {
		s, err = h.Create("killed")
	}
	for i := len(s.Entries()); err == nil; {
		var group []Record
		for range 1 + i%3 {
			if _, err = s.Keep(fmt.Sprintf("kept/%d.txt", i), []byte(strings.Repeat("y", 100+i))); err != nil {
				return err
			}
			group = append(group, Record{Kind: "entry", Data: strings.Repeat("x", 200)})
			i++
		}
		if _, err = s.AppendAll(group); err == nil {
			_, err = os.Stdout.WriteString(strings.Repeat(".", len(group)))
		}
	}
	return err
}

// TestHolders kills programs that hold a session: no lock outlives its holder.
func TestHolders(t *testing.T) {
	asChild(holdForever)
	h := newHome(t)
	written(t, h, 1)
	for i := range *holders {
		c, out := child(t, "TestHolders", h.Dir)
		if _, err := out.ReadByte(); err != nil {
			t.Fatalf("holder %d: %v", i, c.Wait())
		}
		if list, err := h.List(); err != nil || len(list) != 1 || list[0].Held == nil || list[0].Held.PID != c.Process.Pid {
			t.Fatalf("holder %d does not hold: %+v, %v", i, list, err)
		}
		_ = c.Process.Kill()
		_ = c.Wait()
		s, err := h.Open("test")
		if err != nil {
			t.Fatalf("holder %d outlives itself: %v", i, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d holders killed, no stale lock", *holders)
}

func holdForever(h Home) error {
	s, err := h.Open("test")
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Print(".")
	select {} // until killed
}

// TestNeverBoth lets programs fight for a session: the one that holds it is alone.
func TestNeverBoth(t *testing.T) {
	t.Parallel()
	asChild(fight)
	h := newHome(t)
	written(t, h, 1)
	const fighters = 4
	words := make(chan string, fighters)
	for range fighters {
		c, out := child(t, "TestNeverBoth", h.Dir)
		t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
		go func() {
			word, _ := io.ReadAll(out)
			words <- string(word)
		}()
	}
	for range fighters {
		if word := <-words; word != "alone" {
			t.Errorf("a fighter says %q", word)
		}
	}
	if all, err := h.Read("test"); err != nil || len(all) != 1+fighters*rounds {
		t.Errorf("%d entries, want %d: %v", len(all), 1+fighters*rounds, err)
	}
}

// rounds is how often each fighter must win.
const rounds = 25

func fight(h Home) error {
	alone := filepath.Join(h.Dir, "alone")
	for won := 0; won < rounds; {
		s, err := h.Open("test")
		var held *Held
		if errors.As(err, &held) {
			continue
		}
		if err != nil {
			return err
		}
		mark, err := os.OpenFile(alone, os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			fmt.Print("two at once")
			os.Exit(1)
		}
		_, err = s.Append("won", "", "", won)
		if err := errors.Join(err, mark.Close(), os.Remove(alone), s.Close()); err != nil {
			return err
		}
		won++
	}
	fmt.Print("alone")
	os.Exit(0)
	return nil
}
