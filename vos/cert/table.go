package cert

import "slices"

// Severity is how grave a finding is: a Fault is refused before anything is uploaded.
type Severity int

// Note informs; Warning may be gone past knowingly; Fault may not.
const (
	Note Severity = iota
	Warning
	Fault
)

// String is the word for people and journals.
func (s Severity) String() string { return [...]string{"note", "warning", "fault"}[s] }

// Finding is one thing that the verdict has to say. All of it is printable.
type Finding struct {
	Code     string
	Severity Severity
	File     string // where the certificate was found
	Node     string // FQDN
	What     string // what was found
	Cause    string // how it comes about
	Cure     string // what to do next
	Says     string // what the node would have said, or ""
	Guess    bool   // no source has the words of Says: only that the node refuses is known
	Rule     string // id of domain.md
}

// The node's own words that are predicted (vos-facts 3).
const (
	saysKey  = "CSR public key and certificate public key do not match"
	saysSAN  = "CSR SAN and Certificate SAN does not match"
	saysCA   = "CA certificate is not available in the trust-store"
	saysForm = "Certificate is not in PEM format"
)

// Words that no source has. Guess [I]: the sources say no more than that the node refuses (vos-facts 3).
const (
	saysExpired  = "Certificate is expired"
	saysEarly    = "Invalid certificate: not yet valid"
	saysWildcard = "Invalid certificate: wildcard certificates are not supported"
	saysLarge    = "Invalid certificate: key length above 4096 is not supported"
)

func guessed(says string) bool {
	return says == saysExpired || says == saysEarly || says == saysWildcard || says == saysLarge
}

// entry is what stands fixed about a finding, whatever it was found in.
type entry struct {
	code     string
	severity Severity
	says     string // what the node would say, or ""
	cause    string
	cure     string
	rule     string
}

// check is an entry about one application certificate and its chain, with the look that finds it.
type check struct {
	entry
	look func(pair) string // what was found, or "" where all is well
}

// checks is the verdict on one application certificate. A rule about certificates is one entry here.
func checks() []check {
	return slices.Concat(nameChecks(), timeChecks(), keyChecks(), usageChecks(), chainChecks(), storeChecks(), limitChecks())
}

func nameChecks() []check {
	return []check{
		{entry{"swapped", Fault, saysSAN, "the CA mixed up the requests: the names of one, the key of the other", "send both requests back to be signed anew", "TRB-2"}, lookSwapped},
		{entry{"san", Fault, saysSAN, "the CA added or dropped names (www., a bare domain)", "send the request back: the names must stay exactly as requested", "TRB-2"}, lookSAN},
		{entry{"fqdn", Fault, "", "browsers ignore the common name since Chrome 58", "have the CA put the node's FQDN among the names (SAN)", "TRB-3"}, lookFQDN},
		{entry{"wildcard", Fault, saysWildcard, "nodes do not take wildcard certificates", "have the CA sign the request as it is", "vos-facts 3"}, lookWildcard},
		{entry{"third-node", Fault, "", "a certificate of UCCX may hold node 1 and node 2 and nothing else; CCP is never in it", "make the CSR anew without that name; each other node has a certificate of its own", "PRE-6"}, lookThird},
		{entry{"multi-server", Fault, "", "multi-server certificates exist on UCCX from 11.6 on, and on no other product of the solution but Unified CM", "make one CSR on each node, with the node's FQDN as its Distribution", "PRE-6"}, lookMulti},
		{entry{"multi-disputed", Warning, "", "the guide says 11.6 in one place and 11.6(2) in another, which is the safe one", "update to 11.6(2), or make one CSR on each node", "PRE-6"}, lookMultiDisputed},
		{entry{"subject", Note, "", "the CA writes common names by a rule of its own", "nothing: browsers read the names (SAN) alone", "TRB-3"}, lookSubject},
		{entry{"long-cn", Warning, "", "X.520 allows 64 letters. Guess [I]: how nodes take longer ones is in no source", "make the CSR, or have the CA name itself, with a shorter common name", "vos-facts 3"}, lookLongCN},
	}
}

func timeChecks() []check {
	return []check{
		{entry{"expired", Fault, saysExpired, "an old file was sent, or it lay too long", "have the CA issue it anew", "SIG-3"}, lookExpired},
		{entry{"ends-before", Fault, "", "it is valid today, but will not be when it is installed", "have the CA issue it anew, shortly before the window", "SIG-3"}, lookEndsBefore},
		{entry{"not-yet", Fault, saysEarly, "the CA's clock, or its begin date, lies ahead", "wait until then, or have it issued anew", "SIG-3"}, lookNotYet},
		{entry{"long-life-public", Warning, "", "public CAs may not issue for so long, and browsers refuse it (" + lifetimesSource + ")", "ask the CA; a certificate of a public CA that lives longer is a mistake of its own", "SIG-3"}, lookLongPublic},
		{entry{"long-life", Note, "", "public CAs may issue for 200 days, 100 from 15 March 2027, 47 from 15 March 2029 (CA/Browser Forum)", "fine for an internal CA; browsers refuse it from a public one", "SIG-3"}, lookLongLife},
		{entry{"short", Warning, "", "the certificate ends soon", "plan the next change now", "SIG-3"}, lookShort},
	}
}

