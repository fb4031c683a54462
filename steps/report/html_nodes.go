package report

import (
	"fmt"

	"golang.org/x/net/html"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// parts are what is in an element, in order: text (string, made printable), attributes, elements, raw text, and parts again.
type parts []any

// raw is text of the program itself, with its newlines.
type raw string

// newline keeps the lines of the file short.
const newline = raw("\n")

// tag makes an element.
func tag(name string, inner ...any) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name}
	add(n, inner...)
	return n
}

// add puts more into an element. What it cannot place is a mistake of the program and is printed, so that it is seen.
func add(n *html.Node, inner ...any) {
	for _, one := range inner {
		switch one := one.(type) {
		case html.Attribute:
			n.Attr = append(n.Attr, one)
		case *html.Node:
			n.AppendChild(one)
		case parts:
			add(n, one...)
		case raw:
			n.AppendChild(&html.Node{Type: html.TextNode, Data: string(one)})
		default:
			n.AppendChild(&html.Node{Type: html.TextNode, Data: cert.Printable(fmt.Sprint(one))})
		}
	}
}

// attr is an attribute, its value made printable.
func attr(name, value string) html.Attribute {
	return html.Attribute{Key: name, Val: cert.Printable(value)}
}

func class(name string) html.Attribute { return attr("class", name) }

// lines are elements, each on a line of its own.
func lines(all ...*html.Node) parts {
	var list parts
	for _, n := range all {
		list = append(list, n, newline)
	}
	return list
}

// term is a name and what it stands for, in a list of definitions.
func term(name string, inner ...any) parts {
	return parts{tag("dt", name), tag("dd", inner...), newline}
}

// code is text that is copied sign by sign.
func code(s string) *html.Node { return tag("code", s) }

// soft is text that stands back.
func soft(s string) *html.Node { return tag("span", class("soft"), s) }

// table is a table with its head and its rows; names of classes: of the table, empty for none.
func table(name string, head []string, rows parts) *html.Node {
	t, top, body := tag("table"), tag("tr"), tag("tbody", newline, rows)
	if name != "" {
		add(t, class(name))
	}
	for _, title := range head {
		add(top, tag("th", title))
	}
	add(t, tag("thead", top), newline, body)
	return t
}

// cells is a row of a table.
func cells(all ...any) *html.Node { return tag("tr", all...) }

// cell is a cell of a table. On narrow screens the title of its column is printed before it; empty for none.
func cell(name, title string, inner ...any) *html.Node {
	n := tag("td", inner...)
	if name != "" {
		add(n, class(name))
	}
	if title != "" {
		add(n, attr("data-t", title))
	}
	return n
}
