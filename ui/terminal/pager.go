package terminal

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Pager is a text on the terminal's own screen, without any frame and however long it is, so that the mouse can mark
// all of it. It stands there until Enter.
type Pager struct {
	Text string // printed line by line, made printable
	Ask  string // what stands below it
	ctx  context.Context
	in   io.Reader
	out  io.Writer
}

// NewPager is a text that stands there until Enter, or until the context ends.
func NewPager(ctx context.Context, text, ask string) *Pager {
	return &Pager{Text: text, Ask: ask, ctx: ctx}
}

// SetStdin takes the terminal.
func (s *Pager) SetStdin(r io.Reader) { s.in = r }

// SetStdout takes the terminal.
func (s *Pager) SetStdout(w io.Writer) { s.out = w }

// SetStderr is not needed.
func (s *Pager) SetStderr(io.Writer) {}

// Run prints the text and waits for a line, for the end of the terminal, or for the end of the program.
func (s *Pager) Run() error {
	var b strings.Builder
	for line := range strings.Lines(s.Text) {
		b.WriteString(cert.Printable(strings.TrimRight(line, "\r\n")) + "\n")
	}
	if _, err := fmt.Fprintf(s.out, "\n%s\n%s", b.String(), s.Ask); err != nil {
		return err
	}
	line := make(chan struct{})
	go func() {
		defer close(line)
		one := make([]byte, 1) // no byte behind the line end is taken away from the screens
		for {
			if n, err := s.in.Read(one); err != nil || n == 1 && one[0] == '\n' {
				return
			}
		}
	}()
	select {
	case <-line:
	case <-s.ctx.Done():
	}
	return nil
}
