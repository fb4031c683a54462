package reply

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// FixLetter is the text that goes back to the CA: what is wrong with its files, and what is asked for; "" where nothing is
// at fault that the CA can mend. UTF-8, "\n" line ends.
func FixLetter(p *plan.Plan, v cert.Verdict) string {
	if AsksChain(p) != "" {
		return "" // no CA was asked for anything
	}
	var b strings.Builder
	for _, f := range v.Findings {
		if f.Severity != cert.Fault || f.Code == "empty" || f.Code == "csr" {
			continue
		}
		fmt.Fprintf(&b, "- %s\n", strings.TrimSpace(cert.Printable(strings.TrimPrefix(f.File+": "+f.What.String(), ": "))))
		if !f.Cure.IsZero() {
			fmt.Fprintf(&b, "  %s.\n", cert.Printable(f.Cure.String()))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "The nodes would refuse the certificates that were sent:\n\n" + b.String() + once(p)
}

// BackLetter is the text that goes back to the CA with a reply that the nodes would take, and that a person did not accept
// for its warnings.
func BackLetter(p *plan.Plan) string { return BackLetterFor(p, Warnings(p)) }

// BackLetterFor is BackLetter for these warnings.
func BackLetterFor(p *plan.Plan, found []plan.Finding) string {
	var b strings.Builder
	for _, f := range found {
		fmt.Fprintf(&b, "- %s\n", cert.Printable(f.What.String()))
		for _, more := range []string{f.Cause.String(), f.Next.String()} {
			if more != "" {
				fmt.Fprintf(&b, "  %s\n", cert.Printable(more))
			}
		}
	}
	return "The certificates that were sent are not suitable. Please issue them again:\n\n" + b.String() + once(p)
}

func once(p *plan.Plan) string {
	return "\nThe requests are attached once more; what they need:\n\n" + letter(p, OutboxFiles(p))
}
