package facts

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Notice is what a field notice says about a group of products. Releases, dates and ways out change with each revision.
type Notice struct {
	ID       string   // "FN74382"
	Revision string   // "revision 2.0"
	Date     string   // of that revision, as 2026-05-13
	Title    string   // the products, for sentences
	Products []string // keys of products, as vos.Product: "uccx"
	Defects  string
	From     string // the first release that is affected; empty: it does not say
	To       string // the last one, or ""
	Mended   string // the release for which a fix is announced, or ""
	Fix      string // what the fix does, and when
	Link     string
}

// expects is what all of these notices are about.
const expects = "server and client authentication in one certificate"

// suffix makes the ids of several rows of one notice differ.
func (n Notice) suffix() string {
	if len(n.Products) > 0 {
		return "-" + n.Products[0]
	}
	return ""
}

// Cited is the notice with its revision and date.
func (n Notice) Cited() string { return n.ID + ", " + n.Revision + " of " + n.Date }

// affected are the releases, for a sentence.
func (n Notice) affected() msg.Text {
	switch {
	case n.From == "":
		return msg.Text{}
	case n.To == "":
		return msg.T(" from %s on", n.From)
	}
	return msg.T(" %s to %s", n.From, n.To)
}

func (n Notice) text() string {
	text := n.Title + n.affected().String() + ": " + expects + " is expected (" + n.Defects + ")"
	if n.From == "" {
		text = n.Title + ": " + n.Defects
	}
	return text + "; " + n.Fix
}

// Cause is the notice as the cause of a finding.
func (n Notice) Cause() msg.Text {
	return msg.T("%s (%s): %s%s expect %s. %s.", n.ID, n.Defects, n.Title, n.affected(), expects, strings.ToUpper(n.Fix[:1])+n.Fix[1:])
}

// Ways are the ways out that the notices name.
func Ways() msg.Text {
	return msg.T("Use one of three options: %s.", strings.Join([]string{"have a private CA sign it for both purposes",
		"use a public CA that still issues client authentication (uccx-tui facts client shows which have stopped)",
		"keep the present certificate until the fix is installed, if it is valid long enough"}, "; or "))
}

// Notices are the field notices about client authentication, one row for each group of products.
func Notices() []Notice {
	const fix = "the fix is a client certificate of its own, or an option on both ends to ignore the extended key usage"
	fn74382 := Notice{ID: "FN74382", Revision: "revision 2.0", Date: "2026-05-13", Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74382.html"}
	ccx, cce, others := fn74382, fn74382, fn74382
	ccx.Title, ccx.Products, ccx.Defects, ccx.From, ccx.To, ccx.Mended = "Unified CCX and CCP", []string{"uccx", "ccp"}, "CSCwt79317", "12.5(1)", "15.0(1)SU1", "15.0(1)SU2"
	ccx.Fix = "a fix is announced for 15.0(1)SU2; " + fix
	cce.Title, cce.Products, cce.Defects, cce.From = "Finesse, CUIC and Live Data", []string{"finesse", "cuic", "livedata"}, "CSCwt38849 Finesse, CSCwt38851 CUIC", "12.5(1)"
	cce.Fix = "a fix is announced for the last quarter of 2026; that 15.0(1)SU2 of July 2026 holds it is not said; " + fix
	others.Title, others.Products, others.Defects, others.From = "VVB, Cloud Connect, UCCE and PCCE", []string{"vvb"}, "CSCwt38846 VVB, CSCwt38841 Cloud Connect, CSCwt23908 UCCE, CSCwt23909 PCCE", "12.5(1)"
	others.Fix = cce.Fix
	return []Notice{ccx, cce, others,
		{ID: "FN74345", Revision: "revision 1.2", Date: "2026-03-25", Title: "Unified CM, IM and Presence, Unity Connection and Emergency Responder", Products: []string{"cucm", "imp", "cuc", "cer"},
			Defects: "CSCws02424, CSCws03437, CSCws03463, CSCws03022", From: "14", To: "15SU4", Mended: "15SU5", Fix: "a fix is announced for 15SU5, in the last quarter of 2026",
			Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74345.html"},
		{ID: "FN74362", Revision: "first seen", Date: "2026-11", Title: "Expressway", Defects: "certificates of public CAs without client authentication", Fix: "see X15.4 and X15.5",
			Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74362.html"},
		{ID: "FN74350", Revision: "first seen", Date: "2026-11", Title: "CUBE", Defects: "certificates of public CAs without client authentication", Fix: "see IOS XE 26.1.1",
			Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74350.html"},
	}
}

// NoticeFor returns the notice about a product, by its key; ok is false where none names it.
func NoticeFor(product string) (n Notice, ok bool) {
	for _, n := range Notices() {
		for _, p := range n.Products {
			if p == product {
				return n, true
			}
		}
	}
	return Notice{}, false
}
