package facts

import (
	"fmt"
	"slices"
	"strings"
)

// Fact is one statement with its source.
type Fact struct {
	ID     string // stable, in small letters
	Topic  string // one of the constants below
	About  string // products or CAs
	Text   string
	Source string // the document, with its revision
	Date   string // day of that document, as 2026-05-13; month where no more is known
	Link   string // where the document is, or ""
}

// Topics of facts.
const (
	topicReleases   = "releases"
	topicClientAuth = "client authentication"
	topicChains     = "chains"
	topicBrowsers   = "browsers"
	topicLifetime   = "lifetime"
	topicNames      = "names"
	topicUpgrades   = "upgrades"
	topicEnrolment  = "enrolment"

	topicRoots = "public roots"
)

// Dated is how a finding cites a fact: the source and its date.
func (f Fact) Dated() string { return f.Source + " (" + f.Date + ")" }

// All lists every fact, topic by topic.
func All() []Fact {
	return slices.Concat(builds(), notices(), clientAuth(), chains(), browsers(), lifetimes(), names(), others(), roots())
}

// Get returns the fact with that id; the zero Fact where there is none.
func Get(id string) Fact {
	for _, f := range All() {
		if f.ID == id {
			return f
		}
	}
	return Fact{}
}

// Find lists the facts in which all the words occur, whatever their case.
func Find(words []string) []Fact {
	var found []Fact
	for _, f := range All() {
		text := strings.ToLower(strings.Join([]string{f.ID, f.Topic, f.About, f.Text, f.Source, f.Date}, " "))
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) }) {
			found = append(found, f)
		}
	}
	return found
}

func builds() []Fact {
	var all []Fact
	for _, b := range builtBy() {
		all = append(all, Fact{"build-" + b.ID, topicReleases, b.About, b.Text, b.Source, b.Date, ""})
	}
	return append(all, Fact{"cce-15-su2", topicReleases, "Finesse, CUIC, Live Data, IdS, VVB, Cloud Connect",
		"15.0(1)SU2 is released; the CLI does not name the service update, the build number does. Update both nodes in one change window",
		"Release notes of CCE 15.0(1)SU2/ES202607", "2026-07-31", ""})
}

func notices() []Fact {
	var all []Fact
	for _, n := range Notices() {
		all = append(all, Fact{strings.ToLower(n.ID) + n.suffix(), topicClientAuth, n.title().String(), n.text(), n.ID + " " + n.Revision, n.Date, n.Link})
	}
	return all
}

func clientAuth() []Fact {
	return []Fact{
		{"chrome-client-auth", topicClientAuth, "public CAs", "New intermediate CAs are for server authentication only since 15 June 2026; new certificates from 15 March 2027 on",
			"Chrome Root Program Policy 1.8", "2026-02-05", ""},
		{"letsencrypt-client-auth", topicClientAuth, "Let's Encrypt", "Client authentication ended: by default on 11 February 2026, for all on 8 July 2026",
			"letsencrypt.org and krakenkey.io", "2026-05-13", "https://www.krakenkey.io/blog/lets-encrypt-generation-y-transition"},
		{"digicert-client-auth", topicClientAuth, "DigiCert", "Client authentication is left out by default since 1 October 2025 and ends for all on 1 March 2027 (before Chrome's extension: 1 May 2026, " +
			"which other sources still name)", "DigiCert knowledge base, ALERT53", "2026-03-03", "https://knowledge.digicert.com/alerts/sunsetting-client-authentication-eku-from-digicert-public-tls-certificates"},
		{"sectigo-client-auth", topicClientAuth, "Sectigo", "Client authentication ended on 15 May 2026; resellers name 10 February 2027 for what was extended: ask before you order",
			"krakenkey.io, eurossl.eu, comparecheapssl.com", "2026-06", ""},
	}
}

