package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/markdown"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Markdown is the report for people and tickets. Words of nodes and certificates are escaped; times are local, with their zone.
func (r Report) Markdown() []byte {
	var b strings.Builder
	r.markdownHead(&b)
	r.head(&b, "Pending")
	if len(r.Owed) == 0 {
		b.WriteString(r.say("Nothing.") + "\n")
	}
	for _, o := range r.Owed {
		fmt.Fprintf(&b, "- %s\n", md(r.told(o)))
	}
	for _, n := range r.Nodes {
		r.node(&b, n)
	}
	r.trustTable(&b)
	r.certificates(&b)
	r.inventory(&b)
	r.decisions(&b)
	if len(r.Rehearsed) > 0 {
		r.head(&b, "Rehearsal")
	}
	for _, line := range r.Rehearsed {
		fmt.Fprintf(&b, "- %s\n", md(r.told(line)))
	}
	r.steps(&b)
	r.head(&b, "Rules")
	for _, rule := range r.Rules {
		fmt.Fprintf(&b, "- %s %s\n", rule.ID, md(r.text(msg.English(rule.Text))))
	}
	r.head(&b, "Journal")
	b.WriteString(r.say("%d entries, each chained to the one before it by its checksum.", r.Entries) + "\n\n")
	r.item(&b, "first: %s, %s", r.when(r.Begun), r.First)
	r.item(&b, "last: %s, %s", r.when(r.Last), r.Head)
	r.item(&b, "head: %s", r.HeadLine())
	b.WriteString("\n" + r.say("Keep the head on another machine: `uccx-tui verify NAME --expect HEAD` then detects a journal that was "+
		"rewritten.") + "\n")
	return []byte(b.String())
}

func (r Report) markdownHead(b *strings.Builder) {
	b.WriteString("# " + r.say("Certificate change: %s", md(r.Change)) + "\n\n")
	if r.Lab {
		b.WriteString(r.say("LAB: simulated nodes. No real node was changed.") + "\n\n")
	}
	r.item(b, "Outcome: %s", r.word(r.Outcome))
	r.item(b, "Path: %s", md(r.text(msg.English(titles.OfPath(r.Path)))))
	r.item(b, "Program: uccx-tui %s", md(r.Program))
	if len(r.People) > 0 {
		r.item(b, "From %s to %s (%s), by %s", r.when(r.Begun), r.when(r.Last), r.Lasted(), md(r.list(r.People)))
	} else { // no one has answered anything yet
		r.item(b, "From %s to %s (%s)", r.when(r.Begun), r.when(r.Last), r.Lasted())
	}
	if !r.WindowEnd.IsZero() {
		r.item(b, "The change window ends: %s", r.when(r.WindowEnd))
	}
	if r.Next != nil {
		r.item(b, "First to expire: %s", md(r.text(r.Next.First())))
	}
	if zones := r.Zones(); zones != "" {
		r.item(b, "Times: %s", zones)
	}
}

func (r Report) trustTable(b *strings.Builder) {
	if len(r.Trust) > 0 {
		r.head(b, "Trust relations")
		r.columns(b, msg.T("certificate of"), msg.T("in tomcat-trust of"), msg.T("now"), msg.T("after this change"), msg.T("reason"))
	}
	for _, t := range r.Trust {
		row(b, md(strings.TrimSpace(t.From+" "+t.Unit)), md(t.Into), md(r.word(t.Now)), md(r.word(t.Then)), md(r.text(t.Why())))
	}
}

func (r Report) certificates(b *strings.Builder) {
	if len(r.CAs) > 0 {
		r.head(b, "CA certificates")
	}
	for _, c := range r.CAs {
		r.item(b, "%s, issued by %s, serial %s, until %s, SHA-256 %s", md(c.Name), md(c.Issuer), md(c.Serial), md(r.local(c.Until)), md(c.Fingerprint))
	}
	if len(r.Reply) > 0 {
		r.head(b, "Warnings of the CA's reply")
		r.found(b, r.Reply)
	}
	if len(r.Readings) > 0 {
		r.head(b, "Backup and replication")
	}
	for _, one := range r.Readings {
		r.item(b, "%s, read at %s: `%s`: %s", md(one.Node), r.when(one.At), one.Command, md(r.text(one.Words)))
	}
	r.head(b, "Expiry")
	r.columns(b, msg.T("expires"), msg.T("certificate"), msg.T("nodes"))
	for _, x := range r.Expires {
		row(b, x.Until.Format(time.DateOnly), md(x.Name), md(r.list(x.Of)))
	}
}

// unstopped is a sentence without its full stop, for a line that adds one.
func unstopped(sentence string) string { return strings.TrimRight(sentence, ".。 ") }

// inventory says of each certificate what it is for, and what the field notice about its product means for it.
func (r Report) inventory(b *strings.Builder) {
	if len(r.Inventory) > 0 {
		r.head(b, "Inventory")
		r.columns(b, msg.T("node"), msg.T("certificate"), msg.T("extended key usage"), msg.T("key"), msg.T("signature"), msg.T("days left"), msg.T("field notice"))
	}
	for _, i := range r.Inventory {
		row(b, md(i.Node), r.say("%s, serial %s", md(i.Where), md(i.Serial)), md(r.text(i.Uses())), md(i.Key), md(i.Signature), strconv.Itoa(i.Days), md(r.text(i.Means)))
	}
}

