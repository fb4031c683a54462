package line

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"github.com/uccx-tui/uccx-tui/ui/raw"
)

// maxSecret is the longest password that is taken, in bytes.
const maxSecret = 1024

// errNoSecret tells that the person went away instead of typing a password.
var errNoSecret = errors.New("No password was entered")

// Secret asks for a password on a terminal, and shows nothing of it. The echo is off before the prompt is printed: anyone who
// types as soon as it stands there is not shown either. The caller wipes what it returns.
func Secret(in *os.File, out io.Writer, prompt string) ([]byte, error) {
	was, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, err
	}
	stop := raw.Keep(in, func() { fmt.Fprintf(out, "\r\n%s ", prompt) })
	fmt.Fprintf(out, "%s ", prompt)
	typed, err := secretLine(in)
	stop()
	fmt.Fprint(out, "\r\n")
	return typed, errors.Join(err, term.Restore(in.Fd(), was))
}

// secretLine reads a line of raw keys, with the keys that edit a line. It takes no byte behind Enter: what is typed ahead is
// for the next prompt.
func secretLine(in io.Reader) ([]byte, error) {
	typed, key := make([]byte, 0, maxSecret), make([]byte, 1)
	var escape []byte
	for {
		if _, err := in.Read(key); err != nil {
			clear(typed)
			return nil, err
		}
		k := key[0]
		if len(escape) == 1 && k < ' ' { // Esc alone, or twice
			escape = nil
		}
		switch {
		case len(escape) > 0:
			escape = inEscape(escape, k)
		case k == 0x1b:
			escape = []byte{k}
		case k == '\r' || k == '\n':
			return typed, nil
		case k == 3, k == 4, k == 28: // Ctrl+C, Ctrl+D, Ctrl+\
			clear(typed)
			return nil, errNoSecret
		case k == 8 || k == 127:
			_, size := utf8.DecodeLastRune(typed)
			typed = shorter(typed, len(typed)-size)
		case k == 21: // Ctrl+U
			typed = shorter(typed, 0)
		case k == 23: // Ctrl+W
			typed = shorter(typed, bytes.LastIndexByte(bytes.TrimRight(typed, " "), ' ')+1)
		case k < ' ': // no other key that edits is a letter of a password
		case len(typed) < maxSecret:
			typed = append(typed, k)
		}
	}
}

// shorter takes letters away, and overwrites them.
func shorter(typed []byte, size int) []byte {
	clear(typed[size:])
	return typed[:size]
}

// inEscape takes one more byte of the sequence that a cursor or function key sends, or that begins and ends a paste; empty
// when it is whole. None of it is a letter of a password.
func inEscape(escape []byte, k byte) []byte {
	const longest = 32
	escape = append(escape, k)
	switch {
	case len(escape) == 2 && (k == '[' || k == 'O'), len(escape) == 3 && k == '[': // ESC [ [ A: a function key of the Linux console
		return escape
	case len(escape) > 2 && (k < 0x40 || k > 0x7e) && len(escape) < longest:
		return escape
	}
	return nil
}
