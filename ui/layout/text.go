package layout

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// Width is how many cells a text takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Fit cuts a text that is wider than w cells, and says so with dots.
func (t Theme) Fit(s string, w int) string {
	if w <= 0 {
		return ""
	}
	s = bounded(s)
	return ansi.Truncate(s, w, t.Dots)
}

// Middle cuts the middle out of a text that is too wide: the ends of file names tell more.
func (t Theme) Middle(s string, w int) string {
	n := Width(s)
	if n <= w {
		return s
	}
	left := (w - Width(t.Dots)) / 2
	right := w - Width(t.Dots) - left
	if left < 1 || right < 1 {
		return t.Fit(s, w)
	}
	return ansi.Truncate(s, left, "") + t.Dots + ansi.TruncateLeft(s, n-right, "")
}

// Pad fills a text up to w cells with blanks, or cuts it.
func (t Theme) Pad(s string, w int) string {
	return Column(t.Fit(s, w), w)
}

// Widest is how many cells a column of words takes, at least those given.
func Widest(least int, words ...string) int {
	for _, w := range words {
		least = max(least, Width(w))
	}
	return least
}

// Column fills a text up to w cells with blanks. What is longer stays whole.
func Column(s string, w int) string {
	return s + strings.Repeat(" ", max(w-Width(s), 0))
}

// unbroken stands for a hyphen while lines are broken: one cell, of private use, in no text.
const unbroken = "\ue000"

// unbrokenSlash stands for a slash while lines of Chinese and Japanese are broken.
const unbrokenSlash = "\ue001"

// breakable stands for a colon behind which a fingerprint may be broken.
const breakable = "\ue003"

// breakableSlash stands for a slash behind which a path may be broken that is wider than a line.
const breakableSlash = "\ue004"

// inFolders lets words that are wider than w cells be broken behind their slashes, but not within "//" nor behind a slash that they begin with.
func inFolders(s string, w int) string {
	if len(s) <= w || strings.Contains(s, "\x1b") || !strings.Contains(s, "/") {
		return s
	}
	words := strings.Split(s, " ")
	for k, word := range words {
		if Width(word) <= w {
			continue
		}
		parts := strings.Split(word, "/")
		for i, part := range parts {
			switch {
			case i == len(parts)-1:
			case part == "" || parts[i+1] == "":
				parts[i] += "/"
			default:
				parts[i] += breakableSlash
			}
		}
		words[k] = strings.Join(parts, "")
	}
	return strings.Join(words, " ")
}

// fingerprints are bytes as they are compared by people: they are never cut within one.
var fingerprints = lazyregexp.MustCompile(`\b(?:[0-9A-Fa-f]{2}:){7,}[0-9A-Fa-f]{2}\b`)

// bytesOfLine are broken off a fingerprint together where it stands alone and a line has room for them: so it is compared more easily.
const bytesOfLine = 8

// inBytes lets a fingerprint that is wider than w cells be broken behind its colons.
func inBytes(s string, w int) string {
	if strings.Count(s, ":") < 7 {
		return s
	}
	return fingerprints.ReplaceAllStringFunc(s, func(f string) string {
		if len(f) <= w {
			return f
		}
		if w < 3*bytesOfLine || f != strings.TrimSpace(s) {
			return strings.ReplaceAll(f, ":", breakable)
		}
		var b strings.Builder
		for i := 0; i < len(f); i += 3 * bytesOfLine {
			part := f[i:min(i+3*bytesOfLine, len(f))]
			if i+len(part) < len(f) {
				part = strings.TrimSuffix(part, ":") + breakable
			}
			b.WriteString(part)
		}
		return b.String()
	})
}

// MaxWrapped bounds a text that is laid out, in bytes: no window shows more, and it would take longer than a key may.
const MaxWrapped = 64 << 10

func bounded(s string) string {
	if len(s) <= MaxWrapped {
		return s
	}
	return strings.ToValidUTF8(s[:MaxWrapped], "") + " ..."
}

// Wrap breaks a text into lines of at most w cells; nil where w is less than 1.
func Wrap(s string, w int) []string {
	if w < 1 {
		return nil
	}
	s = inBytes(bounded(s), w)
	if strings.ContainsFunc(s, unspaced) && !strings.Contains(s, "\x1b") {
		var all []string
		for _, line := range strings.Split(s, "\n") {
			all = append(all, wrapUnspaced(line, w)...)
		}
		return all
	}
	whole := strings.ReplaceAll(inFolders(s, w), "-", unbroken) // names, times and paths are not broken at their hyphens
	return strings.Split(strings.NewReplacer(unbroken, "-", breakable, ":", breakableSlash, "/").Replace(ansi.Wrap(whole, w, breakable+breakableSlash)), "\n")
}

// unspaced reports whether a letter is of a script that puts no spaces between words: Chinese and Japanese.
func unspaced(r rune) bool { return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) }

