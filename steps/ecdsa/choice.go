// Package ecdsa tells what may become of tomcat-ECDSA, by path, product and what is held (EC-1 to EC-7).
package ecdsa

import (
	"context"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// HasCOP reports whether there is a COP file that stops the product from presenting tomcat-ECDSA: UCCX and SocialMiner have
// one each (EC-3).
func HasCOP(p vos.Product) bool { return p.Facts().COP != "" }

// Download says where that COP file is found.
func Download(p vos.Product) msg.Text {
	return msg.T("https://software.cisco.com/download/home, %s, release 11.5: %s (there is a rollback file too)", p.Title("11.5"), p.Facts().COP)
}

// ofSolution reports whether the documents of the solution ask for a new tomcat-ECDSA on the node (EC-1).
func ofSolution(n vos.Node) bool {
	f, _ := vos.Lookup(n.Product, n.Release)
	return slices.Contains(f.Units.Value, change.UnitECDSA)
}

// Outcomes is what clients meet, by who signed tomcat and tomcat-ECDSA (EC-4).
func Outcomes() []msg.Text {
	return []msg.Text{
		msg.T("tomcat self-signed, ECDSA self-signed: one more certificate to accept in Live Data and chat"),
		msg.T("tomcat by an RSA CA, ECDSA by an EC CA: everything works"),
		msg.T("tomcat by an RSA CA, ECDSA self-signed: Live Data fails even after accepting it, chat works"),
		msg.T("tomcat and ECDSA by an RSA CA: Live Data works, chat fails (CSCvb58580)"),
	}
}

// Question is what is asked before the CA gets the CSRs. What a product cannot do is not offered (Fit).
func Question() plan.Question {
	return plan.Question{ID: plan.AskECDSA, Kind: plan.Choice, Rule: "EC-4", Text: msg.T("How should tomcat-ECDSA be handled?"), Lines: Outcomes(),
		Means: msg.T("tomcat will be CA-signed, so tomcat-ECDSA cannot stay self-signed: Live Data would fail. Ask the CA team whether they " +
			"have an EC CA before you choose."),
		Options: []plan.Option{undecided(), sign(), cop()}}
}

func undecided() plan.Option { return plan.Option{Value: plan.Again, Label: msg.T("Not decided yet")} }

func sign() plan.Option {
	return plan.Option{Value: change.ECDSASign, Label: msg.T("Have an EC CA sign it: everything works")}
}

func cop() plan.Option {
	return plan.Option{Value: change.ECDSACOP, Label: msg.T("The CA signs with RSA only: install the COP file, so that the node no longer presents it")}
}

// Fit words the question for a node.
func Fit(_ change.Scope, n vos.Node, q plan.Question) plan.Question {
	switch {
	case q.ID != plan.AskECDSA || HasCOP(n.Product):
	case !ofSolution(n): // Unified CM
		q.Lines = nil
		q.Means = msg.T("This product has a second certificate with an EC key. No Cisco document for contact centers asks for a new one.")
		q.Options = []plan.Option{{Value: change.ECDSALeave, Label: msg.T("Leave it as it is")}, {Value: change.ECDSASign, Label: msg.T("Have an EC CA sign it too")}}
	default: // the outcomes are those of UCCX and SocialMiner, which are asked about themselves
		q.Lines = nil
		q.Means = msg.T("tomcat will be CA-signed, so tomcat-ECDSA must be CA-signed too, by an EC CA. There is no COP file for this product. If " +
			"the CA team has no EC CA, choose to sign anyway, and load their reply without it: then you can leave it out.")
		q.Options = []plan.Option{undecided(), sign()}
	}
	return q
}

// SelfSigned is what is asked where no CA signs: signed tells whether a CA has signed tomcat before. ok is false where nothing
// is to be decided.
func SelfSigned(n vos.Node, signed bool) (q plan.Question, ok bool) {
	q = plan.Question{ID: plan.AskECDSA, Kind: plan.Choice, Rule: "EC-4", Text: msg.T("How should tomcat-ECDSA of %s be handled?", n.FQDN), Lines: Outcomes(),
		Means: msg.T("Agents must accept a self-signed tomcat-ECDSA once on each client, in the Live Data gadget and in the chat " +
			"and email gadget: tell them in advance. With the COP file, agents see no prompt.")}
	leave := plan.Option{Value: change.ECDSALeave, Label: msg.T("Leave it self-signed: each agent accepts it once in Live Data and in chat and email")}
	hide := plan.Option{Value: change.ECDSACOP, Label: msg.T("Install the COP file: the node no longer presents it")}
	switch {
	case !HasCOP(n.Product):
		return q, false
	case signed:
		q.Means = msg.T("tomcat is CA-signed, so a self-signed tomcat-ECDSA makes Live Data fail. Install the COP file, or stop here " +
			"and have an EC CA sign it (a change with unit = \"tomcat-ECDSA\").")
		q.Options = []plan.Option{undecided(), hide}
	default:
		q.Options = []plan.Option{undecided(), leave, hide}
	}
	return q, true
}

// Look asks what Question asks, where that depends on what was decided in the plan.
func Look(_ context.Context, j *plan.Job) (bool, error) {
	if said := j.Answered(plan.AskECDSA); said != "" && said != plan.Again {
		return true, nil
	}
	return false, &plan.Ask{Question: Fit(j.Plan.Scope(), j.Node, Question())}
}

// LookSelf asks what SelfSigned asks: done once a person has decided, or where a CA has signed tomcat-ECDSA.
func LookSelf(_ context.Context, j *plan.Job) (bool, error) {
	s := j.Plan.Survey(j.Node.FQDN)
	own, second := cert.FromPEM(s.Identity), cert.FromPEM(s.ECDSA)
	if said := j.Answered(plan.AskECDSA); second == nil || !certs.SelfMade(second) || said != "" && said != plan.Again {
		return true, nil
	}
	signed := own != nil && !certs.SelfMade(own) && !slices.ContainsFunc(plan.RoleRows(j.Plan, plan.RoleRegenerate), func(r plan.Row) bool { return len(r.Tasks) > 0 })
	q, ok := SelfSigned(j.Node, signed)
	if !ok {
		return true, nil
	}
	return false, &plan.Ask{Question: q}
}

// Installed asks whether the COP file is on the node.
func Installed() plan.Question {
	return plan.Question{ID: plan.AskCOP, Kind: plan.Choice, Needs: plan.Yes, Rule: "EC-6", Text: msg.T("Is the COP file installed on this node?"),
		Means: msg.T("Install it in OS Administration, Software Upgrades > Install/Upgrade, before the restart. It can be " +
			"verified only after the restart, on the ports."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("Not yet")}, {Value: plan.Yes, Label: msg.T("Yes, it is installed")}}}
}

