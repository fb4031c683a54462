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
		{entry{"swapped", Fault, saysSAN, "The CA swapped two requests: the names of one, the key of the other.", "Send both CSRs back to be signed again.", "TRB-2"}, lookSwapped},
		{entry{"san", Fault, saysSAN, "The CA added or removed names (www., the bare domain).", "Send the CSR back: the SAN must be the same as in the CSR.", "TRB-2"}, lookSAN},
		{entry{"fqdn", Fault, "", "Browsers ignore the common name (Chrome 58 and later).", "Ask the CA to add the node's FQDN to the SAN.", "TRB-3"}, lookFQDN},
		{entry{"wildcard", Fault, saysWildcard, "Nodes refuse wildcard certificates.", "Ask the CA to sign the CSR without changes.", "vos-facts 3"}, lookWildcard},
		{entry{"third-node", Fault, "", "A UCCX certificate may contain only UCCX node 1 and node 2, never CCP.", "Generate a new CSR without that name. Other nodes get their own certificates.", "PRE-6"}, lookThird},
		{entry{"multi-server", Fault, "", "Only UCCX (11.6 and later) and Unified CM support multi-server certificates.", "Generate one CSR per node with the node's FQDN as Distribution.", "PRE-6"}, lookMulti},
		{entry{"multi-disputed", Warning, "", "Cisco's guide says 11.6 in one place and 11.6(2) in another. 11.6(2) is safer.", "Update to 11.6(2), or generate one CSR per node.", "PRE-6"}, lookMultiDisputed},
		{entry{"subject", Note, "", "The CA sets common names by its own rules.", "No action needed: browsers use the SAN only.", "TRB-3"}, lookSubject},
		{entry{"long-cn", Warning, "", "X.520 allows 64 characters. It is unknown how nodes handle longer names.", "Use a shorter common name in the CSR, or ask the CA to use one for itself.", "vos-facts 3"}, lookLongCN},
	}
}

func timeChecks() []check {
	return []check{
		{entry{"expired", Fault, saysExpired, "An old file was sent, or it was loaded too late.", "Ask the CA to reissue it.", "SIG-3"}, lookExpired},
		{entry{"ends-before", Fault, "", "It is valid today but expires before it is installed.", "Ask the CA to reissue it shortly before the change window.", "SIG-3"}, lookEndsBefore},
		{entry{"not-yet", Fault, saysEarly, "The CA's clock or the start date is in the future.", "Wait until then, or ask the CA to reissue it.", "SIG-3"}, lookNotYet},
		{entry{"long-life-public", Warning, "", "public CAs may not issue for so long, and browsers refuse it (" + lifetimesSource + ")", "ask the CA; a certificate of a public CA that lives longer is a mistake of its own", "SIG-3"}, lookLongPublic},
		{entry{"long-life", Note, "", "Public CAs may issue for 200 days (100 from 15 March 2027, 47 from 15 March 2029; CA/Browser Forum).", "Fine for an internal CA. From a public CA, browsers refuse it.", "SIG-3"}, lookLongLife},
		{entry{"short", Warning, "", "The certificate expires soon.", "Plan the next change now.", "SIG-3"}, lookShort},
	}
}

