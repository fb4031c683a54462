package steps

import (
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Ids of rows. They stand in journals: never change one.
const (
	stepLogin        = "login"
	stepSurvey       = "survey"
	stepPreflight    = "preflight"
	stepCSR          = "csr"
	stepOutbox       = "outbox"
	stepHandOver     = "handover"
	stepReply        = "reply"
	stepRoot         = "root"
	stepIntermediate = "intermediate"
	stepReplicate    = "replicate"
	stepInstall      = "install"
	stepRestart      = "restart"
	stepProve        = "prove"
	stepFunction     = "function"
	stepReport       = "report"
)

// PathSigned is Path A of domain.md: certificates signed by a CA.
const PathSigned = "signed"

// Procedure returns the rows of a path, from top to bottom.
func Procedure(path string) ([]Step, bool) {
	if path == PathSigned {
		return append(append(before(), authority()...), after()...), true
	}
	return nil, false
}

// before is what harms nobody: looking, and the requests.
func before() []Step {
	return []Step{{
		ID: stepLogin, Title: "Log in to every node", On: Every, Look: lookLogin, Usual: 10 * time.Second,
		Why:   "Every later step needs the OS Administration account on each node, and the right host key.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-1"},
	}, {
		ID: stepSurvey, Title: "Read every node", On: Every, Look: lookSurvey, After: []string{stepLogin}, Usual: 15 * time.Second,
		Why:   "What each node holds and serves now is kept, so that before and after can be held side by side.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "CLI-1", "CLI-8"}, Words: wordsSurvey,
	}, {
		ID: stepPreflight, Title: "Check before starting", On: Every, Look: lookPreflight, After: []string{stepSurvey},
		Why:   "What would stop the change in the middle is better known before it begins.",
		Undo:  "Nothing is changed.",
		Rules: []string{"PRE-2", "PRE-3", "PRE-4", "PRE-7"},
	}, {
		ID: stepCSR, Title: "Generate a CSR on each node", On: Every, Risk: Changes, Look: lookCSR, Act: actCSR, After: []string{stepPreflight}, Usual: 10 * time.Second,
		Why:    "Each node makes its own key and request. The key never leaves the node.",
		Effect: "None: the certificate in use stays as it is.",
		Undo:   "Not needed: a pending CSR disturbs nothing. It must not be made a second time: that throws away the key that the CA is signing.",
		Rules:  []string{"SIG-1", "SIG-2", "PRE-5", "PRE-8"}, Words: wordsCSR,
	}}
}

// authority is the part between the nodes and the CA. It may take days.
func authority() []Step {
	return []Step{{
		ID: stepOutbox, Title: "Write the CSRs for the CA", Look: lookOutbox, After: []string{stepCSR},
		Why:   "Files with clear names, and a text that tells the CA what it must not change.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-2", "SIG-3", "TRB-2"},
	}, {
		ID: stepHandOver, Title: "Hand the CSRs to the CA", After: []string{stepOutbox},
		Why:   "The CA signs; this may take days. The program can be ended meanwhile, and resumed here or by somebody else.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3"},
		Ask: []Question{{ID: "handed", Kind: Choice, Needs: yes, Rule: "SIG-3", Text: "Have all CSRs been handed to the CA?",
			Means:   "The files and the text for the CA lie in the outbox.",
			Options: []Option{{no, "Not yet"}, {yes, "Yes, they are with the CA"}}}},
	}, {
		ID: stepReply, Title: "Take the CA's reply", After: []string{stepHandOver},
		Why:   "Each certificate is matched to its node by its key, and the chain is built, before anything is uploaded.",
		Undo:  "Nothing is changed on any node.",
		Rules: []string{"SIG-3", "SIG-5", "TRB-2", "TRB-3"},
		Ask:   []Question{{ID: AskReply, Kind: Files, Rule: "SIG-3", Text: "Which files did the CA send?"}},
	}}
}

