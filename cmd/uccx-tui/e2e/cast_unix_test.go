//go:build unix

package e2e_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
)

// castFile is the recording of a lab change that the README links, in the format of asciinema (version 2).
const castFile = "../../../docs/pictures/lab.cast"

// homes in a recording: that of the test has as many letters as the one that is shown, so that no line is broken elsewhere.
const castHome = "/home/ada-in-the-lab"

// recording is what came from the program, cut where the screen stood still.
type recording struct {
	*seat
	home   string
	cuts   []int // ends of the parts of what came
	frames []string
}

// frame notes the screen as it stands now, once nothing more comes.
func (r *recording) frame() {
	r.t.Helper()
	r.quiet()
	r.cuts = append(r.cuts, len(r.stream()))
	r.frames = append(r.frames, steady(strings.ReplaceAll(r.screen(), r.home, castHome)))
}

// changing is what differs from run to run: times, numbers of certificates and keys, ports of this machine.
var changing = regexp.MustCompile(`\d\d:\d\d(:\d\d)?|\d{4}-\d\d-\d\d|\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|SHA256:\S+|\b[0-9A-F]{6,}\b|([0-9A-F]{2}:){3,}[0-9A-F]*|127\.0\.0\.1:\d+|\b\d+ (s|min|days?)\b|…`)

// nameless is a person on a machine, as journals and reports name them.
var nameless = regexp.MustCompile(`[A-Za-z0-9._-]+@[A-Za-z0-9._-]+`)

// steady is a screen without what differs from run to run, and without blanks at the ends of lines.
func steady(screen string) string {
	var lines []string
	for line := range strings.Lines(changing.ReplaceAllString(screen, "~")) {
		lines = append(lines, strings.TrimRight(regexp.MustCompile(` {2,}`).ReplaceAllString(line, "  "), " \n"))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// cast writes the recording: each part comes two seconds behind the one before.
func (r *recording) cast() []byte {
	var b bytes.Buffer
	b.WriteString(`{"version": 2, "width": 80, "height": 24, "title": "uccx-tui lab"}` + "\n")
	all, from := r.stream(), 0
	for i, to := range r.cuts {
		data, _ := json.Marshal(nameless.ReplaceAllStringFunc(strings.ReplaceAll(all[from:to], r.home, castHome), func(who string) string {
			return ("ada@jump" + strings.Repeat("x", len(who)))[:len(who)]
		}))
		fmt.Fprintf(&b, "[%d.0, \"o\", %s]\n", 2*i, data)
		from = to
	}
	return b.Bytes()
}

// replayed are the screens of a recording, played on a terminal of its size.
func replayed(t *testing.T, cast []byte) []string {
	t.Helper()
	term := vt.NewEmulator(80, 24)
	go func() { // answers to queries; no one reads them
		buf := make([]byte, 256)
		for {
			if _, err := term.Read(buf); err != nil {
				return
			}
		}
	}()
	defer term.Close()
	var frames []string
	for i, line := range strings.Split(strings.TrimSpace(string(cast)), "\n") {
		var event []any
		if i == 0 {
			continue
		}
		if err := json.Unmarshal([]byte(line), &event); err != nil || len(event) != 3 {
			t.Fatalf("line %d of the recording: %v", i+1, err)
		}
		_, _ = term.Write([]byte(event[2].(string)))
		frames = append(frames, steady(term.String()))
	}
	return frames
}

// TestCast plays a lab change by keys and holds it against the recording that the documents show, screen by screen: times and numbers
// apart they are the same. To record it again: go test ./cmd/uccx-tui/e2e -run TestCast -update
func TestCast(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.home = filepath.Join(os.TempDir(), fmt.Sprintf("uccx-%06d", rand.IntN(1e6)))
	if len(p.home) > len(castHome) {
		t.Skip("the folder for temporary files has a long name: lines would be broken elsewhere")
	}
	p.home += strings.Repeat("x", len(castHome)-len(p.home))
	if err := os.Mkdir(p.home, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(p.home) })
	r := &recording{seat: p.sit("lab"), home: p.home}
	r.see("Log in to every node", "enter next")
	r.frame()
	r.press(enter)
	r.see("enter start")
	r.frame()
	r.press(enter)
	r.see("First connection to 3 nodes")
	r.frame()
	for _, left := range []string{"3 nodes", "2 nodes", "ccp.lab.example"} { // one after the other
		r.answer(down+enter, "First connection to "+left)
	}
	r.see("✓ ccp", "enter next")
	r.frame()
	r.press(enter)
	for _, title := range []string{"Read every node", "Check prerequisites", "Generate a CSR on each node"} {
		r.row(title, "✓ ccp")
		if title == "Generate a CSR on each node" {
			break
		}
		r.frame()
	}
	r.see("Prepare the CSRs for the CA", "enter start")
	r.row("Prepare the CSRs for the CA", "done")
	r.see("Send the CSRs to the CA", "to-the-ca.txt")
	r.frame()
	r.press(enter)
	r.answer(down+enter, "Have you sent all CSRs to the CA?")
	r.see("✓ solution", "enter next")
	r.press(enter)
	r.see("All CSRs answered")
	r.press(enter)
	r.see("Load the CA's reply", "✓ solution", "enter next")
	r.press(enter)
	for _, title := range []string{"Upload the root", "Upload the intermediates", "Verify the chain on the subscriber"} {
		r.row(title, "✓")
	}
	r.see("Install the certificate", "enter start")
	r.frame()
	r.row("Install the certificate", "✓ ccp")
	r.see("Type the node's name")
	r.frame()
	r.walk()
	r.see("All ports are verified. Nothing is pending.")
	r.press(esc) // the report names the person and the machine
	r.see("Write the report", "enter report")
	r.frame()
	r.press("\x03")
	<-r.gone
	made := r.cast()
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(castFile, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(castFile)
	if err != nil {
		t.Fatal(err)
	}
	want := replayed(t, kept)
	if len(want) != len(r.frames) {
		t.Fatalf("the recording has %d screens, the program %d: record it again with -update", len(want), len(r.frames))
	}
	for i, frame := range r.frames {
		if frame != want[i] {
			t.Errorf("screen %d of the recording is not what the program shows (record it again with -update):\n%s\n--- recorded\n%s", i+1, frame, want[i])
		}
	}
}