// wrapUnspaced breaks a line where Unicode allows it (UAX 14): between two letters of such a script, but never before a comma, a full
// stop or a closing bracket, nor after an opening one. Names, times and paths stay whole.
func wrapUnspaced(s string, w int) []string {
	kept := strings.NewReplacer("-", unbroken, "/", unbrokenSlash, breakable, ":\u200b") // a zero width space allows a break
	back := strings.NewReplacer(unbroken, "-", unbrokenSlash, "/", ":\u200b", ":")
	var lines []string
	end := func(line string) { lines = append(lines, strings.TrimRight(back.Replace(line), " ")) }
	line, state := "", -1
	for rest := kept.Replace(s); rest != ""; {
		var part string
		part, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		for Width(strings.TrimRight(line+part, " ")) > w {
			if line == "" { // wider than a line
				head := ansi.Truncate(part, w, "")
				if head == "" {
					break
				}
				if at := strings.LastIndex(head, unbrokenSlash); at > 0 {
					head = head[:at+len(unbrokenSlash)]
				}
				line, part = head, part[len(head):]
			}
			end(line)
			line = ""
		}
		line += part
	}
	end(line)
	return lines
}

// LabelWidth is how many cells a column of labels takes: the widest and a gap, at least those given.
func LabelWidth(least int, labels ...string) int {
	for _, l := range labels {
		least = max(least, min(Width(l)+2, 20))
	}
	return least
}

// Labelled writes "label  text", the text wrapped beside the label.
func (t Theme) Labelled(label, text string, labelWidth, w int) []string {
	var lines []string
	if Width(label) >= labelWidth { // whole, in a line of its own
		lines, label = append(lines, t.Dim.Render(t.Fit(label, w))), ""
	}
	for i, l := range Wrap(text, w-labelWidth) {
		head := ""
		if i == 0 {
			head = label
		}
		lines = append(lines, t.Dim.Render(t.Pad(head, labelWidth))+l)
	}
	return lines
}

// Lines is a text of several lines for a window of w cells: lines that fit stay as they are; the others are broken at spaces, and what
// follows their first part is indented by two cells more.
func Lines(text string, w int) []string {
	var all []string
	for _, l := range strings.Split(text, "\n") {
		in := min(len(l)-len(strings.TrimLeft(l, " ")), max(w-4, 0)/2)
		if Width(l) <= w {
			all = append(all, l)
			continue
		}
		for i, part := range Wrap(strings.TrimLeft(l, " "), w-in-2) {
			if i > 0 {
				part = "  " + part
			}
			all = append(all, l[:in]+part)
		}
	}
	return all
}

// Hanging breaks a line at w cells. What follows its first part begins below its text: behind the blanks or the arrow that it begins
// with, or in cells further right where it begins with neither.
func Hanging(line string, in, w int) []string {
	text := strings.TrimLeft(line, " ")
	lead := len(line) - len(text)
	hang := lead
	switch arrow, _, _ := strings.Cut(text, " "); {
	case arrow == "->" || arrow == "→":
		hang += Width(arrow) + 1
	case lead == 0 && fingerprints.FindString(text) != text: // the bytes of a fingerprint stand below each other
		hang = in
	}
	if Width(line) <= w || hang > w/2 {
		return Lines(line, w)
	}
	first := Wrap(line, w)[:1]
	rest := strings.TrimLeft(strings.TrimPrefix(line, first[0]), " ")
	for _, l := range Wrap(rest, w-hang) {
		first = append(first, strings.Repeat(" ", hang)+l)
	}
	return first
}

// Indent moves lines four cells to the right, in place.
func Indent(lines []string) []string {
	for i, l := range lines {
		lines[i] = "    " + l
	}
	return lines
}

// PrintableLines is cert.Printable for a text of several lines.
func PrintableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = cert.Printable(l)
	}
	return strings.Join(lines, "\n")
}

// OneLine shows what a node said in several lines where there is room for one.
func OneLine(said string) string {
	return cert.Printable(strings.ReplaceAll(strings.TrimSpace(said), "\n", " / "))
}

// Joined is sentences and parts of sentences in one line: a semicolon follows what has no full stop. The id of a rule in brackets may
// stand behind a full stop.
func Joined(parts []string) string {
	var b strings.Builder
	for i, p := range parts {
		b.WriteString(p)
		if i == len(parts)-1 {
			break
		}
		end := p
		if at := strings.LastIndex(p, " ("); at > 0 && strings.HasSuffix(p, ")") {
			end = p[:at]
		}
		switch {
		case strings.HasSuffix(p, "。"):
		case strings.HasSuffix(end, ".") || strings.HasSuffix(end, "。"):
			b.WriteString(" ")
		default:
			b.WriteString("; ")
		}
	}
	return b.String()
}

// Short is the host of a full name, as it is: not printable.
func Short(fqdn string) string {
	host, _, _ := strings.Cut(fqdn, ".")
	return host
}

// Tail is the end of a serial number: enough to tell two apart.
func Tail(serial string) string {
	if len(serial) > 8 {
		return ".." + serial[len(serial)-8:]
	}
	return serial
}

// Quoted shows odd names of files as what they are, printable.
func Quoted(name string) string {
	if cert.Printable(name) != name || strings.TrimSpace(name) != name {
		return cert.Printable(strconv.QuoteToGraphic(name))
	}
	return name
}
