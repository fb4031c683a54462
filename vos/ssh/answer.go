package ssh

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// answer is what a node prints to one dialogue, while it comes.
type answer struct {
	vos.Dialogue
	prompt string // of this node, with its colon
	first  bool   // the first of the login: the terminal is not yet known to be in step

	questions []*regexp.Regexp // of Answers, in their order
	ends      *regexp.Regexp   // of Ends; nil where there is none

	raw      []byte // all, until the echo is found
	echoed   bool
	screen   screen // what came behind the echo; all, where none is found
	mark     mark   // behind what was reacted to
	moved    bool   // something came since
	told     mark   // behind what the transcript has
	replies  int
	declined bool // a question was answered with no
	pages    int
	pasted   bool
	body     int // line at which the answer proper begins, once something was pasted
	nudged   bool
}

// maxEcho is how far behind the beginning an echo is looked for, in bytes.
const maxEcho = 16 << 10

// mark is a place on the screen.
type mark struct{ line, col int }

// expect prepares for what a node prints to a dialogue. A pattern that is none is an error of ours, found before typing.
func expect(d vos.Dialogue, prompt string) (*answer, error) {
	a := &answer{Dialogue: d, prompt: prompt}
	for _, q := range d.Answers {
		match, err := regexp.Compile(q.Question)
		if err != nil {
			return nil, err
		}
		a.questions = append(a.questions, match)
	}
	if d.Ends == "" {
		return a, nil
	}
	var err error
	a.ends, err = regexp.Compile(d.Ends)
	return a, err
}

func (a *answer) feed(chunk []byte) {
	a.moved = true
	if a.echoed || len(a.raw) > maxEcho {
		a.screen.feed(chunk)
		return
	}
	a.raw = append(a.raw, chunk...)
	if end := echoEnd(a.raw, a.Line); end >= 0 {
		a.echoed = true
		a.screen = screen{}
		a.mark, a.told, a.body = mark{}, mark{}, 0
		chunk = a.raw[end:]
		a.raw = nil
	}
	a.screen.feed(chunk)
}

// here is the end of what was printed.
func (a *answer) here() mark { return mark{len(a.screen.lines), len(a.screen.cur)} }

// since is the text behind a mark.
func (a *answer) since(m mark) string {
	lines := append(slices.Clone(a.screen.lines[min(m.line, len(a.screen.lines)):]), string(a.screen.cur))
	if lines[0] = lines[0][min(m.col, len(lines[0])):]; m.line > len(a.screen.lines) {
		return ""
	}
	return strings.Join(lines, "\n")
}

// fresh is the end of what came since something was reacted to: there questions stand. It is bounded, for it is looked
// at again with each chunk.
func (a *answer) fresh() string {
	parts, size := []string{}, 0
	for at := len(a.screen.lines); at >= a.mark.line && size < window; at-- {
		line, from := "", 0
		if at == a.mark.line {
			from = a.mark.col
		}
		if at == len(a.screen.lines) {
			line = string(a.screen.cur[max(min(from, len(a.screen.cur)), len(a.screen.cur)-window):])
		} else {
			line = tail(a.screen.lines[at][min(from, len(a.screen.lines[at])):], window)
		}
		parts = append(parts, line)
		size += len(line) + 1
	}
	slices.Reverse(parts)
	return tail(strings.Join(parts, "\n"), window)
}

// text is the answer: without echo, prompts, what was pasted, and the words that asked for it.
func (a *answer) text() string {
	var kept []string
	for _, line := range append(slices.Clone(a.screen.lines[min(a.body, len(a.screen.lines)):]), string(a.screen.cur)) {
		switch {
		case a.redrawn(line):
			kept = kept[:0]
		case strings.TrimSpace(line) != a.prompt && !a.typed(line):
			kept = append(kept, strings.TrimSuffix(strings.TrimRight(line, " "), a.prompt))
		}
	}
	return strings.Trim(strings.Join(kept, "\n"), "\n")
}

// redrawn reports whether a line is the command once more, typed ahead and drawn again behind the prompt.
func (a *answer) redrawn(line string) bool {
	return len(line) <= maxPrompt && squeezed(line) == squeezed(a.prompt+a.Line)
}

// typed reports whether a line is the echo of one that was pasted.
func (a *answer) typed(line string) bool {
	line = strings.TrimSpace(line)
	return a.pasted && line != "" && strings.Contains("\n"+string(a.Paste)+"\n", "\n"+line+"\n")
}

// speaks reports whether the node has said anything but prompts: behind the paste, where there was one.
func (a *answer) speaks() bool {
	for _, line := range a.screen.lines[min(a.body, len(a.screen.lines)):] {
		bare := strings.TrimSpace(line)
		if bare != "" && bare != a.prompt && !a.redrawn(line) && !a.typed(line) {
			return true
		}
	}
	return false
}

// atPrompt reports whether the prompt stands alone at the end, and whether it stands there behind other words.
func (a *answer) atPrompt() (alone, glued bool) {
	cur, erased := strings.TrimRight(a.screen.end(), " "), a.screen.erased-max(0, len(a.screen.cur)-maxPrompt)
	from := min(max(erased, 0), len(cur))
	alone = cur == a.prompt && len(a.screen.cur) <= maxPrompt || erased >= 0 && cur[from:] == a.prompt
	return alone, strings.HasSuffix(cur, a.prompt)
}

