package vos

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// KnownRefusal is what nodes say when they do not do what they were told, with cause and cure (docs/nodes.md 1.5, 3 and 6). The
// CAA codes are those that HCM-F 12.5 prints for the same words.
type KnownRefusal struct {
	id          string
	words       *lazyregexp.Regexp
	what        msg.Text // what happened, our words
	means, next msg.Text
	Sure        bool // words of success beside it do not count
	Absent      bool // said by a node that has no such command
}

const (
	mismatch = `do(es)?(n't|\s+not)\s+match`
	missing  = `do(es)?(n't|\s+not)\s+exist`
)

// refusals is tried from top to bottom: the last ones are what trails many failures.
var refusals = []KnownRefusal{
	{id: "san", words: lazyregexp.MustCompile(`(?i)CSR\s+SAN\s+and\s+certificate\s+SAN\s+` + mismatch + `|\bCAA1016\b`), Sure: true,
		what: msg.T("The names (SAN) in the certificate do not match the CSR"), means: msg.T("The certificate was not installed. The CA added or removed a name, often www. or the parent domain."),
		next: msg.T("Ask the CA to sign the CSR with the same names, or generate a new CSR with an empty Parent Domain.")},
	{id: "key", words: lazyregexp.MustCompile(`(?i)public\s+key.*public\s+key\s+` + mismatch + `|\bCAA1015\b`), Sure: true,
		what: msg.T("The certificate does not match the node's CSR"), means: msg.T("The certificate was not installed. It belongs to another node, or the CSR has been generated again since " +
			"then."),
		next: msg.T("Compare the public keys. If the CSR is newer, have the current CSR signed.")},
	{id: "chain", words: lazyregexp.MustCompile(`(?i)CA\s+certificate\s+(is\s+)?not\s+(available|found|present)|\bCAA101[89]\b`), Sure: true,
		what: msg.T("A CA certificate is missing from tomcat-trust"), means: msg.T("The certificate was not installed. Its root or an intermediate is not on the node."),
		next: msg.T("Upload every CA certificate up to the root, starting with the root.")},
	{id: "nocsr", words: lazyregexp.MustCompile(`(?i)(\.csr|\bCSR)\s+` + missing + `|\bCAA10(17|23)\b`), Sure: true,
		what: msg.T("The node has no pending CSR"), means: msg.T("The certificate was not installed. The CSR was consumed by an earlier upload, deleted, or never " +
			"generated."),
		next: msg.T("Generate a new CSR on this node and have it signed.")},
	{id: "multi", words: lazyregexp.MustCompile(`(?i)multi.?(server|san).*(not|un)\s*(support|allow)`), Sure: true, // Guess [I]: the limit is documented, its words are not.
		what: msg.T("The command line refuses multi-server certificates"), means: msg.T("The certificate was not installed. From 14SU2 use OS Administration or the certificate API."),
		next: msg.T("Upload it in OS Administration, then press Enter.")},
	{id: "expired", words: lazyregexp.MustCompile(`(?i)certificate\s+(is|has)?\s*(already\s+)?expired`), what: msg.T("The certificate has expired"),
		means: msg.T("The certificate was not installed. Nodes refuse expired certificates."), next: msg.T("Ask the CA for a valid certificate.")},
	{id: "early", words: lazyregexp.MustCompile(`(?i)not\s+yet\s+valid|CertificateNotYetValid|notBefore`), Sure: true,
		what: msg.T("The certificate is not yet valid by the node's clock"), means: msg.T("The certificate was not installed. The node's clock is behind, or the CA signed it for a later date."),
		next: msg.T("Compare the clock of the node (utils ntp status) with the start date of the certificate. Correct NTP, then " +
			"press Enter.")},
	{id: "format", words: lazyregexp.MustCompile(`(?i)not\s+in\s+PEM\s+format|(invalid|unreadable|unable\s+to\s+(read|parse|load|decode)(\s+the)?)\s+(or\s+unreadable\s+)?certificate|could\s+not\s+be\s+uploaded|\bCAA102[012]\b`),
		what: msg.T("The node refused the certificate"), means: msg.T("Nothing was installed. The node accepts one PEM certificate, no wildcard, key up to 4096 bits. Some " +
			"releases print the same message if the CSR or the chain is missing."),
		next: msg.T("Check the CSR and the trust store first, then the certificate.")},
	{id: "service", words: lazyregexp.MustCompile(`(?i)(invalid|unknown|no\s+such)\s+service|service\s+(name\s+)?(is\s+)?(invalid|not\s+(activated|found|valid|installed))`), // Guess [I]: only "Service Not Activated" was seen.
		what: msg.T("The node could not start the service"), means: msg.T("The service is not activated, or has a different name in this release."), next: msg.T("Find its name with utils service list, then press Enter.")},
	{id: "nothing", words: lazyregexp.MustCompile(`(?i)` + missing), what: msg.T("The node does not have this item"), means: msg.T("The node is unchanged. It does not know the name."), next: msg.T("Read the node's message, then press Enter.")},
	{id: "privilege", words: lazyregexp.MustCompile(`(?i)not\s+(authori[sz]ed|permitted|allowed)|(insufficient|lacks?)\s+(the\s+)?privilege|permission\s+denied|access\s+denied`), Sure: true,
		what: msg.T("The account lacks permission"), means: msg.T("The node is unchanged. Certificate commands need privilege level 1 or higher."), next: msg.T("Log in with the installation account, or raise the privilege level.")},
	{id: "upgrade", words: lazyregexp.MustCompile(`(?i)upgrade\s+(is\s+)?(already\s+)?(in\s+progress|running)`), Sure: true,
		what: msg.T("An upgrade is in progress"), means: msg.T("The node is unchanged. Nodes refuse this command during an upgrade."), next: msg.T("Wait until the upgrade has finished.")},
	{id: "command", words: lazyregexp.MustCompile(`(?i)no\s+valid\s+command|command\s+not\s+found|incomplete\s+command|(invalid|unknown|unrecogni[sz]ed)\s+(command|parameter|argument|option)`), Sure: true, Absent: true,
		what: msg.T("The node does not know this command"), means: msg.T("The node is unchanged. It may be a different product or release."), next: msg.T("Check the product and release of the node.")},
	{id: "unsuccessful", words: lazyregexp.MustCompile(`(?i)executed\s+command\s+unsuccessfully|command\s+(was\s+)?unsuccessful|\bCAA102[67]\b`), Sure: true, Absent: true,
		what: msg.T("The node did not run the command"), means: msg.T("The node is unchanged, as it reports."), next: msg.T("Read the node's message and the transcript (c).")},
	{id: "failed", words: lazyregexp.MustCompile(`(?im)^\s*(fatal|error|failed|failure|exception)\b|\berror:|\bfailed\s+to\b|\boperation\s+(failed|cancell?ed|aborted)|\bunable\s+to\b|\bcould\s+not\s+be\b`),
		what: msg.T("The node did not run the command"), means: msg.T("The node is unchanged, as it reports."), next: msg.T("Read the node's message and the transcript (c).")},
}