func keyChecks() []check {
	return []check{
		{entry{"sha1", Fault, "", "Clients refuse this signature algorithm.", "Ask the CA to sign with SHA-256 or stronger.", "PRE-4"}, lookSHA1},
		{entry{"pss", Warning, "", "RSASSA-PSS is an option of Windows CAs (alternate signature format). Nodes and old clients may not " +
			"support it.", "Ask the CA to sign with RSA PKCS#1 v1.5.", "vos-facts 3"}, lookPSS},
		{entry{"self-signed", Fault, saysCA, "This is not a reply from a CA.", "Select the file that the CA sent.", "SIG-3"}, lookSelf},
		{entry{"key-kind", Fault, "", "Nodes use RSA keys and EC keys of 256, 384 or 521 bits.", "Generate the CSR on the node.", "PRE-4"}, lookKeyKind},
		{entry{"too-large", Fault, saysLarge, "The platform supports keys up to 4096 bits.", "Generate the CSR with 2048 bits.", "vos-facts 3"}, lookTooLarge},
		{entry{"too-small", Fault, "", "Cisco's guide allows 1024 or 2048 bits. Clients refuse shorter keys.", "Generate the CSR with 2048 bits.", "PRE-4"}, lookTooSmall},
		{entry{"key-weak", Warning, "", "Cisco's guide allows 1024 bits, but browsers and public CAs require 2048.", "Generate the CSR with 2048 bits.", "PRE-4"}, lookKeyWeak},
		{entry{"key-size", Warning, "", "Cisco document 118855 lists 1024 and 2048 bits for UCCX. OS Administration of newer releases also " +
			"offers 3072 and 4096.", "Cisco's documents disagree. 2048 bits is safe everywhere.", "PRE-4"}, lookKeySize},
		{entry{"unit", Fault, "", "RSA and EC keys have separate certificates: tomcat and tomcat-ECDSA.", "Upload it under the name of its CSR.", "EC-2"}, lookUnit},
		{entry{"no-curves", Warning, "", "UCCX has no EC certificates in 11.6 and later.", "Generate the CSR with a 2048-bit RSA key.", "EC-1"}, lookNoCurves},
		{entry{"ec-by-rsa-chat", Fault, "", "This release does not present the certificate. On SocialMiner it breaks chat and email (CSCvb58580).", "Have an EC CA sign it. Without an EC CA, do not install it: install the COP file instead.", "EC-3"}, lookECByRSAChat},
		{entry{"ec-by-rsa", Warning, "", "Nodes do not present an EC certificate signed by an RSA CA. On SocialMiner 11.5 chat fails " +
			"(CSCvb58580).", "Have an EC CA sign it, or use RSA.", "EC-3"}, lookECByRSA},
	}
}

func usageChecks() []check {
	return []check{
		{entry{"critical-cm", Fault, "", "UCCX rejects Unified CM certificates with critical extensions other than Key Usage and Basic " +
			"Constraints. Agents see Invalid User ID/Password (CSCvd56174).", "Ask the CA to issue it without them.", "TRB-1"}, lookCriticalCM},
		{entry{"critical", Warning, "", "UCCX refuses Unified CM certificates with critical extensions other than Key Usage and Basic Constraints (CSCvd56174)", "ask the CA to issue it without them", "TRB-1"}, lookCritical},
		{entry{"key-usage", Warning, "", "The CA removed key usages that the CSR asked for.", "Ask the CA to keep the key usages of the CSR.", "SIG-3"}, lookKeyUsage},
		{entry{"eku-server", Fault, "", "The CA used a template that is not for servers. Every browser refuses it.", "Ask the CA for server and client authentication.", "SIG-7"}, lookEKUServer},
		{entry{"eku", Warning, "", ClientAuthNotice().cause(), ClientAuthNotice().ways(), "SIG-7"}, lookEKU},
		{entry{"eku-mended", Note, "", ClientAuthNotice().cause(), "Read the release notes: the fix may need to be enabled.", "SIG-7"}, lookEKUMended},
	}
}

func chainChecks() []check {
	return []check{
		{entry{"path", Fault, "", "A CA in the chain is not allowed to sign the certificate below it.", "Ask the CA for the correct chain.", "SIG-5"}, lookPath},
		{entry{"constraints", Fault, "", "A CA in the chain is limited to some domains (Name Constraints). Clients refuse other names.", "Use a CA that may sign for this domain.", "SIG-5"}, lookConstraints},
		{entry{"ca-expired", Fault, saysExpired, "A CA in the chain has expired. Nodes refuse expired certificates in tomcat-trust.", "Ask the CA for its current chain.", "SIG-5"}, lookCAExpired},
		{entry{"ca-not-yet", Fault, "", "The CA renewed its certificate early, or its clock is wrong.", "ask the CA for its present chain, or wait until then", "SIG-5"}, lookCANotYet},
		{entry{"ca-weak", Warning, "", "Clients refuse a chain signed with SHA-1 or MD5, or with an RSA key below 2048 bits.", "ask the CA for a chain with SHA-256 or stronger", "SIG-5"}, lookCAWeak},
		{entry{"ca-eku", Warning, "", "Extended Key Usage limits a CA in the chain to other purposes.", "Ask the CA which of its CAs may issue for these purposes.", "SIG-5"}, lookCAEKU},
		{entry{"ca-ends-first", Warning, "", "The chain becomes invalid on that day, before the certificate expires.", "plan the next change before that day", "SIG-5"}, lookCAEndsFirst},
	}
}

