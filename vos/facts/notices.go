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
	Names    []string // the products, for sentences
	Products []string // keys of products, as vos.Product: "uccx"
	Defects  string
	From     string   // the first release that is affected; empty: it does not say
	To       string   // the last one, or ""
	Mended   string   // the release for which a fix is announced, or ""
	Fix      msg.Text // what the fix does, and when, without a full stop; none where From is empty
	Read     []string // the release notes to read, where From is empty
	Link     string
}

// suffix makes the ids of several rows of one notice differ.
func (n Notice) suffix() string {
	if len(n.Products) > 0 {
		return "-" + n.Products[0]
	}
	return ""
}

// Cited is the notice with its revision and date.
func (n Notice) Cited() msg.Text { return msg.T("%s, %s of %s", n.ID, n.Revision, n.Date) }

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
	text := n.title().String() + n.affected().String() + ": server and client authentication in one certificate is expected (" + n.Defects + ")"
	if n.From == "" {
		text = n.title().String() + ": " + n.Defects
	}
	fix := n.fix().String()
	return text + "; " + strings.ToLower(fix[:1]) + fix[1:]
}

// title is the products that a notice names.
func (n Notice) title() msg.Text { return msg.And(n.Names) }

// fix is what the fix does, and when it comes; for a notice without defects, where to read it.
func (n Notice) fix() msg.Text {
	if n.From == "" {
		return msg.T("See %s", msg.And(n.Read))
	}
	return n.Fix
}

// Symptom is the notice as the title of an advice.
func (n Notice) Symptom() msg.Text {
	return msg.T("Field notice %s: client authentication, %s", n.ID, n.title())
}

// Cause is the notice as the cause of a finding.
func (n Notice) Cause() msg.Text {
	if n.From == "" {
		return msg.T("%s: certificates of public CAs without client authentication (%s).", n.title(), n.ID)
	}
	return msg.T("%s (%s): %s%s expect server and client authentication in one certificate. %s.", n.ID, n.Defects, n.title(), n.affected(), n.Fix)
}

// Cure is what to do about it.
func (n Notice) Cure() msg.Text {
	if n.From == "" {
		return msg.T("Read the notice and the release notes: %s. %s", msg.And(n.Read), Ways())
	}
	return Ways()
}

// Ways are the ways out that the notices name.
func Ways() msg.Text {
	return msg.T("Use one of three options: have a private CA sign it for both purposes; or use a public CA that still issues client authentication " +
		"(uccx-tui facts client shows which have stopped); or keep the present certificate until the fix is installed, if it is valid long enough.")
}

// Notices are the field notices about client authentication, one row for each group of products.
func Notices() []Notice {
	fn74382 := Notice{ID: "FN74382", Revision: "revision 2.0", Date: "2026-05-13", Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74382.html"}
	ccx, cce, others := fn74382, fn74382, fn74382
	ccx.Names, ccx.Products, ccx.Defects, ccx.From, ccx.To, ccx.Mended = []string{"Unified CCX", "CCP"}, []string{"uccx", "ccp"}, "CSCwt79317", "12.5(1)", "15.0(1)SU1", "15.0(1)SU2"
	ccx.Fix = msg.T("A fix is announced for %s; the fix is a client certificate of its own, or an option on both ends to ignore the extended key usage", ccx.Mended)
	cce.Names, cce.Products, cce.Defects, cce.From = []string{"Finesse", "CUIC", "Live Data"}, []string{"finesse", "cuic", "livedata"}, "CSCwt38849 Finesse, CSCwt38851 CUIC", "12.5(1)"
	cce.Fix = msg.T("A fix is announced for the last quarter of 2026; that 15.0(1)SU2 of July 2026 holds it is not said; " +
		"the fix is a client certificate of its own, or an option on both ends to ignore the extended key usage")
	others.Names, others.Products, others.Defects, others.From = []string{"VVB", "Cloud Connect", "UCCE", "PCCE"}, []string{"vvb"}, "CSCwt38846 VVB, CSCwt38841 Cloud Connect, CSCwt23908 UCCE, CSCwt23909 PCCE", "12.5(1)"
	others.Fix = cce.Fix
	return []Notice{ccx, cce, others,
		{ID: "FN74345", Revision: "revision 1.2", Date: "2026-03-25", Names: []string{"Unified CM", "IM and Presence", "Unity Connection", "Emergency Responder"}, Products: []string{"cucm", "imp", "cuc", "cer"},
			Defects: "CSCws02424, CSCws03437, CSCws03463, CSCws03022", From: "14", To: "15SU4", Mended: "15SU5", Fix: msg.T("A fix is announced for %s, in the last quarter of 2026", "15SU5"),
			Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74345.html"},
		{ID: "FN74362", Revision: "first seen", Date: "2026-11", Names: []string{"Expressway"}, Defects: "certificates of public CAs without client authentication", Read: []string{"X15.4", "X15.5"},
			Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/743/fn74362.html"},
		{ID: "FN74350", Revision: "first seen", Date: "2026-11", Names: []string{"CUBE"}, Defects: "certificates of public CAs without client authentication", Read: []string{"IOS XE 26.1.1"},
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
