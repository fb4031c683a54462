package steps_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gm "github.com/yuin/goldmark/text"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/markdown"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// hostileWords are what nodes, certificates, files and people may say to harm a reader.
func hostileWords() []string {
	return []string{"\x1b[2J\x1b]0;owned\x07", "a\u202eb\u200bc", "nul\x00\xff", "c1\u009b31m\u009d52;c;SE9T\u009c", "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`,
		"| [x](javascript:alert(1)) `code`", "two\nlines\r\n# heading", `\[click me\](http://evil.example)`, `\\[click me\\](http://evil.example)`, `[a]: http://evil.example`,
		"![p](http://evil.example/p.png)", "<http://evil.example>", "http://evil.example/x", "https://evil.example", "www.evil.example", "WWW.evil.example", "mail@evil.example", "mailto:mail@evil.example",
		"ftp://evil.example", "`<b>`", "``` x", "~~~ x", "# heading", "- item", "+ item", "1. item", "2) item", "> quote", "===", "---", "| a | b |", "&#91;x&#93;&#40;http://evil.example&#41;",
		`\`, `a\`, "[^1]", "- [ ] task", "&lt;img src=x&gt;", "**bold**", "__bold__", "~~gone~~", "END:VEVENT\r\nBEGIN:VEVENT", `x\;y,z\nSUMMARY:z`}
}

// TestHostileReport: words of nodes, certificates and persons are escaped in every form of the report, for terminals,
// Markdown, browsers and calendars; and a reader of the plain text sees the words themselves.
func TestHostileReport(t *testing.T) {
	t.Parallel()
	for _, word := range hostileWords() {
		r := report.Of(poisonedPlan(t, word))
		r.Expires = append(r.Expires, report.Expiry{Name: word, Of: []string{word}, Serial: word, Fingerprint: word, From: time.Unix(1e9, 0), Until: time.Unix(2e9, 0)})
		for form, data := range map[string][]byte{"md": r.Markdown(), "html": r.HTML(), "json": r.JSON(), "ics": bytes.ReplaceAll(r.Calendar(), []byte("\r\n"), []byte("\n")), "text": []byte(markdown.PlainText(string(r.Markdown())))} {
			if bad := unsafeIn(string(data)); bad != "" {
				t.Errorf("%s with %q: %s", form, word, bad)
			}
		}
		html := string(r.HTML())
		if strings.Contains(html, "<script>alert") || strings.Contains(html, "<img src") || regexp.MustCompile(`(?i)href\s*=`).MatchString(html) {
			t.Errorf("the HTML runs %q", word)
		}
		if got := rendered(t, r.Markdown()); got != "" {
			t.Errorf("the Markdown makes %s of %q", got, word)
		}
		if !json.Valid(r.JSON()) {
			t.Errorf("no JSON with %q", word)
		}
		if n := strings.Count(string(r.Calendar()), "\r\nBEGIN:VEVENT\r\n"); n != 2*len(r.Expires) {
			t.Errorf("the calendar has %d events for %d certificates with %q", n, len(r.Expires), word)
		}
		if want := cert.Printable(strings.TrimSpace(word)); !strings.Contains(markdown.PlainText(string(r.Markdown())), want) && !strings.Contains(want, "&") {
			t.Errorf("the plain text does not hold %q", want)
		}
	}
}

// codeOf is the text of a span of code.
func codeOf(n ast.Node, source []byte) (text []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			text = append(text, t.Value(source)...)
		}
	}
	return text
}

// rendered shows Markdown as the strictest and the most obliging renderers do, and returns the first thing in it that is
// none of ours: a link, a picture, a tag, code, a heading of another.
func rendered(t *testing.T, text []byte) string {
	t.Helper()
	page := goldmark.New(goldmark.WithExtensions(extension.GFM))
	root := page.Parser().Parse(gm.NewReader(text))
	found := ""
	err := ast.Walk(root, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindLink, ast.KindAutoLink, ast.KindImage, ast.KindRawHTML, ast.KindHTMLBlock, ast.KindBlockquote, ast.KindCodeBlock, ast.KindFencedCodeBlock, ast.KindEmphasis, ast.KindThematicBreak,
			extast.KindStrikethrough, extast.KindTaskCheckBox:
			found = n.Kind().String()
		case ast.KindCodeSpan:
			if !bytes.Contains(codeOf(n, text), []byte("uccx-tui verify")) {
				found = "code"
			}
		case ast.KindHeading:
			if level := n.(*ast.Heading).Level; n.Parent().Kind() != ast.KindDocument || level > 2 {
				found = "a heading"
			}
		case ast.KindList:
			if n.Parent().Kind() != ast.KindDocument || n.(*ast.List).IsOrdered() {
				found = "a list in a list"
			}
		}
		if found != "" {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
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

func poisonedPlan(t *testing.T, word string) *plan.Plan {
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
	add(plan.KindOpened, "", "", change.Change{Name: word, Path: change.PathSigned, Unit: "tomcat", Program: word,
		Solution: vos.Solution{Name: word, Clusters: []vos.Cluster{{Nodes: []vos.Node{{FQDN: node, Product: vos.UCCX, Role: vos.Publisher}}}}}})
	add(plan.KindAnswered, "login", node, plan.Answer{Question: "hostkey", Value: "yes", Key: &vos.HostKey{Type: word, Fingerprint: word}})
	seen := plan.Seen{About: &vos.About{Version: word, Host: word}, Served: []plan.Served{{Port: 443, Serial: word, Until: word, Version: word, Error: word}, {Port: 8445, Serial: word, Until: word, Whole: true}},
		Findings: []plan.Finding{{Severity: word, What: msg.Verbatim(word), Next: msg.Verbatim(word), Rule: word}}}
	add(plan.KindDone, "login", node, seen)
	add(plan.KindDone, "survey", node, seen)
	add(plan.KindDone, "preflight", node, seen)
	add(plan.KindFailed, "csr", node, plan.Trouble{Class: "refused", What: msg.Verbatim(word), Said: word, Means: msg.Verbatim(word), Next: msg.Verbatim(word)})
	p, err := steps.Fold(all)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