func storeChecks() []check {
	return []check{
		{entry{"kept-out", Fault, saysCA, "tomcat-trust keeps one certificate per name, the one with the later start date. The other upload " +
			"has no effect and reports no error.", "Ask the CA which one is right. If it is the new one, first delete the old one from tomcat-trust.", "vos-facts 3"}, lookKeptOut},
		{entry{"kept-renewed", Note, "", "a trust store holds one certificate per name, and keeps the one that begins later", "No action needed: both validate the same certificates.", "vos-facts 3"}, lookKeptRenewed},
		{entry{"replaces", Warning, "", "tomcat-trust keeps one certificate per name. The node will no longer trust what the old one signed.", "Make sure that no peer still uses a certificate from the old CA.", "vos-facts 3"}, lookReplaces},
		{entry{"file-name", Note, "", "Nodes name the file after the common name and serial, and replace characters that are not allowed.", "No action needed: uccx-tui finds it by its content.", "vos-facts 1.6"}, lookFileName},
	}
}

// remarks is what the verdict says about files, and about the set of them. Where a finding knows more, it says so in
// place of the cause or the cure that stand here.
func remarks() []entry {
	return []entry{
		{"partly", Warning, "", "", "Copy the whole file again if something is missing.", ""},
		{"damaged", Warning, "", "The file is damaged, or of a type that nodes refuse.", "Copy the whole file again if something is missing.", ""},
		{"key", Warning, "", "The key was generated outside the node.", "Delete the file and tell the CA: the node's key never leaves the node. uccx-tui did not read the " +
			"key.", "SIG-1"},
		{"several", Note, "", "The CA issued it more than once.", "No action needed, unless you want an older one: then select only that file.", "SIG-3"},
		{"stranger", Warning, "", "It is for another node or an older CSR.", "Do not select it.", "SIG-3"},
		{"key-mismatch", Fault, saysKey, "The CA signed an older CSR, or the CSR was generated again since.", "Ask the CA to sign the CSR in the outbox.", "SIG-1"},
		{"as-ca", Fault, "", "The CA used a template for subordinate CAs (Basic Constraints: CA).", "Ask the CA to reissue it with a web server template.", "SIG-3"},
		{"missing", Fault, "", "Its file was not selected, or the CA did not send it.", "Select its file too, or ask the CA for it.", "SIG-3"},
		{"chain", Fault, saysCA, "The CA did not send all CA certificates up to the root.", "", "SIG-5"},
		{"not-ca", Fault, saysCA, "It is not marked as a CA (Basic Constraints). Clients refuse what it signed.", "ask the CA for the right certificate of its CA", "SIG-5"},
		{"same-cn", Warning, "", "tomcat-trust keeps one certificate per name. The later upload replaces the earlier one, or has no " +
			"effect if its start date is earlier.", "Ask the CA whether one of them can be left out.", "vos-facts 3"},
		{"empty", Fault, "", "", "choose the files that the CA sent", ""},
		{"unreadable", Fault, saysForm, "", "choose the files that the CA sent", ""},
		{"converted", Note, "", "Nodes accept one certificate per PEM file, with Unix line ends.", "No action needed: uccx-tui converted and split it. The files are unchanged.", "vos-facts 3"},
		{"csr", Fault, saysForm, "", "A CSR goes to the CA. Select what the CA sent back.", ""},
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
