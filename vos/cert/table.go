package cert

import (
	"fmt"
	"slices"
	"sync"

	"github.com/uccx-tui/uccx-tui/vos/facts"
)

// Severity is how grave a finding is: a Fault is refused before anything is uploaded.
type Severity int

// Note informs; Warning needs a decision; a Fault is refused.
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
	Rule     string // id of a rule (docs/rules.md), or the name of a document
	Fact     string // the dated source that the finding rests on, or "" (vos/facts)
}

// The node's own words that are predicted (docs/nodes.md 3).
const (
	saysKey  = "CSR public key and certificate public key do not match"
	saysSAN  = "CSR SAN and Certificate SAN does not match"
	saysCA   = "CA certificate is not available in the trust-store"
	saysForm = "Certificate is not in PEM format"
)

// Words that no source has. Guess [I]: the sources say no more than that the node refuses (docs/nodes.md 3).
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
	look func(pair) string    // what was found, or "" where all is well
	why  func(pair, *Finding) // what the finding knows better than the table; may be nil
}

// checks is the verdict on one application certificate. A rule about certificates is one entry here. Codes never change:
// journals keep them, and decisions are asked by them.
func checks() []check {
	return slices.Concat(nameChecks(), timeChecks(), keyChecks(), clientChecks(), usageChecks(), chainChecks(), storeChecks(), limitChecks())
}

func nameChecks() []check {
	return []check{
		{entry{"swapped", Fault, saysSAN, "The CA swapped two requests: the names of one, the key of the other.", "Send both CSRs back to be signed again.", "TRB-2"}, lookSwapped, nil},
		{entry{"san", Fault, saysSAN, "The CA added or removed names (www., the bare domain).", "Send the CSR back: the SAN must be the same as in the CSR.", "TRB-2"}, lookSAN, nil},
		{entry{"fqdn", Fault, "", "Browsers ignore the common name (Chrome 58 and later).", "Ask the CA to add the node's FQDN to the SAN.", "TRB-3"}, lookFQDN, nil},
		{entry{"wildcard", Fault, saysWildcard, "Nodes refuse wildcard certificates.", "Ask the CA to sign the CSR without changes.", "Cisco document 118731"}, lookWildcard, nil},
		{entry{"third-node", Fault, "", "A UCCX certificate may contain only UCCX node 1 and node 2, never CCP.", "Generate a new CSR without that name. Other nodes get their own certificates.", "PRE-6"}, lookThird, nil},
		{entry{"multi-server", Fault, "", "Only UCCX (11.6 and later) and Unified CM support multi-server certificates.", "Generate one CSR per node with the node's FQDN as Distribution.", "PRE-6"}, lookMulti, nil},
		{entry{"multi-disputed", Warning, "", "Cisco's guide says 11.6 in one place and 11.6(2) in another. 11.6(2) is safer.", "Update to 11.6(2), or generate one CSR per node.", "PRE-6"}, lookMultiDisputed, nil},
		{entry{"subject", Note, "", "The CA sets common names by its own rules.", "No action needed: browsers use the SAN only.", "TRB-3"}, lookSubject, nil},
		{entry{"no-common-name", Warning, "", "CAs leave the common name out, and browsers read the SAN only. Nodes name certificates by the common name. It is unknown what they do without one.", "Ask the CA to set the node's FQDN as common name, or try the upload on one node first.", "PRE-5"}, lookNoCN, nil},
		{entry{"internal-name", Note, "", "Public CAs do not sign internal names and private IP addresses.", "No action needed if all clients trust your CA. Customers outside need a public name.", "PRE-7"}, lookInternal, nil},
		{entry{"long-cn", Warning, "", "X.520 allows 64 characters. It is unknown how nodes handle longer names.", "Use a shorter common name in the CSR, or ask the CA to use one for itself.", "ITU-T X.520"}, lookLongCN, nil},
	}
}

