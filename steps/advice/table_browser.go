package advice

import (
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// adviceBrowserCodes is what browsers refuse in a certificate, by the codes that they print.
func adviceBrowserCodes() []Advice {
	return []Advice{{
		ID: "browser-key-usage", Group: "browser", Symptom: msg.T("ERR_SSL_KEY_USAGE_INCOMPATIBLE, SEC_ERROR_INADEQUATE_KEY_USAGE"),
		Cause: msg.T("Key Usage of the certificate lacks Digital Signature (or Key Encipherment for old RSA ciphers). Chrome 117 and later check it under private roots too; Firefox and Java do as well."),
		Cure:  msg.T("Have the CSR signed again with Digital Signature and Key Encipherment. Check the reply with uccx-tui check."),
		Rules: []string{"SIG-3"}, Source: "Chrome enterprise release notes 117; RFC 5280 4.2.1.3", Link: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3", Step: plan.StepReply,
		Codes: "ERR_SSL_KEY_USAGE_INCOMPATIBLE SEC_ERROR_INADEQUATE_KEY_USAGE X509_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE",
		Words: `key\s*usage\s+does\s+not\s+(allow|permit)\s+(digital|key)`,
	}, {
		ID: "browser-server-auth", Group: "browser", Symptom: msg.T("The certificate is not made for a server (Extended Key Usage)"),
		Cause: msg.T("Extended Key Usage lacks server authentication: the CA used a template for users, clients or CAs."),
		Cure:  msg.T("Have the CSR signed again with a web server template that has server and client authentication."),
		Rules: []string{"SIG-7"}, Source: "RFC 5280 4.2.1.12", Link: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12", Step: plan.StepReply,
		Codes: "SEC_ERROR_INADEQUATE_CERT_TYPE X509_V_ERR_INVALID_PURPOSE 0x800B0110 CERT_E_WRONG_USAGE 0x800B0106 CERT_E_PURPOSE",
		Words: `does not permit use for TLS server|unsupported certificate purpose|incompatible key usage`, look: looks{signUsages},
	}, {
		ID: "browser-weak-signature", Group: "browser", Symptom: msg.T("The certificate is signed with SHA-1 or MD5"),
		Cause: msg.T("The certificate, or a CA certificate below the root, is signed with an algorithm that clients refuse."),
		Cure:  msg.T("Have the CSR signed again with SHA-256 or stronger. If an intermediate is signed with SHA-1, the CA must renew it too."),
		Rules: []string{"PRE-4", "SIG-3"}, Source: "Chrome help; Mozilla, error codes", Link: linkFirefox, Step: plan.StepReply,
		Codes: "ERR_CERT_WEAK_SIGNATURE_ALGORITHM SEC_ERROR_CERT_SIGNATURE_ALGORITHM_DISABLED X509_V_ERR_CA_MD_TOO_WEAK 0x80090331 SEC_E_ALGORITHM_MISMATCH",
		Words: `(constraints?\s+check\s+failed|algorithm)\b.*\b(SHA-?1|MD[25])|insecure\s+algorithm|\bmd too weak|signature digest algorithm too weak|(SHA-?1|MD5)with(RSA|ECDSA).*(disabled|refused|not\s+(supported|allowed))`,
	}, {
		ID: "browser-weak-key", Group: "browser", Symptom: msg.T("The key of the certificate is too short"),
		Cause: msg.T("The certificate or a CA above it has an RSA key below 2048 bits."),
		Cure:  msg.T("Generate a new CSR with 2048 bits and have it signed. A CA with a short key must be replaced."),
		Rules: []string{"PRE-4"}, Source: "CA/Browser Forum Baseline Requirements 6.1.5", Link: "https://cabforum.org/working-groups/server/baseline-requirements/", Step: plan.StepCSR,
		Codes: "ERR_CERT_WEAK_KEY MOZILLA_PKIX_ERROR_INADEQUATE_KEY_SIZE X509_V_ERR_EE_KEY_TOO_SMALL X509_V_ERR_CA_KEY_TOO_SMALL",
		Words: `constraints?\s+check\s+failed\b.*(keysize|key\s*size)|(ee|ca|certificate) key too (small|weak)|do not conform to algorithm constraints`,
	}, {
		ID: "browser-validity", Group: "browser", Symptom: msg.T("NET::ERR_CERT_VALIDITY_TOO_LONG"),
		Cause: msg.T("The certificate of a public CA is valid for longer than browsers allow: 398 days, or 200 days if it begins " +
			"on 15 March 2026 or later. Private roots have no such limit."),
		Cure: msg.T("Have the CA issue one with a shorter validity. If your own CA issued it, its root must not be one that the " +
			"browser treats as public."),
		Rules: []string{"SIG-3"}, Source: "CA/Browser Forum ballot SC-081v3; uccx-tui facts lifetime", Link: "https://cabforum.org/2025/04/11/ballot-sc081v3-introduce-schedule-of-reducing-validity-and-data-reuse-periods/",
		Step: plan.StepReply, Codes: "ERR_CERT_VALIDITY_TOO_LONG",
	}, {
		ID: "browser-transparency", Group: "browser", Symptom: msg.T("NET::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED"),
		Cause: msg.T("The certificate chains to a public root but has no timestamps of Certificate Transparency logs (SCT). Often a private CA is a subordinate of a public one, or the " +
			"CA issued it without logging."),
		Cure:  msg.T("Ask the CA for a logged certificate. For a private CA, an administrator may set the Chrome policy CertificateTransparencyEnforcementDisabledForCas."),
		Rules: []string{"PRE-7"}, Source: "Chrome, Certificate Transparency policy", Link: "https://googlechrome.github.io/CertificateTransparency/ct_policy.html", Step: plan.StepReply,
		Codes: "ERR_CERTIFICATE_TRANSPARENCY_REQUIRED MOZILLA_PKIX_ERROR_INSUFFICIENT_CERTIFICATE_TRANSPARENCY",
	}, {
		ID: "cert-invalid", Group: "browser", Symptom: msg.T("NET::ERR_CERT_INVALID: the certificate is malformed or breaks a rule"),
		Cause: msg.T("The client cannot read the certificate, or it breaks a rule of RFC 5280: an unknown critical extension, a duplicate extension, a bad encoding, a CA in place of a server certificate."),
		Cure:  msg.T("Run uccx-tui check on the file, or uccx-tui probe HOST on the node: they name the fault. Then have it reissued."),
		Rules: []string{"SIG-3"}, Source: "Chromium, net_error_list.h; RFC 5280", Link: "https://www.rfc-editor.org/rfc/rfc5280", Step: plan.StepReply,
		Codes: "ERR_CERT_INVALID ERR_CERT_CONTAINS_ERRORS ERR_SSL_SERVER_CERT_BAD_FORMAT SEC_ERROR_BAD_DER 0x80093103 CRYPT_E_ASN1_CORRUPT",
		Words: `x509: malformed`,
	}}
}

// adviceBrowserRules are the other refusals of browsers.
func adviceBrowserRules() []Advice {
	return []Advice{{
		ID: "cert-revoked", Group: "browser", Symptom: msg.T("The certificate has been revoked"),
		Cause: msg.T("The CA revoked the certificate or a CA above it: at your request, after a new order, or because it was " +
			"issued by mistake."),
		Cure: msg.T("Ask the CA for the reason. Generate a new CSR and have it signed; if an intermediate was revoked, get the " +
			"current chain. A revoked certificate cannot be restored."),
		Rules: []string{"SIG-1", "SIG-3"}, Source: "RFC 5280 5; Chrome help", Link: linkChrome, Step: plan.StepCSR,
		Codes: "ERR_CERT_REVOKED SEC_ERROR_REVOKED_CERTIFICATE SSL_ERROR_REVOKED_CERT_ALERT X509_V_ERR_CERT_REVOKED 0x80092010 CRYPT_E_REVOKED 0x800B010C CERT_E_REVOKED",
		Words: `certificate\s+(has\s+been|was|is)?\s*revoked|certificate_revoked|CertificateRevokedException`,
	}, {
		ID: "cert-constraint", Group: "browser", Symptom: msg.T("A CA in the chain cannot sign this name (Name Constraints)"),
		Cause: msg.T("A CA above the certificate is limited to some domains, and a name in the certificate is outside them."),
		Cure:  msg.T("Use a CA that may sign for this domain, or remove the name from the CSR and have it signed again."),
		Rules: []string{"SIG-5"}, Source: "RFC 5280 4.2.1.10", Link: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10", Step: plan.StepReply,
		Codes: "ERR_CERT_NAME_CONSTRAINT_VIOLATION SEC_ERROR_CERT_NOT_IN_NAME_SPACE X509_V_ERR_PERMITTED_VIOLATION X509_V_ERR_EXCLUDED_VIOLATION",
		Words: `name\s+constraints?\s+(check|violat)|not allowed to sign for these names|(permitted|excluded) subtree violation|(is not permitted|is excluded) by (any )?(constraint|DNS)`,
	}, {
		ID: "cert-staple", Group: "browser", Symptom: msg.T("MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING"),
		Cause: msg.T("The certificate has the extension must-staple (TLS feature), and the server sends no OCSP response with it. " +
			"No node is known to send one."),
		Cure:  msg.T("Have the CSR signed again without must-staple."),
		Rules: []string{"SIG-3"}, Source: "RFC 7633 4.2.3", Link: "https://www.rfc-editor.org/rfc/rfc7633", Step: plan.StepReply, Codes: "MOZILLA_PKIX_ERROR_REQUIRED_TLS_FEATURE_MISSING",
	}, {
		ID: "cert-serial", Group: "browser", Symptom: msg.T("SEC_ERROR_REUSED_ISSUER_AND_SERIAL"),
		Cause: msg.T("Firefox knows another certificate with the same issuer and serial. Typical causes: a private CA that was " +
			"set up again under its old name, or a regenerated self-signed certificate."),
		Cure:  msg.T("Have the CA issue a certificate with a new, random serial. On the PC, delete the old certificate in Firefox (Settings, Certificates) or use a new profile."),
		Rules: []string{"SIG-3"}, Source: "Mozilla, error codes", Link: linkFirefox, Step: plan.StepReply, Codes: "SEC_ERROR_REUSED_ISSUER_AND_SERIAL",
	}, {
		ID: "cert-as-ca", Group: "browser", Symptom: msg.T("MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY"),
		Cause: msg.T("The server presents a CA certificate (Basic Constraints: CA). The CA used a template for subordinate CAs, or the wrong file was installed."),
		Cure:  msg.T("Have the CSR signed again with a web server template. uccx-tui check shows it before the upload."),
		Rules: []string{"SIG-3", "SIG-7"}, Source: "Mozilla, error codes", Link: linkFirefox, Step: plan.StepReply, Codes: "MOZILLA_PKIX_ERROR_CA_CERT_USED_AS_END_ENTITY",
	}}
}

// adviceBrowserLine is what is between a browser and a server: what the server asks for, and who answers in its place.
func adviceBrowserLine() []Advice {
	return []Advice{{
		ID: "browser-client-cert", Group: "browser", Symptom: msg.T("The server asks for a client certificate, or refuses it"),
		Cause: msg.T("The server wants a client certificate: the wrong one was chosen, it expired, or the server does not trust " +
			"its CA. UCCX agents need none: probably a proxy or a single sign-on page in between asks for it."),
		Cure: msg.T("Cancel the certificate prompt, or choose the right certificate. Find out with uccx-tui probe HOST which " +
			"server answers."),
		Source: "Chromium, net_error_list.h", Link: linkChrome, Codes: "ERR_BAD_SSL_CLIENT_AUTH_CERT ERR_SSL_CLIENT_AUTH_CERT_NEEDED ERR_SSL_CLIENT_AUTH_NO_COMMON_ALGORITHMS ERR_SSL_CLIENT_AUTH_PRIVATE_KEY_ACCESS_DENIED",
		Words: `certificate_required|alert certificate required|tls: certificate required`,
	}, {
		ID: "browser-intercepted", Group: "browser", Symptom: msg.T("A proxy or a virus scanner replaces the certificate"),
		Cause: msg.T("A program between the PC and the node inspects TLS, and its CA is not trusted by the browser."),
		Cure:  msg.T("Exempt the nodes from inspection, or distribute the CA of the proxy. Compare the issuer in the browser with that of uccx-tui probe HOST."),
		Rules: []string{"SELF-4"}, Source: "Mozilla, error codes", Link: linkFirefox, Codes: "MOZILLA_PKIX_ERROR_MITM_DETECTED ERR_CERT_KNOWN_INTERCEPTION_BLOCKED",
	}, {
		ID: "browser-unreached", Group: "browser", Symptom: msg.T("The browser does not reach the server"),
		Cause: msg.T("No certificate is at fault: the name does not resolve, the port is closed, or the network drops the connection. After a restart the service may not be up yet."),
		Cure:  msg.T("Check DNS and the network path. uccx-tui probe HOST shows which ports answer. After a restart, wait up to 30 minutes."),
		Rules: []string{"PRE-2"}, Source: "Chromium, net_error_list.h", Link: linkChrome,
		Codes: "ERR_NAME_NOT_RESOLVED ERR_CONNECTION_REFUSED ERR_CONNECTION_TIMED_OUT ERR_TIMED_OUT ERR_CONNECTION_RESET ERR_CONNECTION_CLOSED ERR_ADDRESS_UNREACHABLE ERR_INTERNET_DISCONNECTED",
		Words: `no such host|connection refused|could not resolve host`,
	}}
}