func keyChecks() []check {
	return []check{
		{entry{"sha1", Fault, "", "the CA signs with an algorithm that clients refuse", "have it signed with SHA-256 or stronger", "PRE-4"}, lookSHA1},
		{entry{"pss", Warning, "", "RSASSA-PSS is a setting of Windows CAs (alternate signature format). Guess [I]: appliances and old clients cannot read it", "have the CA sign with plain RSA (PKCS#1 v1.5)", "vos-facts 3"}, lookPSS},
		{entry{"self-signed", Fault, saysCA, "this is no answer of a CA", "choose the file that the CA sent", "SIG-3"}, lookSelf},
		{entry{"key-kind", Fault, "", "nodes have RSA keys, and elliptic curves of 256, 384 and 521 bits", "make the CSR on the node", "PRE-4"}, lookKeyKind},
		{entry{"too-large", Fault, saysLarge, "the platform takes keys up to 4096 bits", "make the CSR with 2048 bits", "vos-facts 3"}, lookTooLarge},
		{entry{"too-small", Fault, "", "the guide allows 1024 or 2048 bits, and every client refuses less", "make the CSR with 2048 bits", "PRE-4"}, lookTooSmall},
		{entry{"key-weak", Warning, "", "the guide allows 1024 bits, but browsers and public CAs ask for 2048", "make the CSR with 2048 bits", "PRE-4"}, lookKeyWeak},
		{entry{"key-size", Warning, "", "the guide names 1024 and 2048 bits for UCCX (118855); the platform page of newer releases offers 3072 and 4096 (Unified CM Security Guide)", "know that sources disagree before going on", "PRE-4"}, lookKeySize},
		{entry{"unit", Fault, "", "RSA and elliptic curve keys have identities of their own, tomcat and tomcat-ECDSA", "upload it under the name of its CSR", "EC-2"}, lookUnit},
		{entry{"no-curves", Warning, "", "from 11.6 on elliptic curve certificates are gone from the solution", "make the CSR with an RSA key of 2048 bits", "EC-1"}, lookNoCurves},
		{entry{"ec-by-rsa-chat", Fault, "", "at this release the certificate is not presented to clients, and on SocialMiner it breaks chat and e-mail (CSCvb58580)", "have it signed by an EC CA; where there is none, do not install it: install the COP that stops it being presented", "EC-3"}, lookECByRSAChat},
		{entry{"ec-by-rsa", Warning, "", "nodes do not present an EC certificate that an RSA CA signed; on SocialMiner 11.5 chat breaks (CSCvb58580)", "have it signed by an EC CA, or use RSA", "EC-3"}, lookECByRSA},
	}
}

func usageChecks() []check {
	return []check{
		{entry{"critical-cm", Fault, "", "UCCX breaks off the handshake with a Unified CM whose certificate has critical extensions other than Key Usage and Basic Constraints; agents read Invalid User ID/Password (CSCvd56174)", "have the CA issue it without them", "TRB-1"}, lookCriticalCM},
		{entry{"critical", Warning, "", "UCCX refuses Unified CM certificates with critical extensions other than Key Usage and Basic Constraints (CSCvd56174)", "ask the CA to issue it without them", "TRB-1"}, lookCritical},
		{entry{"key-usage", Warning, "", "the CA dropped usages that the request asked for", "ask the CA to keep the key usages of the request", "SIG-3"}, lookKeyUsage},
		{entry{"eku-server", Fault, "", "the CA used a template that is not for servers: every browser refuses it", "have it issued for server and client authentication", "SIG-7"}, lookEKUServer},
		{entry{"eku", Warning, "", ClientAuthNotice().cause(), ClientAuthNotice().ways(), "SIG-7"}, lookEKU},
		{entry{"eku-mended", Note, "", ClientAuthNotice().cause(), "read the release notes: the mend may have to be switched on", "SIG-7"}, lookEKUMended},
	}
}

