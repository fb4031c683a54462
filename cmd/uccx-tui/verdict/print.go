package verdict

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert/describe"
	"github.com/uccx-tui/uccx-tui/vos/msg"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// maxDetailed is up to how many certificates each is shown line by line; more of them get one line each.
const maxDetailed = 30

// print is the verdict for people: what each file is, then each finding, then one sentence.
func (j *Verdict) print(out io.Writer) error {
	var b strings.Builder
	detailed := j.items() <= maxDetailed
	for _, f := range j.Files {
		for _, it := range f.Items {
			it.print(&b, f.Name, detailed)
			if detailed {
				it.describe(&b, j.now)
			}
		}
		if f.Error != "" {
			fmt.Fprintf(&b, "%-24s %s\n", f.Name, f.Error)
		}
	}
	for _, x := range j.Findings {
		x.Write(&b)
	}
	j.printPlan(&b)
	fmt.Fprintf(&b, "\n%s\n", j.sentence())
	_, err := io.WriteString(out, b.String())
	return err
}

// unread reports whether something that was chosen could not be read.
func (j *Verdict) unread() bool {
	return slices.ContainsFunc(j.Findings, func(f Remark) bool { return f.Code == "partly" || f.Code == "damaged" })
}

func (j *Verdict) sentence() string {
	switch {
	case j.requests && j.OK:
		return "No errors. These CSRs can be sent to the CA."
	case j.requests:
		return "Errors found (see above). Do not send these CSRs."
	case !j.OK:
		return "Errors found (see above). Nothing was uploaded."
	case !j.application() && j.unread():
		return "No application certificate was found, and parts of the files could not be read: see the warnings above."
	case !j.application():
		return "No errors, but no application certificate was found."
	}
	return "OK: a node would accept these files." + j.counted()
}

// counted says how many findings there are to read, by severity.
func (j *Verdict) counted() string {
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
		return " Read " + number(warnings, "warning") + " first."
	case notes > 0:
		return " See " + number(notes, "note") + "."
	}
	return ""
}

// number is a count with its noun.
func number(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (j *Verdict) items() int {
	n := 0
	for _, f := range j.Files {
		n += len(f.Items)
	}
	return n
}

func (it Item) print(b *strings.Builder, file string, detailed bool) {
	fmt.Fprintf(b, "%-24s %-13s %s", file, it.Kind, it.Name)
	if it.Until != "" && !detailed {
		fmt.Fprintf(b, ", issued by %s, %s, %s left", it.Issuer, it.Key, number(it.Days, "day"))
	}
	if it.Fits != "" {
		fmt.Fprintf(b, ", matches %s", it.Fits)
	}
	b.WriteString("\n")
}

// describe shows a certificate or request line by line.
func (it Item) describe(b *strings.Builder, now time.Time) {
	var lines []describe.Line
	switch {
	case it.cert != nil:
		lines = describe.Certificate(it.cert, now)
	case it.request != nil:
		lines = describe.Request(it.request)
	}
	for _, l := range lines {
		fmt.Fprintf(b, "    %-10s %s\n", l.Label, l.Text)
	}
}

// Write prints the finding for people.
func (x Remark) Write(b *strings.Builder) {
	head := x.What
	if x.File != "" {
		head = x.File + ": " + head
	}
	fmt.Fprintf(b, "\n%s: %s\n", msg.Label(x.Severity), head)
	says := "the node would say: "
	if x.Guess {
		says = "the node would refuse it, probably with: "
	}
	for _, l := range []struct{ before, text string }{{says, x.Says}, {"", x.Cause}, {"-> ", x.Cure}} {
		if l.text != "" {
			fmt.Fprintf(b, "    %s%s\n", l.before, l.text)
		}
	}
	if x.Rule != "" {
		label := "rule"
		if strings.Contains(x.Rule, " ") { // a document
			label = "source"
		}
		fmt.Fprintf(b, "    %s %s\n", label, x.Rule)
	}
	if x.Fact != "" {
		fmt.Fprintf(b, "    source %s\n", x.Fact)
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
