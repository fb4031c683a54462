package restart

import (
	"slices"
	"sync"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Sources of the table of restarts, and how it is seen that a restart was enough.
const (
	fromGuide    = "Cisco document 118855, Configure UCCX Solution Certificate Management"
	fromECDSA    = "Cisco document 210528, Understand ECDSA certificates in a UCCX solution"
	fromUCCE     = "UCCE guide for third-party CA certificates on Finesse, CUIC and Live Data"
	fromSecurity = "UCCE and PCCE 12.6 to 15 security guide"
	fromCUCM     = "Unified CM 14 and 15 security guide, Cisco document 217138"
	fromTLS      = "UCCX 15.0 Administration and Operations Guide, Finesse 12.6 and 15 administration guide"

	// These are not titles of documents: they have a translation (cited).
	fromNode     = "message of the node after an upload"
	fromOlder    = "an older version of Cisco document 118855, whose text was not available"
	fromPlatform = "217138 (Unified CM) or a guide of the same platform"

	proofServed = "every port presents the new certificate with its full chain, and all services that ran before are " +
		"started"
	proofBoot = "tomcat-trust contains the certificate, the boot time is later than the upload, and all services " +
		"that ran before are started"
	proofEngine = "the service is STARTED (utils service list). If the connection was lost, a person is asked. Then a " +
		"test call."
)

// pairOrder: the documents name the publisher first.
const pairOrder = "publisher, then subscriber; each is verified before the next restarts"

// Rules is the table of restarts: what is restarted, by product, release and reason, each with its source. What the
// steps do, what the screens say and docs/restarts.md are taken from it. Each call makes a new list.
func Rules() []Rule { return slices.Clone(rules()) }

// rules is the table itself, made once: it is only read.
var rules = sync.OnceValue(func() []Rule {
	return slices.Concat(restartUCCX(), restartCCP(), restartMediaSense(), restartUCCE(), restartCUCM(), restartOthers())
})

// identities are the three reasons for which a node gets another certificate: all documents restart the whole node.
func (r Rule) identities() []Rule {
	identity, domain := r, r
	identity.For, identity.Proof = plan.ForIdentity, msg.T(proofServed)
	domain.For, domain.Proof = plan.ForDomain, msg.T(proofServed)
	domain.Rules, domain.Source = []string{"PRE-3", "SELF-3"}, fromGuide
	domain.Voices = []OtherSource{{"217138 (Unified CM, set web-security)", msg.T("the platform regenerates the certificate at once; a restart of Cisco Tomcat activates it"),
		msg.T("one restart of the whole node after the last upload; PRE-3 needs new certificates before the CSR, " +
			"but no restart in between")}}
	return []Rule{identity, domain}
}

// because gives a row another reason.
func (r Rule) because(why plan.Reason, proof, source string, rules ...string) Rule {
	r.For, r.Proof, r.Source, r.Rules, r.Voices = why, msg.T(proof), source, rules, nil
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
	r = r.because(plan.ForECDSA, proofServed, fromTLS, "EC-1").at(from, "")
	r.Typed, r.Order = "set tls server cert_type rsa|ecdsa", msg.T("the same on all nodes; then exchange certificates again")
	return r
}

func restartUCCX() []Rule {
	node := Rule{Product: vos.UCCX, Rank: 3, From: "8.0", Rules: []string{"SIG-8", "SELF-3"}, Source: fromGuide,
		Order: msg.T("after MediaSense and CCP: %s", msg.T(pairOrder)),
		Lost:  msg.T("Agents on this node are logged out or move to the other node. Chat and reports stop until it is back."),
		Alone: msg.T("Agents on this node are logged out. Chat and reports stop until it is back.")}
	node = node.but(
		OtherSource{fromNode, msg.T("Please restart services related to tomcat"), msg.T("the node names no services; a service that is not restarted keeps presenting the old certificate")},
		OtherSource{"Cisco document 217138 (Unified CM)", msg.T("Cisco Tomcat and the services that use it"), msg.T("written for Unified CM; on UCCX, Finesse, CUIC, Live Data and the Notification Service present the " +
			"same certificate")},
		OtherSource{"VVB 12.5 OS Administration guide (written for Unified CCX)", msg.T("the server (both nodes in HA); elsewhere: the Unified CCX Engine"), msg.T("the whole node, which also restarts the engine")})
	trust := node.because(plan.ForTrust, proofBoot, fromGuide, "SELF-2", "REL-1").but(
		OtherSource{"UCCX installation and upgrade guides", msg.T("after Unified CM is renewed (12.5(1)SU1 and later): both UCCX nodes"), msg.T("the same")},
		OtherSource{fromSecurity, msg.T("after deleting trust certificates: only the related services, for example Cisco Tomcat"), msg.T("applies to deleting; after an upload the UCCX guide restarts the nodes")})
	engine := node.because(plan.ForEngine, proofEngine, fromGuide, "REL-3").but(
		OtherSource{"VVB 12.5 OS Administration guide (written for Unified CCX)", msg.T("the server, after every upload to a trust store"), msg.T("only the engine reads the trust store for scripts; a node restart also works but interrupts more")},
		OtherSource{fromGuide, msg.T("no node order given"), msg.T("one node at a time, so that the other handles the calls")})
	engine.Services, engine.Order = []string{plan.ServiceEngine}, msg.T(pairOrder)
	engine.Lost = msg.T("Calls in scripts on this node end. Agents are logged out or move to the other node until the engine is back.")
	engine.Alone = msg.T("Calls in scripts on this node end. Agents are logged out until the engine is back.")
	second := node.because(plan.ForECDSA, proofServed, fromECDSA, "EC-5").at("11.5", "11.6").but(
		OtherSource{fromGuide, msg.T("tomcat-ECDSA does not exist in 11.6 and later"), msg.T("does not apply from 11.6 on")})
	chosen := node.chosen("12.5").but(
		OtherSource{fromGuide, msg.T("ECDSA was removed in 11.6"), msg.T("read from the node (show tls server cert_type), never changed")})
	return append(node.identities(), trust, engine, second, chosen)
}

func restartCCP() []Rule {
	node := Rule{Product: vos.CCP, Rank: 2, From: "8.0", Rules: []string{"SIG-8", "SELF-3"}, Source: fromGuide,
		Order: msg.T("after MediaSense, before UCCX; no failover node"),
		Lost:  msg.T("Chat and email stop until it is back. Voice calls continue.")}
	return append(node.identities(),
		node.because(plan.ForTrust, proofBoot, fromGuide, "SELF-2", "REL-2"),
		node.because(plan.ForECDSA, proofServed, fromECDSA, "EC-5").at("11.5", "11.6"))
}

func restartMediaSense() []Rule {
	node := Rule{Product: vos.MediaSense, Rank: 1, From: "8.0", Rules: []string{"SIG-8"}, Source: fromGuide,
		Order: msg.T("before all other products: %s", msg.T(pairOrder)),
		Lost:  msg.T("Recording, playback and search stop on this node until it is back. Calls continue.")}
	trust := node.because(plan.ForTrust, proofBoot, fromOlder, "REL-5")
	trust.Guess = true
	second := node.because(plan.ForECDSA, proofBoot, fromECDSA, "EC-5").at("11.5", "11.6")
	second.Guess = true // the document names SocialMiner and UCCX alone
	return append(node.identities(), trust, second)
}

// restartUCCE is Finesse, CUIC and Live Data: both sides, the primary first.
func restartUCCE() []Rule {
	var all []Rule
	for _, x := range []struct {
		product     vos.Product
		lost, alone msg.Text
	}{
		{vos.Finesse, msg.T("Agents on this node are logged out or move to the other node until it is back."), msg.T("Agents on this node are logged out until it is back.")},
		{vos.CUIC, msg.T("Reports on this node stop until it is back. Calls continue."), msg.Text{}},
		{vos.LiveData, msg.T("Live Data gadgets freeze until the other node takes over or this one is back. Calls continue."), msg.T("Live Data gadgets freeze until it is back. Calls continue.")},
	} {
		node := Rule{Product: x.product, From: "10.0", Rules: []string{"SIG-8"}, Source: fromUCCE, Lost: x.lost, Alone: x.alone,
			Order: msg.T("primary, then secondary; each is verified before the next restarts")}
		all = append(all, node.but(OtherSource{fromSecurity, msg.T("restart services (not named)"), msg.T("both nodes with utils system restart, as in the other guide")}).identities()...)
		all = append(all, node.because(plan.ForTrust, proofBoot, fromUCCE, "SIG-9", "REL-4").but(
			OtherSource{fromSecurity, msg.T("restart Finesse after uploading CTI server certificates to tomcat-trust"), msg.T("the same for all three")}))
		if x.product == vos.LiveData {
			continue
		}
		second := node.because(plan.ForECDSA, proofBoot, fromECDSA, "EC-5").at("11.5", "11.6")
		second.Guess = true // the document names SocialMiner and UCCX alone
		all = append(all, second, node.chosen("12.6"))
	}
	return all
}

// restartCUCM is for those who look after Unified CM: this change restarts nothing there.
func restartCUCM() []Rule {
	node := Rule{Product: vos.CUCM, From: "8.0", For: plan.ForIdentity, Rules: []string{"TRB-1"}, Source: fromCUCM, Theirs: true, Proof: msg.T("port 8443 presents the new certificate; agents log in to Finesse"),
		Services: []string{"Cisco Tomcat"}, Order: msg.T("publisher, then each subscriber"),
		Lost: msg.T("Administration and directory stop for some minutes. Phones and calls continue. UCCX must then trust " +
			"the new certificates, and both UCCX nodes restart.")}
	newer := node.at("14.0", "").but(
		OtherSource{"Unified CM 14 security guide", msg.T("in addition to Cisco Tomcat: ILS, LBM, DRF Master and Local, Extension Mobility, and Tomcat for " +
			"AXL, UDS and SSOSP; from 14SU2 DRF for tomcat-ECDSA only"),
			msg.T("the Unified CM administrators know which of these run")},
		OtherSource{"Unified CM 14 security guide, 217138", msg.T("single sign-on depends on the certificate: disable and re-enable it, and upload the new metadata to " +
			"the identity provider"), msg.T("not part of this change")})
	second := node.because(plan.ForECDSA, node.Proof.String(), fromCUCM, "EC-2")
	second.Guess = true // the documents name tomcat alone
	return []Rule{node.at("8.0", "14.0"), newer, second}
}

// restartOthers are the products of which the product table says itself how they are restarted.
func restartOthers() []Rule {
	var all []Rule
	for _, p := range vos.Products() {
		f := p.Facts()
		if f.Restart.Source == "" {
			continue
		}
		node := Rule{Product: p, From: f.Releases()[0].From, Rules: []string{"SIG-8"}, Source: f.Restart.Source, Guess: f.Restart.Guess,
			Services: f.Restart.Services, Lost: msg.English(f.Restart.Lost), Alone: msg.English(f.Restart.Alone), Order: msg.T(pairOrder)}
		if len(f.Roles) == 1 {
			node.Order = msg.T("one node at a time; each is verified before the next restarts")
		}
		trust := node.because(plan.ForTrust, proofBoot, node.Source, "SELF-2")
		if f.Restart.Others != "" {
			node = node.but(OtherSource{fromPlatform, msg.English(f.Restart.Others), msg.T("the whole node: no document names all services that present the certificate")})
		}
		all = append(all, append(node.identities(), trust)...)
		for _, r := range f.Releases() {
			if r.ECDSA.Value == vos.ECDSAChoice {
				all = append(all, node.chosen(r.From))
			}
		}
	}
	return all
}
