package ui

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TestAddressesAreLinks: what is to be opened in a functional test is a hyperlink, and plain text on a terminal without them.
func TestAddressesAreLinks(t *testing.T) {
	const address = "https://uccx1.example.com/appadmin/main"
	m := model(t, waiting(), 80, 24)
	q := pages.Question{Opens: true, Found: []string{address, cert.Printable("https://x\x1b]0;y/")}}
	drawn := func() string {
		_, found, _ := m.env.Question(q, nil, nil, 76)
		return strings.Join(found, "\n")
	}
	link := "\x1b]8;;" + address
	if text := drawn(); !strings.Contains(text, link) || strings.Contains(text, "\x1b]0;") || layout.Safe(text[:strings.Index(text, "\n")]) != text[:strings.Index(text, "\n")] {
		t.Errorf("%q", text)
	}
	if q.Opens = false; strings.Contains(drawn(), link) {
		t.Error("what was found on a node became a link")
	}
	t.Setenv("TERM", "linux")
	m.Theme, q.Opens = layout.NewTheme(false, m.Localizer), true
	if text := drawn(); strings.Contains(text, "\x1b]8") || !strings.Contains(text, address) {
		t.Errorf("without hyperlinks: %q", text)
	}
	asked := m.env.Pages().Question(plan.Asked{Task: plan.Task{Step: plan.StepFunction}})
	if other := m.env.Pages().Question(plan.Asked{Task: plan.Task{Step: plan.StepPreflight, Node: "uccx1.example.com"}}); !asked.Opens || other.Opens {
		t.Error("functional tests have addresses to open, and no other question")
	}
}
