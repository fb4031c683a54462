package report

import (
	"golang.org/x/net/html"
)

// timeline is the timeline, drawn; nothing where nothing was changed.
func (r page) timelinePart() parts {
	d := r.Timeline()
	if d == nil {
		return nil
	}
	svg := drawn(d.Width, d.Height, r.say("Timeline of the change"))
	for _, l := range d.Lanes {
		y := number(l.Y)
		add(svg, tag("line", class("lane"), attr("x1", "0"), attr("x2", number(d.Width)), attr("y1", y), attr("y2", y),
			attr("transform", "translate(0 7)")), label("", 0, l.Y, "", l.Name), newline)
	}
	for _, b := range d.Bars {
		add(svg, tag("rect", class(b.Class), attr("x", number(b.X)), attr("y", number(b.Y)), attr("width", number(b.Width)),
			attr("height", number(b.Height)), tag("title", b.Title)), newline)
	}
	for _, t := range d.Ticks {
		add(svg, shifted(label("axis", t.X, d.Height, "middle", t.Text), "-6"), newline)
	}
	for _, t := range d.Breaks {
		add(svg, shifted(label("axis", t.X, d.Height, "middle", "// "+t.Text), "-18"), newline)
	}
	return lines(tag("h2", r.say("Timeline")), tag("div", class("draw"), svg), tag("p", class("small soft key"),
		colour("#7b93b5"), r.say("a step that changes the node"), colour("#d97706"), r.say("restart: its services are down"),
		colour("#a3160f"), r.say("refused, or result unknown. // is time in which nothing was done.")))
}

// trustPicture is who must trust whom, drawn; nothing where it is more than can be read.
func (r page) trustPart() parts {
	d := r.TrustPicture()
	if d == nil {
		return nil
	}
	svg := drawn(d.Width, d.Height, r.say("Who must trust whom"))
	add(svg, label("axis", 250, 12, "end", r.say("the certificate of")),
		label("axis", 550, 12, "", r.say("must be in the tomcat-trust of")), newline)
	for _, l := range d.Lines {
		add(svg, tag("line", class(l.Class), attr("x1", "258"), attr("x2", "542"), attr("y1", number(l.Y1)),
			attr("y2", number(l.Y2)), tag("title", l.Title)), newline)
	}
	for _, l := range d.Left {
		add(svg, label("", 250, l.Y, "end", l.Name), newline)
	}
	for _, l := range d.Right {
		add(svg, label("", 550, l.Y, "", l.Name), newline)
	}
	return lines(tag("div", class("draw"), svg), tag("p", class("small soft key"), colour("#0a6b2e"), r.say("holds"),
		colour("#1d4ed8"), r.say("fixed by this change"), colour("#a3160f"), r.say("missing"), colour("#c9c9c9"), r.say("not known")))
}

// drawn is a drawing without anything in it, and its name for those who do not see it.
func drawn(width, height float64, name string) *html.Node {
	return tag("svg", attr("viewBox", "0 0 "+number(width)+" "+number(height)), attr("role", "img"), attr("aria-label", name), newline)
}

// label is a text of a drawing.
func label(name string, x, y float64, anchor, text string) *html.Node {
	n := tag("text", attr("x", number(x)), attr("y", number(y)), text)
	if name != "" {
		add(n, class(name))
	}
	if anchor != "" {
		add(n, attr("text-anchor", anchor))
	}
	return n
}

// shifted moves a text up.
func shifted(n *html.Node, by string) *html.Node {
	add(n, attr("dy", by))
	return n
}

// colour is a mark in the key of a drawing.
func colour(of string) *html.Node { return tag("b", attr("style", "background:"+of)) }
