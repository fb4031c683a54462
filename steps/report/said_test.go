package report_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/inventory"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestSaid: each word that people read in a report passes the Localizer; JSON stays English.
func TestSaid(t *testing.T) {
	at := time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)
	c := &report.Cert{Name: "1", Issuer: "2", Serial: "3", Fingerprint: "4", Until: "2026-11-24T01:00:00Z"}
	found := []report.Found{{Finding: plan.Finding{Severity: "fault", What: msg.T("what"), Cause: msg.T("why"), Next: msg.T("next")}, Accepted: msg.T("%s at %s", "5", msg.Time(at, msg.Stamp))}}
	x := report.Expiry{Name: "1", Of: []string{"2", "3"}, From: at.AddDate(-1, 0, 0), Until: at, Serial: "7", Fingerprint: "8"}
	r := report.Report{Change: "1", Path: change.PathSigned, Lab: true, Program: "1", Outcome: "owed", Entries: 2, Begun: at, Last: at.Add(time.Hour), First: "1", Head: "2", People: []string{"1", "2"},
		Owed: []msg.Text{msg.T("restart")}, Steps: []report.Step{{Number: 1, Title: "Restart", Node: "1", State: "failed", At: at, By: "2", Found: true, What: msg.T("what")}},
		Nodes: []report.Node{{FQDN: "1", Product: "uccx", Role: "publisher", HostKey: "2", Before: c, After: c, Legacy: true, Findings: found, Addresses: []report.Port{{Port: 443, State: "proven"}}}}, Reply: found,
		Readings: []report.Reading{{Node: "1", At: at, Command: "2", Words: msg.T("good")}}, Answers: []report.Answer{{At: at, By: "1", Text: msg.T("Is it so?"), Node: "1", Answer: "2", Said: msg.T("yes"), Why: msg.T("nothing")}},
		CAs: []report.Cert{*c}, Trust: []report.Trust{{From: "1", Into: "2", Now: "holds", Then: "missing", Source: "3", Guess: true}}, Next: &x, Expires: []report.Expiry{x},
		Inventory: []inventory.Item{{Node: "1", Where: "2", Usage: inventory.Usage{Means: msg.T("fits")}}}, Rehearsed: []msg.Text{msg.T("as rehearsed")}, WindowEnd: at,
		Spans: []report.Span{{Number: 1, Title: "Restart", Node: "1", From: at, To: at.Add(time.Minute), State: "done", Risk: "interrupts"}}}.In(time.FixedZone("+01", 3600))
	said := r.Said(stepstest.Veiled{})
	tags := regexp.MustCompile(`(?s)<style>.*?</style>|<[a-z!/][^>]*>`)
	left := regexp.MustCompile(`[A-Za-z]{3,}`)
	terms := strings.NewReplacer("uccx-tui", "", "SHA-256", "")
	for form, text := range map[string]string{"md": string(said.Markdown()), "html": tags.ReplaceAllString(string(said.HTML()), "")} {
		if words := left.FindAllString(terms.Replace(text), -1); len(words) > 0 || strings.Count(text, "ж") < 100 {
			t.Errorf("%s holds English: %q\n%s", form, words, text)
		}
	}
	for _, l := range strings.Split(string(said.Calendar()), "\r\n") {
		if value, ok := strings.CutPrefix(l, "SUMMARY:"); ok && left.MatchString(value) {
			t.Errorf("the calendar says %q", value)
		}
	}
	if string(said.JSON()) != string(r.JSON()) || !strings.Contains(string(r.HTML()), "Timeline of the change") {
		t.Error("the forms for programs were translated, or the English ones are not English")
	}
}
