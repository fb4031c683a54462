package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// told is a session with all that a report may hold: people, addresses, accounts, words of nodes, debts, decisions.
func told(t *testing.T) *stepstest.Journal {
	t.Helper()
	p := stepstest.Begun(t)
	for _, n := range stepstest.ThreeNodes().Solution.Nodes() {
		p.Add(t, plan.KindLogin, "", n.FQDN, plan.LoginTry{User: "ccxadmin", OK: false})
		p.Add(t, plan.KindLogin, "", n.FQDN, plan.LoginTry{User: "ccxadmin", OK: true})
		p.Add(t, plan.KindAnswered, plan.StepLogin, n.FQDN, plan.Answer{Question: plan.AskHostKey, Value: plan.Yes, Key: &vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:abc"}})
		p.Add(t, plan.KindDone, plan.StepLogin, n.FQDN, plan.Seen{})
		p.Add(t, plan.KindDone, plan.StepSurvey, n.FQDN, plan.Seen{Identity: string(cert.PEM(stepstest.Certificate(t, stepstest.AsItIs))), About: &vos.About{Version: "12.5.1.11001-348", IP: "10.1.2.3"},
			Served: []plan.Served{{Port: 443, Serial: "07", Until: "2026-11-24T02:00:00Z"}, {Port: 8999, Serial: "07"}}})
		p.Add(t, plan.KindDone, plan.StepPreflight, n.FQDN, plan.Seen{Findings: []plan.Finding{{Severity: plan.Warning, What: msg.T("DNS says 10.9.8.7 and fd00::1, the node says 10.1.2.3 to ccxadmin"), Rule: "PRE-2"}}})
		p.Add(t, plan.KindFailed, plan.StepCSR, n.FQDN, plan.Trouble{Class: "refused", What: msg.T("ccxadmin may not do this <b>\x1b[31m| from /home/yvonne/x"), Said: "no route to 10.1.2.3:22"})
	}
	stepstest.DoneUntil(t, p, plan.StepFunction)
	p.Add(t, plan.KindAnswered, plan.StepFunction, "", plan.Answer{Question: "VER-1", Value: plan.No})
	return p
}

// TestReportHolds: the report says who, when, what was decided, what is owed, what expires, and where the hash chain begins
// and ends; the same journal gives the same bytes.
func TestReportHolds(t *testing.T) {
	r := report.Of(stepstest.Fold(t, told(t))).In(time.FixedZone("CET", 3600))
	at := map[string]string{"md": "2026-11-24 02:00:00 CET", "html": "2026-11-24 02:00:00 CET", "json": "2026-11-24T01:00:00Z"}
	for name, text := range map[string]string{"md": string(r.Markdown()), "html": string(r.HTML()), "json": string(r.JSON())} {
		for _, want := range []string{"yvonne@jump", "uccx1.example.com", "VER-1", "PRE-2", "Trust relations", at[name]} {
			if !strings.Contains(text, want) && !(name == "json" && want == "Trust relations") {
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
	if again := report.Of(stepstest.Fold(t, told(t))); !bytes.Equal(again.HTML()[:200], r.HTML()[:200]) {
		t.Error("two reports of one journal differ")
	}
	for _, x := range r.Expires {
		if text := x.First().String(); strings.Count(text, x.Name) != 1 {
			t.Errorf("%q says a name twice", text)
		}
	}
	if text := string(r.Markdown()); strings.Contains(text, "name to restart") || !strings.Contains(text, "Restart confirmed by typing the name") {
		t.Error("a request stands for a decision")
	}
	for name, text := range map[string]string{"md": string(r.Markdown()), "html": string(r.HTML())} {
		if n := len(regexp.MustCompile(`8999[^0-9a-z]{1,4}(/?t[dr][^0-9a-z]{1,4})*8999`).FindAllString(text, -1)); n > 0 || !strings.Contains(text, "8999") {
			t.Errorf("%s prints the number of a port as its name, too, or not at all: %d times", name, n)
		}
	}
	var back report.Report
	if err := json.Unmarshal(r.JSON(), &back); err != nil || len(back.Nodes) != 3 {
		t.Errorf("the JSON does not come back: %v", err)
	}
}

// TestReportHTML: one file, every tag known and closed where it must be, nothing fetched from elsewhere.
func TestReportHTML(t *testing.T) {
	text := string(report.Of(stepstest.Fold(t, told(t))).HTML())
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
	if again := string(report.Of(stepstest.Fold(t, told(t))).Reloading().HTML()); strings.Contains(text, "http-equiv") || !strings.Contains(again, `http-equiv="refresh"`) {
		t.Error("the page loads itself again where it should not, or does not where it should")
	}
	if !strings.Contains(text, "@media print") {
		t.Error("nothing is said about print")
	}
}

// TestReportHTMLHostile: a word that a node, a certificate or a person says adds no tag and no attribute to the page; its text is there.
func TestReportHTMLHostile(t *testing.T) {
	page := func(word string) (tags []string, text string) {
		r := report.Of(stepstest.Fold(t, told(t)))
		r.Change, r.Nodes[0].Product, r.Outcome, r.Reply = word, word, word, r.Nodes[0].Findings
		r.Trust = []report.Trust{{From: word, Into: word, Now: word, Then: word}}
		r.Spans = []report.Span{{Title: word, Node: word, From: r.Begun, To: r.Last, State: word, Risk: word}}
		root, err := html.Parse(bytes.NewReader(r.HTML()))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			switch n.Type {
			case html.ElementNode:
				for _, a := range n.Attr {
					tags = append(tags, n.Data+" "+a.Key)
				}
				tags = append(tags, n.Data)
			case html.TextNode:
				text += n.Data
			}
		}
		return tags, text
	}
	want, _ := page("quiet")
	for _, word := range []string{"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, `" onload="alert(1)`, "</style></title><b>", "&lt;b&gt;"} {
		if tags, text := page(word); !slices.Equal(tags, want) || !strings.Contains(text, word) {
			t.Errorf("%q makes tags of its own, or is not there as it was said", word)
		}
	}
}

// TestRedactedSentences: the words in the arguments of a sentence are taken out as well, and it stays a sentence where it can.
func TestRedactedSentences(t *testing.T) {
	found := msg.T("%[2]s is %[1]d hops from %[3]s", 3, "10.1.2.3", msg.T("the desk of %s", "yvonne@jump"))
	r := report.Report{People: []string{"yvonne@jump"}, Nodes: []report.Node{{FQDN: "uccx1.example.com", Findings: []report.Found{{Finding: plan.Finding{Severity: "fault", What: found, Cause: msg.English("yvonne@jump did it")}}}}},
		Owed: []msg.Text{msg.T("%s: restart", "uccx1.example.com")}}
	got := r.Redacted(true)
	if one := got.Nodes[0].Findings[0]; one.What.String() != "[address] is 3 hops from the desk of person 1" || one.What.Format != found.Format || one.Cause.String() != "person 1 did it" {
		t.Errorf("%q, %q", one.What, one.Cause)
	}
	if got.Owed[0].String() != "node1.example: restart" || r.Owed[0].String() != "uccx1.example.com: restart" {
		t.Errorf("%q, %q", msg.Strings(got.Owed), msg.Strings(r.Owed))
	}
}

// TestRedacted: no name of a person, no account, no address; nodes stay, or get a pseudonym each; what proves it stays.
func TestRedacted(t *testing.T) {
	whole := report.Of(stepstest.Fold(t, told(t)))
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
	for text, want := range map[string]string{"Upload the root": "Upload the root", "root@host-1 came": "person 1 came", "at host-1, 15.0.1.11900-40": "at their machine, 15.0.1.11900-40", "::1 and 1.2.3.4.": "[address] and [address].",
		"OID 1.3.6.1.4.1.11129.2.4.3 at 13:45:15": "OID 1.3.6.1.4.1.11129.2.4.3 at 13:45:15", "until 2026-11-24T02:00:00Z": "until 2026-11-24T02:00:00Z", "dc1.corp.example.com asks uccx1.corp.example.com": "[host 1] asks uccx1.corp.example.com",
		"a.b.c, www.cisco.com": "a.b.c, www.cisco.com", "no\x00pe": `no\x00pe`} {
		w := report.NewWords(false)
		w.Person("root@host-1", "person 1")
		w.Hosts(report.Report{Nodes: []report.Node{{FQDN: "uccx1.corp.example.com"}}})
		if got := w.Clean(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestRedactedWords: addresses in every form, with ports, zones and networks, addresses of network cards, and hosts below
// the domains of the nodes are taken out wherever they stand.
func TestRedactedWords(t *testing.T) {
	const seed = 7
	rnd := rand.New(rand.NewPCG(seed, seed))
	around := []string{"%s", "at %s: refused", "time%s", "(%s)", "%s, then", "from=%s;", "\"%s\"", "at:%s", "x %s.", "[%s]", "dial tcp %s: connect", "%s\n", "é%sé"}
	for range 4000 {
		secret := redactable(rnd)
		text := strings.ReplaceAll(around[rnd.IntN(len(around))], "%s", secret)
		w := report.NewWords(rnd.IntN(2) == 0)
		w.Hosts(report.Report{Nodes: []report.Node{{FQDN: "uccx1.voice.corp.example"}}})
		got := w.Clean(text)
		for _, part := range regexp.MustCompile(`[\[\]%/]`).Split(secret, -1) {
			if len(part) > 5 && strings.Contains(got, part) {
				t.Fatalf("%q becomes %q", text, got)
			}
		}
		if !strings.Contains(got, "[address]") && !strings.Contains(got, "[host ") {
			t.Fatalf("%q becomes %q", text, got)
		}
	}
}

// redactable is an address or a host at random.
func redactable(rnd *rand.Rand) string {
	four := netip.AddrFrom4([4]byte{byte(1 + rnd.IntN(223)), byte(rnd.IntN(256)), byte(rnd.IntN(256)), byte(rnd.IntN(256))})
	var raw [16]byte
	for i := range raw {
		if rnd.IntN(3) > 0 {
			raw[i] = byte(rnd.IntN(256))
		}
	}
	raw[0] = 0xfd
	six, port := netip.AddrFrom16(raw), uint16(1+rnd.IntN(65535))
	pairs := make([]string, 6)
	for i := range pairs {
		pairs[i] = fmt.Sprintf("%02x", rnd.IntN(256))
	}
	all := []string{four.String(), netip.AddrPortFrom(four, port).String(), four.String() + "/24", six.String(), six.StringExpanded(), netip.AddrPortFrom(six, port).String(), six.String() + "/64",
		six.WithZone("eth0").String(), netip.AddrPortFrom(six.WithZone("en-1"), port).String(), strings.ToUpper(six.String()), "::ffff:" + four.String(),
		strings.Join(pairs, ":"), strings.Join(pairs, "-"), strings.ToUpper(strings.Join(pairs, ":")), pairs[0] + pairs[1] + "." + pairs[2] + pairs[3] + "." + pairs[4] + pairs[5],
		"dc" + pairs[0] + ".corp.example", "ns-1.ad.voice.corp.example", "UCCX9.VOICE.corp.example"}
	return all[rnd.IntN(len(all))]
}

// TestPseudonyms: a product stays what it is, also where a node has its name; and nothing leads to a certificate that
// everybody can look up.
func TestPseudonyms(t *testing.T) {
	r := report.Of(stepstest.Fold(t, told(t)))
	if r.Nodes[0].Before == nil || len(r.Expires) == 0 {
		t.Fatal("there is no certificate to hide")
	}
	whole := string(r.JSON())
	p := r.Redacted(true)
	for i, n := range p.Nodes {
		if n.Product != r.Nodes[i].Product || n.Role != r.Nodes[i].Role {
			t.Errorf("%+v", n)
		}
	}
	for form, text := range map[string]string{"md": string(p.Markdown()), "html": string(p.HTML()), "json": string(p.JSON()), "ics": strings.ReplaceAll(string(p.Calendar()), "\r\n ", "")} {
		for _, x := range r.Expires {
			for _, bad := range []string{x.Fingerprint, strings.ToLower(strings.ReplaceAll(x.Fingerprint, ":", "")), x.Until.Format(time.RFC3339), "SHA256:abc"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s holds %q", form, bad)
				}
			}
			if len(x.Serial) > 5 && strings.Contains(text, x.Serial) {
				t.Errorf("%s holds %q", form, x.Serial)
			}
		}
		if !strings.Contains(text, r.Head) && form != "ics" {
			t.Errorf("%s does not hold the head", form)
		}
	}
	if string(r.JSON()) != whole {
		t.Error("the whole report was changed by its copy")
	}
}

// TestCalendar: RFC 5545: CRLF, lines of at most 75 octets that are whole characters, one event a certificate, an alarm ahead.
func TestCalendar(t *testing.T) {
	r := report.Of(stepstest.Fold(t, told(t)))
	r.Expires[0].Of = append(r.Expires[0].Of, strings.Repeat("日本語,;\\", 20))
	text := string(r.Calendar())
	for _, l := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(l) > 75 || strings.ContainsAny(l, "\r\n") || !utf8.ValidString(l) {
			t.Errorf("%d octets: %q", len(l), l)
		}
	}
	plain := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "TRIGGER:-P7D", "SUMMARY:Order today: the next ", "SUMMARY:Expires: ", "TRIGGER:-PT", `日本語\,\;\\`, "DTSTART:20261124T020000Z\r\n", "END:VCALENDAR\r\n"} {
		if !strings.Contains(plain, want) {
			t.Errorf("the calendar does not hold %q:\n%s", want, plain)
		}
	}
	if got := strings.Count(text, "BEGIN:VEVENT"); got != 2*len(r.Expires) || got != strings.Count(text, "BEGIN:VALARM") {
		t.Errorf("%d events for %d certificates", got, len(r.Expires))
	}
	for n := range 90 { // lines are folded between characters, wherever the limit falls
		r.Change = strings.Repeat("a", n) + strings.Repeat("é", 60)
		for l := range strings.SplitSeq(string(r.Calendar()), "\r\n") {
			if len(l) > 75 || !utf8.ValidString(l) {
				t.Errorf("%d octets: %q", len(l), l)
			}
		}
		if whole := strings.ReplaceAll(string(r.Calendar()), "\r\n ", ""); !strings.Contains(whole, r.Change) {
			t.Errorf("the name of the change with %d letters does not come back", n)
		}
	}
	if got := fmt.Sprint(report.IcsDuration(30*24*3600e9), report.IcsDuration(5*3600e9)); got != "P30DPT5H" {
		t.Error(got)
	}
}

// A warning that a person went on with stands in the report with who did, and when; so a later reader knows that it was seen.
func TestAcceptedFindingsNameWho(t *testing.T) {
	p := told(t)
	node := stepstest.ThreeNodes().Solution.Nodes()[0].FQDN
	p.Add(t, plan.KindAnswered, plan.StepPreflight, node, plan.Answer{Question: plan.AskFindings, Value: plan.Yes})
	r := report.Of(stepstest.Fold(t, p))
	for name, text := range map[string]string{"md": string(r.Markdown()), "html": string(r.HTML()), "json": string(r.JSON())} {
		if !strings.Contains(text, "accepted") || !strings.Contains(text, "yvonne@jump at ") {
			t.Errorf("%s does not say who accepted what", name)
		}
	}
	if got := r.Nodes[1].Findings; len(got) == 0 || !got[0].Accepted.IsZero() {
		t.Errorf("no one accepted it on the second node: %+v", got)
	}
}

// TestAcceptedChangesAndDeletions: what a person accepted that others had changed, or had deleted, stands in every form of the report
// with what it was, who said so and when; with pseudonyms its serial does not.
func TestAcceptedChangesAndDeletions(t *testing.T) {
	p := told(t)
	node := stepstest.ThreeNodes().Solution.Nodes()[0].FQDN
	const serial = "5a17c0ffee"
	for id, step := range map[string]string{plan.AskChanged: plan.StepCSR, plan.AskDelete + "0102": plan.StepPreflight} {
		p.Add(t, plan.KindAsked, step, node, plan.Question{ID: id, Kind: plan.Choice, Text: msg.T("%s was changed since it was read, and not by this change.", node),
			Lines:   []msg.Text{msg.T("certificate %s: serial %s", "tomcat", serial+step)},
			Options: []plan.Option{{Value: plan.No, Label: msg.T("No")}, {Value: plan.Yes, Label: msg.T("Yes")}}})
		p.Add(t, plan.KindAnswered, step, node, plan.Answer{Question: id, Value: plan.Yes})
	}
	r := report.Of(stepstest.Fold(t, p))
	for _, step := range []string{plan.StepCSR, plan.StepPreflight} {
		for name, text := range map[string]string{"md": string(r.Markdown()), "html": string(r.HTML()), "json": string(r.JSON())} {
			if !strings.Contains(text, serial+step) || !strings.Contains(text, "yvonne@jump") {
				t.Errorf("%s does not say what was accepted in %s", name, step)
			}
		}
	}
	if strings.Contains(string(r.Redacted(true).JSON()), serial) || !strings.Contains(string(r.JSON()), serial) {
		t.Error("the serial is in the report with pseudonyms")
	}
}
