package restart

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

// Sources of the table of restarts, and how it is seen that a restart was enough.
const (
	fromGuide    = "118855 Configure UCCX Solution Certificate Management"
	fromECDSA    = "210528 Understand ECDSA certificates in a UCCX solution"
	fromUCCE     = "UCCE guide for third-party CA certificates on Finesse, CUIC and Live Data"
	fromSecurity = "UCCE and PCCE 12.6 to 15 security guide (vos-facts 5)"
	fromCUCM     = "Unified CM 14 and 15 security guide, 217138 (vos-facts 4)"
	fromTLS      = "UCCX 15.0 Administration and Operations Guide, Finesse 12.6 and 15 administration guide (vos-facts 1.5)"

	proofServed = "every address of the node serves the new certificate with its whole chain (CLI-1 to CLI-8), and the services that ran before are started"
	proofBoot   = "tomcat-trust holds the certificate, the boot time lies after the upload, and the services that ran before are started"
	proofEngine = "the service is STARTED (utils service list). It leaves no other trace: where the line was lost a person is asked; then a call through the script"
)

// pairOrder: the documents name the publisher first.
const pairOrder = "publisher, then subscriber; the next only after the last is proven up"

// Rules is the table of restarts: what is restarted, by product, release and reason, each with its source. What the
// steps do, what the screens say and docs/restarts.md are taken from it. It is made anew at each call.
func Rules() []Rule {
	return slices.Concat(restartUCCX(), restartCCP(), restartMediaSense(), restartUCCE(), restartCUCM())
}

// identities are the three reasons for which a node gets another certificate: all documents restart the whole node.
func (r Rule) identities() []Rule {
	identity, domain := r, r
	identity.For, identity.Proof = plan.ForIdentity, proofServed
	domain.For, domain.Proof = plan.ForDomain, proofServed
	domain.Rules, domain.Source = []string{"PRE-3", "SELF-3"}, fromGuide
	domain.Voices = []OtherSource{{"217138 (Unified CM, set web-security)", "the platform regenerates the certificate itself at once, and a restart of Cisco Tomcat makes it active",
		"one restart of the whole node, after the last upload: PRE-3 wants new certificates before the CSR, not a restart between the two"}}
	return []Rule{identity, domain}
}

// because gives a row another reason.
func (r Rule) because(why plan.Reason, proof, source string, rules ...string) Rule {
	r.For, r.Proof, r.Source, r.Rules, r.Voices = why, proof, source, rules, nil
	return r
}

// but adds what other documents say.
func (r Rule) but(voices ...OtherSource) Rule {
	r.Voices = voices
	return r
}

// at bounds a row to releases.
func (r Rule) at(from, until vos.Release) Rule {
	r.From, r.Until = from, until
	return r
}

// chosen is the row of a product on which one command chooses which of the two certificates is served.
func (r Rule) chosen(from vos.Release) Rule {
	r = r.because(plan.ForSecond, proofServed, fromTLS, "EC-1").at(from, "")
	r.Typed, r.Order = "set tls server cert_type rsa|ecdsa", "all nodes alike; then the peers exchange certificates again"
	return r
}

func restartUCCX() []Rule {
	node := Rule{Product: vos.UCCX, From: "8.0", Rules: []string{"SIG-8", "SELF-3"}, Source: fromGuide,
		Order: "after MediaSense and CCP: " + pairOrder,
		Lost:  "Agents on this node are logged out, or move to the other node; chat and reports stop until it is back."}
	node = node.but(
		OtherSource{"the node itself, after an upload", "Please restart services related to tomcat", "it names none; a service that is left out serves the old certificate on its own port"},
		OtherSource{"217138 (Unified CM), vos-facts 7.8", "Cisco Tomcat and the services that use it", "it speaks of Unified CM; on UCCX Finesse, CUIC, Live Data and the Notification Service present the same certificate"},
		OtherSource{"VVB 12.5 OS Administration guide (written for Unified CCX)", "the server, both nodes in HA; in another place: the Unified CCX Engine", "the whole node: its engine starts anew with it"})
	trust := node.because(plan.ForTrust, proofBoot, fromGuide, "SELF-2", "REL-1").but(
		OtherSource{"UCCX install and upgrade guides, vos-facts 6.2", "after a renewal of Unified CM (12.5(1)SU1 and later): both UCCX nodes", "the same"},
		OtherSource{fromSecurity, "after trust certificates were deleted: the related services only, such as Cisco Tomcat", "it speaks of deleting; after an upload the guide of UCCX restarts the nodes"})
	engine := node.because(plan.ForEngine, proofEngine, fromGuide, "REL-3").but(
		OtherSource{"VVB 12.5 OS Administration guide (written for Unified CCX)", "the server, after any upload into a trust store", "the engine alone reads the store for scripts; a restart of the node would also do, and costs more"},
		OtherSource{fromGuide, "no order of the two nodes is named", "the order of the nodes: one at a time, so that the other takes the calls"})
	engine.Services, engine.Order = []string{plan.ServiceEngine}, pairOrder
	engine.Lost = "Calls in scripts on this node end, and agents are logged out or move to the other node, until the engine is back."
	second := node.because(plan.ForSecond, proofServed, fromECDSA, "EC-5").at("11.5", "11.6").but(
		OtherSource{fromGuide, "tomcat-ECDSA is gone from the whole solution from 11.6 on (EC-1)", "the row ends there"})
	chosen := node.chosen("12.5").but(
		OtherSource{fromGuide, "ECDSA was removed from 11.6 on (EC-1)", "the node is asked (show tls server cert_type); the program does not change it"})
	return append(node.identities(), trust, engine, second, chosen)
}