// after is the upload, the restart and the proof.
func after() []Step {
	takesTrust := func(n vos.Node) bool { return n.TakesTrust() }
	subscriber := func(n vos.Node) bool { return n.Role == vos.Subscriber }
	return []Step{{
		ID: stepRoot, Title: "Upload the root", On: takesTrust, Risk: Changes, Look: lookRoot, Act: actTrust, After: []string{stepReply}, Usual: 6 * time.Second,
		Why:    "A node takes a certificate only when it knows its issuer. The publisher passes it on to the subscriber.",
		Effect: "None.",
		Undo:   "Delete it in OS Administration, Security > Certificate Management, tomcat-trust. Leaving it there does no harm.",
		Rules:  []string{"SIG-4", "SIG-6", "REL-1", "REL-2"}, Words: wordsRoot,
	}, {
		ID: stepIntermediate, Title: "Upload the intermediates", On: takesTrust, Risk: Changes, Look: lookIntermediate, Act: actTrust, After: []string{stepRoot}, Usual: 6 * time.Second,
		Why:    "Every CA between the root and the certificate must be known, after the root.",
		Effect: "None.",
		Undo:   "Delete it in OS Administration, Security > Certificate Management, tomcat-trust. Leaving it there does no harm.",
		Rules:  []string{"SIG-5", "SIG-6", "REL-1", "REL-2"}, Words: wordsIntermediate,
	}, {
		ID: stepReplicate, Title: "See the chain on the subscriber", On: subscriber, Risk: Changes, Look: lookReplicated, Act: actTrust, After: []string{stepIntermediate}, Usual: 10 * time.Second,
		Why:    "Documents disagree whether tomcat-trust replicates: so it is looked at, and uploaded here only where it did not arrive.",
		Effect: "None.",
		Undo:   "Delete it in OS Administration, Security > Certificate Management, tomcat-trust. Leaving it there does no harm.",
		Rules:  []string{"SIG-6"}, Words: wordsReplicated,
	}, {
		ID: stepInstall, Title: "Install the certificate", On: Every, Risk: Changes, Look: lookInstall, Act: actInstall, After: []string{stepReplicate, stepIntermediate}, Usual: 8 * time.Second,
		Why:    "Each node takes its own certificate; the CSR is used up by it.",
		Effect: "None until the restart: agents keep working.",
		Undo:   "The former certificate cannot be put back: its key is gone. Regenerate makes a self-signed one.",
		Rules:  []string{"SIG-7"}, Words: wordsInstall,
	}, {
		ID: stepRestart, Title: "Restart", On: Every, Risk: Interrupts, Look: lookRestart, Act: actRestart, After: []string{stepInstall}, Usual: 25 * time.Minute,
		Why:    "Services read the new certificate only when they start. One node at a time: the next only after the last is proven up.",
		Effect: "Agents on this node are logged out, or move to the other node; chat and reports stop until it is back.",
		Undo:   "None: a restart cannot be called back.",
		Rules:  []string{"SIG-8"}, Words: wordsRestart,
		Ask: []Question{{ID: "restart", Kind: NodeName, Rule: "SIG-8", Text: "Type the node's name to restart it now.",
			Means: "Services on this node stop until it is back."}},
	}, {
		ID: stepProve, Title: "Prove every address", On: Every, Look: lookProve, After: []string{stepRestart},
		Why:   "Done is only what clients see: the new certificate with its whole chain, on every address.",
		Undo:  "Nothing is changed.",
		Rules: []string{"CLI-1", "CLI-2", "CLI-3", "CLI-4", "CLI-5", "CLI-6", "CLI-7", "CLI-8"},
	}, {
		ID: stepFunction, Title: "Ask agents to try", After: []string{stepProve}, Ask: functional(),
		Why:   "What only a person can see.",
		Undo:  "Nothing is changed.",
		Rules: []string{"VER-1", "VER-2", "VER-3", "VER-4"},
	}, {
		ID: stepReport, Title: "Write the report", Look: lookReport, After: []string{stepFunction},
		Why:  "Before and after of every address, who did what and when, and what is still owed.",
		Undo: "Nothing is changed.",
	}}
}

func functional() []Question {
	answers := []Option{{"later", "Later: it stays owed in the report"}, {yes, "Yes"}, {no, "No"}}
	ask := func(rule, text, means string) Question {
		return Question{ID: rule, Rule: rule, Kind: Choice, Text: text, Means: means, Options: answers}
	}
	return []Question{
		ask("VER-2", "Can an agent log in to Finesse without a warning or a certificate prompt?", "State changes work, and a new call is presented."),
		ask("VER-3", "Do the Live Data gadgets load and refresh?", "They hold data at once, and it changes."),
		ask("VER-4", "Does AppAdmin show its login page without a warning, on both nodes?", "https://FQDN/appadmin/main"),
		ask("VER-1", "Does chat work through the web form, both ways?", "The agent gets the banner, the form loads, messages go both ways."),
	}
}
