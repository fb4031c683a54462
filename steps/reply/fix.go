package reply

import (
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// FixLetter is the text that goes back to the CA: what is wrong with its files, and what is asked for; "" where nothing is
// at fault that the CA can mend. UTF-8, "\n" line ends.
func FixLetter(p *plan.Plan, v cert.Reply) string {
	if AsksChain(p) != "" {
		return "" // no CA was asked for anything
	}
	var b strings.Builder
	for _, f := range v.Findings {
		if f.Severity != cert.Fault || f.Code == "empty" || f.Code == "csr" {
			continue
		}
		fmt.Fprintf(&b, "- %s\n", strings.TrimSpace(cert.Printable(strings.TrimPrefix(f.File+": "+f.What, ": "))))
		if f.Cure != "" {
			fmt.Fprintf(&b, "  %s.\n", cert.Printable(f.Cure))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	head := "The nodes would refuse the certificates that were sent:\n\n"
	return head + b.String() + "\nThe requests are attached once more; what they need:\n\n" + letter(p, OutboxFiles(p))
}