func timeChecks() []check {
	return []check{
		{entry{"expired", Fault, saysExpired, "An old file was sent, or it was loaded too late.", "Ask the CA to reissue it.", "SIG-3"}, lookExpired, nil},
		{entry{"ends-before", Fault, "", "It is valid today but expires before it is installed.", "Ask the CA to reissue it shortly before the change window.", "SIG-3"}, lookEndsBefore, nil},
		{entry{"not-yet", Fault, saysEarly, "The CA's clock or the start date is in the future.", "Wait until then, or ask the CA to reissue it.", "SIG-3"}, lookNotYet, nil},
		{entry{"long-life-public", Warning, "", "public CAs may not issue for so long, and browsers refuse it (" + facts.LifetimesSource + ")", "ask the CA; a certificate of a public CA that lives longer is a mistake of its own", "SIG-3"}, lookLongPublic, nil},
		{entry{"long-life", Note, "", "Public CAs may issue for 200 days (100 from 15 March 2027, 47 from 15 March 2029; CA/Browser Forum).", "Fine for an internal CA. From a public CA, browsers refuse it.", "SIG-3"}, lookLongLife, nil},
		{entry{"short", Warning, "", "The certificate expires soon.", "Plan the next change now.", "SIG-3"}, lookShort, nil},
	}
}

func keyChecks() []check {
	return []check{
		{entry{"sha1", Fault, "", "Clients refuse this signature algorithm.", "Ask the CA to sign with SHA-256 or stronger.", "PRE-4"}, lookSHA1, nil},
		{entry{"pss", Warning, "", "RSASSA-PSS is an option of Windows CAs (alternate signature format). Nodes and old clients may not " +
			"support it.", "Ask the CA to sign with RSA PKCS#1 v1.5.", "SIG-3"}, lookPSS, nil},
		{entry{"self-signed", Fault, saysCA, "This is not a reply from a CA.", "Select the file that the CA sent.", "SIG-3"}, lookSelf, nil},
		{entry{"key-kind", Fault, "", "Nodes use RSA keys and EC keys of 256, 384 or 521 bits.", "Generate the CSR on the node.", "PRE-4"}, lookKeyKind, nil},
		{entry{"too-large", Fault, saysLarge, "The platform supports keys up to 4096 bits.", "Generate the CSR with 2048 bits.", "Cisco document 118731"}, lookTooLarge, nil},
		{entry{"too-small", Fault, "", "Cisco's guide allows 1024 or 2048 bits. Clients refuse shorter keys.", "Generate the CSR with 2048 bits.", "PRE-4"}, lookTooSmall, nil},
		{entry{"key-weak", Warning, "", "Cisco's guide allows 1024 bits, but browsers and public CAs require 2048.", "Generate the CSR with 2048 bits.", "PRE-4"}, lookKeyWeak, nil},
		{entry{"key-size", Warning, "", "Cisco document 118855 lists 1024 and 2048 bits for UCCX. OS Administration of newer releases also " +
			"offers 3072 and 4096.", "Cisco's documents disagree. 2048 bits is safe everywhere.", "PRE-4"}, lookKeySize, nil},
		{entry{"unit", Fault, "", "RSA and EC keys have separate certificates: tomcat and tomcat-ECDSA.", "Upload it under the name of its CSR.", "EC-2"}, lookUnit, nil},
		{entry{"no-curves", Warning, "", "UCCX has no EC certificates in 11.6 and later.", "Generate the CSR with a 2048-bit RSA key.", "EC-1"}, lookNoCurves, nil},
		{entry{"ec-by-rsa-chat", Fault, "", "This release does not present the certificate. On SocialMiner it breaks chat and email (CSCvb58580).", "Have an EC CA sign it. Without an EC CA, do not install it: install the COP file instead.", "EC-3"}, lookECByRSAChat, nil},
		{entry{"ec-by-rsa", Warning, "", "Nodes do not present an EC certificate signed by an RSA CA. On SocialMiner 11.5 chat fails " +
			"(CSCvb58580).", "Have an EC CA sign it, or use RSA.", "EC-3"}, lookECByRSA, nil},
	}
}