func chains() []Fact {
	return []Fact{
		{"letsencrypt-gen-y", topicChains, "Let's Encrypt", "Generation Y is the default since 13 May 2026: intermediates YR1 to YR3 and YE1 to YE3, without client authentication, under the roots YR and YE. " +
			"Each root exists twice under one name: self-signed, and cross-signed by ISRG Root X1 or X2", "letsencrypt.org, Generation Y hierarchy", "2025-11-24", "https://letsencrypt.org/2025/11/24/gen-y-hierarchy.html"},
		{"sectigo-roots", topicChains, "Sectigo", "Since 1 January 2026 all public certificates come from the roots R46 and E46 (Sectigo Public Server Authentication Root). " +
			"The bundle holds them cross-signed by USERTrust, under the name of the self-signed root", "help.sectigostore.com 22000293611", "2026-01-01", ""},
		{"incommon-chain", topicChains, "InCommon", "New chain since 4 May 2026", "Knowledge base of UC Berkeley", "2026-05-04", ""},
		{"digicert-g1", topicChains, "DigiCert", "Chrome and Firefox removed the first generation of roots (DigiCert Global Root CA, Assured ID Root CA and others) on 15 April 2026; G2 and G3 are the default " +
			"since 8 March 2023. DigiCert revoked multi-purpose intermediates under G2 and G3 on 15 May 2026", "DigiCert knowledge base, ALERT86", "2026-04-08",
			"https://knowledge.digicert.com/alerts/digicert-tls-root-strategy-aligning-with-industry-standards"},
		{"acme-no-root", topicChains, "all CAs with ACME", "A server of ACME may leave out the root, and public ones do: what it sends is the certificate and its intermediates", "RFC 8555 9.1", "2019-03", "https://www.rfc-editor.org/rfc/rfc8555"},
		{"java-path-length", topicChains, "Java, so all nodes", "Java builds a chain with at most 5 intermediates, unless the server sends all of them in order",
			"Java SE 17 API, PKIXBuilderParameters.setMaxPathLength", "2021-09-14", "https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/security/cert/PKIXBuilderParameters.html"},
		{"java-chain-length", topicChains, "Java, so all nodes", "Java refuses a handshake in which the server sends more than 10 certificates, and a client more than 8 (jdk.tls.maxCertificateChainLength: 10 for both in " +
			"older releases)", "OpenJDK change 8311596", "2023-10", "https://github.com/openjdk/jdk/commit/0064cf90ff7d575f3500a05e234dd795b15240b2"},
		{"names-java", topicChains, "Java, so all nodes", "Java folds PrintableString and UTF8String when it compares names, and compares BMPString, TeletexString and IA5String byte by byte",
			"OpenJDK 17, sun.security.x509.AVA, tried with 17.0.15", "2026-11", ""},
		{"names-equal", topicChains, "all", "Names of issuer and subject are equal whatever their string type, letter case and number of blanks", "RFC 5280 7.1", "2008-05", "https://www.rfc-editor.org/rfc/rfc5280"},
	}
}

func browsers() []Fact {
	return []Fact{
		{"chrome-key-usage", topicBrowsers, "Chrome and Edge", "Since Chrome 117 a certificate for RSA whose Key Usage lacks Digital Signature is refused (ERR_SSL_KEY_USAGE_INCOMPATIBLE), also under a root that was added by hand; " +
			"Java refuses it too", "Chrome enterprise release notes, by iyenn.com", "2023-09", ""},
		{"chrome-common-name", topicBrowsers, "Chrome and Edge", "Since Chrome 58 the common name is ignored: the FQDN must be among the names (SAN)", "Chrome 58 release notes", "2017-04", ""},
		{"must-staple", topicBrowsers, "Firefox", "A certificate with the TLS feature status_request (must-staple) is refused if the server staples no OCSP response. No node is known to staple one", "RFC 7633 4.2.3", "2015-10",
			"https://www.rfc-editor.org/rfc/rfc7633"},
		{"critical-extensions", topicBrowsers, "all clients", "A certificate with a critical extension that the client does not know is refused", "RFC 5280 4.2", "2008-05", "https://www.rfc-editor.org/rfc/rfc5280"},
		{"precertificate", topicBrowsers, "all clients", "A precertificate is signed for the logs alone and bears a critical poison extension (1.3.6.1.4.1.11129.2.4.3), so that no client takes it", "RFC 6962 3.1", "2013-06",
			"https://www.rfc-editor.org/rfc/rfc6962"},
	}
}

func lifetimes() []Fact {
	var all []Fact
	for _, l := range Lifetimes() {
		all = append(all, Fact{fmt.Sprintf("lifetime-%d", l.Days), topicLifetime, "public CAs",
			fmt.Sprintf("A certificate of a public CA that begins on %s or later is valid for %d days at most", l.Since.Format("2 January 2006"), l.Days), LifetimesSource, LifetimesDate, ""})
	}
	return append(all, Fact{"letsencrypt-45-days", topicLifetime, "Let's Encrypt", "The profile tlsserver issues for 45 days since 13 May 2026", "krakenkey.io", "2026-05-13",
		"https://www.krakenkey.io/blog/lets-encrypt-generation-y-transition"})
}

func names() []Fact {
	return []Fact{
		{"internal-names", topicNames, "public CAs", "No public CA signs internal names (.local, .lan, host names without a domain) or private IP addresses", "CA/Browser Forum Baseline Requirements 4.2.2 and 7.1.2.7.12",
			"2023-09", "https://cabforum.org/working-groups/server/baseline-requirements/"},
		{"staging-cas", topicNames, "ACME and test CAs", "CAs for tests are trusted by no client; Let's Encrypt marks its own with (STAGING)", "letsencrypt.org, staging environment", "2025-11", "https://letsencrypt.org/docs/staging-environment/"},
	}
}

func others() []Fact {
	return []Fact{
		{"upgrade-expired", topicUpgrades, "Unified CM", "An upgrade to 12.5(1)SU6, 14SU2 or later does not carry expired trust certificates over", "Unified CM 15 Security Guide", "2023-12", ""},
		{"no-acme-on-vos", topicEnrolment, "all nodes", "No ACME and no automatic enrolment was found for the platform itself; Webex Control Hub's certificate service is the only tool of the vendor", "guides and DevNet copies, searched",
			"2026-08", ""},
	}
}
