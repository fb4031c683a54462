package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/vos/markdown"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// headUse says what the head of a journal is good for.
const headUse = "Keep the head outside of the machine that holds the session: `uccx-tui verify NAME --expect HEAD` then detects a journal that was rewritten."

// Markdown is the report for people and tickets. Words of nodes and certificates are escaped; times are local, with their zone.
func (r Report) Markdown() []byte {
	var b strings.Builder
	r.markdownHead(&b)
	b.WriteString("\n## Pending\n\n")
	if len(r.Owed) == 0 {
		b.WriteString("Nothing.\n")
	}
	for _, o := range r.Owed {
		fmt.Fprintf(&b, "- %s\n", md(r.local(o.String())))
	}
	for _, n := range r.Nodes {
		r.node(&b, n)
	}
	r.trustTable(&b)
	r.certificates(&b)
	r.inventory(&b)
	r.decisions(&b)
	if len(r.Rehearsed) > 0 {
		b.WriteString("\n## Rehearsal\n\n")
	}
	for _, line := range r.Rehearsed {
		fmt.Fprintf(&b, "- %s\n", md(r.local(line.String())))
	}
	r.steps(&b)
	b.WriteString("\n## Rules\n\n")
	for _, rule := range r.Rules {
		fmt.Fprintf(&b, "- %s %s\n", rule.ID, md(rule.Text))
	}
	fmt.Fprintf(&b, "\n## Journal\n\n%d entries, each chained to the one before it by its checksum.\n\n- first: %s, %s\n- last: %s, %s\n- head: %s\n\n%s\n",
		r.Entries, r.when(r.Begun), r.First, r.when(r.Last), r.Head, r.HeadLine(), headUse)
	return []byte(b.String())
}

func (r Report) markdownHead(b *strings.Builder) {
	fmt.Fprintf(b, "# Certificate change: %s\n\n", md(r.Change))
	if r.Lab {
		b.WriteString("LAB: simulated nodes. No real node was changed.\n\n")
	}
	fmt.Fprintf(b, "- Outcome: %s\n- Path: %s\n- Program: uccx-tui %s\n", msg.Label(r.Outcome), md(titles.OfPath(r.Path)), md(r.Program))
	fmt.Fprintf(b, "- From %s to %s (%s), by %s\n", r.when(r.Begun), r.when(r.Last), r.Lasted(), md(strings.Join(r.People, ", ")))
	if !r.WindowEnd.IsZero() {
		fmt.Fprintf(b, "- The change window ends: %s\n", r.when(r.WindowEnd))
	}
	if r.Next != nil {
		fmt.Fprintf(b, "- The next to expire: %s of %s, on %s\n", md(r.Next.Name), md(strings.Join(r.Next.Of, ", ")), r.Next.Until.Format(time.DateOnly))
	}
	if zones := r.Zones(); zones != "" {
		fmt.Fprintf(b, "- Times: %s\n", zones)
	}
}

func (r Report) trustTable(b *strings.Builder) {
	if len(r.Trust) > 0 {
		b.WriteString("\n## Trust relations\n\n| certificate of | in tomcat-trust of | before | after this change | reason " +
			"|\n| --- | --- | --- | --- | --- |\n")
	}
	for _, t := range r.Trust {
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s |\n", md(strings.TrimSpace(t.From+" "+t.Unit)), md(t.Into), md(t.Now), md(t.Then), md(t.Why()))
	}
}

func (r Report) certificates(b *strings.Builder) {
	b.WriteString("\n## CA certificates\n\n")
	for _, c := range r.CAs {
		fmt.Fprintf(b, "- %s, issued by %s, serial %s, until %s, SHA-256 %s\n", md(c.Name), md(c.Issuer), md(c.Serial), md(r.local(c.Until)), md(c.Fingerprint))
	}
	if len(r.Reply) > 0 {
		b.WriteString("\n## Warnings of the CA's reply\n\n")
		r.found(b, r.Reply)
	}
	if len(r.Readings) > 0 {
		b.WriteString("\n## Backup and replication\n\n")
	}
	for _, one := range r.Readings {
		fmt.Fprintf(b, "- %s, seen at %s: `%s`: %s\n", md(one.Node), r.when(one.At), one.Command, md(one.Words))
	}
	b.WriteString("\n## Expiry\n\n| expires | certificate | nodes |\n| --- | --- | --- |\n")
	for _, x := range r.Expires {
		fmt.Fprintf(b, "| %s | %s | %s |\n", x.Until.Format(time.DateOnly), md(x.Name), md(strings.Join(x.Of, ", ")))
	}
}

