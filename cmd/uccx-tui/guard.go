package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// The program that does the work is a child of a small parent, which puts the terminal back as it was however the child
// ends (docs/adr/0016). Three pipes join them.
const (
	underVar  = "UCCX_TUI_UNDER" // set in the child's environment
	aliveFile = 3                // ends when the parent is gone
	wordsFile = 4                // what the parent must know: a word a line
	crashFile = 5                // where the runtime writes a crash
	errorFile = 6                // the terminal, for our own words: the runtime's, which go to 2, must not be seen
)

// Words of the child. They come before what they tell of.
const (
	wordOn      = "screen on"
	wordOff     = "screen off"
	wordSession = "session "
)

// moment is how long the parent waits for a terminal that stands still.
const moment = 200 * time.Millisecond

// under is the child's end of the pipes; its zero value is a program without a parent.
type under struct {
	alive  *os.File
	words  *os.File
	errout *os.File
}

// says tells the parent a word.
func (u under) says(word string) {
	if u.words != nil {
		_, _ = io.WriteString(u.words, word+"\n")
	}
}

// ward is what the parent knows of its child.
type ward struct {
	mu      sync.Mutex
	screen  bool   // the child draws on the terminal
	session string // that is open, or ""
	crash   bytes.Buffer
	ended   sync.WaitGroup // of the pipes
}

// listen reads the words of the child until it is gone.
func (w *ward) listen(words io.Reader) {
	defer w.ended.Done()
	lines := bufio.NewScanner(words)
	for lines.Scan() {
		w.mu.Lock()
		switch word := lines.Text(); {
		case word == wordOn, word == wordOff:
			w.screen = word == wordOn
		case strings.HasPrefix(word, wordSession):
			w.session = strings.TrimPrefix(word, wordSession)
		}
		w.mu.Unlock()
	}
}

// maxCrash bounds what is kept of a crash, in bytes.
const maxCrash = 1 << 20

// collect keeps what the runtime writes when the child crashes.
func (w *ward) collect(crash io.Reader) {
	defer w.ended.Done()
	_, _ = io.Copy(&w.crash, io.LimitReader(crash, maxCrash))
	_, _ = io.Copy(io.Discard, crash)
}

// arguments are the values in a stack trace: they could be addresses of anything.
var arguments = regexp.MustCompile(`\((?:0x|\{0x|\.\.\.)[^()]*\)`)

// redacted makes a crash safe to keep and to send: no values of arguments, no control characters.
func redacted(crash []byte) []byte {
	var b bytes.Buffer
	for line := range strings.Lines(string(crash)) {
		line = strings.TrimRight(line, "\n")
		indent := line[:len(line)-len(strings.TrimLeft(line, "\t"))]
		b.WriteString(indent + cert.Printable(arguments.ReplaceAllString(line[len(indent):], "(...)")) + "\n")
	}
	return b.Bytes()
}

// keepCrash writes a crash below the state folder and returns where, or why not.
func keepCrash(crash []byte) string {
	home, err := session.DefaultHome()
	if err == nil {
		err = os.MkdirAll(home.Dir, 0o700)
	}
	if err != nil {
		return "could not be kept: " + err.Error()
	}
	path := filepath.Join(home.Dir, "crash-"+time.Now().UTC().Format("20060102-150405")+".txt")
	if err := os.WriteFile(path, redacted(crash), 0o600); err != nil {
		return "could not be kept: " + err.Error()
	}
	return path
}

// resumeHint says how to go on with a session; "" is the newest.
func resumeHint(name string) string {
	if name != "" {
		name = " " + name
	}
	return fmt.Sprintf("Progress is saved. Continue with: uccx-tui resume%s", name)
}

// farewell is what the parent says about a child that did not end in order.
func (w *ward) farewell(how string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := fmt.Sprintf("uccx-tui: stopped by an internal error: %s\nuccx-tui: %s\n", how, resumeHint(w.session))
	if w.crash.Len() > 0 {
		text += fmt.Sprintf("uccx-tui: please report the crash. Details: %s", keepCrash(w.crash.Bytes()))
	}
	return text
}

// within does something that may stand still, and waits for it no longer than this.
func within(d time.Duration, do func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		do()
	}()
	select {
	case <-done:
	case <-time.After(d):
	}
}
