package steps

import (
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// trustUndo is the way back from every upload into a trust store.
const trustUndo = "Delete it in OS Administration, Security > Certificate Management, tomcat-trust. Leaving it there does no harm."

// believes reports whether the node must believe a certificate that this change makes: its own cluster's, or that of one
// which it trusts (REL-1, REL-2, REL-4, SIG-9).
func believes(s Scope, n vos.Node) bool {
	if len(s.Replace) == 0 || slices.ContainsFunc(s.cluster(n), s.Replaces) {
		return true
	}
	return slices.ContainsFunc(Relations(s.Solution), func(r Relation) bool {
		return s.Replaces(r.From) && slices.ContainsFunc(s.cluster(n), func(o vos.Node) bool { return o.FQDN == r.Into.FQDN })
	})
}

func takesTrust(s Scope, n vos.Node) bool { return n.TakesTrust() && believes(s, n) }

func takesCopies(s Scope, n vos.Node) bool { return n.Role == vos.Subscriber && believes(s, n) }

func rowRoot() Step {
	return Step{
		ID: stepRoot, Role: RoleTrust, Retry: OtherFiles, Title: "Upload the root", On: takesTrust, Risk: Changes, Look: lookTrust, Act: actTrust, Usual: 6 * time.Second,
		Owes:   Owing{stepRestart, ForTrust},
		Why:    "A node takes a certificate only when it knows its issuer. The publisher passes it on to the subscriber.",
		Effect: "None.",
		Undo:   trustUndo,
		Rules:  []string{"SIG-4", "SIG-6", "SIG-9", "REL-1", "REL-2", "REL-4"}, Words: wordsRoot,
	}
}

func rowIntermediate() Step {
	return Step{
		ID: stepIntermediate, Role: RoleTrust, Retry: OtherFiles, Title: "Upload the intermediates", On: takesTrust, Risk: Changes, Look: lookTrust, Act: actTrust, Usual: 6 * time.Second,
		Owes:   Owing{stepRestart, ForTrust},
		Why:    "Every CA between the root and the certificate must be known, after the root.",
		Effect: "None.",
		Undo:   trustUndo,
		Rules:  []string{"SIG-5", "SIG-6", "SIG-9", "REL-1", "REL-2", "REL-4"}, Words: wordsIntermediate,
	}
}

func rowReplicate() Step {
	return Step{
		ID: stepReplicate, Role: RoleTrust, Retry: OtherFiles, Title: "See the chain on the subscriber", On: takesCopies, Risk: Changes, Look: lookReplicated, Act: actTrust, Usual: 10 * time.Second,
		Owes:   Owing{stepRestart, ForTrust},
		Why:    "Documents disagree whether tomcat-trust replicates: so it is looked at, and uploaded here only where it did not arrive.",
		Effect: "None.",
		Undo:   trustUndo,
		Rules:  []string{"SIG-6"}, Words: wordsReplicated,
	}
}

const (
	installEffect = "None until the restart: agents keep working."
	installUndo   = "The former certificate cannot be put back: its key is gone. Regenerate makes a self-signed one."
)

func rowInstall() Step {
	return Step{
		ID: stepInstall, Role: RoleInstall, Retry: NewCSR | OtherFiles, Title: "Install the certificate", Risk: Changes, Look: lookInstall, Act: actInstall, Usual: 8 * time.Second,
		On:     func(s Scope, n vos.Node) bool { return s.Requests(n) && !s.byPage(n) },
		Owes:   Owing{stepRestart, ForIdentity},
		Why:    "Each node takes its own certificate; the CSR is used up by it.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"SIG-7"}, Words: wordsInstall,
	}
}

// byPage reports whether the node's certificate can only be uploaded on the web page: multi-server certificates from
// 14SU2 on (vos-facts 1.5).
func (s Scope) byPage(n vos.Node) bool {
	return s.Shares(n) && n.TakesTrust() && !n.Release.Before("14.0")
}

func rowByPage() Step {
	return Step{
		ID: stepByPage, Role: RoleInstall, Retry: NewCSR | OtherFiles, Title: "Install the certificate by web page", Risk: Changes, Look: lookByPage, Act: actInstall, Usual: 8 * time.Second,
		On:     func(s Scope, n vos.Node) bool { return s.byPage(n) },
		Owes:   Owing{stepRestart, ForIdentity},
		Why:    "From 14SU2 on the command line takes no multi-server certificate: it is uploaded by the API where the node has one, else in OS Administration, and looked at here.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"SIG-7", "PRE-6"}, Words: wordsByPage,
	}
}

func rowShared() Step {
	return Step{
		ID: stepShared, Role: RoleInstall, Retry: NewCSR | OtherFiles, Title: "See the certificate on the subscriber", Look: lookShared, Usual: 10 * time.Second,
		On:    func(s Scope, n vos.Node) bool { return s.Shares(n) && !n.TakesTrust() },
		Owes:  Owing{stepRestart, ForIdentity},
		Why:   "The publisher passes the multi-server certificate and its key on to the other node.",
		Undo:  installUndo,
		Rules: []string{"PRE-6", "SIG-7"},
	}
}

func rowSecondInstall() Step {
	return Step{
		ID: stepSecondOwn, Role: RoleInstall, Retry: NewCSR | OtherFiles, Title: "Install tomcat-ECDSA", Unit: unitSecond, On: signsSecond, Risk: Changes, Look: lookInstall, Act: actInstall, Usual: 8 * time.Second,
		Owes:   Owing{stepRestart, ForIdentity},
		Why:    "It goes up under the name tomcat-ECDSA, never tomcat. Its root is known already where the same CA signed both.",
		Effect: installEffect,
		Undo:   installUndo,
		Rules:  []string{"EC-2"}, Words: wordsSecondInstall,
	}
}

// AskCOP is the question whether the COP against tomcat-ECDSA is installed.
const AskCOP = "cop"

func rowCOP() Step {
	return Step{
		ID: stepCOP, Role: RoleCOP, Title: "Install the COP against tomcat-ECDSA",
		On:    func(s Scope, n vos.Node) bool { return s.HasSecond(n) && s.secondOf(n) == copSecond },
		Why:   "UCCX and SocialMiner have a COP each that stops the certificate being presented. It works after the restart.",
		Undo:  "Cisco has a rollback COP for each.",
		Rules: []string{"EC-3", "EC-6"},
		Ask: []Question{{ID: AskCOP, Kind: Choice, Needs: yes, Rule: "EC-6", Text: "Is the COP installed on this node?",
			Means:   "Software Upgrades > Install/Upgrade, before the restart. The program cannot see it before then: after it, the addresses show it.",
			Options: []Option{{no, "Not yet"}, {yes, "Yes, it is installed"}}}},
	}
}

func rowExchange(restart string) Step {
	return Step{
		ID: stepExchange, Role: RoleTrust, Title: "Give each node its peers' certificates", On: func(_ Scope, n vos.Node) bool { return n.TakesTrust() },
		Risk: Changes, Look: lookTrust, Act: actTrust, Usual: 12 * time.Second,
		Owes:   Owing{restart, ForTrust},
		Why:    "A self-signed certificate is trusted by nobody until the peer holds it in its tomcat-trust.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"SELF-1", "SELF-2", "REL-1", "REL-2", "REL-4", "REL-5"}, Words: wordsExchange,
	}
}

func rowExchanged(restart string) Step {
	return Step{
		ID: stepExchanged, Role: RoleTrust, Title: "See them on the subscriber", On: func(_ Scope, n vos.Node) bool { return n.Role == vos.Subscriber },
		Risk: Changes, Look: lookReplicated, Act: actTrust, Usual: 10 * time.Second,
		Owes:   Owing{restart, ForTrust},
		Why:    "Documents disagree whether tomcat-trust replicates: so it is looked at, and uploaded here only where it did not arrive.",
		Effect: "None until the restart.",
		Undo:   trustUndo,
		Rules:  []string{"REL-1", "SIG-6"}, Words: wordsExchange,
	}
}