func usageChecks() []check {
	return []check{
		{entry{"critical-cm", Fault, "", "UCCX rejects Unified CM certificates with critical extensions other than Key Usage and Basic " +
			"Constraints. Agents see Invalid User ID/Password (CSCvd56174).", "Ask the CA to issue it without them.", "TRB-1"}, lookCriticalCM, nil},
		{entry{"critical", Warning, "", "UCCX refuses Unified CM certificates with critical extensions other than Key Usage and Basic Constraints (CSCvd56174)", "ask the CA to issue it without them", "TRB-1"}, lookCritical, nil},
		{entry{"key-usage", Warning, "", "The CA removed key usages that the CSR asked for.", "Ask the CA to keep the key usages of the CSR.", "SIG-3"}, lookKeyUsage, nil},
		{entry{"eku-server", Fault, "", "The CA used a template that is not for servers. Every browser refuses it.", "Ask the CA for server and client authentication.", "SIG-7"}, lookEKUServer, nil},
		{entry{"eku", Warning, "", "UCCX, CCP, their peers and Unified CM expect server and client authentication in one certificate. Public CAs stop issuing client authentication (FN74382, FN74345).", facts.Ways(), "SIG-7"}, lookEKU, whyNotice},
		{entry{"eku-mended", Note, "", "A fix for FN74382 or FN74345 is announced for this release.", "Read the release notes: the fix may need to be enabled.", "SIG-7"}, lookEKUMended, whyNotice},
	}
}

// clientChecks are what clients refuse, whatever the node says.
func clientChecks() []check {
	return []check{
		{entry{"precertificate", Fault, "", "A precertificate is made for the Certificate Transparency logs. crt.sh shows two entries, and this is the wrong one.", "Get the other entry: the certificate itself.", "SIG-3"}, lookPrecert, nil},
		{entry{"critical-unknown", Fault, "", "Clients refuse a certificate with a critical extension that they do not know. Nodes are clients of each other.", "Ask the CA to issue it without these extensions, or not marked critical.", "TRB-1"}, lookCriticalUnknown, nil},
		{entry{"no-signing", Fault, "", "Chrome, Edge and Java refuse it, also under a private root (ERR_SSL_KEY_USAGE_INCOMPATIBLE).", "Ask the CA for Digital Signature and Key Encipherment.", "SIG-3"}, lookNoSigning, nil},
		{entry{"must-staple", Warning, "", "Firefox refuses it if the server staples no OCSP response. Guess [I]: no node does.", "Ask the CA to issue it without must-staple.", "SIG-3"}, lookStaple, nil},
		{entry{"test-ca", Warning, "", "No client trusts a CA for tests (staging).", "Order it from the production service of the CA.", "PRE-7"}, lookTestCA, nil},
	}
}

func chainChecks() []check {
	return []check{
		{entry{"ca-critical", Fault, "", "Clients refuse a chain with a critical extension that they do not know.", "Ask the CA for another chain.", "SIG-5"}, lookCACritical, nil},
		{entry{"root-unlike", Warning, "", "A private CA uses the name of a public one, or the file is forged.", "Compare the fingerprint with the one on the CA's web page before you upload it.", "SIG-4"}, lookRootUnlike, nil},
		{entry{"chain-long", Warning, "", "Nodes and their peers run Java. Java refuses a handshake with more than 10 certificates.", "Ask the CA for a shorter chain.", "SIG-5"}, lookChainLong, nil},
		{entry{"chain-deep", Note, "", "Java finds at most 5 intermediates by itself. The server must send longer chains, in order.", "No action needed if the node sends the whole chain. Check it with uccx-tui probe after the restart.", "SIG-5"}, lookChainDeep, nil},
		{entry{"name-form-java", Warning, "", "OpenSSL and RFC 5280 7.1 see the same name. Java, which nodes and their peers run, does not if a string type such as BMPString or TeletexString differs.", "Ask the CA for certificates that write its name in one form (UTF8String), or try the upload on one node first.", "SIG-5"}, lookNameFormJava, nil},
		{entry{"name-form", Note, "", "The CA wrote its name with another string type, letter case or spacing. By RFC 5280 7.1 it is the same name.", "No action needed: nodes and browsers compare the names, not the bytes.", "SIG-5"}, lookNameForm, nil},
		{entry{"path", Fault, "", "A CA in the chain is not allowed to sign the certificate below it.", "Ask the CA for the correct chain.", "SIG-5"}, lookPath, nil},
		{entry{"constraints", Fault, "", "A CA in the chain is limited to some domains (Name Constraints). Clients refuse other names.", "Use a CA that may sign for this domain.", "SIG-5"}, lookConstraints, nil},
		{entry{"ca-expired", Fault, saysExpired, "A CA in the chain has expired. Nodes refuse expired certificates in tomcat-trust.", "Ask the CA for its current chain.", "SIG-5"}, lookCAExpired, nil},
		{entry{"ca-not-yet", Fault, "", "The CA renewed its certificate early, or its clock is wrong.", "ask the CA for its present chain, or wait until then", "SIG-5"}, lookCANotYet, nil},
		{entry{"ca-weak", Warning, "", "Clients refuse a chain signed with SHA-1 or MD5, or with an RSA key below 2048 bits.", "ask the CA for a chain with SHA-256 or stronger", "SIG-5"}, lookCAWeak, nil},
		{entry{"ca-eku", Warning, "", "Extended Key Usage limits a CA in the chain to other purposes.", "Ask the CA which of its CAs may issue for these purposes.", "SIG-5"}, lookCAEKU, nil},
		{entry{"ca-ends-first", Warning, "", "The chain becomes invalid on that day, before the certificate expires.", "plan the next change before that day", "SIG-5"}, lookCAEndsFirst, nil},
	}
}

