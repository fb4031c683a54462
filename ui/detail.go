package ui

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// details are certificates, requests or facts, line by line.
type details struct {
	title string
	parts []detail
}

// detail is one certificate or request, for people.
type detail struct {
	title string
	lines []cert.Line
}

// detailView is a page of them.
type detailView struct {
	page
	text widget.Page
	details
}

func (s *detailView) title(*env) string    { return s.details.title }
func (s *detailView) scroll() *widget.Page { return &s.text }

func (s *detailView) actions(m *Model) []action {
	return []action{on("enter esc", "back", "Goes back.", m.back)}
}

func (s *detailView) body(f *env, w, h int) string {
	head := []string{f.Bold.Render(f.Fit(s.details.title, w)), ""}
	return strings.Join(append(head, s.text.View(f.Theme, s.lines(f, w), w, h-2)...), "\n")
}

// labelWidth is the column of labels.
const labelWidth = 11

func (s *detailView) lines(f *env, w int) []string {
	var lines []string
	for _, p := range s.parts {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, f.Accent.Render(f.Fit(p.title, w)))
		for _, l := range p.lines {
			lines = append(lines, f.Labelled(f.Say(l.Label), l.Text, labelWidth, w)...)
		}
	}
	return lines
}

// detailsOf describes what a file holds.
func (f *env) detailsOf(name string, file cert.File) details {
	page := details{title: layout.Quoted(name)}
	for _, it := range file.Items {
		one := detail{title: f.Say(it.Kind.String())}
		switch {
		case it.Cert != nil:
			one.title, one.lines = one.title+"  "+cert.Name(it.Cert), cert.Describe(it.Cert, f.now)
		case it.Request != nil:
			one.lines = cert.DescribeRequest(it.Request)
		default:
			one.lines = []cert.Line{{Label: "is", Text: f.Say("private key: delete it, and tell the CA")}}
		}
		page.parts = append(page.parts, one)
	}
	if file.Err != nil {
		page.parts = append(page.parts, detail{title: f.Say("not read"), lines: []cert.Line{{Label: "why", Text: files.Trouble(file)}}})
	}
	return page
}

// detailsServed describes what an address served, now and before.
func (f *env) detailsServed(title string, now, before *plan.Served) details {
	page := details{title: title}
	for _, one := range []struct {
		when string
		s    *plan.Served
	}{{f.Say("now"), now}, {f.Say("before"), before}} {
		if one.s == nil {
			continue
		}
		if its := read.Parse("", []byte(one.s.PEM)).Items; len(its) > 0 && its[0].Cert != nil {
			c := its[0].Cert
			chain := f.Say("%d more sent", one.s.Chain) + ", " + f.Say(map[bool]string{true: "leads to a root that is known here", false: "leads to no root that is known here"}[one.s.Whole])
			lines := append(cert.Describe(c, f.now), cert.Line{Label: "chain", Text: chain}, cert.Line{Label: "spoken", Text: cert.Printable(one.s.Version)})
			page.parts = append(page.parts, detail{one.when + "  " + cert.Name(c), lines})
		} else {
			page.parts = append(page.parts, detail{one.when, []cert.Line{{Label: "why", Text: cert.Printable(orDash(one.s.Error))}}})
		}
	}
	return page
}
