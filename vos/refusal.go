package vos

import (
	"regexp"
	"strings"
)

// refusal is what nodes say when they do not do what they were told, with cause and cure (vos-facts 1.5, 3 and 6). The
// CAA codes are those that HCM-F 12.5 prints for the same words.
type refusal struct {
	id          string
	words       *regexp.Regexp
	what        string // what happened, our words
	means, next string
	sure        bool // words of success beside it do not count
	absent      bool // said by a node that has no such command
}

const (
	mismatch  = `do(es)?(n't|\s+not)\s+match`
	missing   = `do(es)?(n't|\s+not)\s+exist`
	unchanged = "the node is as before: "
)

// refusals is tried from top to bottom: the last ones are what trails many failures.
var refusals = []refusal{
	{id: "san", words: regexp.MustCompile(`(?i)CSR\s+SAN\s+and\s+certificate\s+SAN\s+` + mismatch + `|\bCAA1016\b`), sure: true,
		what: "the names of the certificate are not those of the CSR", means: unchanged + "the CA added or dropped a name, often www. or the parent domain (TRB-2)",
		next: "have the CSR signed with exactly its names; or make a CSR with an empty Parent Domain (PRE-8)"},
	{id: "key", words: regexp.MustCompile(`(?i)public\s+key.*public\s+key\s+` + mismatch + `|\bCAA1015\b`), sure: true,
		what: "the certificate does not belong to the node's CSR", means: unchanged + "the certificate is another node's, or the CSR was made again since (SIG-1)",
		next: "compare the public keys; have the CSR that the node holds now signed"},
	{id: "chain", words: regexp.MustCompile(`(?i)CA\s+certificate\s+(is\s+)?not\s+(available|found|present)|\bCAA101[89]\b`), sure: true,
		what: "the chain is missing in the trust store", means: unchanged + "the root or an intermediate is not in tomcat-trust yet (SIG-4, SIG-5)",
		next: "upload every CA up to the root, the root first"},
	{id: "nocsr", words: regexp.MustCompile(`(?i)(\.csr|\bCSR)\s+` + missing + `|\bCAA10(17|23)\b`), sure: true,
		what: "the node has no pending CSR", means: unchanged + "the CSR was used up, deleted with its certificate, or never made (SIG-1)",
		next: "make a new CSR on this node and have it signed"},
	{id: "multi", words: regexp.MustCompile(`(?i)multi.?(server|san).*(not|un)\s*(support|allow)`), sure: true, // Guess [I]: the limit is documented, its words are not.
		what: "the command line takes no multi-server certificate", means: unchanged + "from 14SU2 on only OS Administration does",
		next: "upload it in OS Administration, then Enter looks again"},
	{id: "expired", words: regexp.MustCompile(`(?i)certificate\s+(is|has)?\s*(already\s+)?expired`), what: "the certificate has expired",
		means: unchanged + "nodes take no expired certificate", next: "ask the CA for a valid one"},
	{id: "format", words: regexp.MustCompile(`(?i)not\s+in\s+PEM\s+format|(invalid|unreadable|unable\s+to\s+(read|parse|load|decode)(\s+the)?)\s+(or\s+unreadable\s+)?certificate|could\s+not\s+be\s+uploaded|\bCAA102[012]\b`),
		what: "the node cannot use this certificate", means: unchanged + "it wants one certificate in PEM, without wildcard, with a key of 4096 bits at most; some releases say the same where the CSR or the chain is missing",
		next: "check the CSR and the trust store first, then the certificate"},
	{id: "service", words: regexp.MustCompile(`(?i)(invalid|unknown|no\s+such)\s+service|service\s+(name\s+)?(is\s+)?(invalid|not\s+(activated|found|valid|installed))`), // Guess [I]: only "Service Not Activated" was seen.
		what: "the node cannot start this service", means: unchanged + "the service is not activated, or has another name on this release", next: "utils service list names the services; look again"},
	{id: "nothing", words: regexp.MustCompile(`(?i)` + missing), what: "the node has no such thing", means: unchanged + "the name is not known to it", next: "read the node's words; look again"},
	{id: "privilege", words: regexp.MustCompile(`(?i)not\s+(authori[sz]ed|permitted|allowed)|(insufficient|lacks?)\s+(the\s+)?privilege|permission\s+denied|access\s+denied`), sure: true,
		what: "the account may not do this", means: unchanged + "certificates need privilege level 1 or higher (vos-facts 1.4)", next: "log in with the installer's account, or raise the level"},
	{id: "upgrade", words: regexp.MustCompile(`(?i)upgrade\s+(is\s+)?(already\s+)?(in\s+progress|running)`), sure: true,
		what: "an upgrade is under way", means: unchanged + "during an upgrade nodes take no such command (vos-facts 1.4)", next: "wait until it has ended"},
	{id: "command", words: regexp.MustCompile(`(?i)no\s+valid\s+command|command\s+not\s+found|incomplete\s+command|(invalid|unknown|unrecogni[sz]ed)\s+(command|parameter|argument|option)`), sure: true, absent: true,
		what: "the node does not know this command", means: unchanged + "it is another product or release than was thought", next: "check product and release of the node"},
	{id: "unsuccessful", words: regexp.MustCompile(`(?i)executed\s+command\s+unsuccessfully|command\s+(was\s+)?unsuccessful|\bCAA102[67]\b`), sure: true, absent: true,
		what: "the node did not do it", means: unchanged + "it says so itself", next: "read the node's words and the transcript"},
	{id: "failed", words: regexp.MustCompile(`(?im)^\s*(fatal|error|failed|failure|exception)\b|\berror:|\bfailed\s+to\b|\boperation\s+(failed|cancell?ed|aborted)|\bunable\s+to\b|\bcould\s+not\s+be\b`),
		what: "the node did not do it", means: unchanged + "it says so itself", next: "read the node's words and the transcript"},
}

// refusalIn returns the refusal that a text holds, or nil.
func refusalIn(text string) *refusal {
	for i := range refusals {
		if refusals[i].words.MatchString(text) {
			return &refusals[i]
		}
	}
	return nil
}

// refused makes the error of a node that said no.
func (c *CLI) refused(text string) error {
	if err := Refused(c.node.FQDN, text); err != nil {
		return err
	}
	return refusals[len(refusals)-1].error(c.node.FQDN, text)
}

// Refused makes the error of a node that said no, with cause and cure; nil where none of the known words is in the text.
func Refused(node, text string) error {
	if r := refusalIn(text); r != nil {
		return r.error(node, text)
	}
	return nil
}

func (r *refusal) error(node, text string) error {
	return &Error{Class: ErrRefused, Node: node, What: r.what, Said: excerpt(text), Means: r.means, Next: r.next}
}

const (
	excerptLines = 6   // of a node's words in an error
	excerptWidth = 200 // bytes of a line
)

// excerpt is the part of an answer that says something, for a person: without blank lines and PEM.
func excerpt(text string) string {
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
