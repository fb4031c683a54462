package steps

import (
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

func rowRestart() Step { return restart(stepRestart, "Restart") }

// rowBack is the first restart of the expired path.
func rowBack() Step { return restart(stepBack, "Restart to be back in service") }

func restart(id, title string) Step {
	return Step{
		ID: id, Role: RoleRestart, Title: title, On: believes, Risk: Interrupts, Look: lookRestart, Act: actRestart, Usual: 25 * time.Minute,
		Why:    "Services read the new certificate only when they start. One node at a time: the next only after the last is proven up.",
		Effect: "Agents on this node are logged out, or move to the other node; chat and reports stop until it is back.",
		Undo:   "None: a restart cannot be called back.",
		Rules:  []string{"SIG-8", "SELF-2", "EC-5"}, Words: typedFor(id),
		Ask: []Question{{ID: "restart", Kind: NodeName, Rule: "SIG-8", Text: "Type the node's name to restart it now.",
			Means: "Services on this node stop until it is back."}},
	}
}

func rowProve() Step {
	return prove(stepProve, stepRestart, "Done is only what clients see: the new certificate with its whole chain, on every address.")
}

func rowBackProve() Step {
	return prove(stepBackProve, stepBack, "Back in service is only what clients see: a certificate that has not expired, on every address.")
}

func prove(id, pays, why string) Step {
	return Step{
		ID: id, Role: RoleProve, Title: "Prove every address", On: believes, Look: lookProve, Pays: pays,
		Why:   why,
		Undo:  "Nothing is changed.",
		Rules: []string{"CLI-1", "CLI-2", "CLI-3", "CLI-4", "CLI-5", "CLI-6", "CLI-7", "CLI-8"},
	}
}

func rowFunction() Step {
	return Step{
		ID: stepFunction, Role: RoleAsk, Title: "Ask agents to try", Ask: functional(),
		Why:   "What only a person can see.",
		Undo:  "Nothing is changed.",
		Rules: []string{"VER-1", "VER-2", "VER-3", "VER-4"},
	}
}

func rowReport() Step {
	return Step{
		ID: stepReport, Role: RoleReport, Title: "Write the report", Look: lookReport,
		Why:  "Before and after of every address, who did what and when, and what is still owed.",
		Undo: "Nothing is changed.",
	}
}

func scriptsRun(_ Scope, n vos.Node) bool { return n.Product == vos.UCCX }

func rowFetch() Step {
	return Step{
		ID: stepFetch, Role: RolePeers, Title: "Fetch the chain of each server", Look: lookFetch,
		Why:   "What the server sends in a TLS handshake is taken as it is; nothing is believed yet.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
	}
}

func rowChain() Step {
	return Step{
		ID: stepChain, Role: RoleAccept, Title: "Complete and accept the chain", Look: lookChain,
		Why:   "Servers rarely send their root, and whoever sits on the line could send any: a person compares the fingerprints.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
	}
}

func rowEngine() Step {
	return Step{
		ID: stepEngine, Role: RoleRestart, Title: "Restart " + ServiceEngine, On: scriptsRun, Risk: Interrupts, Look: lookEngine, Act: actEngine, Usual: 5 * time.Minute, Pays: stepEngine,
		Why:    "The engine reads the trust store when it starts. A node shows no trace of the restart of one service: where the line was lost, you are asked.",
		Effect: "Calls in scripts on this node end, and agents are logged out or move to the other node, until the engine is back.",
		Undo:   "None: a restart cannot be called back.",
		Rules:  []string{"REL-3"}, Words: typedFor(stepEngine),
		Ask: []Question{{ID: "restart", Kind: NodeName, Rule: "REL-3", Text: "Type the node's name to restart its engine now.",
			Means: "Calls in scripts on this node end."}},
	}
}

func rowScript() Step {
	return Step{
		ID: stepScript, Role: RoleAsk, Title: "Try the script",
		Why:   "Only a call through the script shows that it works.",
		Undo:  "Nothing is changed.",
		Rules: []string{"REL-3"},
		Ask: []Question{{ID: "REL-3", Kind: Choice, Rule: "REL-3", Text: "Does the script reach the server (Get URL Document, Make REST Call)?",
			Means: "A failed step shows in the reactive debugger of the script editor.", Options: tried()}},
	}
}

func tried() []Option {
	return []Option{{"later", "Later: it stays owed in the report"}, {yes, "Yes"}, {no, "No"}}
}

func functional() []Question {
	ask := func(rule, text, means string) Question {
		return Question{ID: rule, Rule: rule, Kind: Choice, Text: text, Means: means, Options: tried()}
	}
	return []Question{
		ask("VER-2", "Can an agent log in to Finesse without a warning or a certificate prompt?", "State changes work, and a new call is presented."),
		ask("VER-3", "Do the Live Data gadgets load and refresh?", "They hold data at once, and it changes."),
		ask("VER-4", "Does AppAdmin show its login page without a warning, on both nodes?", "https://FQDN/appadmin/main"),
		ask("VER-1", "Does chat work through the web form, both ways?", "The agent gets the banner, the form loads, messages go both ways."),
	}
}
