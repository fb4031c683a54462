package cert

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
	Rule     string // id of domain.md
}

// The node's own words that are predicted (vos-facts 3).
const (
	saysKey  = "CSR public key and certificate public key do not match"
	saysSAN  = "CSR SAN and Certificate SAN does not match"
	saysCA   = "CA certificate is not available in the trust-store"
	saysForm = "Certificate is not in PEM format"
)

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
	return append(leafChecks(), chainChecks()...)
}

func leafChecks() []check {
	return []check{
		{entry{"san", Fault, saysSAN, "the CA added or dropped names (www., a bare domain)", "send the request back: the names must stay exactly as requested", "TRB-2"}, lookSAN},
		{entry{"fqdn", Fault, "", "browsers ignore the common name since Chrome 58", "have the CA put the node's FQDN among the names (SAN)", "TRB-3"}, lookFQDN},
		{entry{"wildcard", Fault, "", "nodes do not take wildcard certificates", "have the CA sign the request as it is", "vos-facts 3"}, lookWildcard},
		{entry{"expired", Fault, "", "an old file was sent, or it lay too long", "have the CA issue it anew", "SIG-3"}, lookExpired},
		{entry{"not-yet", Fault, "", "the CA's clock, or its begin date, lies ahead", "wait until then, or have it issued anew", "SIG-3"}, lookNotYet},
		{entry{"sha1", Fault, "", "the CA signs with an algorithm that clients refuse", "have it signed with SHA-256 or stronger", "PRE-4"}, lookSHA1},
		{entry{"self-signed", Fault, saysCA, "this is no answer of a CA", "choose the file that the CA sent", "SIG-3"}, lookSelf},
		{entry{"too-large", Fault, "", "the platform takes keys up to 4096 bits", "make the CSR with 2048 bits", "vos-facts 3"}, lookTooLarge},
		{entry{"too-small", Fault, "", "the guide allows 1024 or 2048 bits, and every client refuses less", "make the CSR with 2048 bits", "PRE-4"}, lookTooSmall},
		{entry{"key-weak", Warning, "", "the guide allows 1024 bits, but browsers and public CAs ask for 2048", "make the CSR with 2048 bits", "PRE-4"}, lookKeyWeak},
		{entry{"key-size", Warning, "", "the guide names 1024 and 2048 bits for UCCX; the platform page of newer releases offers 3072 and 4096", "know that sources disagree before going on", "PRE-4"}, lookKeySize},
		{entry{"critical", Warning, "", "UCCX refuses Unified CM certificates with critical extensions other than Key Usage and Basic Constraints (CSCvd56174)", "ask the CA to issue it without them", "TRB-1"}, lookCritical},
		{entry{"key-usage", Warning, "", "the CA dropped usages that the request asked for", "ask the CA to keep the key usages of the request", "SIG-3"}, lookKeyUsage},
		{entry{"eku", Warning, "", "public CAs drop client authentication; UCCX 12.5(1) to 15.0(1)SU1 and CCP expect both (FN74382)", "ask the CA for server and client authentication, or read FN74382", "SIG-7"}, lookEKU},
		{entry{"long-life", Note, "", "public CAs may issue for 200 days, 100 from March 2027, 47 from March 2029 (CA/Browser Forum)", "fine for an internal CA; browsers refuse it from a public one", "SIG-3"}, lookLongLife},
		{entry{"short", Warning, "", "the certificate ends soon", "plan the next change now", "SIG-3"}, lookShort},
	}
}

func chainChecks() []check {
	return []check{
		{entry{"path", Fault, saysCA, "a CA in the chain may not sign what stands below it", "ask the CA for the right chain", "SIG-5"}, lookPath},
		{entry{"constraints", Fault, "", "a CA in the chain may sign for some domains only (Name Constraints): clients refuse the rest", "have it signed by a CA that may sign for this domain", "SIG-5"}, lookConstraints},
		{entry{"ca-expired", Fault, saysCA, "the chain holds a CA that is no longer valid", "ask the CA for its present chain", "SIG-5"}, lookCAExpired},
		{entry{"ca-not-yet", Fault, "", "the CA has renewed itself ahead of time, or its clock is wrong", "ask the CA for its present chain, or wait until then", "SIG-5"}, lookCANotYet},
		{entry{"ca-weak", Warning, "", "clients refuse a chain that is signed with SHA-1 or MD5, or by an RSA key below 2048 bits", "ask the CA for a chain with SHA-256 or stronger", "SIG-5"}, lookCAWeak},
		{entry{"ca-eku", Warning, "", "a CA in the chain is bound to other purposes (Extended Key Usage), and clients hold the certificate to them", "ask the CA which of its CAs may issue for these purposes", "SIG-5"}, lookCAEKU},
		{entry{"ca-ends-first", Warning, "", "the chain breaks on that day, although the certificate is still valid", "plan the next change before that day", "SIG-5"}, lookCAEndsFirst},
		{entry{"ec-by-rsa", Warning, "", "nodes do not present an EC certificate that an RSA CA signed; on SocialMiner 11.5 chat breaks (CSCvb58580)", "have it signed by an EC CA, or use RSA", "EC-3"}, lookECByRSA},
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
		{"csr", Fault, "", "", "this goes to the CA; choose what the CA sent back", ""},
	}
}

// fill completes a finding with what stands fixed about it.
func (e entry) fill(f Finding) Finding {
	f.Code, f.Severity, f.Says, f.Rule = e.code, e.severity, e.says, e.rule
	if f.Cause == "" {
		f.Cause = e.cause
	}
	if f.Cure == "" {
		f.Cure = e.cure
	}
	f.File, f.Node, f.What, f.Cause, f.Cure = Printable(f.File), Printable(f.Node), Printable(f.What), Printable(f.Cause), Printable(f.Cure)
	return f
}