func storeChecks() []check {
	return []check{
		{entry{"kept-out", Fault, saysCA, "tomcat-trust keeps one certificate per name, the one with the later start date. The other upload " +
			"has no effect and reports no error.", "Ask the CA which one is right. If it is the new one, first delete the old one from tomcat-trust.", "Cisco document 217138"}, lookKeptOut, nil},
		{entry{"kept-renewed", Note, "", "a trust store holds one certificate per name, and keeps the one that begins later", "No action needed: both validate the same certificates.", "Cisco document 217138"}, lookKeptRenewed, nil},
		{entry{"kept-cross", Warning, "", "tomcat-trust keeps one certificate per name, the one that begins later. A cross-signed CA validates nothing while its own issuer is missing.", "Delete the cross-signed certificate from tomcat-trust in OS Administration before you upload, or get the certificate of its issuer and select it too.", "Cisco document 217138"}, lookKeptCross, whyKeptCross},
		{entry{"replaces", Warning, "", "tomcat-trust keeps one certificate per name. The node will no longer trust what the old one signed.", "Make sure that no peer still uses a certificate from the old CA.", "Cisco document 217138"}, lookReplaces, nil},
		{entry{"replaces-cross", Note, "", "tomcat-trust keeps one certificate per name, the one that begins later. From then on this CA depends on the CA that cross-signed it.", "No action needed while that CA stays in tomcat-trust.", "Cisco document 217138"}, lookReplacesCross, nil},
		{entry{"file-name", Note, "", "Nodes name the file after the common name and serial, and replace characters that are not allowed.", "No action needed: uccx-tui finds it by its content.", "Unified CM Security Guide 14"}, lookFileName, nil},
	}
}

