package print

import (
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/terminal"
)

// People returns an output for a text that people read. On a terminal, lines that are wider than it are broken between words, and what
// follows begins below the text of the line; no path or command is broken. Elsewhere every line stays as it is.
func People(w io.Writer) io.Writer {
	if width := terminalWidth(w); width > 0 {
		return people{w, width}
	}
	return w
}

// Reflowed is a text of paragraphs for an output: on a terminal, the lines of a paragraph are joined and broken again at its width; elsewhere
// it stays as it is. Lines that begin with a blank are not joined.
func Reflowed(w io.Writer, text string) string {
	width := terminalWidth(w)
	if width == 0 {
		return text
	}
	var lines []string
	for l := range strings.SplitSeq(text, "\n") {
		last := len(lines) - 1
		if last >= 0 && lines[last] != "" && l != "" && lines[last][0] != ' ' && l[0] != ' ' {
			lines[last] += " " + l
			continue
		}
		lines = append(lines, l)
	}
	var all []string
	for _, l := range lines {
		if layout.Width(l) <= width {
			all = append(all, l)
			continue
		}
		all = append(all, layout.WrapWhole(l, width)...)
	}
	return strings.Join(all, "\n")
}

// Paper is a page of Markdown for an output: on a terminal laid out at its width (Page); elsewhere it stays Markdown.
func Paper(w io.Writer, text string) string {
	if width := terminalWidth(w); width > 0 {
		return string(Page([]byte(strings.TrimRight(text, "\n")), width))
	}
	return text
}

// people breaks lines at a width. Each Write holds whole lines; the end of one without a line end stays as it is.
type people struct {
	to    io.Writer
	width int
}

// Write writes all of p.
func (f people) Write(p []byte) (int, error) {
	lines := strings.Split(string(p), "\n")
	for i, l := range lines {
		if i < len(lines)-1 && layout.Width(l) > f.width {
			lines[i] = strings.Join(fold(l, f.width), "\n")
		}
	}
	if _, err := io.WriteString(f.to, strings.Join(lines, "\n")); err != nil {
		return 0, err
	}
	return len(p), nil
}

// fold breaks a line. What follows begins below the last of its columns that leaves room for what follows, behind the arrow that it begins
// with, or four cells in, where findings have their causes.
func fold(line string, w int) []string {
	text := strings.TrimLeft(line, " ")
	hang := len(line) - len(text)
	switch {
	case strings.HasPrefix(text, "-> "):
		hang += len("-> ")
	case hang == 0:
		hang = 4
	}
	head := ""
	if at := column(line, w*2/3); at > 0 {
		head, text, hang = line[:at], line[at:], layout.Width(line[:at])
		if rest, arrow := strings.CutPrefix(text, "-> "); arrow {
			head, text, hang = head+"-> ", rest, hang+len("-> ")
		}
	} else {
		head = line[:len(line)-len(text)]
	}
	var lines []string
	for i, l := range layout.WrapWhole(text, w-hang) {
		if i > 0 {
			head = strings.Repeat(" ", hang)
		}
		lines = append(lines, head+l)
	}
	return lines
}

// column is where the last column of a line begins whose cells are at most most, in bytes: behind two blanks. 0: it has none.
func column(line string, most int) int {
	at := 0
	for i := len(line) - len(strings.TrimLeft(line, " ")); i < len(line); i++ {
		if i > 2 && line[i-1] == ' ' && line[i-2] == ' ' && line[i] != ' ' && layout.Width(line[:i]) <= most && strings.TrimSpace(line[:i]) != "" {
			at = i
		}
	}
	return at
}

// terminalWidth is how many cells a line of a terminal takes; 0 where w is none, or too narrow to break lines in.
func terminalWidth(w io.Writer) int {
	if cells, _ := terminal.Width(w); cells >= 29 {
		return cells
	}
	return 0
}
