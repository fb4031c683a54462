// Package supervisor is the small parent of the program that does the work: it puts the terminal back as it was however its
// child ends, and keeps what is known of a crash (docs/adr/0016).
package supervisor

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// childVar is set in the environment of a child: the parent's process id and the descriptors of its ends of the pipes.
const childVar = "UCCX_TUI_UNDER"

// exitError is the exit code of a program that crashed.
const exitError = 1

// Words of the child. They come before what they tell of.
const (
	wordOn      = "screen-on"
	wordOff     = "screen-off"
	wordSession = "session "
)

// Moment is how long anybody waits for a terminal that stands still.
const Moment = 200 * time.Millisecond

// Child is this program's end of the pipes to its parent; its zero value is a program without a parent.
type Child struct {
	alive  *os.File // ends when the parent is gone
	words  *os.File // what the parent must know: a word a line
	errout *os.File // the terminal, for our own words: the runtime's, which go to 2, must not be seen
}

// Supervised reports whether there is a parent that keeps the terminal.
func (c Child) Supervised() bool { return c.words != nil }

// Errors is where the program's own words about errors go.
func (c Child) Errors(without *os.File) *os.File {
	if c.errout == nil {
		return without
	}
	return c.errout
}

// ScreenOn tells the parent that the child draws on the terminal from now on.
func (c Child) ScreenOn() { c.says(wordOn) }

// ScreenOff tells the parent that the child has left the terminal as it was.
func (c Child) ScreenOff() { c.says(wordOff) }

// Opened tells the parent which session a person would go on with.
func (c Child) Opened(session string) { c.says(wordSession + session) }

func (c Child) says(word string) {
	if c.words != nil {
		_, _ = io.WriteString(c.words, word+"\n")
	}
}

// supervisor is what the parent knows of its child.
type supervisor struct {
	mu      sync.Mutex
	screen  bool   // the child draws on the terminal
	session string // that is open, or ""
	crash   bytes.Buffer
	ended   sync.WaitGroup // of the pipes
}

// listen reads the words of the child until it is gone.
func (w *supervisor) listen(words io.Reader) {
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
func (w *supervisor) collect(crash io.Reader) {
	defer w.ended.Done()
	_, _ = io.Copy(&w.crash, io.LimitReader(crash, maxCrash))
	_, _ = io.Copy(io.Discard, crash)
}

// arguments are the values in a stack trace: they could be addresses of anything.
var arguments = lazyregexp.MustCompile(`\((?:0x|\{0x|\.\.\.)[^()]*\)`)

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
func keepCrash(crash []byte) msg.Text {
	home, err := session.DefaultHome()
	if err == nil {
		err = os.MkdirAll(home.Dir, 0o700)
	}
	if err != nil {
		return msg.T("could not be kept: %s", err)
	}
	path := filepath.Join(home.Dir, "crash-"+time.Now().UTC().Format("20060102-150405")+".txt")
	if err := os.WriteFile(path, redacted(crash), 0o600); err != nil {
		return msg.T("could not be kept: %s", err)
	}
	return msg.Verbatim(path)
}

// ResumeHint says how to go on with a session; "" is the newest.
func ResumeHint(name string) msg.Text {
	if name == "" {
		return msg.T("Progress is saved. Continue with: uccx-tui resume")
	}
	return msg.T("Progress is saved. Continue with: uccx-tui resume %s", name)
}

// exitMessage is what the parent says about a child that did not end in order.
func (w *supervisor) exitMessage(how msg.Text) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	say := lang.Chosen(os.Args[1:], os.Getenv)
	lines := []msg.Text{msg.T("stopped by an internal error: %s", how), ResumeHint(w.session)}
	if w.crash.Len() > 0 {
		lines = append(lines, msg.T("please report the crash. Details: %s", keepCrash(w.crash.Bytes())))
	}
	text := ""
	for _, line := range lines {
		text += "uccx-tui: " + say.T(line) + "\n"
	}
	return text
}

// Within does something that may stand still, and waits for it no longer than this.
func Within(d time.Duration, do func()) {
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