func chainChecks() []check {
	return []check{
		{entry{"path", Fault, "", "a CA in the chain may not sign what stands below it", "ask the CA for the right chain", "SIG-5"}, lookPath},
		{entry{"constraints", Fault, "", "a CA in the chain may sign for some domains only (Name Constraints): clients refuse the rest", "have it signed by a CA that may sign for this domain", "SIG-5"}, lookConstraints},
		{entry{"ca-expired", Fault, saysExpired, "the chain holds a CA that is no longer valid, and a node takes no expired certificate into its trust store", "ask the CA for its present chain", "SIG-5"}, lookCAExpired},
		{entry{"ca-not-yet", Fault, "", "the CA has renewed itself ahead of time, or its clock is wrong", "ask the CA for its present chain, or wait until then", "SIG-5"}, lookCANotYet},
		{entry{"ca-weak", Warning, "", "clients refuse a chain that is signed with SHA-1 or MD5, or by an RSA key below 2048 bits", "ask the CA for a chain with SHA-256 or stronger", "SIG-5"}, lookCAWeak},
		{entry{"ca-eku", Warning, "", "a CA in the chain is bound to other purposes (Extended Key Usage), and clients hold the certificate to them", "ask the CA which of its CAs may issue for these purposes", "SIG-5"}, lookCAEKU},
		{entry{"ca-ends-first", Warning, "", "the chain breaks on that day, although the certificate is still valid", "plan the next change before that day", "SIG-5"}, lookCAEndsFirst},
	}
}

func storeChecks() []check {
	return []check{
		{entry{"kept-out", Fault, saysCA, "a trust store holds one certificate per name, and keeps the one that begins later; the other is kept out in silence", "ask the CA which of the two is right; if it is the new one, delete the old one from tomcat-trust first", "vos-facts 3"}, lookKeptOut},
		{entry{"kept-renewed", Note, "", "a trust store holds one certificate per name, and keeps the one that begins later", "nothing: the one that is there vouches for the same certificates", "vos-facts 3"}, lookKeptRenewed},
		{entry{"replaces", Warning, "", "a trust store holds one certificate per name: the node no longer trusts what the old one signed", "make sure that no neighbour still lives under the old one", "vos-facts 3"}, lookReplaces},
		{entry{"file-name", Note, "", "nodes keep a CA in a file that bears its common name and serial number, and write other signs for those that no file name may hold", "nothing: the program finds it by its content", "vos-facts 1.6"}, lookFileName},
	}
}

// remarks is what the verdict says about files, and about the set of them. Where a finding knows more, it says so in
// place of the cause or the cure that stand here.
func remarks() []entry {
	return []entry{
		{"partly", Warning, "", "", "copy the whole file anew if something is missing", ""},
		{"damaged", Warning, "", "it was damaged on its way, or is of a kind that no node takes", "copy the whole file anew if something is missing", ""},
		{"key", Warning, "", "somebody made a key outside of the node", "delete it and tell the CA: the key of a node never leaves the node; it was not read", "SIG-1"},
		{"several", Note, "", "the CA issued it more than once", "nothing, unless an older one is meant: then choose that file alone", "SIG-3"},
		{"stranger", Warning, "", "it is for another node, or for an older request", "leave it out", "SIG-3"},
		{"key-mismatch", Fault, saysKey, "the CA signed an older request, or the CSR was made again since", "have the CA sign the CSR that lies in the outbox", "SIG-1"},
		{"as-ca", Fault, "", "the CA used its template for CAs below it (Basic Constraints: CA)", "have it issued anew from a template for web servers", "SIG-3"},
		{"missing", Fault, "", "its file was not chosen, or the CA has not sent it", "choose its file too, or ask the CA for it", "SIG-3"},
		{"chain", Fault, saysCA, "the CA did not send every CA certificate up to the root", "", "SIG-5"},
		{"not-ca", Fault, saysCA, "it is missing that it is a CA (Basic Constraints), and clients refuse what it signed", "ask the CA for the right certificate of its CA", "SIG-5"},
		{"same-cn", Warning, "", "a trust store holds one certificate per name: the later upload replaces the earlier, and one that began earlier is kept out in silence", "ask the CA whether one of them can be left out", "vos-facts 3"},
		{"empty", Fault, "", "", "choose the files that the CA sent", ""},
		{"unreadable", Fault, saysForm, "", "choose the files that the CA sent", ""},
		{"converted", Note, "", "nodes take one certificate in each PEM file, with plain line ends", "nothing: what is uploaded was converted and split; the files stay as they are", "vos-facts 3"},
		{"csr", Fault, saysForm, "", "this goes to the CA; choose what the CA sent back", ""},
	}
}

// fill completes a finding with what stands fixed about it.
func (e entry) fill(f Finding) Finding {
	f.Code, f.Severity, f.Says, f.Guess, f.Rule = e.code, e.severity, e.says, guessed(e.says), e.rule
	if f.Cause == "" {
		f.Cause = e.cause
	}
	if f.Cure == "" {
		f.Cure = e.cure
	}
	f.File, f.Node, f.What, f.Cause, f.Cure = Printable(f.File), Printable(f.Node), Printable(f.What), Printable(f.Cause), Printable(f.Cure)
	return f
}