func (r Report) decisions(b *strings.Builder) {
	r.head(b, "Decisions")
	for _, a := range r.Answers {
		fmt.Fprintf(b, "- %s: %s%s: %s%s\n", r.both(r.when(a.At), md(a.By)), inFront(a.Where()), md(r.asked(a)), md(r.text(a.Said)), behind(r.why(a)))
		for _, line := range a.About {
			fmt.Fprintf(b, "  - %s\n", md(r.text(line)))
		}
	}
}

// why is what answered where no person was asked, and the rule of the question.
func (r Report) why(a Answer) string {
	why := md(r.text(a.Why))
	if why != "" && a.Rule != "" {
		return r.both(why, a.Rule)
	}
	return why + a.Rule
}

// asked is the question as a heading for its answer: without the sign at its end, and not as a request where a name was typed.
func (r Report) asked(a Answer) string {
	if a.Question == plan.AskRestart {
		return r.say("Restart confirmed by typing the name")
	}
	return strings.TrimRight(r.text(a.Text), ".: ")
}

// list is names one behind the other.
func (r voice) list(names []string) string { return r.text(msg.List(names)) }

// Where is the node that was asked about, or empty where the question names it itself.
func (a Answer) Where() string {
	if strings.Contains(a.Text.String(), a.Node) {
		return ""
	}
	return a.Node
}

func (r Report) steps(b *strings.Builder) {
	r.head(b, "Steps")
	for _, s := range r.Steps {
		line := fmt.Sprintf("- %d %s%s: %s", s.Number, inFront(s.Node), md(r.text(msg.English(s.Title))), r.word(s.State))
		if !s.At.IsZero() {
			line = r.both(r.both(line, r.when(s.At)), md(s.By))
		}
		if took := r.took(s); took > 0 {
			line = r.both(line, r.say("took %s", msg.Duration(took)))
		}
		if s.Found {
			line += " (" + r.say("already done") + ")"
		}
		if !s.What.IsZero() {
			line = r.both(line, md(r.told(s.What)))
		}
		b.WriteString(line)
		b.WriteString(behind(strings.Join(s.Rules, " ")) + "\n")
	}
}

// about is what a node is: its product, its role and its version.
func (r voice) about(n Node) string {
	product := r.text(msg.English(vos.Product(n.Product).Title(vos.Release(n.Version))))
	return strings.Join(strings.Fields(product+" "+r.word(n.Role)+" "+n.Version), " ")
}

func (r Report) node(b *strings.Builder, n Node) {
	fmt.Fprintf(b, "\n## %s\n\n- %s\n", md(n.FQDN), md(r.about(n)))
	if n.HostKey != "" {
		r.item(b, "SSH host key %s", md(n.HostKey))
	}
	if c := n.Before; c != nil {
		r.item(b, "before: %s, issued by %s, serial %s, until %s", md(c.Name), md(c.Issuer), md(c.Serial), md(r.local(c.Until)))
	}
	if c := n.After; c != nil {
		r.item(b, "after: %s, issued by %s, serial %s, until %s", md(c.Name), md(c.Issuer), md(c.Serial), md(r.local(c.Until)))
	}
	if away := r.Downtime(n.FQDN); away != "" {
		r.item(b, "out of service: %s", away)
	}
	r.found(b, n.Findings)
	if len(n.Addresses) == 0 {
		return
	}
	b.WriteString("\n")
	r.columns(b, msg.T("port"), msg.T("service"), msg.T("serial before"), msg.T("serial after"), msg.T("expires"), msg.T("state"))
	for _, p := range n.Addresses {
		row(b, strconv.Itoa(p.Port), md(p.service()), md(p.Before), md(p.After), md(r.local(p.Until)), md(r.word(p.State)))
	}
}

// found lists findings, and behind each that is no note its cause and what puts it right: a list below it could be forged by its words.
func (r Report) found(b *strings.Builder, all []Found) {
	for _, f := range all {
		fmt.Fprintf(b, "- %s: %s: %s%s", md(r.told(f.When())), md(r.word(f.Severity)), md(r.told(f.What)), behind(md(f.Rule)))
		if f.Severity != plan.Note && !f.Cause.IsZero() {
			b.WriteString(" " + r.say("Cause: %s.", md(unstopped(r.text(f.Cause)))))
		}
		if f.Severity != plan.Note && !f.Next.IsZero() {
			b.WriteString(" " + r.say("Fix: %s.", md(unstopped(r.text(f.Next)))))
		}
		b.WriteString("\n")
	}
}

// Why is where a trust comes from.
func (t Trust) Why() msg.Text {
	text := msg.English(t.Source)
	if len(t.Rules) > 0 {
		text = msg.T("%s, %s", strings.Join(t.Rules, " "), text)
	}
	if t.Guess {
		text = msg.T("%s (inferred)", text)
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
