package vos

import "time"

// The VOS words, once. vos/ssh types them, a screen shows them before.

// DialogueStatus asks for host, clock, version, boot time and disks.
func DialogueStatus() Dialogue { return Dialogue{Line: "show status"} }

// DialogueNetwork asks for address, DNS servers and domain.
func DialogueNetwork() Dialogue { return Dialogue{Line: "show network eth0"} }

// DialogueVersion asks for the version, where show status did not tell it.
func DialogueVersion() Dialogue { return Dialogue{Line: "show version active"} }

// DialogueCluster asks who is in the cluster.
func DialogueCluster() Dialogue { return Dialogue{Line: "show network cluster"} }

// DialogueServices asks for the services; nodes take some seconds over it.
func DialogueServices() Dialogue {
	return Dialogue{Line: "utils service list", Limit: 3 * time.Minute}
}

// DialogueOwn asks for the identity certificate of a unit.
func DialogueOwn(unit string) Dialogue { return Dialogue{Line: "show cert own " + unit} }

// DialogueTrustList asks for the files of all trust stores.
func DialogueTrustList() Dialogue { return Dialogue{Line: "show cert list trust"} }

// DialogueTrusted asks for one certificate of a trust store.
func DialogueTrusted(f TrustFile) Dialogue {
	return Dialogue{Line: "show cert trust " + f.Store + "/" + f.File}
}

// DialogueCSRList asks which units have a pending CSR.
func DialogueCSRList() Dialogue { return Dialogue{Line: "show csr list own"} }

// DialogueShowCSR asks for the pending CSR of a unit.
func DialogueShowCSR(unit string) Dialogue {
	return Dialogue{Line: "show csr own " + unit + "/" + unit + ".csr"}
}

// DialogueCSR makes a new key and CSR (SIG-1). From 14SU1 on nodes ask whether the organisational unit goes in: public
// CAs may no longer sign one, so it does not.
func DialogueCSR(unit string) Dialogue {
	return Dialogue{Line: "set csr gen " + unit, Changes: true, Limit: 3 * time.Minute,
		Answers: []Answer{{`(?i)\bOU\b[^\n]*(\?|[(\[]\s*yes\s*[/|]\s*no\s*[)\]])\s*$`, "no"}}}
}

// DialogueImportTrust uploads a CA certificate (SIG-4, SIG-5). The unit's name is given without "-trust" (docs/nodes.md 1.5).
func DialogueImportTrust(unit string, pem []byte) Dialogue {
	return Dialogue{Line: "set cert import trust " + unit, Paste: pem, Changes: true, Limit: 3 * time.Minute}
}

// DialogueImportOwn uploads the application certificate (SIG-7).
func DialogueImportOwn(unit string, pem []byte) Dialogue {
	return Dialogue{Line: "set cert import own " + unit, Paste: pem, Changes: true, Limit: 3 * time.Minute}
}

// DialogueRestart restarts the node (SIG-8). The question may come again when it was answered too early. It may also come
// with a warning that a switch of versions is under way: then only a person may say yes (docs/nodes.md 1.5).
func DialogueRestart() Dialogue {
	return Dialogue{Line: "utils system restart", Changes: true, Leaves: true, Limit: 10 * time.Minute,
		Ends: `(?i)(is|are) going down`, Answers: confirmed()}
}

// yesNo and yn end a question.
const (
	yesNo = `\(?yes\s*[/|]\s*no\)?\s*\??\s*:?\s*$`
	yn    = `[(\[]\s*y\s*[/|]\s*n\s*[)\]]\s*\??\s*:?\s*$`
)

// confirmed are the answers to a node that asks whether it shall go on: never while an upgrade is not finished.
func confirmed() []Answer {
	return []Answer{
		{`(?is)` + Switching + `.*` + yesNo, "no"},
		{`(?is)` + Switching + `.*` + yn, "n"},
		{`(?i)` + yesNo, "yes"},
		{`(?i)` + yn, "y"},
	}
}

// DialogueOwnList asks which identities the node holds.
func DialogueOwnList() Dialogue { return Dialogue{Line: "show cert list own"} }

// DialogueCertType asks which kind of identity is served; old nodes do not know the command.
func DialogueCertType() Dialogue { return Dialogue{Line: "show tls server cert_type"} }

// DialogueRegenerate makes a new self-signed identity (SELF-3). The node warns that a CA-signed one is overwritten, and
// asks.
func DialogueRegenerate(unit string) Dialogue {
	return Dialogue{Line: "set cert regen " + unit, Changes: true, Limit: 3 * time.Minute, Answers: confirmed()}
}

// DialogueDeleteTrust removes a file from a trust store. The unit is given without "-trust", as in the guide's examples;
// its text names other words (docs/nodes.md 7.5). Guess [I]: whether the node asks back.
func DialogueDeleteTrust(unit string, f TrustFile) Dialogue {
	return Dialogue{Line: "set cert delete " + unit + " " + f.File, Changes: true, Limit: 3 * time.Minute, Answers: confirmed()}
}

// DialogueRestartService restarts one service; its name is typed without quotes. Cisco Tomcat may take ten minutes.
func DialogueRestartService(name string) Dialogue {
	return Dialogue{Line: "utils service restart " + name, Changes: true, Limit: 12 * time.Minute, Answers: confirmed()}
}

// Switching: words of a node whose upgrade is not finished. Guess [I]: the guide tells of the warning, not of its words.
const Switching = `(switch.?version|version switch|upgrade|installation) .*(progress|interrupted|incomplete|running)`

// DialoguesSurvey is all that a survey types on a node, in order.
func DialoguesSurvey(unit string) []Dialogue {
	return []Dialogue{DialogueStatus(), DialogueNetwork(), DialogueCluster(), DialogueServices(), DialogueOwn(unit), DialogueCSRList(), DialogueTrustList()}
}
