package reply

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ours reports whether a finding is about what a person here has to do: other files are to be chosen, or another CSR is needed.
func ours(code string) bool {
	return slices.Contains([]string{"empty", "csr", "self-signed", "stranger", "multi-server", "unit", "kept-out", "kept-cross"}, code)
}

// ofChain reports whether a finding is about CA certificates: no request has to be signed again.
func ofChain(code string) bool {
	return slices.Contains([]string{"chain", "not-ca", "path", "ca-expired", "ca-not-yet", "ca-weak", "ca-critical", "chain-long", "name-form-java", "same-cn", "root-unlike", "ca-ends-first"}, code)
}

// problems are what is wrong, where the CA needs other words than people here.
func problems() map[string]msg.Text {
	unread := msg.T("The file cannot be read.")
	return map[string]msg.Text{
		"missing": msg.T("We found no certificate for this server in your files."), "unreadable": unread, "damaged": unread,
		"key":         msg.T("The file contains a private key."),
		"as-ca":       msg.T("This is a CA certificate (Basic Constraints: CA)."),
		"pss":         msg.T("Signed with RSASSA-PSS."),
		"eku":         msg.T("Client authentication is missing from Extended Key Usage."),
		"must-staple": msg.T("The certificate requires OCSP stapling (must-staple)."),
	}
}

// pleas are what the CA is asked to do, by the code of the finding.
func pleas() map[string]msg.Text {
	all := map[string]msg.Text{}
	for _, one := range []struct {
		please msg.Text
		codes  []string
	}{
		{msg.T("Issue it again with exactly the names in the request."), []string{"san", "wildcard"}},
		{msg.T("Issue it again with the FQDN of the server in the SAN."), []string{"fqdn"}},
		{msg.T("Issue both certificates again."), []string{"swapped"}},
		{msg.T("Issue it again without the name of the other server."), []string{"third-node"}},
		{msg.T("Issue it again."), []string{"expired"}},
		{msg.T("Issue it again with a later end date."), []string{"ends-before", "short"}},
		{msg.T("Issue it again with a shorter validity, as browsers require."), []string{"long-life-public"}},
		{msg.T("Issue it again with a start date of today."), []string{"not-yet"}},
		{msg.T("Sign it with SHA-256 or stronger."), []string{"sha1"}},
		{msg.T("Sign it with RSA PKCS#1 v1.5."), []string{"pss"}},
		{msg.T("Sign the attached request. Do not create a new key."), []string{"key-mismatch", "key-kind", "too-large", "too-small"}},
		{msg.T("Sign it with an EC CA. If you have none, tell us."), []string{"ec-by-rsa", "ec-by-rsa-chat"}},
		{msg.T("Issue it again with no critical extensions other than Key Usage and Basic Constraints."), []string{"critical", "critical-cm", "critical-unknown"}},
		{msg.T("Issue it again with server and client authentication."), []string{"eku-server"}},
		{msg.T("Issue it again with server and client authentication, or tell us if this is not possible."), []string{"eku"}},
		{msg.T("Keep the key usages of the request."), []string{"key-usage", "no-signing"}},
		{msg.T("Issue it again with a web server template."), []string{"as-ca"}},
		{msg.T("Issue it again with the common name of the request."), []string{"no-common-name"}},
		{msg.T("Issue it again without must-staple."), []string{"must-staple"}},
		{msg.T("Send the certificate itself, not the precertificate."), []string{"precertificate"}},
		{msg.T("Issue it from your production CA, not from the CA for tests."), []string{"test-ca"}},
		{msg.T("Send the certificate."), []string{"missing"}},
		{msg.T("Send every intermediate certificate and the root."), []string{"chain"}},
		{msg.T("Send the correct CA certificate."), []string{"not-ca"}},
		{msg.T("Send the correct chain."), []string{"path"}},
		{msg.T("Use a CA that is allowed to sign for this domain."), []string{"constraints"}},
		{msg.T("Use a CA that may issue certificates for server and client authentication."), []string{"ca-eku"}},
		{msg.T("Send the current chain."), []string{"ca-expired", "ca-not-yet"}},
		{msg.T("Send a chain with SHA-256 or stronger."), []string{"ca-weak"}},
		{msg.T("Send a chain without critical extensions that clients do not know."), []string{"ca-critical"}},
		{msg.T("Send a shorter chain."), []string{"chain-long"}},
		{msg.T("Send CA certificates that write the name of the CA in one form (UTF8String)."), []string{"name-form-java"}},
		{msg.T("Tell us which of the CA certificates with the same name is right."), []string{"same-cn"}},
		{msg.T("Send it again."), []string{"unreadable", "damaged"}},
		{msg.T("Destroy this key. Sign the attached request and send the certificate only."), []string{"key"}},
	} {
		for _, code := range one.codes {
			all[code] = one.please
		}
	}
	return all
}