// ended reports whether the prompt is back behind the whole answer. With an echo, some words and the prompt that is
// seen at once. A prompt without an echo, or without words, may be one that was drawn before the node took the command:
// then silence must follow it.
func (a *answer) ended(silent time.Duration, o Options) bool {
	alone, glued := a.atPrompt()
	switch {
	case !glued:
		return silent >= o.Nudge && a.overtaken()
	case a.echoed && len(a.screen.lines) == 0:
		return false
	case !alone:
		return silent >= 3*o.Quiet
	case a.echoed && a.speaks():
		return true
	case a.speaks():
		return silent >= o.Quiet
	case a.first || !a.echoed:
		return silent >= o.Nudge
	}
	return silent >= 3*o.Quiet
}

// overtaken reports whether the prompt came back, and a message to all users was printed over it.
func (a *answer) overtaken() bool {
	if !a.speaks() || len(a.screen.cur) > 0 {
		return false
	}
	last := slices.Index(a.screen.lines, a.prompt)
	return last > 0 && strings.TrimSpace(strings.Join(a.screen.lines[:last], "")) != ""
}

// pause is how long to wait for more before the silence itself may mean something.
func (a *answer) pause(o Options) time.Duration {
	if _, glued := a.atPrompt(); glued || a.replies > 0 {
		return o.Quiet
	}
	return min(o.Nudge, o.Puzzled)
}

var (
	pagerPage = lazyregexp.MustCompile(`(?i)press\s+<enter>\s+for\s+1\s+line.*<q>\s+to\s+quit\s*$`)
	pagerFile = lazyregexp.MustCompile(`(?i)options:\s*q=quit,\s*n=next.*:\s*$`)
	pagerOver = lazyregexp.MustCompile(`(?i)end of the file reached`)
	pasteHere = lazyregexp.MustCompile(`(?i)paste\s+the\s+cert`)
	question  = lazyregexp.MustCompile(`(?i)(\?|[(\[]\s*y(es)?\s*[/|]\s*n(o)?\s*[)\]])\s*[:?]*\s*$`)
)

// pager returns the key that the pager at the end of the screen waits for, or "".
func (a *answer) pager() string {
	cur := a.screen.end()
	switch {
	case pagerPage.MatchString(cur):
		return " "
	case !pagerFile.MatchString(cur):
		return ""
	case pagerOver.MatchString(a.fresh()):
		return "q"
	}
	return "n"
}

// reply returns what to type to the question at the end of the screen. One that the node redraws on the same line,
// because it did not take the reply, is answered again when it has fallen silent.
func (a *answer) reply(silent time.Duration, o Options) (string, bool) {
	if len(a.questions) == 0 {
		return "", false
	}
	fresh, again := a.fresh(), a.moved && a.replies > 0 && silent >= 3*o.Quiet
	for i, q := range a.questions {
		if q.MatchString(fresh) || again && q.MatchString(a.screen.end()) {
			return a.careful(a.Answers[i].Reply), true
		}
	}
	return "", false
}

// careful keeps to a no: a node that lost it asks again without the warning that it was said to.
func (a *answer) careful(reply string) string {
	a.declined = a.declined || reply == "no" || reply == "n"
	if no, ok := map[string]string{"yes": "no", "y": "n"}[reply]; ok && a.declined {
		return no
	}
	return reply
}

// leaving reports whether the last answer is out, so that the node may hang up.
func (a *answer) leaving() bool { return a.Leaves && (a.replies > 0 || len(a.Answers) == 0) }

// left reports whether the node has said the words after which it is surely going away.
func (a *answer) left() bool {
	return a.ends != nil && a.leaving() && a.ends.MatchString(a.fresh())
}

// unheard reports whether the reply to a question was lost on its way: a node that echoes has not even echoed it. Enter
// then brings the question again (docs/nodes.md 1.5); once, and never the reply itself, which might meet another question.
func (a *answer) unheard(silent time.Duration, o Options) bool {
	return a.echoed && a.replies > 0 && !a.moved && !a.nudged && silent >= o.Puzzled
}

// asked marks that the question at the end was reacted to.
func (a *answer) asked() { a.mark, a.moved = a.here(), false }

// turned takes the pager's line away when its key was pressed.
func (a *answer) turned() {
	a.pages++
	a.screen.clear()
	a.asked()
}

// pastes marks that what comes from here on answers the paste.
func (a *answer) pastes() {
	a.asked()
	a.pasted, a.body = true, len(a.screen.lines)
	if len(a.screen.cur) > 0 { // the rest of the line that asked for it
		a.body++
	}
}

// committed reports whether the node has all that it needs to make a change. From then on Ctrl-C would break into it.
func (a *answer) committed() bool {
	switch {
	case !a.Changes:
		return false
	case a.Paste != nil:
		return a.pasted
	case a.Leaves:
		return a.leaving()
	}
	return true
}