// FitCOP names the download page of the node's product.
func FitCOP(_ change.Scope, n vos.Node, q plan.Question) plan.Question {
	q.Lines = []msg.Text{Download(n.Product)}
	return q
}

// ByRSA asks what to do where an RSA CA has signed tomcat-ECDSA, or (missing) no CA has: the decision can be changed (EC-3,
// EC-6). cop tells whether all products that it is about have a COP file, chat whether one of them serves chat.
func ByRSA(found []plan.Finding, missing, cop, chat bool) plan.Question {
	instead := msg.T("There is no EC CA: do not use it, and install the COP file")
	if !cop {
		instead = msg.T("There is no EC CA: do not use it. Install the COP file where there is one; elsewhere it stays as it is")
	}
	q := plan.Question{ID: plan.AskNoEC, Kind: plan.Choice, Rule: "EC-3", Findings: found, Text: msg.T("The CA signed tomcat-ECDSA with an RSA key. What do you want to do?"),
		Means: msg.T("Nodes do not present such a certificate. The certificates for tomcat are not affected.")}
	back := msg.T("Send it back: have an EC CA sign it")
	switch {
	case missing:
		q.Text = msg.T("The CA sent no certificate for tomcat-ECDSA. What do you want to do?")
		q.Means = msg.T("tomcat-ECDSA stays self-signed until an EC CA has signed it. The certificates for tomcat are complete.")
		back = msg.T("An EC CA will sign it: load the reply again when it is complete")
	case chat:
		q.Means = msg.T("Nodes do not present such a certificate, and chat stops. The certificates for tomcat are not affected.")
	}
	q.Options = []plan.Option{{Value: plan.Back, Label: back}, {Value: change.ECDSACOP, Label: instead}}
	return q
}
