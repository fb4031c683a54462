package steps

import (
	"fmt"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Markdown is the report for people and tickets. Words of nodes and certificates are escaped.
func (r Report) Markdown() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Certificate change: %s\n\n", md(r.Change))
	if r.Lab {
		b.WriteString("LAB: simulated nodes, nothing real was changed.\n\n")
	}
	fmt.Fprintf(&b, "Outcome: %s. Path: %s. Program: uccx-tui %s.\n", r.Outcome, md(PathTitle(r.Path)), md(r.Program))
	fmt.Fprintf(&b, "From %s to %s, by %s.\n", when(r.Begun), when(r.Last), md(strings.Join(r.People, ", ")))
	if r.Next != nil {
		fmt.Fprintf(&b, "The next to expire: %s of %s, on %s.\n", md(r.Next.Name), md(strings.Join(r.Next.Of, ", ")), r.Next.Until.Format(time.DateOnly))
	}
	b.WriteString("\n## Owed\n\n")
	if len(r.Owed) == 0 {
		b.WriteString("Nothing.\n")
	}
	for _, o := range r.Owed {
		fmt.Fprintf(&b, "- %s\n", md(o))
	}
	for _, n := range r.Nodes {
		n.markdown(&b)
	}
	r.trustTable(&b)
	r.certificates(&b)
	r.decisions(&b)
	if len(r.Rehearsed) > 0 {
		b.WriteString("\n## Rehearsal\n\n")
	}
	for _, line := range r.Rehearsed {
		fmt.Fprintf(&b, "- %s\n", md(line))
	}
	r.steps(&b)
	b.WriteString("\n## Rules cited\n\n")
	for _, rule := range r.Rules {
		fmt.Fprintf(&b, "- %s %s\n", rule.ID, md(rule.Text))
	}
	fmt.Fprintf(&b, "\n## Journal\n\n%d entries, chained by their sums.\nThe first, %s: %s\nThe last, %s: %s\n", r.Entries, when(r.Begun), r.First, when(r.Last), r.Head)
	return []byte(b.String())
}

// when is a time for people and programs, UTC; empty where there is none.
func when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (r Report) trustTable(b *strings.Builder) {
	if len(r.Trust) > 0 {
		b.WriteString("\n## Who must trust whom\n\n| certificate of | into tomcat-trust of | now | after this change | why |\n| --- | --- | --- | --- | --- |\n")
	}
	for _, t := range r.Trust {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", md(strings.TrimSpace(t.From+" "+t.Unit)), md(t.Into), t.Now, t.Then, t.Why())
	}
}

func (r Report) certificates(b *strings.Builder) {
	b.WriteString("\n## CA certificates\n\n")
	for _, c := range r.CAs {
		fmt.Fprintf(b, "- %s, issued by %s, serial %s, until %s\n  SHA-256 %s\n", md(c.Name), md(c.Issuer), c.Serial, c.Until, c.Fingerprint)
	}
	b.WriteString("\n## Expiry\n\n| until | certificate | of |\n| --- | --- | --- |\n")
	for _, x := range r.Expires {
		fmt.Fprintf(b, "| %s | %s | %s |\n", x.Until.Format(time.DateOnly), md(x.Name), md(strings.Join(x.Of, ", ")))
	}
}

func (r Report) decisions(b *strings.Builder) {
	b.WriteString("\n## Decisions\n\n")
	for _, a := range r.Answers {
		fmt.Fprintf(b, "- %s, %s: %s%s: %s%s\n", when(a.At), md(a.By), inFront(a.Node), md(a.Text), md(a.Answer), behind(strings.TrimSpace(md(a.Why)+" "+a.Rule)))
	}
}

func (r Report) steps(b *strings.Builder) {
	b.WriteString("\n## Steps\n\n")
	for _, s := range r.Steps {
		fmt.Fprintf(b, "- %d %s%s: %s", s.Number, inFront(s.Node), s.Title, s.State)
		if !s.At.IsZero() {
			fmt.Fprintf(b, ", %s, %s", when(s.At), md(s.By))
		}
		if s.Found {
			b.WriteString(", was so already")
		}
		if s.What != "" {
			fmt.Fprintf(b, ", %s", md(s.What))
		}
		b.WriteString(behind(strings.Join(s.Rules, " ")) + "\n")
	}
}

func (n ReportNode) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n%s %s %s\n", md(n.FQDN), md(n.Product), md(n.Role), md(n.Version))
	if n.HostKey != "" {
		fmt.Fprintf(b, "SSH host key %s\n", md(n.HostKey))
	}
	for _, c := range []struct {
		when string
		cert *ReportCert
	}{{"before", n.Before}, {"after", n.After}} {
		if c.cert != nil {
			fmt.Fprintf(b, "%-7s %s, issued by %s, serial %s, until %s\n", c.when, md(c.cert.Name), md(c.cert.Issuer), c.cert.Serial, c.cert.Until)
		}
	}
	b.WriteString("\n| port | address | serial before | serial now | until | state |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, p := range n.Addresses {
		fmt.Fprintf(b, "| %d | %s | %s | %s | %s | %s |\n", p.Port, md(p.Name), md(p.Before), md(p.After), md(p.Until), p.State)
	}
	for _, f := range n.Findings {
		fmt.Fprintf(b, "\n- %s: %s%s", md(f.Severity), md(f.What), behind(md(f.Rule)))
	}
	if len(n.Findings) > 0 {
		b.WriteByte('\n')
	}
}

// Why is where a trust comes from.
func (t ReportTrust) Why() string {
	text := t.Source
	if len(t.Rules) > 0 {
		text = strings.Join(t.Rules, " ") + ", " + text
	}
	if t.Guess {
		text += ", a guess"
	}
	return text
}

func inFront(node string) string {
	if node == "" {
		return ""
	}
	return md(node) + " "
}

func behind(rule string) string {
	if rule == "" {
		return ""
	}
	return " (" + rule + ")"
}

// md makes a text safe for Markdown and terminals: nothing in it is a control character, a tag, a table or a link.
func md(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "`", "'", "[", `\[`, "]", `\]`, "*", `\*`).Replace(cert.Printable(s))
}
