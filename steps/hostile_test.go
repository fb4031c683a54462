package steps_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos"
)

// TestHostileReport: words of nodes, certificates and persons are escaped in every form of the report, for terminals,
// Markdown and browsers.
func TestHostileReport(t *testing.T) {
	for _, word := range []string{"\x1b[2J\x1b]0;owned\x07", "a\u202eb\u200bc", "nul\x00\xff", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "| [x](javascript:alert(1)) `code`", "two\nlines\r\n# heading"} {
		r := steps.ReportOf(poisonedPlan(t, word))
		for form, data := range map[string][]byte{"md": r.Markdown(), "html": r.HTML(), "json": r.JSON()} {
			if bad := unsafeIn(string(data)); bad != "" {
				t.Errorf("%s with %q: %s", form, word, bad)
			}
		}
		html := string(r.HTML())
		if strings.Contains(html, "<script>alert") || strings.Contains(html, "<img src") || regexp.MustCompile(`(?i)href\s*=`).MatchString(html) {
			t.Errorf("the HTML runs %q", word)
		}
		if md := string(r.Markdown()); strings.Contains(md, "<script") || strings.Contains(md, "<img") || regexp.MustCompile(`[^\\]\]\(javascript`).MatchString(md) || strings.Contains(md, "\n# heading") {
			t.Errorf("the Markdown holds %q", word)
		}
		if !json.Valid(r.JSON()) {
			t.Errorf("no JSON with %q", word)
		}
	}
}

// unsafeIn returns what no text may hold.
func unsafeIn(text string) string {
	if !utf8.ValidString(text) {
		return "invalid UTF-8"
	}
	for _, r := range text {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return fmt.Sprintf("holds %q", r)
		}
	}
	return ""
}

func poisonedPlan(t *testing.T, word string) *steps.Plan {
	t.Helper()
	node := "uccx1" + strings.ToValidUTF8(word, "") + ".example.com"
	var all []session.Entry
	add := func(kind, step, node string, data any) {
		raw, err := json.Marshal(data)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, session.Entry{Seq: len(all) + 1, Time: time.Unix(1e9, 0), Who: word, Kind: kind, Step: step, Node: node, Data: raw})
	}
	add(steps.KindOpened, "", "", steps.Change{Name: word, Path: steps.PathSigned, Unit: "tomcat", Program: word,
		Solution: vos.Solution{Name: word, Clusters: []vos.Cluster{{Nodes: []vos.Node{{FQDN: node, Product: vos.UCCX, Role: vos.Publisher}}}}}})
	add(steps.KindAnswered, "login", node, steps.Answer{Question: "hostkey", Value: "yes", Key: &vos.HostKey{Type: word, Fingerprint: word}})
	seen := steps.Seen{About: &vos.About{Version: word, Host: word}, Served: []steps.Served{{Port: 443, Serial: word, Until: word, Version: word, Error: word}, {Port: 8445, Serial: word, Until: word, Whole: true}},
		Findings: []steps.Finding{{Severity: word, What: word, Next: word, Rule: word}}}
	add(steps.KindDone, "login", node, seen)
	add(steps.KindDone, "survey", node, seen)
	add(steps.KindDone, "preflight", node, seen)
	add(steps.KindFailed, "csr", node, steps.Trouble{Class: "refused", What: word, Said: word, Means: word, Next: word})
	p, err := steps.Fold(all)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
