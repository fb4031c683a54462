package advice

import (
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// adviceTrustTLS: one side does not trust the other. The words are those of Java, OpenSSL, Go, curl and Windows.
func adviceTrustTLS() []Advice {
	return []Advice{{
		ID: "tls-untrusted", Group: "tls", Symptom: msg.T("A client does not trust the CA of a server (PKIX path, unknown authority, verify failed)"),
		Cause: msg.T("The root above the server's certificate is not in the trust store of the client, or the server does not send its intermediates. On a node this store is tomcat-trust."),
		Cure: msg.T("On a node: upload the root and every intermediate of the server as tomcat-trust, then restart it (for scripts only Cisco Unified CCX Engine). On a PC: distribute the root. " +
			"uccx-tui probe HOST shows what the server sends."),
		Rules: []string{"REL-3", "SIG-5"}, Source: "Java PKI guide; OpenSSL, verification errors", Link: linkOpenSSL, Step: plan.StepRoot,
		Codes: "X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE X509_V_ERR_CERT_UNTRUSTED " +
			"0x800B0109 CERT_E_UNTRUSTEDROOT 0x80090325 SEC_E_UNTRUSTED_ROOT 0x800B010A CERT_E_CHAINING 0x800B0112 CERT_E_UNTRUSTEDCA",
		Words: `PKIX path (building|validation) failed:.*unable to find valid|unable to find valid certification path|does not chain with any of the trust anchors|signed by unknown authority|` +
			`unable to get (local )?issuer certificate|unable to verify the first certificate|SSL routines\S*:certificate verify failed|^\s*certificate verify failed\s*$|trust anchor for certification path not found|` +
			`certificate is not trusted|untrusted root|no trusted certificate found|peer not authenticated|failed to establish chain from reply`,
		look: looks{signTrust("", "")},
	}, {
		ID: "tls-self-signed", Group: "tls", Symptom: msg.T("self signed certificate in certificate chain"),
		Cause: msg.T("The chain ends in a self-signed certificate that the client does not trust: a private root, a proxy that inspects TLS, or the self-signed certificate of a node."),
		Cure:  msg.T("Compare the issuer with uccx-tui probe HOST. Then add the right root to the trust store of the client: tomcat-trust on a node, Group Policy on PCs."),
		Rules: []string{"SELF-1", "SELF-2"}, Source: "OpenSSL, verification errors 18 and 19", Link: linkOpenSSL, Step: plan.StepRoot,
		Codes: "X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT",
		Words: `^\s*self[- ]signed certificate\s*$|self[- ]signed certificate in (certificate )?chain|(problem|lookup):\s*self[- ]signed|\(self[- ]signed certificate`, Topic: `self[- ]signed`, look: looks{signSelfSigned},
	}, {
		ID: "tls-peer-untrusted", Group: "tls", Symptom: msg.T("The peer refuses our certificate (alert: unknown CA, certificate unknown, bad certificate)"),
		Cause: msg.T("The other side sent this alert: it does not trust the CA of the certificate that it received, or considers " +
			"the certificate invalid. The trust is missing there, not here."),
		Cure: msg.T("Upload the root and intermediates of this node to tomcat-trust of the peer, then restart the peer. If they are there, check date, name, Extended Key Usage and critical " +
			"extensions of this node's certificate with uccx-tui probe."),
		Rules: []string{"REL-1", "REL-2", "SELF-2"}, Source: "RFC 8446 6.2", Link: linkTLS, Step: plan.StepPeerChain,
		Codes: "SSL_ERROR_UNKNOWN_CA_ALERT SSL_ERROR_BAD_CERT_ALERT SSL_ERROR_CERTIFICATE_UNKNOWN_ALERT",
		Words: `alert:?\s*(number\s*)?(unknown[ _]ca|certificate[ _]unknown|bad[ _]certificate|4[268])\b|\bunknown certificate authority|remote error: tls: (bad|unknown) certificate`,
		look:  looks{signTrust("", "")},
	}, {
		ID: "tls-peer-usage", Group: "tls", Symptom: msg.T("The peer refuses our certificate (alert: unsupported certificate)"),
		Cause: msg.T("The other side sent this alert: it does not accept the type or purpose of the certificate. Most often " +
			"Extended Key Usage lacks client authentication."),
		Cure:  msg.T("Check Extended Key Usage of this node's certificate with uccx-tui probe. Have it signed with server and client authentication (see field notice FN74382)."),
		Rules: []string{"SIG-7", "PRE-7"}, Source: "RFC 8446 6.2; Cisco field notice FN74382", Link: linkTLS, Step: plan.StepReply,
		Codes: "SSL_ERROR_UNSUPPORTED_CERT_ALERT",
		Words: `alert:?\s*(number\s*)?(unsupported[ _]certificate|43)\b|tls: unsupported certificate`, look: looks{signUsages},
	}, {
		ID: "tls-no-anchors", Group: "tls", Symptom: msg.T("the trustAnchors parameter must be non-empty"),
		Cause: msg.T("A Java program has an empty trust store, or does not find its file."),
		Cure: msg.T("Give the right file and type: -Djavax.net.ssl.trustStore, -Djavax.net.ssl.trustStoreType. List it with " +
			"keytool -list."),
		Source: "Java PKI guide", Link: linkJava, Words: `trustAnchors parameter must be non-empty`,
	}}
}

// adviceNamesTLS: the name that was opened is not in the certificate.
func adviceNamesTLS() []Advice {
	return []Advice{{
		ID: "tls-name", Group: "tls", Symptom: msg.T("A client opened a name that is not in the certificate (no subject alternative name matching)"),
		Cause: msg.T("The host name or IP address that the client is configured with is not in the SAN of the server's certificate. The common name does not count."),
		Cure:  msg.T("Configure the FQDN that is in the certificate, or have a new CSR signed with this name in the SAN (set web-security adds names)."),
		Rules: []string{"PRE-2", "TRB-3"}, Source: "RFC 6125; Java PKI guide", Link: "https://www.rfc-editor.org/rfc/rfc6125", Step: plan.StepCSR,
		Codes: "X509_V_ERR_HOSTNAME_MISMATCH X509_V_ERR_IP_ADDRESS_MISMATCH 0x800B010F CERT_E_CN_NO_MATCH 0x80090322 SEC_E_WRONG_PRINCIPAL",
		Words: `no (subject alternative (dns )?names?|name) (matching|present)|no subject alternative names|no alternative certificate subject name matches|hostname mismatch|` +
			`certificate is (not )?valid for .*, ?not |not valid for any names|doesn't contain any IP SANs|hostname .* (does not|doesn't) match|host name .* does not match the certificate|hostname .* not verified|certificate for \S+ .*(does not|doesn't) match`,
		look: looks{signNamesServed},
	}, {
		ID: "tls-common-name", Group: "tls", Symptom: msg.T("x509: certificate relies on legacy Common Name field, use SANs instead"),
		Cause: msg.T("The certificate has no SAN. Go since 1.15, Chrome since 58 and other clients read names from the SAN only."),
		Cure:  msg.T("Generate a new CSR and have it signed with the FQDN in the SAN."),
		Rules: []string{"TRB-3", "PRE-2"}, Source: "Go 1.15 release notes", Link: "https://go.dev/doc/go1.15#commonname", Step: plan.StepCSR, Words: `legacy common name`, look: looks{signNamesServed},
	}}
}

// adviceCertTLS: the certificate itself is at fault.
func adviceCertTLS() []Advice {
	return []Advice{{
		ID: "cert-not-yet", Group: "tls", Symptom: msg.T("The certificate is not yet valid"),
		Cause: msg.T("Its start date is in the future: a clock is wrong, on the client, the node or the CA, or the CA issued it for later."),
		Cure:  msg.T("Compare the clocks (utils ntp status on the node). If they are right, wait until the start date or have it reissued."),
		Rules: []string{"SIG-3"}, Source: "RFC 5280 4.1.2.5", Link: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5", Step: plan.StepReply,
		Codes: "MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE X509_V_ERR_CERT_NOT_YET_VALID",
		Words: `certificate:?\s+(is\s+)?not\s+yet\s+valid|CertificateNotYetValidException|\bNotBefore:`, look: looks{signExpiry},
	}, {
		ID: "cert-time", Group: "tls", Symptom: msg.T("x509: certificate has expired or is not yet valid"),
		Cause: msg.T("By the client's clock, the certificate or a CA above it has expired or is not valid yet. The message shows " +
			"which: \"is after\" means expired, \"is before\" means that a clock is wrong."),
		Cure:  msg.T("Expired: renew it, with the task \"Certificate already expired\". Not yet valid: correct the clock."),
		Rules: []string{"SELF-3", "SIG-1"}, Source: "Go, package crypto/x509", Link: linkGo, Step: plan.StepCSR, Words: `expired or is not yet valid`, look: looks{signExpiry},
	}, {
		ID: "cert-negative-serial", Group: "tls", Symptom: msg.T("x509: negative serial number"),
		Cause: msg.T("The serial of the certificate has its highest bit set and no zero byte before it, so it reads as negative. RFC 5280 forbids this; Go since 1.23 refuses it. Nodes (Java) and OpenSSL read it."),
		Cure:  msg.T("uccx-tui reads such certificates and uploads them unchanged. Programs in Go accept them with GODEBUG=x509negativeserial=1. Ask the CA for a certificate with a positive serial."),
		Rules: []string{"SIG-3"}, Source: "Go 1.23 release notes; RFC 5280 4.1.2.2", Link: "https://go.dev/doc/go1.23", Step: plan.StepReply, Words: `negative\s+serial`,
	}, {
		ID: "cert-critical", Group: "tls", Symptom: msg.T("The certificate has a critical extension that the client does not know"),
		Cause: msg.T("Clients must refuse such a certificate. UCCX refuses Unified CM certificates with critical extensions other than Key Usage and Basic Constraints (CSCvd56174)."),
		Cure:  msg.T("Have it issued again without these extensions, or not marked critical."),
		Rules: []string{"TRB-1"}, Source: "RFC 5280 4.2", Link: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2", Step: plan.StepReply,
		Codes: "SEC_ERROR_UNKNOWN_CRITICAL_EXTENSION X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION 0x800B0105 CERT_E_CRITICAL",
		Words: `un(handled|recognized|known|supported) critical extension`,
	}, {
		ID: "cert-signature", Group: "tls", Symptom: msg.T("The signature of a certificate does not verify"),
		Cause: msg.T("The certificate was changed after it was signed, or a CA certificate with the same name but another key is " +
			"used: the CA renewed its key."),
		Cure: msg.T("Check the CA's files with uccx-tui check: it finds the CA certificate whose key matches. Replace the old " +
			"one in tomcat-trust."),
		Rules: []string{"SIG-5"}, Source: "OpenSSL, verification error 7", Link: linkOpenSSL, Step: plan.StepReply,
		Codes: "SEC_ERROR_BAD_SIGNATURE X509_V_ERR_CERT_SIGNATURE_FAILURE 0x80090006 NTE_BAD_SIGNATURE",
		Words: `(certificate )?signature (check failed|failure|does not match)|signature check failed`,
	}, {
		ID: "cert-key-pair", Group: "tls", Symptom: msg.T("key values mismatch"),
		Cause: msg.T("Certificate and private key do not belong together. On VOS the key belongs to the last CSR."),
		Cure:  msg.T("Use the certificate that was issued for the current CSR. On a node: generate a CSR, have it signed, and upload that certificate."),
		Rules: []string{"SIG-1", "SIG-7"}, Source: "OpenSSL, X509_check_private_key", Link: "https://docs.openssl.org/3.0/man3/X509_check_private_key/", Step: plan.StepReply,
		Words: `key\s+values\s+mismatch|private key does not match|public keys in reply and keystore`, look: looks{signKeys},
	}, {
		ID: "cert-pem", Group: "tls", Symptom: msg.T("PEM: no start line"),
		Cause: msg.T("The file has no line -----BEGIN CERTIFICATE-----: it is DER, another type, or was damaged by a mail program " +
			"or an editor."),
		Cure:  msg.T("uccx-tui check FILE names what it is; with --out DIR it writes PEM files that nodes accept."),
		Rules: []string{"SIG-7"}, Source: "OpenSSL, PEM_read", Link: "https://docs.openssl.org/3.0/man3/PEM_read_bio_PrivateKey/", Step: plan.StepReply, Words: `no start line|bad base64 decode|bad end line`,
	}}
}

// adviceChainTLS: a CA above the certificate is at fault.
func adviceChainTLS() []Advice {
	return []Advice{{
		ID: "chain-long", Group: "tls", Symptom: msg.T("The certificate chain is too long"),
		Cause: msg.T("The server sends more certificates than the client accepts: Java accepts at most 10 " +
			"(jdk.tls.maxCertificateChainLength). Often the trust store has duplicates or unneeded cross-signed CAs."),
		Cure: msg.T("Remove unneeded CA certificates from tomcat-trust and restart the node, or ask the CA for a shorter chain. " +
			"uccx-tui probe HOST counts the certificates that are sent."),
		Rules: []string{"SIG-5"}, Source: "OpenJDK, jdk.tls.maxCertificateChainLength; uccx-tui facts java", Link: linkJava, Step: plan.StepReply,
		Codes: "X509_V_ERR_CERT_CHAIN_TOO_LONG", Words: `chain length \(\d+\) exceeds|chain\s+(is\s+)?too\s+long`,
	}, {
		ID: "chain-expired", Group: "tls", Symptom: msg.T("A CA certificate above the certificate has expired or is not valid yet"),
		Cause: msg.T("An intermediate or the root has expired or is not valid yet. The certificate itself may be fine."),
		Cure:  msg.T("Get the current chain of the CA, upload it as tomcat-trust, delete the expired one, and restart."),
		Rules: []string{"SIG-5"}, Source: "Mozilla, error codes", Link: linkFirefox, Step: plan.StepRoot,
		Codes: "SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE 0x800B0102 CERT_E_VALIDITYPERIODNESTING", look: looks{signExpiredTrust},
	}, {
		ID: "chain-ca", Group: "tls", Symptom: msg.T("A certificate in the chain cannot act as a CA"),
		Cause: msg.T("A certificate above it is not marked as a CA (Basic Constraints), its path length is exceeded, it is of " +
			"version 1, or its Key Usage lacks certificate signing."),
		Cure:  msg.T("Ask the CA for the right chain. uccx-tui check names the faulty certificate."),
		Rules: []string{"SIG-5"}, Source: "RFC 5280 4.2.1.9", Link: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9", Step: plan.StepReply,
		Codes: "SEC_ERROR_CA_CERT_INVALID SEC_ERROR_PATH_LEN_CONSTRAINT_INVALID MOZILLA_PKIX_ERROR_V1_CERT_USED_AS_CA X509_V_ERR_INVALID_CA X509_V_ERR_PATH_LENGTH_EXCEEDED X509_V_ERR_KEYUSAGE_NO_CERTSIGN",
		Words: `invalid CA certificate|path length constraint exceeded|too many intermediates|basic constraints check failed|not authorized to sign other certificates|is not a CA certificate`,
	}, {
		ID: "chain-names", Group: "tls", Symptom: msg.T("subject/issuer name chaining check failed"),
		Cause: msg.T("The issuer name of a certificate and the subject of the CA above it differ. Java also compares the string types of names (BMPString, TeletexString)."),
		Cure: msg.T("Check the order of the chain with uccx-tui check. If the names differ only in form, ask the CA for " +
			"certificates that write its name in one form."),
		Rules: []string{"SIG-5"}, Source: "Java PKI guide; RFC 5280 7.1", Link: linkJava, Step: plan.StepReply, Words: `name chaining check failed|subject issuer mismatch`,
		Codes: "X509_V_ERR_SUBJECT_ISSUER_MISMATCH",
	}, {
		ID: "chain-crl", Group: "tls", Symptom: msg.T("The client cannot check revocation (CRL or OCSP)"),
		Cause: msg.T("The client must check whether the certificate is revoked, and cannot reach the CRL or OCSP address of the CA, or the CRL is out of date."),
		Cure: msg.T("From that machine, open the address in the certificate (CRL distribution point, OCSP). Publish a new CRL on " +
			"the CA, or allow the network path."),
		Source: "OpenSSL, verification error 3; Microsoft", Link: linkWindows,
		Codes: "X509_V_ERR_UNABLE_TO_GET_CRL X509_V_ERR_CRL_HAS_EXPIRED 0x80092012 CRYPT_E_NO_REVOCATION_CHECK 0x80092013 CRYPT_E_REVOCATION_OFFLINE ERR_CERT_UNABLE_TO_CHECK_REVOCATION ERR_CERT_NO_REVOCATION_MECHANISM",
		Words: `unable to get certificate CRL|CRL has expired|revocation server (is|was) offline|unable to check revocation|revocation status .* could not be`,
	}}
}

// adviceTalkTLS: the two sides do not agree on how to speak.
func adviceTalkTLS() []Advice {
	return []Advice{{
		ID: "tls-version", Group: "tls", Symptom: msg.T("No common TLS version or cipher (ERR_SSL_VERSION_OR_CIPHER_MISMATCH, handshake failure)"),
		Cause: msg.T("Client and server have no TLS version or cipher in common: one side is too old, or the server presents only an ECDSA certificate to a client that needs RSA (or the reverse)."),
		Cure:  msg.T("On the node: show tls server min-version, show tls server cert_type. Update the client, or set the same on both sides. Releases from 12.5(1)SU1 refuse TLS 1.0 and 1.1."),
		Rules: []string{"EC-1", "EC-3"}, Source: "RFC 8446 6.2; UCCX 12.5(1)SU1 release notes", Link: linkTLS,
		Codes: "ERR_SSL_VERSION_OR_CIPHER_MISMATCH ERR_SSL_OBSOLETE_VERSION SSL_ERROR_NO_CYPHER_OVERLAP SSL_ERROR_UNSUPPORTED_VERSION SSL_ERROR_HANDSHAKE_FAILURE_ALERT SSL_ERROR_PROTOCOL_VERSION_ALERT",
		Words: `handshake[_ ]failure|protocol[_ ]version\b|no shared cipher|no cipher suites in common|no appropriate protocol|unsupported protocol version|unsupported protocol\s*$|insufficient[_ ]security`,
		look:  looks{signCurves},
	}, {
		ID: "tls-none", Group: "tls", Symptom: msg.T("The port does not use TLS"),
		Cause:  msg.T("The server did not answer with TLS: plain HTTP on this port, a proxy, or the wrong port."),
		Cure:   msg.T("Use the right port: uccx-tui probe HOST lists the ports of the product. Check whether a proxy is in between."),
		Source: "OpenSSL; Mozilla, error codes", Link: linkFirefox, Codes: "SSL_ERROR_RX_RECORD_TOO_LONG ERR_SSL_PROTOCOL_ERROR",
		Words: `wrong version number|first record does not look like a TLS|unrecognized SSL message|unknown protocol\s*$`,
	}, {
		ID: "tls-closed", Group: "tls", Symptom: msg.T("The server closes the connection during the handshake"),
		Cause: msg.T("The server, a firewall or a proxy closed the connection without an alert. During a restart this is normal " +
			"for some minutes."),
		Cure:   msg.T("Wait if the node is restarting. Otherwise check firewall and proxy, and what uccx-tui probe HOST sees from another network."),
		Source: "OpenSSL, SSL_get_error", Link: "https://docs.openssl.org/3.0/man3/SSL_get_error/", Codes: "SSL_ERROR_SYSCALL SSL_ERROR_ZERO_RETURN PR_END_OF_FILE_ERROR PR_CONNECT_RESET_ERROR",
		Words: `remote host (closed connection|terminated the handshake)|unexpected eof while reading`,
	}}
}
