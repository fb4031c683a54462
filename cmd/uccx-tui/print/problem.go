package print

import (
	"fmt"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Problem writes lines for a person to the standard error, each after the name of the program. On a terminal they are broken at
// its width, but no word, path or command; elsewhere each stays one line.
func Problem(w io.Writer, text string) {
	width := terminalWidth(w)
	for _, line := range strings.Split(text, "\n") {
		line = "uccx-tui: " + cert.Printable(line)
		if width == 0 {
			fmt.Fprintln(w, line)
			continue
		}
		for i, part := range layout.WrapWhole(line, width-2) {
			if i > 0 {
				part = "  " + part
			}
			fmt.Fprintln(w, part)
		}
	}
}