// remarks is what the verdict says about files, and about the set of them. Where a finding knows more, it says so in
// place of the cause or the cure that stand here.
func remarks() []entry {
	return []entry{
		{"partly", Warning, "", "", "Copy the whole file again if something is missing.", ""},
		{"damaged", Warning, "", "The file is damaged, or of a type that nodes refuse.", "Copy the whole file again if something is missing.", ""},
		{"beside", Note, "", "It often comes with certificates, but is none.", "No action needed: leave it out.", ""},
		{"key", Warning, "", "The key was generated outside the node.", "Delete the file and tell the CA: the node's key never leaves the node. uccx-tui did not read the " +
			"key.", "SIG-1"},
		{"several", Note, "", "The CA issued it more than once.", "No action needed, unless you want an older one: then select only that file.", "SIG-3"},
		{"stranger", Warning, "", "It is for another node or an older CSR.", "Do not select it.", "SIG-3"},
		{"key-mismatch", Fault, saysKey, "The CA signed an older CSR, or the CSR was generated again since.", "Ask the CA to sign the CSR in the outbox.", "SIG-1"},
		{"as-ca", Fault, "", "The CA used a template for subordinate CAs (Basic Constraints: CA).", "Ask the CA to reissue it with a web server template.", "SIG-3"},
		{"missing", Fault, "", "Its file was not selected, or the CA did not send it.", "Select its file too, or ask the CA for it.", "SIG-3"},
		{"chain", Fault, saysCA, "The CA did not send all CA certificates up to the root.", "", "SIG-5"},
		{"from-store", Note, "", "The CA did not send the whole chain, as is usual for a renewal. The node's tomcat-trust contains the rest.", "No action needed: certificates that are there already are not uploaded again.", "SIG-5"},
		{"left-out", Note, "", "tomcat-trust keeps one certificate per name, and the chain does not need this one.", "Do not upload it.", "Cisco document 217138"},
		{"fetched", Warning, "", "It came over plain HTTP. Its key signed the certificate below it; nothing more is known about it.", "Compare the fingerprint with the one on the CA's web page before you upload it.", "SIG-4"},
		{"not-ca", Fault, saysCA, "It is not marked as a CA (Basic Constraints). Clients refuse what it signed.", "ask the CA for the right certificate of its CA", "SIG-5"},
		{"same-cn", Warning, "", "tomcat-trust keeps one certificate per name. The later upload replaces the earlier one, or has no " +
			"effect if its start date is earlier.", "Ask the CA whether one of them can be left out.", "Cisco document 217138"},
		{"empty", Fault, "", "", "choose the files that the CA sent", ""},
		{"unreadable", Fault, saysForm, "", "choose the files that the CA sent", ""},
		{"converted", Note, "", "Nodes accept one certificate per PEM file, with Unix line ends.", "No action needed: uccx-tui converted and split it. The files are unchanged.", "VVB 12.5 OS Administration Guide"},
		{"csr", Fault, saysForm, "", "A CSR goes to the CA. Select what the CA sent back.", ""},
	}
}

// fill completes a finding with what stands fixed about it.
func (e entry) fill(f Finding) Finding {
	f.Code, f.Severity, f.Says, f.Guess, f.Rule = e.code, e.severity, e.says, guessed(e.says), e.rule
	if f.Fact == "" {
		f.Fact = citations()[e.code]
	}
	if f.Cause == "" {
		f.Cause = e.cause
	}
	if f.Cure == "" {
		f.Cure = e.cure
	}
	f.File, f.Node, f.What, f.Cause, f.Cure, f.Fact = Printable(f.File), Printable(f.Node), Printable(f.What), Printable(f.Cause), Printable(f.Cure), Printable(f.Fact)
	return f
}

// citations are the dated facts that findings rest on, by code.
var citations = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for code, id := range map[string]string{"no-signing": "chrome-key-usage", "precertificate": "precertificate", "critical-unknown": "critical-extensions", "ca-critical": "critical-extensions",
		"must-staple": "must-staple", "test-ca": "staging-cas", "long-life": "lifetime-200", "long-life-public": "lifetime-200", "internal-name": "internal-names", "csr-internal": "internal-names",
		"chain-long": "java-chain-length", "chain-deep": "java-path-length", "name-form": "names-equal", "name-form-java": "names-java", "fqdn": "chrome-common-name", "eku": "fn74382-uccx", "eku-mended": "fn74382-uccx"} {
		all[code] = facts.Get(id).Dated()
	}
	return all
})

// whyNotice is the field notice about the product, where one names it.
func whyNotice(p pair, f *Finding) {
	if n := p.req.Limits.Notice; n.ID != "" {
		f.Cause, f.Fact = n.Cause(), n.Cited()
	}
}

func whyKeptCross(p pair, f *Finding) {
	for _, ca := range p.chain.CAs {
		if held := Rival(p.req.Held, ca); held != nil && sameKey(ca, held) && !p.vouches(held) {
			f.Cure = fmt.Sprintf("Delete %s (serial %s, signed by %s) from tomcat-trust in OS Administration before you upload, or get the certificate of %s and select it too.",
				Name(held), Serial(held), IssuerOf(held), IssuerOf(held))
		}
	}
}