// inventory says of each certificate what it is for, and what the field notice about its product means for it.
func (r Report) inventory(b *strings.Builder) {
	if len(r.Inventory) > 0 {
		b.WriteString("\n## Inventory\n\n| node | certificate | extended key usage | key | signature | days left | field notice |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	}
	for _, i := range r.Inventory {
		fmt.Fprintf(b, "| %s | %s, serial %s | %s | %s | %s | %d | %s |\n", md(i.Node), md(i.Where), md(i.Serial), md(i.Uses()), md(i.Key), md(i.Signature), i.Days, md(i.Means))
	}
}

func (r Report) decisions(b *strings.Builder) {
	b.WriteString("\n## Decisions\n\n")
	for _, a := range r.Answers {
		fmt.Fprintf(b, "- %s, %s: %s%s: %s%s\n", r.when(a.At), md(a.By), inFront(a.Where()), md(a.Asked()), md(a.Answer), behind(strings.TrimSpace(md(a.Why)+" "+a.Rule)))
	}
}

// Asked is the question as a heading for its answer: without the sign at its end.
func (a Answer) Asked() string { return strings.TrimRight(a.Text.String(), ".: ") }

// Where is the node that was asked about, or empty where the question names it itself.
func (a Answer) Where() string {
	if strings.Contains(a.Text.String(), a.Node) {
		return ""
	}
	return a.Node
}

func (r Report) steps(b *strings.Builder) {
	b.WriteString("\n## Steps\n\n")
	for _, s := range r.Steps {
		fmt.Fprintf(b, "- %d %s%s: %s", s.Number, inFront(s.Node), md(s.Title), msg.Label(s.State))
		if !s.At.IsZero() {
			fmt.Fprintf(b, ", %s, %s", r.when(s.At), md(s.By))
		}
		if took := r.took(s); took > 0 {
			fmt.Fprintf(b, ", took %s", titles.InWords(took))
		}
		if s.Found {
			b.WriteString(" (already done)")
		}
		if s.What != "" {
			fmt.Fprintf(b, ", %s", md(r.local(s.What)))
		}
		b.WriteString(behind(strings.Join(s.Rules, " ")) + "\n")
	}
}

func (r Report) node(b *strings.Builder, n Node) {
	fmt.Fprintf(b, "\n## %s\n\n- %s\n", md(n.FQDN), md(strings.Join(strings.Fields(n.Product+" "+n.Role+" "+n.Version), " ")))
	if n.HostKey != "" {
		fmt.Fprintf(b, "- SSH host key %s\n", md(n.HostKey))
	}
	for _, c := range []struct {
		when string
		cert *Cert
	}{{"before", n.Before}, {"after", n.After}} {
		if c.cert != nil {
			fmt.Fprintf(b, "- %s: %s, issued by %s, serial %s, until %s\n", c.when, md(c.cert.Name), md(c.cert.Issuer), md(c.cert.Serial), md(r.local(c.cert.Until)))
		}
	}
	if away := r.Downtime(n.FQDN); away != "" {
		fmt.Fprintf(b, "- out of service: %s\n", away)
	}
	r.found(b, n.Findings)
	if len(n.Addresses) == 0 {
		return
	}
	b.WriteString("\n| port | service | serial before | serial after | expires | state |\n| --- | --- | --- | --- | --- " +
		"| --- |\n")
	for _, p := range n.Addresses {
		fmt.Fprintf(b, "| %d | %s | %s | %s | %s | %s |\n", p.Port, md(p.Name), md(p.Before), md(p.After), md(r.local(p.Until)), md(msg.Label(p.State)))
	}
}

// found lists findings, and below each that is no note its cause and what puts it right.
func (r Report) found(b *strings.Builder, all []Found) {
	for _, f := range all {
		fmt.Fprintf(b, "- %s: %s: %s%s", md(r.local(f.When())), md(msg.Label(f.Severity)), md(r.local(f.What.String())), behind(md(f.Rule)))
		if f.Severity != plan.Note {
			b.WriteString(because(f.Finding))
		}
		b.WriteString("\n")
	}
}

// because are the cause of a finding and what puts it right, behind it on its line: a list below it could be forged by its words.
func because(f plan.Finding) string {
	text := ""
	if !f.Cause.IsZero() {
		text += " Cause: " + md(f.Cause.String()) + "."
	}
	if !f.Next.IsZero() {
		text += " Fix: " + md(f.Next.String()) + "."
	}
	return text
}

// Why is where a trust comes from.
func (t Trust) Why() string {
	text := t.Source
	if len(t.Rules) > 0 {
		text = strings.Join(t.Rules, " ") + ", " + text
	}
	if t.Guess {
		text += " (inferred)"
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

// md makes words of nodes, certificates and people safe for Markdown.
func md(s string) string { return markdown.Escape(s) }
