package ui

import (
	"fmt"
	"html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/ui/files/filestest"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

// Cells of the pictures, in pixels.
const (
	cellWide = 8.4
	cellHigh = 18
)

// span is a run of cells in one style.
type span struct {
	text  string
	style string // of the picture's style sheet
}

// spans takes a drawn line apart: its colours are those few of the theme.
func spans(line string) []span {
	var all []span
	var state byte
	bold, dim, colour := false, false, ""
	p := ansi.NewParser()
	for len(line) > 0 {
		seq, width, n, next := ansi.DecodeSequence(line, state, p)
		if width == 0 && strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m") {
			for _, code := range strings.Split(strings.TrimSuffix(seq[2:], "m"), ";") {
				switch code {
				case "", "0":
					bold, dim, colour = false, false, ""
				case "1":
					bold = true
				case "2":
					dim = true
				case "31", "32", "33", "36":
					colour = map[string]string{"31": "r", "32": "g", "33": "y", "36": "a"}[code]
				case "22":
					bold, dim = false, false
				case "39":
					colour = ""
				}
			}
		} else if width > 0 {
			style := colour
			if bold {
				style += " b"
			}
			if dim {
				style += " d"
			}
			style = strings.TrimSpace(style)
			if len(all) > 0 && all[len(all)-1].style == style {
				all[len(all)-1].text += seq
			} else {
				all = append(all, span{seq, style})
			}
		}
		line, state = line[n:], next
	}
	return all
}

// picture is a screen as an SVG: the same cells, colours and signs as on a terminal.
func picture(drawn, title string, w, h int) []byte {
	var b strings.Builder
	wide, high := float64(w)*cellWide+16, float64(h)*cellHigh+16
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="%s">`+"\n", wide, high, wide, high, html.EscapeString(title))
	b.WriteString("<style>text{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#d4d4d4;white-space:pre}" +
		".a{fill:#4ec9d8}.r{fill:#f2777a}.g{fill:#7ec87e}.y{fill:#e6c560}.b{font-weight:bold}.d{fill:#8f8f8f}.r.d,.a.d,.g.d{opacity:.8}</style>\n")
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="6" fill="#1e1e1e"/>`+"\n")
	gaps := regexp.MustCompile(` +`)
	for y, line := range strings.Split(drawn, "\n") {
		x := 0
		for _, s := range spans(line) {
			class := ""
			if s.style != "" {
				class = fmt.Sprintf(` class="%s"`, s.style)
			}
			for _, word := range gaps.Split(s.text, -1) { // blanks are moved over: not every viewer keeps them
				at := x + ansi.StringWidth(s.text[:strings.Index(s.text, word)])
				if cells := ansi.StringWidth(word); cells > 0 {
					fmt.Fprintf(&b, `<text x="%.1f" y="%.0f" textLength="%.1f"%s>%s</text>`+"\n", 8+float64(at)*cellWide, 8+float64(y+1)*cellHigh-4, float64(cells)*cellWide, class, html.EscapeString(word))
				}
				cut := strings.Index(s.text, word) + len(word)
				x, s.text = x+ansi.StringWidth(s.text[:cut]), s.text[cut:]
			}
			x += ansi.StringWidth(s.text)
		}
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

// pictured are the screens that the documents show, in their order, with what they are.
func pictured() [][2]string {
	return [][2]string{{"home", "Home"}, {"form", "New change"}, {"plan", "Plan"}, {"step", "Step"}, {"failed", "A step that failed"}, {"handover", "Send the CSRs to the CA"}, {"restart", "Before a restart"},
		{"restarting", "Restart"}, {"prove", "Ports"}, {"trust", "Trust relations"}, {"report", "Report"}, {"sessions", "Changes on this machine"}, {"advice", "Adviser"}, {"lesson", "Lab scenario"}}
}

// TestScreensPage: docs/screens.md and the pictures are what the program draws today (go test ./ui -run TestScreensPage -update).
func TestScreensPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Screens\n\nPrinted from the program by `go test ./ui -run TestScreensPage -update`; a test fails when they are out of date. The change is an example.\n\n" +
		"Below 60 x 18 cells the program asks for a larger window. From 120 columns the plan stands at the left, from 160 the ports stand beside a restart.\n" +
		"`▸` marks the selected row; `✓` is verified or done, `→` next, `!` pending, `✗` failed, `?` unknown.\n")
	made := map[[2]int]map[string]*Model{}
	for _, size := range sizes() {
		made[size] = screens(t, size[0], size[1])
	}
	for _, one := range pictured() {
		fmt.Fprintf(&b, "\n## %s\n", one[1])
		for _, size := range sizes() {
			if size[0] == 160 && !slices.Contains([]string{"plan", "restarting", "prove"}, one[0]) {
				continue
			}
			m := made[size][one[0]]
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			m.Now = monday.Add(time.Hour)
			drawn := strings.NewReplacer(`\x1b[2J`, "", `\x1b[31m`, "").Replace(shown(m)) // of the hostile words of the tests
			if size == [2]int{80, 24} || one[0] == "restarting" && size[0] == 160 {
				name := fmt.Sprintf("%s-%dx%d.svg", one[0], size[0], size[1])
				goldentest.File(t, filepath.Join("..", "docs", "pictures", name), picture(drawn, one[1], size[0], size[1]))
				fmt.Fprintf(&b, "\n![%s, %d x %d](pictures/%s)\n", one[1], size[0], size[1], name)
				continue
			}
			fmt.Fprintf(&b, "\n%d x %d:\n\n```\n%s\n```\n", size[0], size[1], trimmed(ansi.Strip(drawn)))
		}
	}
	b.WriteString(chooserPicture(t))
	goldentest.File(t, filepath.Join("..", "docs", "screens.md"), []byte(b.String()))
}

// chooserPicture is the CA's reply in the chooser, with a folder that is the same on every machine.
func chooserPicture(t *testing.T) string {
	t.Helper()
	a := filestest.New(t, monday, fqdns...)
	folder := a.Reply()
	m, s := replied(t, a, waitingFor(a), 80, 24, folder)
	w, _ := m.Room()
	dir := m.Middle(folder, w-len("Load the CA's reply")-2)
	s.Select(1)
	drawn := strings.ReplaceAll(shown(m), dir, m.Pad("~/Downloads/ca-reply", ansi.StringWidth(dir)))
	goldentest.File(t, filepath.Join("..", "docs", "pictures", "reply-80x24.svg"), picture(drawn, "Load the CA's reply", 80, 24))
	return "\n## Load the CA's reply\n\n![Load the CA's reply, 80 x 24](pictures/reply-80x24.svg)\n"
}

// trimmed is a text without blanks at the ends of its lines.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
