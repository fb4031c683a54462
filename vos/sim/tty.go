package sim

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// errInterrupt is Ctrl-C.
var errInterrupt = errors.New("interrupted")

const (
	pagerText  = "\x1b[1mPress <enter> for 1 line, <space> for one page, or <q> to quit\x1b[0m\x1b[K"
	pagerErase = "\r\x1b[K"
	usualRows  = 24
	lineLimit  = 64 << 10 // bytes of one line
)

// tty is the node's side of a terminal: an editor for what is typed, and a pager for what is printed. What is printed
// waits until something is read, or until it is flushed.
type tty struct {
	in      *bufio.Reader
	out     io.Writer
	rows    rowsOf
	pager   bool
	wait    bytes.Buffer // printed and not sent, lines ended by "\n"
	echoed  []byte       // echo of keys that came together: it is sent before more is read, or with what follows it
	afterCR bool
	narrow  bool // what is typed wraps
}

func newTTY(rw io.ReadWriter) *tty {
	return &tty{in: bufio.NewReader(rw), out: rw, pager: true}
}

// resize takes the height of the client's window; none means the usual one.
func (t *tty) resize(rows uint32) { t.rows.Store(rows) }

func (t *tty) page() int {
	rows := int(t.rows.Load())
	if rows < 2 || rows > 1000 {
		rows = usualRows
	}
	return rows - 1
}

// print queues text, with "\n" for the end of a line.
func (t *tty) print(format string, args ...any) { fmt.Fprintf(&t.wait, format, args...) }

// send sends text as it is, with line ends of a terminal, after the echo that waits.
func (t *tty) send(text []byte) error {
	_, err := t.out.Write(append(t.echoed, bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))...))
	t.echoed = t.echoed[:0]
	return err
}

// flush sends what was printed, page by page where the pager is on.
func (t *tty) flush() error {
	text := bytes.Clone(t.wait.Bytes())
	t.wait.Reset()
	if !t.pager {
		return t.send(text)
	}
	for room := t.page(); ; {
		part := lines(text, room)
		text = text[len(part):]
		if err := t.send(part); err != nil || len(text) == 0 {
			return err
		}
		if err := t.send([]byte(pagerText)); err != nil {
			return err
		}
		key, err := t.key()
		if err != nil {
			return err
		}
		if err := t.send([]byte(pagerErase)); err != nil {
			return err
		}
		switch key {
		case ' ':
			room = t.page()
		case '\r', '\n':
			room = 1
		case 'q', 'Q', 3:
			return nil
		default:
			room = 0
		}
	}
}

// lines returns the first n lines of a text.
func lines(text []byte, n int) []byte {
	end := 0
	for ; n > 0; n-- {
		i := bytes.IndexByte(text[end:], '\n')
		if i < 0 {
			return text
		}
		end += i + 1
	}
	return text[:end]
}

// key reads one byte; the client sees the echo of all before it, where there is a wait. A line feed after a carriage return belongs to it.
func (t *tty) key() (byte, error) {
	for {
		if len(t.echoed) > 0 && t.in.Buffered() == 0 {
			if err := t.send(nil); err != nil {
				return 0, err
			}
		}
		b, err := t.in.ReadByte()
		if err != nil {
			return 0, err
		}
		after := t.afterCR
		t.afterCR = b == '\r'
		if after && (b == '\n' || b == 0) {
			continue
		}
		return b, nil
	}
}

// line sends what waits, and reads one line with its echo: backspace and Ctrl-U take back, Ctrl-C gives up.
func (t *tty) line() (string, error) {
	if err := t.flush(); err != nil {
		return "", err
	}
	var typed []byte
	for {
		b, err := t.key()
		if err != nil {
			return "", err
		}
		switch {
		case b == '\r' || b == '\n':
			return string(typed), t.send([]byte("\n"))
		case b == 3:
			return "", errInterrupt
		case b == 8 || b == 127:
			typed, err = t.takeBack(typed, 1)
		case b == 21: // Ctrl-U
			typed, err = t.takeBack(typed, len(typed))
		case b == 27:
			err = t.escape()
		case b == '\t':
			err = t.send([]byte("\a"))
		case b < 32 || len(typed) >= lineLimit:
		default:
			typed = append(typed, b)
			t.echoed = append(t.echoed, t.wrapped(b, len(typed))...)
		}
		if err != nil {
			return "", err
		}
	}
}

const narrowWidth = 80

// wrapped is the echo of a character, which on a narrow terminal begins a new line where the last is full. The prompt
// counts, so that the first line is shorter.
func (t *tty) wrapped(b byte, typed int) []byte {
	if t.narrow && (typed+len(prompt))%narrowWidth == 0 {
		return []byte{b, ' ', '\r'}
	}
	return []byte{b}
}

// takeBack rubs out characters, whole ones in UTF-8.
func (t *tty) takeBack(typed []byte, n int) ([]byte, error) {
	for ; n > 0 && len(typed) > 0; n-- {
		end := len(typed) - 1
		for end > 0 && typed[end]&0xc0 == 0x80 {
			end--
		}
		typed = typed[:end]
		if err := t.send([]byte("\b \b")); err != nil {
			return nil, err
		}
	}
	return typed, nil
}

// escape passes over an arrow key, or whatever begins with ESC.
func (t *tty) escape() error {
	b, err := t.key()
	if err != nil || b != '[' && b != 'O' {
		return err
	}
	for {
		if b, err = t.key(); err != nil || b >= 0x40 && b <= 0x7e {
			return err
		}
	}
}
