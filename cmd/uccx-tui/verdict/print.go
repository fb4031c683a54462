package verdict

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/vos/cert/describe"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// maxDetailed is up to how many certificates each is shown line by line; more of them get one line each.
const maxDetailed = 30

// print is the verdict for people: what each file is, then each finding, then one sentence.
func (j *Verdict) print(out io.Writer) error {
	var b strings.Builder
	detailed := j.items() <= maxDetailed
	for _, f := range j.Files {
		for _, it := range f.Items {
			it.print(&b, j.say, f.Name, detailed)
			if detailed {
				it.describe(&b, j.say, j.now)
			}
		}
		if !f.Error.IsZero() {
			fmt.Fprintf(&b, "%s %s\n", print.Column(f.Name, 24), j.say.T(f.Error))
		}
	}
	for _, x := range j.Findings {
		x.Write(&b, j.say)
	}
	j.printPlan(&b)
	fmt.Fprintf(&b, "\n%s\n", j.say.T(j.sentence()))
	_, err := io.WriteString(out, b.String())
	return err
}

// unread reports whether something that was chosen could not be read.
func (j *Verdict) unread() bool {
	return slices.ContainsFunc(j.Findings, func(f Remark) bool { return f.Code == "partly" || f.Code == "damaged" })
}

func (j *Verdict) sentence() msg.Text {
	switch {
	case j.requests && j.OK:
		return msg.T("No errors. These CSRs can be sent to the CA.")
	case j.requests:
		return msg.T("Errors found (see above). Do not send these CSRs.")
	case !j.OK:
		return msg.T("Errors found (see above). Nothing was uploaded.")
	case !j.application() && j.unread():
		return msg.T("No application certificate was found, and parts of the files could not be read: see the warnings above.")
	case !j.application():
		return msg.T("No errors, but no application certificate was found.")
	}
	return j.accepted()
}

// accepted says that a node would take the files, and how many findings there are to read, by severity.
func (j *Verdict) accepted() msg.Text {
	warnings, notes := 0, 0
	for _, x := range j.Findings {
		if x.Severity == cert.Warning.String() {
			warnings++
		} else {
			notes++
		}
	}
	switch {
	case warnings > 0:
		return msg.N("OK: a node would accept these files. Read 1 warning first.", "OK: a node would accept these files. Read %d warnings first.", warnings)
	case notes > 0:
		return msg.N("OK: a node would accept these files. See 1 note.", "OK: a node would accept these files. See %d notes.", notes)
	}
	return msg.T("OK: a node would accept these files.")
}

func (j *Verdict) items() int {
	n := 0
	for _, f := range j.Files {
		n += len(f.Items)
	}
	return n
}

// kindColumn is how many cells the kinds of certificates take.
func kindColumn(say lang.Localizer, least int) int {
	for _, k := range []cert.Kind{cert.Root, cert.Intermediate, cert.Application, cert.SelfSigned, cert.Key} {
		least = print.Widest(least, say.T(k.Text()))
	}
	return least
}

func (it Item) print(b *strings.Builder, say lang.Localizer, file string, detailed bool) {
	line := fmt.Sprintf("%s %s %s", print.Column(file, 24), print.Column(say.T(it.kind.Text()), kindColumn(say, 13)), it.Name)
	if it.Until != "" && !detailed {
		line = say.T(msg.Both(msg.Verbatim(line), msg.T("issued by %s, %s, %s", it.Issuer, cert.KeyWords(it.cert.PublicKey), msg.N("1 day left", "%d days left", it.Days))))
	}
	if it.Fits != "" {
		line = say.T(msg.Both(msg.Verbatim(line), msg.T("matches %s", it.Fits)))
	}
	b.WriteString(line)
	b.WriteString("\n")
}

// describe shows a certificate or request line by line.
func (it Item) describe(b *strings.Builder, say lang.Localizer, now time.Time) {
	switch {
	case it.cert != nil:
		Lines(b, say, describe.Certificate(it.cert, now))
	case it.request != nil:
		Lines(b, say, describe.Request(it.request))
	}
}

// labels is how many cells the labels of lines take at least.
const labels = 10

// Lines prints labelled lines, indented.
func Lines(b *strings.Builder, say lang.Localizer, lines []describe.Line) {
	w := labels
	for _, l := range lines {
		w = max(w, ansi.StringWidth(say.Say(l.Label)))
	}
	for _, l := range lines {
		fmt.Fprintf(b, "    %s %s\n", print.Column(say.Say(l.Label), w), vos.Shorten(say.T(l.Text), vos.MaxWords))
	}
}

// Write prints the finding for people.
func (x Remark) Write(b *strings.Builder, say lang.Localizer) {
	head := say.T(x.What)
	if x.File != "" {
		head = x.File + ": " + head
	}
	fmt.Fprintf(b, "\n%s: %s\n", say.Say(msg.Label(x.Severity)), head)
	says := msg.T("the node would say: %s", x.Says)
	if x.Guess {
		says = msg.T("the node would refuse it, probably with: %s", x.Says)
	}
	if x.Says != "" {
		fmt.Fprintf(b, "    %s\n", say.T(says))
	}
	if !x.Cause.IsZero() {
		fmt.Fprintf(b, "    %s\n", say.T(x.Cause))
	}
	if !x.Cure.IsZero() {
		fmt.Fprintf(b, "    -> %s\n", say.T(x.Cure))
	}
	switch {
	case strings.Contains(x.Rule, " "): // a document
		fmt.Fprintf(b, "    %s\n", say.Say("source %s", x.Rule))
	case x.Rule != "":
		fmt.Fprintf(b, "    %s\n", say.Say("rule %s", x.Rule))
	}
	if x.Fact != "" {
		fmt.Fprintf(b, "    %s\n", say.Say("source %s", x.Fact))
	}
}

func (j *Verdict) application() bool {
	for _, f := range j.Files {
		for _, it := range f.Items {
			if it.Kind == cert.Application.String() {
				return true
			}
		}
	}
	return false
}
