package line

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// maxSecret is the longest password that is taken, in bytes.
const maxSecret = 1024

// errNoSecret tells that the person went away instead of typing a password.
var errNoSecret = errors.New("No password was entered")

// Secret asks for a password on a terminal, and shows nothing of it. The echo is off before the prompt is printed: whoever
// types as soon as it stands there is not shown either. The caller wipes what it returns.
func Secret(in *os.File, out io.Writer, prompt string) ([]byte, error) {
	was, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(out, "%s ", prompt)
	typed, err := secretLine(in)
	fmt.Fprint(out, "\r\n")
	return typed, errors.Join(err, term.Restore(in.Fd(), was))
}

// secretLine reads a line of raw keys.
func secretLine(in io.Reader) ([]byte, error) {
	typed, key := make([]byte, 0, maxSecret), make([]byte, 1)
	for {
		if _, err := in.Read(key); err != nil {
			clear(typed)
			return nil, err
		}
		switch k := key[0]; {
		case k == '\r' || k == '\n':
			return typed, nil
		case k == 3, k == 4, k == 28: // Ctrl+C, Ctrl+D, Ctrl+\
			clear(typed)
			return nil, errNoSecret
		case k == 8 || k == 127:
			typed = typed[:max(len(typed)-1, 0)]
		case k == 21: // Ctrl+U
			typed = typed[:0]
		case len(typed) < maxSecret:
			typed = append(typed, k)
		}
	}
}
