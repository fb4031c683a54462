package advice

import (
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// certreqLine submits a CSR under a template. The name of a template is not its display name.
const certreqLine = `certreq -submit -attrib "CertificateTemplate:WebServer" uccx1.csr uccx1.cer`

// adviceTemplates are the refusals of a Windows CA (AD CS) that are about templates.
func adviceTemplates() []Advice {
	certreq := "https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/certreq_1"
	return []Advice{{
		ID: "adcs-no-template", Group: "ca", Symptom: msg.T("AD CS 0x80094801: the request does not contain a certificate template"),
		Cause: msg.T("An enterprise CA needs a template name, and the CSR of a node has none."),
		Cure:  msg.T("Submit it with the template: " + certreqLine + ". Or paste it on the page http://CA/certsrv and choose the template there."),
		Rules: []string{"SIG-3"}, Source: "Microsoft, certreq", Link: certreq, Step: plan.StepOutbox,
		Codes: "0x80094801 CERTSRV_E_NO_CERT_TYPE", Words: `does not contain a certificate template`,
	}, {
		ID: "adcs-template-unsupported", Group: "ca", Symptom: msg.T("AD CS 0x80094800: the template is not supported by this CA"),
		Cause: msg.T("The template is not published on this CA, its name is wrong (the display name was used), or the account may not see it."),
		Cure:  msg.T("List the templates of the CA: certutil -CATemplates. Publish it (Certification Authority, Certificate Templates, New), then: " + certreqLine + "."),
		Rules: []string{"SIG-3"}, Source: "Microsoft, certreq and certutil", Link: certreq, Step: plan.StepOutbox,
		Codes: "0x80094800 CERTSRV_E_UNSUPPORTED_CERT_TYPE 0x80094813 CERTSRV_E_UNKNOWN_CERT_TYPE", Words: `template is not supported by this CA`,
	}, {
		ID: "adcs-template-denied", Group: "ca", Symptom: msg.T("AD CS 0x80094012: no permission to enroll for this template"),
		Cause: msg.T("The account that submits the request lacks the Enroll permission on the template."),
		Cure:  msg.T("Give the account Read and Enroll on the template, or submit with an account that has them: " + certreqLine + "."),
		Rules: []string{"SIG-3"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepOutbox,
		Codes: "0x80094012 CERTSRV_E_TEMPLATE_DENIED", Words: `permissions on th(e|is) certificate template do not allow`,
	}, {
		ID: "adcs-template-dns", Group: "ca", Symptom: msg.T("AD CS 0x8009480F: the DNS name is unavailable"),
		Cause: msg.T("The template builds the subject from Active Directory, and the account that submits the request has no DNS name. The names of the CSR are not used at all."),
		Cure:  msg.T("Use a template with \"Supply in the request\" (such as WebServer, or a copy of it): " + certreqLine + ". A certificate built from Active Directory would have the wrong names."),
		Rules: []string{"SIG-3", "TRB-2"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepOutbox,
		Codes: "0x8009480F CERTSRV_E_SUBJECT_DNS_REQUIRED 0x8009480D CERTSRV_E_SUBJECT_UPN_REQUIRED 0x80094812 CERTSRV_E_SUBJECT_EMAIL_REQUIRED 0x8009480E CERTSRV_E_SUBJECT_DIRECTORY_GUID_REQUIRED",
		Words: `(DNS\)?|UPN|e-?mail) name is (unavailable|required) and cannot be added|cannot be added to the subject alternate name`,
	}, {
		ID: "adcs-template-key", Group: "ca", Symptom: msg.T("AD CS 0x80094811: the key is shorter than the template allows"),
		Cause: msg.T("The template asks for a longer key than that of the CSR, or for another algorithm (RSA or EC)."),
		Cure:  msg.T("Lower the minimum key size of the template to 2048, or generate the CSR with a longer key where the release offers it (PRE-4). Then: " + certreqLine + "."),
		Rules: []string{"PRE-4", "SIG-3"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepCSR,
		Codes: "0x80094811 CERTSRV_E_KEY_LENGTH", Words: `does not meet the minimum size required by the (specified )?certificate template`,
	}, {
		ID: "adcs-template-signature", Group: "ca", Symptom: msg.T("AD CS: the template asks for signatures or policies on the request"),
		Cause: msg.T("The template requires the request to be signed by an enrollment agent, or with an issuance policy. The CSR of a node is not."),
		Cure:  msg.T("Use a template without \"This number of authorized signatures\": " + certreqLine + "."),
		Rules: []string{"SIG-3"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepOutbox,
		Codes: "0x80094808 CERTSRV_E_TEMPLATE_POLICY_REQUIRED 0x80094809 CERTSRV_E_SIGNATURE_POLICY_REQUIRED 0x8009480A CERTSRV_E_SIGNATURE_COUNT 0x8009480B CERTSRV_E_SIGNATURE_REJECTED 0x8009480C CERTSRV_E_ISSUANCE_POLICY_REQUIRED",
	}, {
		ID: "adcs-template-archive", Group: "ca", Symptom: msg.T("AD CS: the template wants the private key archived"),
		Cause: msg.T("The template archives private keys. The key of a node never leaves it, so such a template cannot be used."),
		Cure:  msg.T("Use a template without \"Archive subject's encryption private key\": " + certreqLine + "."),
		Rules: []string{"SIG-1", "SIG-3"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepOutbox, Codes: "0x80094804 CERTSRV_E_ARCHIVED_KEY_REQUIRED",
	}}
}

// adviceRequests are the other refusals of a Windows CA.
func adviceRequests() []Advice {
	return []Advice{{
		ID: "adcs-conflict", Group: "ca", Symptom: msg.T("AD CS 0x80094802: conflicting template information"),
		Cause: msg.T("The request itself names a template, but a different one was given when it was submitted."),
		Cure:  msg.T("Submit it with the template that it names, or submit the CSR as the node made it: " + certreqLine + "."),
		Rules: []string{"SIG-3"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepOutbox,
		Codes: "0x80094802 CERTSRV_E_TEMPLATE_CONFLICT", Words: `conflicting template information`,
	}, {
		ID: "adcs-san", Group: "ca", Symptom: msg.T("AD CS 0x80094803: the request has no subject alternative name"),
		Cause: msg.T("The template wants a SAN in the request. A CSR that was made with an empty Parent Domain may have none."),
		Cure:  msg.T("Generate the CSR with the FQDN among its names (the default), and have that one signed."),
		Rules: []string{"PRE-8"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepCSR,
		Codes: "0x80094803 CERTSRV_E_SUBJECT_ALT_NAME_REQUIRED", Words: `missing a required subject alternat(iv)?e name`,
	}, {
		ID: "adcs-subject", Group: "ca", Symptom: msg.T("AD CS 0x80094001: the subject name is invalid or too long"),
		Cause: msg.T("A part of the subject is longer than X.520 allows (common name and organization 64, country 2 letters), or has characters that the CA refuses."),
		Cure:  msg.T("Correct organization, unit, locality, state and country with set web-security on the node, then generate a new CSR. A long host name cannot be shortened there."),
		Rules: []string{"SIG-1"}, Source: "Microsoft, error codes; X.520", Link: linkWindows, Step: plan.StepCSR,
		Codes: "0x80094001 CERTSRV_E_BAD_REQUESTSUBJECT", Words: `request subject name is invalid or too long`,
	}, {
		ID: "adcs-damaged", Group: "ca", Symptom: msg.T("AD CS: ASN1 bad tag value met, or the request is damaged"),
		Cause: msg.T("The file is not a CSR, or was damaged by a mail program or an editor, with missing or duplicate lines."),
		Cure:  msg.T("Send the file of the outbox as it is. uccx-tui check FILE says what a file is."),
		Rules: []string{"SIG-2", "SIG-3"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepOutbox,
		Codes: "0x8009310B CRYPT_E_ASN1_BADTAG 0x80093102 CRYPT_E_ASN1_EOD 0x80092002 CRYPT_E_BAD_ENCODE", Words: `ASN1 (bad tag|unexpected end|corrupted)`,
	}, {
		ID: "adcs-denied", Group: "ca", Symptom: msg.T("AD CS: the request was denied by the policy module or an administrator"),
		Cause: msg.T("The CA refused the request. The reason follows the words \"Denied by Policy Module\", as a code or a sentence."),
		Cure:  msg.T("Read the reason in the console of the CA (Failed Requests), correct it, and submit the same CSR again. It stays valid."),
		Rules: []string{"SIG-3"}, Source: "Microsoft, error codes", Link: linkWindows, Step: plan.StepOutbox,
		Codes: "0x80094014 CERTSRV_E_ADMIN_DENIED_REQUEST", Words: `denied by policy module\W*$|taken under submission.*denied`,
	}, {
		ID: "adcs-pending", Group: "ca", Symptom: msg.T("AD CS: certificate request is pending, taken under submission"),
		Cause: msg.T("The template or the CA waits for an administrator to issue the certificate."),
		Cure:  msg.T("Have an administrator issue it (Pending Requests), then fetch it with certreq -retrieve ID. Do not generate another CSR."),
		Rules: []string{"SIG-3"}, Source: "Microsoft, certreq", Link: linkWindows, Step: plan.StepReply, Words: `certificate request is pending|taken under submission`,
	}}
}

// adviceACME are the refusals of CAs with ACME.
func adviceACME() []Advice {
	acme := "urn:ietf:params:acme:error:"
	return []Advice{{
		ID: "acme-name", Group: "ca", Symptom: msg.T("ACME rejectedIdentifier: the CA does not sign this name"),
		Cause: msg.T("A public CA signs public names only: no .local or other internal domain, no short name, no private IP address. Or the name is on its block list."),
		Cure:  msg.T("Use a public domain that you own for the FQDN of the nodes, or have a private CA sign the CSR (agents need its root)."),
		Rules: []string{"PRE-7"}, Source: "RFC 8555 6.7; CA/Browser Forum Baseline Requirements 4.2.2", Link: linkACME, Step: plan.StepCSR,
		Codes: acme + "rejectedIdentifier " + acme + "unsupportedIdentifier", Words: `does not end with a valid public suffix|domain name needs at least one dot|cannot issue for`,
	}, {
		ID: "acme-csr", Group: "ca", Symptom: msg.T("ACME badCSR: the CSR does not fit the order"),
		Cause: msg.T("The names of the order and the CSR differ. The order must have every DNS name of the CSR and no other, and " +
			"the common name must be in the SAN."),
		Cure:  msg.T("Order exactly the names that uccx-tui shows for the CSR. If the common name is missing from the SAN (HOST-ms names of multi-server CSRs), generate the CSR with the FQDN as common name."),
		Rules: []string{"PRE-5", "PRE-8"}, Source: "RFC 8555 7.4", Link: "https://www.rfc-editor.org/rfc/rfc8555#section-7.4", Step: plan.StepCSR,
		Codes: acme + "badCSR", Words: `(order|CSR) (includes|contains) (different|more|one or more|extra)\b.*(names|identifiers)|CSR.*not in SAN|same identifiers as order`,
	}, {
		ID: "acme-proof", Group: "ca", Symptom: msg.T("ACME: the CA could not verify that you control the name"),
		Cause: msg.T("The challenge failed: the DNS record or the file is missing, or the CA cannot reach the host. Contact center nodes are rarely reachable from the internet."),
		Cure: msg.T("Use the dns-01 challenge, and check the TXT record _acme-challenge.NAME from the internet. Then order again " +
			"with the same CSR."),
		Rules: []string{"PRE-7"}, Source: "RFC 8555 6.7 and 8", Link: linkACME, Step: plan.StepOutbox,
		Codes: acme + "unauthorized " + acme + "dns " + acme + "connection " + acme + "tls " + acme + "incorrectResponse", Words: `no TXT record found|DNS problem: (NXDOMAIN|SERVFAIL|query timed out)`,
	}, {
		ID: "acme-caa", Group: "ca", Symptom: msg.T("ACME caa: a CAA record forbids this CA"),
		Cause: msg.T("The DNS of the domain has a CAA record that names other CAs."),
		Cure:  msg.T("Add the CA to the CAA record (dig CAA example.com), or use a CA that the record names."),
		Rules: []string{"PRE-7"}, Source: "RFC 8659", Link: "https://www.rfc-editor.org/rfc/rfc8659", Step: plan.StepOutbox,
		Codes: acme + "caa", Words: `CAA record (for .*)?prevents issuance`,
	}, {
		ID: "acme-limit", Group: "ca", Symptom: msg.T("ACME rateLimited: too many certificates or attempts"),
		Cause: msg.T("The CA limits orders by domain, by set of names and by failed attempts in an hour or a week."),
		Cure: msg.T("Wait as long as the message says. You can test with the staging service of the CA, but never install what " +
			"it issues."),
		Source: "Let's Encrypt, rate limits", Link: "https://letsencrypt.org/docs/rate-limits/", Codes: acme + "rateLimited", Words: `too many (certificates|failed authorizations|new orders)`,
	}, {
		ID: "acme-key", Group: "ca", Symptom: msg.T("ACME badPublicKey: the CA does not accept the key"),
		Cause: msg.T("The key is too short, of an unusual type, or known to be weak. Public CAs accept RSA keys of 2048 bits or " +
			"more, and EC keys of 256 or 384 bits."),
		Cure:  msg.T("Generate a new CSR with 2048 bits."),
		Rules: []string{"PRE-4"}, Source: "RFC 8555 6.7", Link: linkACME, Step: plan.StepCSR, Codes: acme + "badPublicKey",
	}}
}
