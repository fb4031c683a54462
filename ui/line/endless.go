package line

import (
	"bufio"
	"io"

	"github.com/uccx-tui/uccx-tui/ui/widget"
)

// endless ends an input whose line does not end: no line is longer than what may be pasted.
type endless struct {
	from io.Reader
	run  int // bytes of the line at hand
}

// Read reads on until a line is longer than widget.MaxPaste.
func (e *endless) Read(p []byte) (int, error) {
	n, err := e.from.Read(p)
	for _, b := range p[:n] {
		if e.run++; b == '\n' {
			e.run = 0
		}
	}
	if e.run > widget.MaxPaste {
		return 0, bufio.ErrTooLong
	}
	return n, err
}
