package pages

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
)

// Whole is the letter of the outbox with the CSRs behind it, for a CA that takes no attachments: each under its name, so that it can
// be cut out again.
func Whole(files []plan.OutFile) string {
	var letter, requests strings.Builder
	for _, f := range files {
		if f.Node == "" {
			letter.WriteString(strings.TrimRight(string(f.Data), "\n") + "\n\n")
			continue
		}
		requests.WriteString("\n" + f.Name + "\n" + strings.TrimSpace(string(f.Data)) + "\n")
	}
	return letter.String() + "THE REQUESTS" + "\n" + requests.String()
}
