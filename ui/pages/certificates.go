package pages

import (
	"cmp"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/files"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/describe"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// File describes what a file holds.
func (e Env) File(name string, file cert.File) Page {
	page := Page{Title: layout.Quoted(name)}
	for _, it := range file.Items {
		one := Part{Title: e.Say(it.Kind.String())}
		switch {
		case it.Cert != nil:
			one.Title, one.Lines = one.Title+"  "+cert.Name(it.Cert), e.described(describe.Certificate(it.Cert, e.Now))
		case it.Request != nil:
			one.Lines = e.described(describe.Request(it.Request))
		default:
			one.Lines = []Line{e.line("is", e.Say("private key: delete it, and tell the CA"))}
		}
		page.Parts = append(page.Parts, one)
	}
	if file.Err != nil {
		page.Parts = append(page.Parts, Part{Title: e.Say("not read"), Lines: []Line{e.line("why", e.T(files.Trouble(file)))}})
	}
	return page
}

// Served describes what an address served, now and before.
func (e Env) Served(title string, now, before *plan.Served) Page {
	page := Page{Title: title}
	for _, one := range []struct {
		when string
		s    *plan.Served
	}{{e.Say("now"), now}, {e.Say("before"), before}} {
		if one.s == nil {
			continue
		}
		if its := read.Parse("", []byte(one.s.PEM)).Items; len(its) > 0 && its[0].Cert != nil {
			c := its[0].Cert
			chain := e.T(msg.N("1 more sent, leads to no root that is known here", "%d more sent, leads to no root that is known here", one.s.Chain))
			if one.s.Whole {
				chain = e.T(msg.N("1 more sent, leads to a root that is known here", "%d more sent, leads to a root that is known here", one.s.Chain))
			}
			lines := append(e.described(describe.Certificate(c, e.Now)), e.line("chain", chain), e.line("protocol", cert.Printable(one.s.Version)))
			page.Parts = append(page.Parts, Part{one.when + "  " + cert.Name(c), lines})
		} else {
			page.Parts = append(page.Parts, Part{one.when, []Line{e.line("why", cert.Printable(e.T(msg.Kept(cmp.Or(one.s.Error, "-")))))}})
		}
	}
	return page
}