// RefusalIn returns the refusal that a text holds, or nil.
func RefusalIn(text string) *KnownRefusal {
	for i := range refusals {
		if refusals[i].words.MatchString(text) {
			return &refusals[i]
		}
	}
	return nil
}

// RefusalError makes the error of a node that said no, with cause and cure; nil where none of the known words is in the text.
func RefusalError(node, text string) error {
	if r := RefusalIn(text); r != nil {
		return r.error(node, text)
	}
	return nil
}

// SaidNo makes the error of a node that said no in any words, known or not.
func SaidNo(node, text string) error {
	if err := RefusalError(node, text); err != nil {
		return err
	}
	return refusals[len(refusals)-1].error(node, text)
}

func (r *KnownRefusal) error(node, text string) error {
	return &Error{Class: ErrRefused, Code: r.id, Node: node, What: r.what, Said: Excerpt(text), Means: r.means, Next: r.next}
}

const (
	excerptLines = 6   // of a node's words in an error
	excerptWidth = 200 // bytes of a line
)

// Excerpt is the part of an answer that says something, for a person: without blank lines and PEM.
func Excerpt(text string) string {
	var lines []string
	inside := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.Contains(line, "-----BEGIN"):
			inside = true
		case strings.Contains(line, "-----END"):
			inside = false
		case line != "" && !inside && len(lines) < excerptLines:
			lines = append(lines, strings.ToValidUTF8(line[:min(len(line), excerptWidth)], ""))
		}
	}
	return strings.Join(lines, "\n")
}
