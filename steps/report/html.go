package report

import (
	"bytes"
	_ "embed"
	"fmt"

	"golang.org/x/net/html"

	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// style is the style sheet of the page.
//
//go:embed style.css
var style string

// HTML is the report as one file without any other, which prints well on A4 and Letter. It is built of nodes: what nodes and
// people said is escaped by the renderer.
func (r Report) HTML() []byte {
	var b bytes.Buffer
	if err := html.Render(&b, page{r}.document()); err != nil { // only a writer can fail, or a tag that no one writes here
		return []byte("<!doctype html><p>the report could not be drawn: " + html.EscapeString(err.Error()))
	}
	return append(b.Bytes(), '\n')
}

// page is a report as a tree of nodes.
type page struct{ Report }

func (r page) document() *html.Node {
	all := &html.Node{Type: html.DocumentNode}
	all.AppendChild(&html.Node{Type: html.DoctypeNode, Data: "html"})
	title := r.say("Certificate change: %s", r.Change)
	all.AppendChild(tag("html", attr("lang", r.tag()), newline,
		tag("head", newline, tag("meta", attr("charset", "utf-8")), r.reload(),
			tag("meta", attr("name", "viewport"), attr("content", "width=device-width")), newline, tag("title", title), newline,
			tag("style", newline, raw(style)), newline), newline,
		tag("body", newline, tag("h1", title), newline, r.facts(), r.pending(), r.timelinePart(), r.nodes(), r.reply(),
			r.trust(), r.expiry(), r.inventory(), r.decisions(), r.readings(), r.steps(), r.journal())))
	return all
}

// reload has a browser load the page again every few seconds, where that was asked for.
func (r page) reload() parts {
	if !r.reloads {
		return nil
	}
	return parts{tag("meta", attr("http-equiv", "refresh"), attr("content", "10"))}
}

// title is a sentence of the program that the report holds in English.
func (r page) title(s string) string { return r.text(msg.English(s)) }

// facts are the first lines: the outcome, the times, the people.
func (r page) facts() parts {
	var all parts
	if r.Lab {
		all = append(all, tag("p", class("lab"), r.say("LAB: simulated nodes. No real node was changed.")), newline)
	}
	facts := tag("dl", newline, term(r.say("Outcome"), tag("b", class(r.Outcome), r.word(r.Outcome))),
		term(r.say("Path"), r.title(titles.OfPath(r.Path))),
		term(r.say("From, to"), r.say("%s to %s (%s)", r.when(r.Begun), r.when(r.Last), r.Lasted())))
	if !r.WindowEnd.IsZero() {
		add(facts, term(r.say("Change window"), r.say("ends %s", r.when(r.WindowEnd))))
	}
	if len(r.People) > 0 {
		add(facts, term(r.say("By"), r.list(r.People)))
	}
	if n := r.Next; n != nil {
		add(facts, term(r.say("First to expire"), r.told(n.First())))
	}
	if zones := r.Zones(); zones != "" {
		add(facts, term(r.say("Times"), zones))
	}
	add(facts, term(r.say("Program"), "uccx-tui "+r.Program))
	return append(all, facts, newline)
}

// pending is what is still owed.
func (r page) pending() parts {
	head := tag("h2", r.say("Pending"))
	if len(r.Owed) == 0 {
		return lines(head, tag("p", r.say("Nothing.")))
	}
	list := tag("ul")
	for _, t := range r.Owed {
		add(list, tag("li", class("owed"), r.told(t)))
	}
	return lines(head, list)
}

// reply are the warnings of the CA's reply.
func (r page) reply() parts {
	if len(r.Reply) == 0 {
		return nil
	}
	return lines(tag("h2", r.say("Warnings of the CA's reply")), r.findings(r.Reply))
}

// findings is a list of findings, each with its cause and what to do where it is more than a note.
func (r page) findings(found []Found) *html.Node {
	list := tag("ul")
	for _, f := range found {
		item := tag("li", r.told(f.When())+": ", tag("span", class(f.Severity), r.word(f.Severity)),
			": "+r.told(f.What)+" ", soft(f.Rule))
		if f.Severity != "note" && !f.Cause.IsZero() {
			add(item, tag("br"), soft(r.say("cause:")), " "+r.told(f.Cause))
		}
		if f.Severity != "note" && !f.Next.IsZero() {
			add(item, tag("br"), soft(r.say("fix:")), " "+r.told(f.Next))
		}
		add(list, item, newline)
	}
	return list
}

// readings are what nodes said of backups and replication, and what came of rehearsals.
func (r page) readings() parts {
	var all parts
	if len(r.Readings) > 0 {
		all = lines(tag("h2", r.say("Backup and replication")))
	}
	for _, one := range r.Readings {
		all = append(all, lines(tag("p", class("small"), r.both(r.local(one.Node), r.when(one.At))+": ",
			code(r.local(one.Command)), ": "+r.told(one.Words)))...)
	}
	if len(r.Rehearsed) > 0 {
		all = append(all, lines(tag("h2", r.say("Rehearsal")))...)
	}
	for _, t := range r.Rehearsed {
		all = append(all, lines(tag("p", class("small"), r.told(t)))...)
	}
	return all
}

// journal are the rules that are cited, and the checksums of the journal.
func (r page) journal() parts {
	cited := tag("dl", class("small"))
	for _, one := range r.Rules {
		add(cited, term(one.ID, r.title(one.Text)))
	}
	return lines(tag("h2", r.say("Rules")), cited, tag("h2", r.say("Journal")),
		tag("p", r.say("%d entries, each chained to the one before it by its checksum.", r.Entries)+" "+
			r.say("Keep the head on another machine: uccx-tui verify NAME --expect HEAD then detects a journal that was rewritten.")),
		tag("dl", class("small"), term(r.say("first, %s", r.when(r.Begun)), code(r.First)), term(r.say("last, %s", r.when(r.Last)), code(r.Head)),
			term(r.say("head"), code(r.HeadLine()))))
}

// number is a number of a drawing.
func number(x float64) string { return fmt.Sprint(x) }