func restartCCP() []Rule {
	node := Rule{Product: vos.CCP, From: "8.0", Rules: []string{"SIG-8", "SELF-3"}, Source: fromGuide,
		Order: "after MediaSense, before UCCX; no other node takes over",
		Lost:  "Chat and e-mail stop until it is back; agents keep their calls."}
	return append(node.identities(),
		node.because(plan.ForTrust, proofBoot, fromGuide, "SELF-2", "REL-2"),
		node.because(plan.ForSecond, proofServed, fromECDSA, "EC-5").at("11.5", "11.6"))
}

func restartMediaSense() []Rule {
	node := Rule{Product: vos.MediaSense, From: "8.0", Rules: []string{"SIG-8"}, Source: fromGuide,
		Order: "first of all products: " + pairOrder,
		Lost:  "Recording, playing and searching stop on this node until it is back; calls go on."}
	trust := node.because(plan.ForTrust, proofBoot, "an older 118855, whose text was not at hand", "REL-5")
	trust.Guess = true
	return append(node.identities(), trust)
}

// restartUCCE is Finesse, CUIC and Live Data: both sides, the primary first.
func restartUCCE() []Rule {
	var all []Rule
	for _, x := range []struct {
		product vos.Product
		lost    string
	}{
		{vos.Finesse, "Agents on this side are logged out, or move to the other side, until it is back."},
		{vos.CUIC, "Reports of this side stop until it is back; agents keep their calls."},
		{vos.LiveData, "Live Data gadgets stand still until the other side takes over, or it is back; agents keep their calls."},
	} {
		node := Rule{Product: x.product, From: "10.0", Rules: []string{"SIG-8"}, Source: fromUCCE, Lost: x.lost,
			Order: "primary, then secondary; the next only after the last is proven up"}
		all = append(all, node.but(OtherSource{fromSecurity, "restart services, without naming them", "both sides by utils system restart, as the other guide says"}).identities()...)
		all = append(all, node.because(plan.ForTrust, proofBoot, fromUCCE, "SIG-9", "REL-4").but(
			OtherSource{fromSecurity, "Finesse is rebooted after certificates of the CTI server went into tomcat-trust", "the same, for all three"}))
		if x.product == vos.LiveData {
			continue
		}
		all = append(all, node.chosen("12.6"))
	}
	return all
}

// restartCUCM is for those who look after Unified CM: this change restarts nothing there.
func restartCUCM() []Rule {
	node := Rule{Product: vos.CUCM, From: "8.0", For: plan.ForIdentity, Rules: []string{"TRB-1"}, Source: fromCUCM, Theirs: true, Proof: "port 8443 serves the new certificate; agents log in to Finesse",
		Services: []string{"Cisco Tomcat"}, Order: "publisher, then each subscriber",
		Lost: "Administration and directory stop for minutes; phones and calls go on. Then UCCX must hold the new certificates, and both its nodes are restarted."}
	newer := node.at("14.0", "").but(
		OtherSource{"Unified CM 14 security guide", "besides Cisco Tomcat: ILS, LBM, DRF Master and Local, Extension Mobility, and the Tomcat of AXL, UDS and SSOSP; from 14SU2 on DRF for tomcat-ECDSA alone",
			"whoever looks after Unified CM knows which of these run"},
		OtherSource{"Unified CM 14 security guide, 217138", "single sign-on is bound to the certificate: disable and enable it, and give the provider the new metadata", "no part of this change"})
	return []Rule{node.at("8.0", "14.0"), newer}
}
