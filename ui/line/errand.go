package line

import (
	"context"
	"os"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// errand shows one dialogue, and reads what the node said.
func (l *line) errand(_ context.Context, e engine.ManualTask) error {
	l.errandText(e)
	var given strings.Builder
	for given.Len() < widget.MaxPaste {
		text, err := l.in.ReadString('\n')
		bareText := strings.TrimSpace(text)
		switch first := given.Len() == 0; {
		case err != nil:
			l.print("")
			return play.ErrEnd
		case first && l.more(bareText, l.plan.Next().Row, l.manualHelp()):
			continue
		case first && strings.EqualFold(bareText, "q"):
			return play.ErrEnd
		case first && isNo(bareText):
			l.work.Runner.NotDone(e)
			return nil
		case first && aFile(bareText), bareText == ".":
			if bareText != "." {
				given.WriteString(bareText)
			}
			l.work.Runner.HandIn(e.ID, given.String())
			return nil
		}
		given.WriteString(text)
	}
	l.print("%s", l.say("Input too long. Nothing was accepted."))
	l.work.Runner.NotDone(e)
	return nil
}

// aFile reports whether a line is a path alone.
func aFile(text string) bool {
	if files.IsPath(text) {
		return true
	}
	info, err := os.Stat(text)
	return err == nil && info.Mode().IsRegular()
}

func (l *line) errandText(e engine.ManualTask) {
	m := l.pages().Manual(e)
	l.print("")
	l.tell("", m.Lab)
	l.print("%s", l.say("Type this on %s (admin:)", m.Node))
	l.print("    %s", m.Command)
	for text := range strings.Lines(m.Paste) {
		l.print("    %s", strings.TrimSpace(text))
	}
	for _, hint := range m.Hints {
		l.tell("  ", hint)
	}
	if m.Stops {
		l.tell("  ", l.say("SERVICES STOP on this node"))
	}
	if m.Address != "" {
		l.print("  %s  %s", l.say("or in OS Administration"), cert.Printable(m.Address))
	}
	for _, c := range m.Clicks {
		l.tell("    ", c)
	}
	if m.Wrong != "" {
		l.tell("  ", l.say("not accepted: %s", m.Wrong))
	}
	l.tell("", l.say("Paste the output, then a line with a single dot; or enter a file path; n: not done; ?: help; q: quit."))
}

// manualHelp says what a manual task takes.
func (l *line) manualHelp() []string {
	return []string{l.say("Paste what the node printed, with its prompt, then a line with a single dot. Or enter the path of a file " +
		"that contains it."),
		l.say("no: you did not do it, and the node is unchanged. Checks are asked again.")}
}
