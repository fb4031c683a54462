package vos

import (
	"regexp"
	"strings"
)

// refusalWords is what nodes say when they do not do what they were told, with cause and cure (vos-facts 1.5, 3 and 6).
var refusalWords = []struct {
	words       *regexp.Regexp
	means, next string
}{
	{regexp.MustCompile(`(?i)CSR public key and certificate public key do(es)?(n't| not) match`),
		"the certificate belongs to another node or another CSR (SIG-1)", "have the CSR that the node holds now signed"},
	{regexp.MustCompile(`(?i)CSR SAN and certificate SAN do(es)?(n't| not) match`),
		"the CA added or dropped names (TRB-2)", "have it signed with exactly the names of the CSR, or make the CSR with an empty Parent Domain"},
	{regexp.MustCompile(`(?i)CA certificate (is )?not available in the trust-?store`),
		"the root or an intermediate is missing on the node (SIG-4, SIG-5)", "upload every CA up to the root as tomcat-trust first"},
	{regexp.MustCompile(`(?i)(\.csr|CSR)\s+does(n't| not) exist`),
		"the node has no pending CSR: it was used up, deleted, or never made (SIG-1)", "make a new CSR and have it signed"},
	{regexp.MustCompile(`(?i)not in PEM format|invalid or unreadable certificate|unable to (read|parse|load) (the )?certificate|could not be uploaded|invalid certificate`),
		"the node cannot use this file", "upload one certificate in PEM format"},
	{regexp.MustCompile(`(?i)expired`), "the certificate is no longer valid", "ask the CA for a valid one"},
	{regexp.MustCompile(`(?i)not (authori[sz]ed|permitted|allowed)|insufficient privilege|permission denied`),
		"the account may not do this", "use an account with privilege level 1 or higher (set account name)"},
	{regexp.MustCompile(`(?i)no valid command entered|command not found|incomplete command|invalid (command|parameter)`),
		"the node does not know this command", "is this the right product and release?"},
	{regexp.MustCompile(`(?i)executed command unsuccessfully|^\s*(error|failed|failure)\b|\berror:|\bfailed to\b`),
		"the node did not do it", "read the node's words and the transcript"},
}

// said reports whether a text holds words of refusal.
func said(text string) bool {
	for _, r := range refusalWords {
		if r.words.MatchString(text) {
			return true
		}
	}
	return false
}

// refusal makes the error of a node that said no.
func (c *CLI) refusal(text string) error {
	for _, r := range refusalWords {
		if r.words.MatchString(text) {
			return &Error{Class: ErrRefused, Node: c.node.FQDN, What: "the node refused", Said: excerpt(text), Means: r.means, Next: r.next}
		}
	}
	return &Error{Class: ErrRefused, Node: c.node.FQDN, What: "the node refused", Said: excerpt(text), Means: "it was not done", Next: "read the transcript"}
}

// excerptLines is how many lines of a node's words an error carries.
const excerptLines = 4

// excerpt is the part of an answer that says something, for a person: without blank lines and PEM.
func excerpt(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "-----") || len(line) == 64 && !strings.Contains(line, " ") {
			continue
		}
		if len(line) > 200 {
			line = line[:200] + "…"
		}
		lines = append(lines, line)
		if len(lines) == excerptLines {
			break
		}
	}
	return strings.Join(lines, " ")
}
