package steps

import (
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// requestUndo is the way back from every CSR.
const requestUndo = "Not needed: a pending CSR disturbs nothing. It must not be made a second time: that throws away the key that the CA is signing."

func rowCSR() Step {
	return Step{
		ID: stepCSR, Role: RoleRequest, Title: "Generate a CSR on each node", Risk: Changes, Look: lookCSR, Act: actCSR, Usual: 10 * time.Second,
		On:     func(s Scope, n vos.Node) bool { return s.Replaces(n) && !s.Shares(n) },
		Why:    "Each node makes its own key and request. The key never leaves the node.",
		Effect: "None: the certificate in use stays as it is.",
		Undo:   requestUndo,
		Rules:  []string{"SIG-1", "SIG-2", "PRE-5", "PRE-8"}, Words: wordsCSR,
	}
}

func rowSharedCSR() Step {
	return Step{
		ID: stepSharedCSR, Role: RoleRequest, Title: "Generate one CSR for both UCCX nodes", Risk: Changes, Look: lookSharedCSR, Act: actSharedCSR, Usual: 10 * time.Second,
		On:     func(s Scope, n vos.Node) bool { return s.Shares(n) && n.TakesTrust() },
		Why:    "A multi-server request is made on the publisher. The command line cannot make one: it is done by the API where the node has one, else on the web page, and looked at here.",
		Effect: "None: the certificates in use stay as they are.",
		Undo:   requestUndo,
		Rules:  []string{"PRE-6", "SIG-1", "PRE-8"}, Words: wordsSharedCSR,
	}
}

// rowSecond asks what becomes of the second identity of 11.5, with the outcomes before the choice (EC-4).
func rowSecond() Step {
	return Step{
		ID: stepSecond, Role: RoleDecide, Title: "Decide about tomcat-ECDSA",
		On:    func(s Scope, n vos.Node) bool { return s.HasSecond(n) && n.TakesTrust() },
		Why:   "Release 11.5 also has an elliptic curve certificate, which some clients are shown instead of tomcat.",
		Undo:  "Nothing is changed.",
		Rules: []string{"EC-1", "EC-2", "EC-3", "EC-4", "EC-6"},
		Ask: []Question{{ID: AskSecond, Kind: Choice, Rule: "EC-4", Text: "What becomes of tomcat-ECDSA here?", Lines: outcomes(),
			Means: "Only an EC CA makes all of it work. Without one, the COP keeps the certificate from being shown.",
			Options: []Option{{leaveSecond, "Leave it self-signed: agents may have to accept it"},
				{signSecond, "Have it signed by an EC CA: all works"},
				{copSecond, "Install the COP that stops it being presented"}}}},
	}
}

// outcomes is what clients meet, by who signed tomcat and tomcat-ECDSA (EC-4).
func outcomes() []string {
	return []string{
		"tomcat self, ECDSA self: one more to accept in Live Data and chat",
		"tomcat RSA CA, ECDSA EC CA: all works",
		"tomcat RSA CA, ECDSA self: accepting fails in Live Data, works in chat",
		"tomcat RSA CA, ECDSA RSA CA: Live Data works, chat does not (CSCvb58580)",
	}
}

// AskSecond is the question what becomes of tomcat-ECDSA.
const AskSecond = "ecdsa"

func signsSecond(s Scope, n vos.Node) bool { return s.HasSecond(n) && s.secondOf(n) == signSecond }

func rowSecondCSR() Step {
	return Step{
		ID: stepSecondCSR, Role: RoleRequest, Title: "Generate a CSR for tomcat-ECDSA", Unit: unitSecond, On: signsSecond, Risk: Changes, Look: lookCSR, Act: actCSR, Usual: 10 * time.Second,
		Why:    "It has a key and a request of its own, with the name tomcat-ECDSA in every step.",
		Effect: "None: the certificate in use stays as it is.",
		Undo:   requestUndo,
		Rules:  []string{"EC-2"}, Words: wordsSecondCSR,
	}
}

// unitSecond is the second identity that 11.5 has (EC-1).
const unitSecond = "tomcat-ECDSA"

func rowOutbox() Step {
	return Step{
		ID: stepOutbox, Role: RoleOutbox, Title: "Write the CSRs for the CA", Look: lookOutbox,
		Why:   "Files with clear names, and a text that tells the CA what it must not change.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-2", "SIG-3", "TRB-2"},
	}
}

// rowHandOver is where the CA begins to work. It may take days.
func rowHandOver() Step {
	return Step{
		ID: stepHandOver, Role: RoleHandOver, Title: "Hand the CSRs to the CA",
		Why:   "The CA signs; this may take days. The program can be ended meanwhile, and resumed here or by somebody else.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3"},
		Ask: []Question{{ID: "handed", Kind: Choice, Needs: yes, Rule: "SIG-3", Text: "Have all CSRs been handed to the CA?",
			Means:   "The files and the text for the CA lie in the outbox.",
			Options: []Option{{no, "Not yet"}, {yes, "Yes, they are with the CA"}}}},
	}
}

func rowReply() Step {
	return Step{
		ID: stepReply, Role: RoleReply, Title: "Take the CA's reply",
		Why:   "Each certificate is matched to its node by its key, and the chain is built, before anything is uploaded.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3", "SIG-5", "TRB-2", "TRB-3"},
		Ask:   []Question{{ID: AskReply, Kind: Files, Rule: "SIG-3", Text: "Which files did the CA send?"}},
	}
}
