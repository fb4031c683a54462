package steps

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// told is a session with all that a report may hold: people, addresses, accounts, words of nodes, debts, decisions.
func told(t *testing.T) *paper {
	t.Helper()
	p := begun(t)
	for _, n := range threeNodes().Solution.Nodes() {
		p.add(t, KindLogin, "", n.FQDN, LoginTry{"ccxadmin", false})
		p.add(t, KindLogin, "", n.FQDN, LoginTry{"ccxadmin", true})
		p.add(t, KindAnswered, stepLogin, n.FQDN, Answer{Question: askHostKey, Value: yes, Key: &vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:abc"}})
		p.add(t, KindDone, stepLogin, n.FQDN, Seen{})
		p.add(t, KindDone, stepSurvey, n.FQDN, Seen{Identity: string(cert.PEM(bent(t, noBend))), About: &vos.About{Version: "12.5.1.11001-348", IP: "10.1.2.3"},
			Served: []Served{{Port: 443, Serial: "07", Until: "2026-11-24T02:00:00Z"}}})
		p.add(t, KindDone, stepPreflight, n.FQDN, Seen{Findings: []Finding{{Severity: warning, What: "DNS says 10.9.8.7 and fd00::1, the node says 10.1.2.3", Rule: "PRE-2"}}})
		p.add(t, KindFailed, stepCSR, n.FQDN, Trouble{Class: "refused", What: "ccxadmin may not do this <b>\x1b[31m| from /home/yvonne/x", Said: "no route to 10.1.2.3:22"})
	}
	doneUntil(t, p, stepFunction)
	p.add(t, KindAnswered, stepFunction, "", Answer{Question: "VER-1", Value: no})
	return p
}

// TestReportHolds: the report says who, when, what was decided, what is owed, what expires, and where the hash chain begins
// and ends; the same journal gives the same bytes.
func TestReportHolds(t *testing.T) {
	r := ReportOf(fold(t, told(t)))
	for name, text := range map[string]string{"md": string(r.Markdown()), "html": string(r.HTML()), "json": string(r.JSON())} {
		for _, want := range []string{"yvonne@jump", "uccx1.example.com", "VER-1", "PRE-2", "Who", "2026-11-24T01:00:00Z"} {
			if !strings.Contains(text, want) && !(name == "json" && want == "Who") {
				t.Errorf("%s does not hold %q", name, want)
			}
		}
		for _, bad := range []string{"\x1b", "<b>", "\n| from"} {
			if strings.Contains(text, bad) && !(name == "html" && bad == "<b>" && !strings.Contains(text, "this <b>")) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
	}
	if len(r.Answers) < 4 || r.Answers[0].By == "" || r.Answers[0].At.IsZero() || r.Next == nil || len(r.Rules) == 0 || r.Entries == 0 || r.Begun.IsZero() {
		t.Errorf("%+v", r)
	}
	if again := ReportOf(fold(t, told(t))); !bytes.Equal(again.HTML()[:200], r.HTML()[:200]) {
		t.Error("two reports of one journal differ")
	}
	var back Report
	if err := json.Unmarshal(r.JSON(), &back); err != nil || len(back.Nodes) != 3 {
		t.Errorf("the JSON does not come back: %v", err)
	}
}

// TestReportHTML: one file, every tag known and closed where it must be, nothing fetched from elsewhere.
func TestReportHTML(t *testing.T) {
	text := string(ReportOf(fold(t, told(t))).HTML())
	for _, bad := range []string{"href=", "url(", "@import", "<script", "src=", "{{", "<no value>", "could not be drawn"} {
		if strings.Contains(text, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	for _, tag := range []string{"html", "head", "body", "style", "table", "ul", "dl", "h1", "h2", "h3", "b"} {
		if a, z := len(regexp.MustCompile("<"+tag+`[ >]`).FindAllString(text, -1)), strings.Count(text, "</"+tag+">"); a != z {
			t.Errorf("<%s> is opened %d times and closed %d times", tag, a, z)
		}
	}
	if !strings.Contains(text, "@media print") {
		t.Error("nothing is said about print")
	}
}

// TestRedacted: no name of a person, no account, no address; nodes stay, or get a pseudonym each; what proves it stays.
func TestRedacted(t *testing.T) {
	whole := ReportOf(fold(t, told(t)))
	before := string(whole.JSON())
	for _, pseudonyms := range []bool{false, true} {
		r := whole.Redacted(pseudonyms)
		for name, text := range map[string]string{"md": string(r.Markdown()), "html": string(r.HTML()), "json": string(r.JSON()), "ics": string(r.Calendar())} {
			bad := []string{"yvonne", "@jump", "ccxadmin", "10.1.2.3", "10.9.8.7", "fd00::1"}
			if pseudonyms {
				bad = append(bad, "uccx1", "ccp.", "example.com", "HQ")
			}
			for _, b := range bad {
				if strings.Contains(text, b) {
					i := strings.Index(text, b)
					t.Errorf("%s (pseudonyms %v) still holds %q: %s", name, pseudonyms, b, text[max(0, i-40):min(len(text), i+40)])
				}
			}
			if !pseudonyms && !strings.Contains(text, "uccx1.example.com") && name != "ics" {
				t.Errorf("%s: the nodes are gone", name)
			}
		}
		if r.Head != whole.Head || r.Entries != whole.Entries || r.Nodes[0].Version != "12.5.1.11001-348" {
			t.Error("what proves it is gone")
		}
	}
	if string(whole.JSON()) != before {
		t.Error("the whole report was changed by its copy")
	}
	for text, want := range map[string]string{"Upload the root": "Upload the root", "root@host-1 came": "person 1 came", "at host-1, 15.0.1.11900-40": "at their machine, 15.0.1.11900-40", "::1 and 1.2.3.4.": "[address] and [address]."} {
		w := newWords()
		w.person("root@host-1", "person 1")
		if got := w.clean(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestCalendar: RFC 5545: CRLF, lines of at most 75 octets that are whole characters, one event a certificate, an alarm ahead.
func TestCalendar(t *testing.T) {
	r := ReportOf(fold(t, told(t)))
	r.Expires[0].Of = append(r.Expires[0].Of, strings.Repeat("日本語,;\\", 20))
	text := string(r.Calendar())
	for _, l := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > icsWidth || strings.ContainsAny(l, "\r\n") || !utf8.ValidString(l) {
			t.Errorf("%d octets: %q", len(l), l)
		}
	}
	plain := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "TRIGGER:-PT", `日本語\,\;\\`, "DTSTART:20261124T020000Z\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the calendar does not hold %q:\n%s", want, plain)
		}
	}
	if got := strings.Count(text, "BEGIN:VEVENT"); got != len(r.Expires) || got != strings.Count(text, "BEGIN:VALARM") {
		t.Errorf("%d events for %d certificates", got, len(r.Expires))
	}
	for n := 70; n < 160; n++ {
		line := strings.Repeat("é", n/2)
		if got := strings.ReplaceAll(foldLine(line), "\r\n ", ""); got != line+"\r\n" {
			t.Errorf("%d octets come back as %d", len(line), len(got))
		}
	}
	if got := fmt.Sprint(icsDuration(30*24*3600e9), icsDuration(5*3600e9)); got != "P30DPT5H" {
		t.Error(got)
	}
}
