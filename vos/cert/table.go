package cert

import (
	"slices"
	"sync"

	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Severity is how grave a finding is: a Fault is refused before anything is uploaded.
type Severity int

// Note informs; Warning needs a decision; a Fault is refused.
const (
	Note Severity = iota
	Warning
	Fault
)

// String is what people and journals read.
func (s Severity) String() string { return [...]string{"note", "warning", "fault"}[s] }

// Finding is one thing that the verdict has to say. All of it is printable.
type Finding struct {
	Code     string
	Severity Severity
	File     string   // where the certificate was found
	Node     string   // FQDN
	What     msg.Text // what was found
	Cause    msg.Text // how it comes about
	Cure     msg.Text // what to do next
	Says     string   // what the node would have said, or ""
	Guess    bool     // no source has the words of Says: only that the node refuses is known
	Rule     string   // id of a rule (docs/rules.md), or the name of a document
	Fact     string   // the dated source that the finding rests on, or "" (vos/facts)
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
	cause    msg.Text
	cure     msg.Text
	rule     string
}

// check is an entry about one application certificate and its chain, with the look that finds it.
type check struct {
	entry
	look func(pair) msg.Text  // what was found, or "" where all is well
	why  func(pair, *Finding) // what the finding knows better than the table; may be nil
}

// checks is the verdict on one application certificate. A rule about certificates is one entry here. Codes never change:
// journals keep them, and decisions are asked by them.
func checks() []check {
	return slices.Concat(nameChecks(), timeChecks(), keyChecks(), clientChecks(), usageChecks(), chainChecks(), storeChecks(), limitChecks())
}

func nameChecks() []check {
	return []check{
		{entry{"swapped", Fault, saysSAN, msg.T("The CA swapped two requests: the names of one, the key of the other."), msg.T("Send both CSRs back to be signed again."), "TRB-2"}, lookSwapped, nil},
		{entry{"san", Fault, saysSAN, msg.T("The CA added or removed names (www., the bare domain)."), msg.T("Send the CSR back: the SAN must be the same as in the CSR."), "TRB-2"}, lookSAN, nil},
		{entry{"fqdn", Fault, "", msg.T("Browsers ignore the common name (Chrome 58 and later)."), msg.T("Ask the CA to add the node's FQDN to the SAN."), "TRB-3"}, lookFQDN, nil},
		{entry{"wildcard", Fault, saysWildcard, msg.T("Nodes refuse wildcard certificates."), msg.T("Ask the CA to sign the CSR without changes."), "Cisco document 118731"}, lookWildcard, nil},
		{entry{"third-node", Fault, "", msg.T("A UCCX certificate may contain only UCCX node 1 and node 2, never CCP."), msg.T("Generate a new CSR without that name. Other nodes get their own certificates."), "PRE-6"}, lookThird, nil},
		{entry{"multi-server", Fault, "", msg.T("Only UCCX (11.6 and later) and Unified CM support multi-server certificates."), msg.T("Generate one CSR per node with the node's FQDN as Distribution."), "PRE-6"}, lookMulti, nil},
		{entry{"multi-disputed", Warning, "", msg.T("Cisco's guide says 11.6 in one place and 11.6(2) in another. 11.6(2) is safer."), msg.T("Update to 11.6(2), or generate one CSR per node."), "PRE-6"}, lookMultiDisputed, nil},
		{entry{"subject", Note, "", msg.T("The CA sets common names by its own rules."), msg.T("No action needed: browsers use the SAN only."), "TRB-3"}, lookSubject, nil},
		{entry{"no-common-name", Warning, "", msg.T("CAs leave the common name out, and browsers read the SAN only. Nodes name certificates by the common name. It is unknown what they do without one."), msg.T("Ask the CA to set the node's FQDN as common name, or try the upload on one node first."), "PRE-5"}, lookNoCN, nil},
		{entry{"internal-name", Note, "", msg.T("Public CAs do not sign internal names and private IP addresses."), msg.T("No action needed if all clients trust your CA. Customers outside need a public name."), "PRE-7"}, lookInternal, nil},
		{entry{"long-cn", Warning, "", msg.T("X.520 allows 64 characters. It is unknown how nodes handle longer names."), msg.T("Use a shorter common name in the CSR, or ask the CA to use one for itself."), "ITU-T X.520"}, lookLongCN, nil},
	}
}

func timeChecks() []check {
	return []check{
		{entry{"expired", Fault, saysExpired, msg.T("An old file was sent, or it was loaded too late."), msg.T("Ask the CA to reissue it."), "SIG-3"}, lookExpired, nil},
		{entry{"ends-before", Fault, "", msg.T("It is valid today but expires before it is installed."), msg.T("Ask the CA to reissue it shortly before the change window."), "SIG-3"}, lookEndsBefore, nil},
		{entry{"not-yet", Fault, saysEarly, msg.T("The CA's clock or the start date is in the future."), msg.T("Wait until then, or ask the CA to reissue it."), "SIG-3"}, lookNotYet, nil},
		{entry{"long-life-public", Warning, "", msg.T("Public CAs must not issue certificates for this long, and browsers refuse them (" + facts.LifetimesSource + ")."), msg.T("Ask the CA: a public CA must not issue certificates that are valid for longer."), "SIG-3"}, lookLongPublic, nil},
		{entry{"long-life", Note, "", msg.T("Public CAs may issue for 200 days (100 from 15 March 2027, 47 from 15 March 2029; CA/Browser Forum)."), msg.T("Fine for an internal CA. Browsers refuse it if a public CA issued it."), "SIG-3"}, lookLongLife, nil},
		{entry{"short", Warning, "", msg.T("The certificate expires soon."), msg.T("Plan the next change now."), "SIG-3"}, lookShort, nil},
	}
}

func keyChecks() []check {
	return []check{
		{entry{"sha1", Fault, "", msg.T("Clients refuse this signature algorithm."), msg.T("Ask the CA to sign with SHA-256 or stronger."), "PRE-4"}, lookSHA1, nil},
		{entry{"pss", Warning, "", msg.T("RSASSA-PSS is an option of Windows CAs (alternate signature format). Nodes and old clients may not " +
			"support it."), msg.T("Ask the CA to sign with RSA PKCS#1 v1.5."), "SIG-3"}, lookPSS, nil},
		{entry{"self-signed", Fault, saysCA, msg.T("This is not a reply from a CA."), msg.T("Select the file that the CA sent."), "SIG-3"}, lookSelf, nil},
		{entry{"key-kind", Fault, "", msg.T("Nodes use RSA keys and EC keys of 256, 384 or 521 bits."), msg.T("Generate the CSR on the node."), "PRE-4"}, lookKeyKind, nil},
		{entry{"too-large", Fault, saysLarge, msg.T("The platform supports keys up to 4096 bits."), msg.T("Generate the CSR with 2048 bits."), "Cisco document 118731"}, lookTooLarge, nil},
		{entry{"too-small", Fault, "", msg.T("Cisco's guide allows 1024 or 2048 bits. Clients refuse shorter keys."), msg.T("Generate the CSR with 2048 bits."), "PRE-4"}, lookTooSmall, nil},
		{entry{"key-weak", Warning, "", msg.T("Cisco's guide allows 1024 bits, but browsers and public CAs require 2048."), msg.T("Generate the CSR with 2048 bits."), "PRE-4"}, lookKeyWeak, nil},
		{entry{"key-size", Warning, "", msg.T("Cisco document 118855 lists 1024 and 2048 bits for UCCX. OS Administration of newer releases also " +
			"offers 3072 and 4096."), msg.T("Cisco's documents disagree. 2048 bits is safe everywhere."), "PRE-4"}, lookKeySize, nil},
		{entry{"unit", Fault, "", msg.T("RSA and EC keys have separate certificates: tomcat and tomcat-ECDSA."), msg.T("Upload it under the name of its CSR."), "EC-2"}, lookUnit, nil},
		{entry{"no-curves", Warning, "", msg.T("UCCX has no EC certificates in 11.6 and later."), msg.T("Generate the CSR with a 2048-bit RSA key."), "EC-1"}, lookNoCurves, nil},
		{entry{"ec-by-rsa-chat", Fault, "", msg.T("This release does not present the certificate. On SocialMiner it breaks chat and email (CSCvb58580)."), msg.T("Have an EC CA sign it. Without an EC CA, do not install it: install the COP file instead."), "EC-3"}, lookECByRSAChat, nil},
		{entry{"ec-by-rsa", Warning, "", msg.T("Nodes do not present an EC certificate signed by an RSA CA. On SocialMiner 11.5 chat fails " +
			"(CSCvb58580)."), msg.T("Have an EC CA sign it, or use RSA."), "EC-3"}, lookECByRSA, nil},
	}
}

func usageChecks() []check {
	return []check{
		{entry{"critical-cm", Fault, "", msg.T("UCCX rejects Unified CM certificates with critical extensions other than Key Usage and Basic " +
			"Constraints. Agents see Invalid User ID/Password (CSCvd56174)."), msg.T("Ask the CA to issue it without them."), "TRB-1"}, lookCriticalCM, nil},
		{entry{"critical", Warning, "", msg.T("UCCX refuses Unified CM certificates with critical extensions other than Key Usage and Basic Constraints " +
			"(CSCvd56174)."), msg.T("Ask the CA to issue it without them."), "TRB-1"}, lookCritical, nil},
		{entry{"key-usage", Warning, "", msg.T("The CA removed key usages that the CSR asked for."), msg.T("Ask the CA to keep the key usages of the CSR."), "SIG-3"}, lookKeyUsage, nil},
		{entry{"eku-server", Fault, "", msg.T("The CA used a template that is not for servers. Every browser refuses it."), msg.T("Ask the CA for server and client authentication."), "SIG-7"}, lookEKUServer, nil},
		{entry{"eku", Warning, "", msg.T("UCCX, CCP, their peers and Unified CM expect server and client authentication in one certificate. Public CAs stop issuing client authentication (FN74382, FN74345)."), facts.Ways(), "SIG-7"}, lookEKU, whyNotice},
		{entry{"eku-mended", Note, "", msg.T("A fix for FN74382 or FN74345 is announced for this release."), msg.T("Read the release notes: the fix may need to be enabled."), "SIG-7"}, lookEKUMended, whyNotice},
	}
}

// clientChecks are what clients refuse, whatever the node says.
func clientChecks() []check {
	return []check{
		{entry{"precertificate", Fault, "", msg.T("A precertificate is made for the Certificate Transparency logs. crt.sh shows two entries, and this is the wrong one."), msg.T("Get the other entry: the certificate itself."), "SIG-3"}, lookPrecert, nil},
		{entry{"critical-unknown", Fault, "", msg.T("Clients refuse a certificate with a critical extension that they do not know. Nodes are clients of each other."), msg.T("Ask the CA to issue it without these extensions, or not marked critical."), "TRB-1"}, lookCriticalUnknown, nil},
		{entry{"no-signing", Fault, "", msg.T("Chrome, Edge and Java refuse it, also under a private root (ERR_SSL_KEY_USAGE_INCOMPATIBLE)."), msg.T("Ask the CA for Digital Signature and Key Encipherment."), "SIG-3"}, lookNoSigning, nil},
		{entry{"must-staple", Warning, "", msg.T("Firefox refuses it if the server staples no OCSP response. No node is known to staple one."), msg.T("Ask the CA to issue it without must-staple."), "SIG-3"}, lookStaple, nil},
		{entry{"test-ca", Warning, "", msg.T("No client trusts a CA for tests (staging)."), msg.T("Order it from the production service of the CA."), "PRE-7"}, lookTestCA, nil},
	}
}

func chainChecks() []check {
	return []check{
		{entry{"ca-critical", Fault, "", msg.T("Clients refuse a chain with a critical extension that they do not know."), msg.T("Ask the CA for another chain."), "SIG-5"}, lookCACritical, nil},
		{entry{"root-unlike", Warning, "", msg.T("A private CA uses the name of a public one, or the file is forged."), msg.T("Compare the fingerprint with the one on the CA's web page before you upload it."), "SIG-4"}, lookRootUnlike, nil},
		{entry{"chain-long", Warning, "", msg.T("Nodes and their peers run Java. Java refuses a handshake with more than 10 certificates."), msg.T("Ask the CA for a shorter chain."), "SIG-5"}, lookChainLong, nil},
		{entry{"chain-deep", Note, "", msg.T("Java finds at most 5 intermediates by itself. The server must send longer chains, in order."), msg.T("No action needed if the node sends the whole chain. Check it with uccx-tui probe after the restart."), "SIG-5"}, lookChainDeep, nil},
		{entry{"name-form-java", Warning, "", msg.T("OpenSSL and RFC 5280 7.1 see the same name. Java, which nodes and their peers run, does not if a string type such as BMPString or TeletexString differs."), msg.T("Ask the CA for certificates that write its name in one form (UTF8String), or try the upload on one node first."), "SIG-5"}, lookNameFormJava, nil},
		{entry{"name-form", Note, "", msg.T("The CA wrote its name with another string type, letter case or spacing. By RFC 5280 7.1 it is the same name."), msg.T("No action needed: nodes and browsers compare the names, not the bytes."), "SIG-5"}, lookNameForm, nil},
		{entry{"path", Fault, "", msg.T("A CA in the chain is not allowed to sign the certificate below it."), msg.T("Ask the CA for the correct chain."), "SIG-5"}, lookPath, nil},
		{entry{"authority-id", Fault, "", msg.T("OpenSSL and Java, which nodes and their peers run, do not take that CA for the issuer, although its key signed."), msg.T("Ask the CA for the CA certificate that the certificate names, or for a certificate that names this one."), "SIG-5"}, lookAuthorityID, nil},
		{entry{"constraints", Fault, "", msg.T("A CA in the chain is limited to some domains (Name Constraints). Clients refuse other names."), msg.T("Use a CA that is allowed to sign for this domain."), "SIG-5"}, lookConstraints, nil},
		{entry{"ca-expired", Fault, saysExpired, msg.T("A CA in the chain has expired. Nodes refuse expired certificates in tomcat-trust."), msg.T("Ask the CA for its current chain."), "SIG-5"}, lookCAExpired, nil},
		{entry{"ca-not-yet", Fault, "", msg.T("The CA renewed its certificate early, or its clock is wrong."), msg.T("Ask the CA for its current chain, or wait until then."), "SIG-5"}, lookCANotYet, nil},
		{entry{"ca-weak", Warning, "", msg.T("Clients refuse a chain signed with SHA-1 or MD5, or with an RSA key below 2048 bits."), msg.T("Ask the CA for a chain with SHA-256 or stronger."), "SIG-5"}, lookCAWeak, nil},
		{entry{"ca-eku", Warning, "", msg.T("Extended Key Usage limits a CA in the chain to other purposes."), msg.T("Ask the CA which of its CAs may issue for these purposes."), "SIG-5"}, lookCAEKU, nil},
		{entry{"ca-ends-first", Warning, "", msg.T("The chain becomes invalid on that day, before the certificate expires."), msg.T("Plan the next change before that day."), "SIG-5"}, lookCAEndsFirst, nil},
	}
}

func storeChecks() []check {
	return []check{
		{entry{"kept-out", Fault, saysCA, msg.T("tomcat-trust keeps one certificate per name, the one with the later start date. The other upload " +
			"has no effect and reports no error."), msg.T("Ask the CA which one is right. If it is the new one, first delete the old one from tomcat-trust."), "Cisco document 217138"}, lookKeptOut, nil},
		{entry{"kept-renewed", Note, "", msg.T("A trust store keeps one certificate per name, the one with the later start date."), msg.T("No action needed: both validate the same certificates."), "Cisco document 217138"}, lookKeptRenewed, nil},
		{entry{"kept-cross", Warning, "", msg.T("tomcat-trust keeps one certificate per name, the one with the later start date. A cross-signed CA validates " +
			"nothing while its own issuer is missing."), msg.T("Delete the cross-signed certificate from tomcat-trust in OS Administration before you upload, or get the certificate of its issuer and select it too."), "Cisco document 217138"}, lookKeptCross, whyKeptCross},
		{entry{"replaces", Warning, "", msg.T("tomcat-trust keeps one certificate per name. The node will no longer trust what the old one signed."), msg.T("Make sure that no peer still uses a certificate from the old CA."), "Cisco document 217138"}, lookReplaces, nil},
		{entry{"replaces-cross", Note, "", msg.T("tomcat-trust keeps one certificate per name, the one with the later start date. From then on, this CA " +
			"depends on the CA that cross-signed it."), msg.T("No action needed while that CA stays in tomcat-trust."), "Cisco document 217138"}, lookReplacesCross, nil},
		{entry{"file-name", Note, "", msg.T("Nodes name the file after the common name and serial, and replace characters that are not allowed."), msg.T("No action needed: uccx-tui finds it by its content."), "Unified CM Security Guide 14"}, lookFileName, nil},
	}
}

// remarks is what the verdict says about files, and about the set of them. Where a finding knows more, it says so in
// place of the cause or the cure that stand here.
func remarks() []entry {
	return []entry{
		{"partly", Warning, "", msg.Text{}, msg.T("Copy the whole file again if something is missing."), ""},
		{"damaged", Warning, "", msg.T("The file is damaged, or of a type that nodes refuse."), msg.T("Copy the whole file again if something is missing."), ""},
		{"beside", Note, "", msg.T("It often comes with certificates, but is not one."), msg.T("No action needed: leave it out."), ""},
		{"key", Warning, "", msg.T("The key was generated outside the node."), msg.T("Delete the file and tell the CA: the node's key never leaves the node. uccx-tui did not read the " +
			"key."), "SIG-1"},
		{"several", Note, "", msg.T("The CA issued it more than once."), msg.T("No action needed, unless you want an older one: then select only that file."), "SIG-3"},
		{"stranger", Warning, "", msg.T("It is for another node or an older CSR."), msg.T("Do not select it."), "SIG-3"},
		{"key-mismatch", Fault, saysKey, msg.T("The CA signed an older CSR, or the CSR has been generated again since then."), msg.T("Ask the CA to sign the CSR in the outbox."), "SIG-1"},
		{"as-ca", Fault, "", msg.T("The CA used a template for subordinate CAs (Basic Constraints: CA)."), msg.T("Ask the CA to reissue it with a web server template."), "SIG-3"},
		{"missing", Fault, "", msg.T("Its file was not selected, or the CA did not send it."), msg.T("Select its file too, or ask the CA for it."), "SIG-3"},
		{"chain", Fault, saysCA, msg.T("The CA did not send all CA certificates up to the root."), msg.Text{}, "SIG-5"},
		{"from-store", Note, "", msg.T("The CA did not send the whole chain, as is usual for a renewal. The node's tomcat-trust contains the rest."), msg.T("No action needed: certificates that are there already are not uploaded again."), "SIG-5"},
		{"left-out", Note, "", msg.T("tomcat-trust keeps one certificate per name, and the chain does not need this one."), msg.T("Do not upload it."), "Cisco document 217138"},
		{"fetched", Warning, "", msg.T("It came over plain HTTP. Its key signed the certificate below it; nothing more is known about it."), msg.T("Compare the fingerprint with the one on the CA's web page before you upload it."), "SIG-4"},
		{"not-ca", Fault, saysCA, msg.T("It is not marked as a CA (Basic Constraints). Clients refuse what it signed."), msg.T("Ask the CA for the right certificate of its CA."), "SIG-5"},
		{"same-cn", Warning, "", msg.T("tomcat-trust keeps one certificate per name. The later upload replaces the earlier one, or has no " +
			"effect if its start date is earlier."), msg.T("Ask the CA whether one of them can be left out."), "Cisco document 217138"},
		{"empty", Fault, "", msg.Text{}, msg.T("Select the files that the CA sent."), ""},
		{"unreadable", Fault, saysForm, msg.Text{}, msg.T("Select the files that the CA sent."), ""},
		{"converted", Note, "", msg.T("Nodes accept one certificate per PEM file, with Unix line ends."), msg.T("No action needed: uccx-tui converted and split it. The files are unchanged."), "VVB 12.5 OS Administration Guide"},
		{"csr", Fault, saysForm, msg.Text{}, msg.T("A CSR goes to the CA. Select what the CA sent back."), ""},
	}
}

// fill completes a finding with what stands fixed about it.
func (e entry) fill(f Finding) Finding {
	f.Code, f.Severity, f.Says, f.Guess, f.Rule = e.code, e.severity, e.says, guessed(e.says), e.rule
	if f.Fact == "" {
		f.Fact = citations()[e.code]
	}
	if f.Cause.IsZero() {
		f.Cause = e.cause
	}
	if f.Cure.IsZero() {
		f.Cure = e.cure
	}
	f.File, f.Node, f.What, f.Cause, f.Cure, f.Fact = Printable(f.File), Printable(f.Node), printableText(f.What), printableText(f.Cause), printableText(f.Cure), Printable(f.Fact)
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
		f.Cause, f.Fact = n.Cause(), n.Cited().String()
	}
}

func whyKeptCross(p pair, f *Finding) {
	for _, ca := range p.chain.CAs {
		if held := Rival(p.req.Held, ca); held != nil && sameKey(ca, held) && !p.vouches(held) {
			f.Cure = msg.T("Delete %s (serial %s, signed by %s) from tomcat-trust in OS Administration before you upload, or get the certificate of %s and select it too.",
				Name(held), Serial(held), IssuerOf(held), IssuerOf(held))
		}
	}
}
