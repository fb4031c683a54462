package advice

import (
	"context"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

type looks = []func(context.Context, *Diagnosis) []Check

// fromNode begins an advice with what the table of refusals says.
func fromNode(id, refusal, symptom, step string, rules ...string) Advice {
	r := vos.RefusalByID(refusal)
	return Advice{ID: id, Group: "upload", Symptom: msg.English(symptom), Cause: msg.Sentences(msg.English(r.What), msg.English(r.Means)), Cure: msg.English(r.Next), Rules: rules, Step: step, Refusal: refusal}
}

// at sets where the document is.
func (a Advice) at(link string) Advice {
	a.Link = link
	return a
}

// about sets the words that people use about it.
func (a Advice) about(topic string) Advice {
	a.Topic = topic
	return a
}

// seen sets where the program can look.
func (a Advice) seen(source string, look ...func(context.Context, *Diagnosis) []Check) Advice {
	a.Source, a.look = source, look
	return a
}

// said adds messages that mean the same as those of the refusal, and codes.
func (a Advice) said(words, codes string) Advice {
	a.Words, a.Codes = words, codes
	return a
}

// Public names and addresses of the documents that are cited.
const (
	doc118855 = "Cisco document 118855, Configure UCCX Solution Certificate Management"
	doc210528 = "Cisco document 210528, Understand ECDSA Certificates in a UCCX Solution"
	doc217138 = "Cisco document 217138, Create New Certificates from Signed CA Certificates"
	doc118731 = "Cisco document 118731, multi-server certificates of Unified CM"
	docUCCE   = "UCCE guide for CA certificates on Finesse, CUIC and Live Data"
	docHCMF   = "HCM-F error codes, Cisco HCS 12.5 Smart Licensing Operation Guide"
	nodes     = "How nodes answer, docs/nodes.md "

	link118855  = "https://www.cisco.com/c/en/us/support/docs/customer-collaboration/unified-contact-center-express/118855-configure-uccx-00.html"
	linkHCMF    = "https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/hcs/12_5/HCS_Solution/Operation_Guide/chcs_b_hcs-smart-licensing-operational-guide/chcs_b_hcs-smart-licensing-operational-guide_chapter_0101.html"
	linkAlarms  = "https://www.cisco.com/c/en/us/support/unified-communications/unified-communications-manager-callmanager/products-system-message-guides-list.html"
	linkFirefox = "https://support.mozilla.org/en-US/kb/error-codes-secure-websites"
	linkChrome  = "https://support.google.com/chrome/answer/6098869"
	linkWindows = "https://learn.microsoft.com/en-us/windows/win32/com/com-error-codes-4"
	linkOpenSSL = "https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/"
	linkJava    = "https://docs.oracle.com/en/java/javase/17/security/java-pki-programmers-guide.html"
	linkGo      = "https://pkg.go.dev/crypto/x509"
	linkACME    = "https://www.rfc-editor.org/rfc/rfc8555#section-6.7"
	linkTLS     = "https://www.rfc-editor.org/rfc/rfc8446#section-6.2"
)

// adviceTable is what goes wrong in the field (TRB-1 to TRB-4, docs/nodes.md 6). It is made when asked.
func adviceTable() []Advice {
	return slices.Concat(adviceLogin(), adviceUpload(), adviceStore(), adviceRefused(), adviceBrowser(), adviceBrowserCodes(), adviceBrowserRules(), adviceBrowserLine(), adviceGadgets(),
		advicePeers(), adviceNotices(), advicePlatform(), adviceServices(), adviceAlarms(), adviceTrustTLS(), adviceNamesTLS(), adviceCertTLS(), adviceChainTLS(),
		adviceTalkTLS(), adviceTemplates(), adviceRequests(), adviceACME())
}

func adviceLogin() []Advice {
	return []Advice{{
		ID: "login-handshake", Group: "login", Symptom: msg.T("Finesse shows \"Invalid User ID/Password\"; the engine logs SSLHandshakeException"),
		Cause: msg.T("The TLS handshake between UCCX and Unified CM fails: the tomcat certificate of Unified CM has " +
			"expired, is not trusted, or has critical extensions other than Key Usage and Basic Constraints " +
			"(CSCvd56174)."),
		Cure: msg.T("Expired or such extensions: renew it without them. Not trusted: import the certificates of all " +
			"Unified CM nodes into tomcat-trust of UCCX. Then restart UCCX."),
		Rules: []string{"TRB-1", "TRB-4", "VER-2"}, Source: doc118855, Link: link118855, Step: plan.StepPreflight, Codes: "CSCvd56174",
		Words: `invalid\s+user\s*id|SSLHandshakeException\s*($|[^\s:.]|:\s*Received fatal alert(:\s*handshake_failure)?\s*$)`,
		look:  looks{signPeers(vos.CUCM), signTrust(vos.CUCM, vos.UCCX)},
	}, {
		ID: "login-renewed", Group: "login", Symptom: msg.T("Finesse logins fail since Unified CM got a new certificate"),
		Cause: msg.T("From 12.5(1)SU1 UCCX must trust every Unified CM node: its tomcat certificate, or the root and " +
			"intermediates above it."),
		Cure: msg.T("Import the certificates of all Unified CM nodes (set cert import trust tomcat), then restart both " +
			"UCCX nodes."),
		Rules: []string{"TRB-1", "VER-2"}, Source: "UCCX installation and design guides; " + doc217138, Step: plan.StepPeerChain,
		Topic: `(unified\s*cm|cucm|call\s*manager).*(renew|new\s+cert|regenerat)`,
		look:  looks{signPeers(vos.CUCM), signTrust(vos.CUCM, vos.UCCX)},
	}, {
		ID: "login-ssh", Group: "login", Symptom: msg.T("SSH login to a node hangs"),
		Cause: msg.T("The command line starts slowly (a minute or more), the pager waits for a key, or the node expects " +
			"keyboard-interactive login."),
		Cure: msg.T("Wait up to 120 s for the prompt. Try keyboard-interactive first. Three failed logins may lock the " +
			"account for 5 minutes."),
		Rules: []string{"PRE-1"}, Source: docHCMF + "; " + nodes + "1.1 to 1.3", Link: linkHCMF, Step: plan.StepLogin, Codes: "CAA1011 CAA1084 CAA1035 CAA1063",
		Words: `error occurr?ed in ssh|too many authentication failures|permission denied \((publickey|password|keyboard)|press <enter> for 1 line`,
		look:  looks{signRefusals},
	}, {
		ID: "login-logjam", Group: "login", Symptom: msg.T("Browsers refuse Finesse: weak Diffie-Hellman key (Logjam)"),
		Cause: msg.T("The release offers export-grade key exchange (CSCuv89545). A new certificate does not fix this."),
		Cure:  msg.T("Upgrade to a fixed release."),
		Rules: []string{"TRB-4"}, Source: doc118855, Link: link118855,
		Codes: "CSCuv89545 ERR_SSL_WEAK_SERVER_EPHEMERAL_DH_KEY SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY",
		Words: `logjam|weak.*diffie|dh key too small|could not generate DH keypair`,
	}}
}

func adviceUpload() []Advice {
	return []Advice{
		fromNode("upload-san", "san", `"CSR SAN and Certificate SAN does not match"`, plan.StepReply, "TRB-2", "PRE-8").
			seen(doc118855, signNamesAsked).at(link118855).said(``, "CAA1016"),
		fromNode("upload-chain", "chain", `"CA certificate is not available in the trust-store"`, plan.StepRoot, "SIG-4", "SIG-5").
			seen(doc217138+"; "+docHCMF, signChain).
			said(`REST.*\b400\b|\b400\b.*certmgr\S*/identity/certificates|error\s+in\s+CA\s+certificate|certificate\s+chain\s+(is\s+)?(in|not\s+)complete`, "CAA1018 CAA1019"),
		fromNode("upload-key", "key", `"CSR public key and certificate public key do not match"`, plan.StepReply, "SIG-1", "SIG-7").
			seen(doc217138, signKeys).said(``, "CAA1015"),
		fromNode("upload-nocsr", "nocsr", `"tomcat.csr does not exist"`, plan.StepCSR, "SIG-1").
			seen(doc217138, signKeys).said(``, "CAA1017 CAA1023"),
		fromNode("upload-multi", "multi", "The command line refuses a multi-server certificate", plan.StepInstall, "PRE-6").
			seen("Unified CM Security Guide 14, Certificates", signSince("14")),
		fromNode("upload-format", "format", "The node refuses a wildcard, a PEM PKCS#7 or a PEM file with several certificates", plan.StepReply, "SIG-7").
			seen(doc217138+"; VVB 12.5 OS Administration Guide; "+docHCMF).
			said(`wildcard certificates? (is|are) not|PEM\s+PKCS.?7|(PEM|file)\b.*(several|more than one) certificates?|key (size|length).*\b(4096|8192)\b.*not\s+support|`+
				`could not be uploaded|error\s+(occurr?ed\s+while\s+)?reading\s+the\s+certificate|unsupported\s+certificate\s+format|invalid\s+certificate\s+file`, "CAA1020 CAA1021 CAA1022").
			about(`wildcard|PKCS.?7`),
		{
			ID: "upload-stale", Group: "upload", Symptom: msg.T("The certificate API returns HTTP 500 on an upload"),
			Cause: msg.T("The certificate matches an older CSR than the one on the node."),
			Cure:  msg.T("Generate a new CSR, have it signed, and do not generate another."),
			Rules: []string{"SIG-1"}, Source: "public clients of the API; " + nodes + "2", Step: plan.StepCSR,
			Words: `\b500\b.*(upload|certificate|certmgr|internal)`, Topic: `internal server error`, look: looks{signKeys},
		}, {
			ID: "upload-one", Group: "upload", Symptom: msg.T("A multi-server CSR lists only one node"),
			Cause: msg.T("Platform Administrative Web Service or Tomcat is down on the other node (likely; not documented)."),
			Cure:  msg.T("Start the services on both nodes, then generate the CSR."),
			Rules: []string{"PRE-6"}, Source: doc118731 + "; the effect is inferred", Step: plan.StepPreflight, Words: `only one node`, look: looks{signServices},
		}, {
			ID: "upload-usage", Group: "upload", Symptom: msg.T(`"Invalid key usage"`),
			Cause: msg.T("The CA removed key usages that the CSR asked for, or used a template for another purpose. Nodes ask for Digital Signature, Key Encipherment, " +
				"Data Encipherment and Key Agreement, and for server and client authentication."),
			Cure:  msg.T("Have the CSR signed again with a template that keeps the key usages of the CSR. Check the reply with uccx-tui check."),
			Rules: []string{"SIG-3", "SIG-7"}, Source: "Unified CM Security Guide 14, Certificates", Step: plan.StepReply, Words: `invalid\s+(extended\s+)?key\s*usage`, look: looks{signUsages},
		}, {
			ID: "upload-fips", Group: "upload", Symptom: msg.T("Key length or algorithm refused in FIPS mode"),
			Cause: msg.T("In FIPS mode a node accepts no RSA key below 2048 bits and no SHA-1 signature."),
			Cure:  msg.T("Generate the CSR with 2048 bits and SHA-256 (PRE-4), and have it signed again. All CA certificates of the chain must meet the same limits."),
			Rules: []string{"PRE-4"}, Source: "Unified CM Security Guide 14, FIPS mode", Step: plan.StepCSR, Words: `\bFIPS\b.*\b(key|length|sha|algorithm)|(key|length|sha|algorithm).*\bFIPS\b`,
		}, {
			ID: "upload-pss", Group: "upload", Symptom: msg.T("The signature algorithm RSASSA-PSS is not supported"),
			Cause: msg.T("A Windows CA with AlternateSignatureAlgorithm signs with RSASSA-PSS (1.2.840.113549.1.1.10)."),
			Cure: msg.T("On the CA: certutil -setreg ca\\csp\\alternatesignaturealgorithm 0, restart the service certsvc, then have the CSR signed again. A CA certificate " +
				"with this signature must be renewed too."),
			Rules: []string{"SIG-3"}, Source: "Microsoft, certutil and CAPolicy.inf", Link: "https://learn.microsoft.com/en-us/windows-server/networking/core-network-guide/cncg/server-certs/prepare-the-capolicy-inf-file",
			Step: plan.StepReply, Words: `RSASSA.?PSS|1\.2\.840\.113549\.1\.1\.10\b`,
		},
	}
}

// adviceStore is about trust stores, and about the other nodes of a cluster.
func adviceStore() []Advice {
	return []Advice{{
		ID: "upload-kept", Group: "upload", Symptom: msg.T("Upload reports success, but the old trust certificate remains"),
		Cause: msg.T("tomcat-trust keeps one certificate per name. An upload with an earlier start date has no effect and " +
			"reports no error. Expired certificates are refused."),
		Cure:  msg.T("Delete the old one in OS Administration (tomcat-trust), then upload again."),
		Rules: []string{"SIG-4", "SIG-5"}, Source: doc217138, Step: plan.StepRoot,
		Words: `not\s+replaced|duplicate\s+certificate|certificate\s+already\s+exists|(same|that)\s+(cn|(common\s+)?name|subject(\s+name)?)\s+(already\s+)?exists|start\s+date\s+is\s+(older|earlier)\s+than|old one (stays|remains)`,
		Topic: `not\s+taken|same\s+(cn|name|subject)`, look: looks{signSameName},
	}, {
		ID: "upload-back", Group: "upload", Symptom: msg.T("A deleted trust certificate comes back"),
		Cause: msg.T("Cisco Certificate Change Notification copies it back from another node (before 11, and where stores " +
			"are per node)."),
		Cure:  msg.T("Stop that service, delete the certificate on all nodes, start the service again."),
		Rules: []string{"SIG-6"}, Source: "Cisco document 211300; UCCE security guide", Words: `certificate.*(comes|came|is)\s+back|certificate.*re-?appears`, Topic: `(comes|came)\s+back|re-?appears`,
	}, {
		ID: "upload-peer", Group: "upload", Symptom: msg.T("The certificate does not reach another node of the cluster"),
		Cause: msg.T("A multi-server certificate is copied to the other nodes by their Platform Administrative Web Service and Tomcat. One of them is down, or the nodes " +
			"do not trust each other's tomcat certificate."),
		Cure: msg.T("On each node: utils service list, then utils service start Platform Administrative Web Service. Check replication (utils dbreplication runtimestate) " +
			"and the network path between the nodes, then upload the certificate again."),
		Rules: []string{"PRE-6", "SIG-6"}, Source: doc118731, Step: plan.StepPreflight,
		Words: `not\s+replicated|failed\s+to\s+(push|copy|distribute)\b.*certificate|certificate\s+operation\s+failed.*(contact|reach|connect)`, look: looks{signServices},
	}, {
		ID: "upload-done", Group: "upload", Symptom: msg.T("The node asks to restart services after an upload"),
		Cause: msg.T("This is not an error: the upload succeeded. Services read certificates only when they start, so the old " +
			"certificate is presented until then."),
		Cure:  msg.T("Upload the remaining certificates first. Then restart the node as the plan says: UCCX publisher first, then subscriber. uccx-tui restarts shows the order and its source."),
		Rules: []string{"SIG-8"}, Source: nodes + "1.5; " + doc118855, Step: plan.StepRestart,
		Words: `restart\s+services\s+related\s+to|must\s+restart\s+(the\s+)?(cisco\s+)?tomcat|restart\s+(the\s+)?(cisco\s+)?tomcat\b.*(take effect|become active)`, look: looks{signDebts},
	}}
}

// adviceRefused are the other refusals of nodes, so that every word of the table leads somewhere.
func adviceRefused() []Advice {
	cli := nodes + "1.5"
	return []Advice{
		fromNode("refused-expired", "expired", `"certificate has expired"`, plan.StepReply, "SIG-7").seen(doc217138, signExpiry),
		fromNode("refused-privilege", "privilege", "The node reports that the account lacks permission", plan.StepLogin, "PRE-1").seen("Cisco CLI Reference Guide, privilege levels").
			said(`not\s+authori[sz]ed\s+(to\s+(perform|execute|run|use|access)|for\s+this)|(insufficient|lacks?)\s+(the\s+)?privilege|\b(user|account)\b.*\bnot\s+(allowed|permitted|authori[sz]ed)`, ""),
		fromNode("refused-upgrade", "upgrade", "The node reports an upgrade in progress", "").seen("Cisco CLI Reference Guide"),
		fromNode("refused-command", "command", "The node does not know the command", plan.StepSurvey).seen(docHCMF).said(`error\s+occurr?ed\s+during\s+command\s+execution`, "CAA1078"),
		fromNode("refused-type", "nothing", "The node does not know the certificate", plan.StepSurvey, "SIG-1").seen(docHCMF).
			said(`invalid\s+certificate\s+type|(given|correct)\s+certificate\s+type|certificate\s+\S*\s*(`+`does(n't|\s+not)\s+exist)`, "CAA1014 CAA1025"),
		fromNode("refused-service", "service", "The node cannot start a service", plan.StepRestart).seen(cli, signServices),
		fromNode("refused-other", "unsuccessful", "\"Executed command unsuccessfully\" with no other message", "").seen(docHCMF, signRefusals).
			said(`certificate\s+operation\s+is\s+not\s+successful|certificate\s+upload\s+failed\s*$`, "CAA1026 CAA1027"),
		fromNode("refused-failed", "failed", "Other node error", "").seen(cli, signRefusals),
		{
			ID: "hcmf-credentials", Group: "login", Symptom: msg.T("HCM-F has no platform credentials for the application"),
			Cause: msg.T("HCM-F cannot log in to OS Administration: no platform account is configured for this application."),
			Cure:  msg.T("Configure the platform credentials of the application in HCM-F, then repeat the job."),
			Rules: []string{"PRE-1"}, Source: docHCMF, Link: linkHCMF, Codes: "CAA1008", Words: `no\s+platform\s+credentials`,
		},
	}
}

func adviceBrowser() []Advice {
	return []Advice{{
		ID: "browser-name", Group: "browser", Symptom: msg.T("NET::ERR_CERT_COMMON_NAME_INVALID"),
		Cause: msg.T("The name in the address bar is not in the certificate's SAN (Chrome 58 and later ignore the common " +
			"name). Or users open a short name or an IP address."),
		Cure:  msg.T("Install a CA-signed certificate with the FQDN in its SAN. Use links with the FQDN."),
		Rules: []string{"TRB-3", "PRE-2", "VER-2", "VER-4"}, Source: doc118855, Link: link118855, Step: plan.StepCSR,
		Codes: "ERR_CERT_COMMON_NAME_INVALID SSL_ERROR_BAD_CERT_DOMAIN", Topic: `name\s+mismatch`, look: looks{signNamesServed},
	}, {
		ID: "browser-old", Group: "browser", Symptom: msg.T("One or all ports still present the old certificate"),
		Cause: msg.T("Services read certificates only when they start. The node was not restarted, or only Tomcat was."),
		Cure:  msg.T("Restart the nodes, publisher first, then verify every port."),
		Rules: []string{"SIG-8", "VER-4"}, Source: doc118855, Step: plan.StepRestart,
		Words: `still\s+(shows?|serves?|presents?)\s+(the\s+)?old`, Topic: `old\s+(cert|one)`, look: looks{signSerials, signDebts},
	}, {
		ID: "browser-trust", Group: "browser", Symptom: msg.T("NET::ERR_CERT_AUTHORITY_INVALID: agents must accept certificates on ports 7443, 8445, 8444, 12015"),
		Cause: msg.T("The certificate is self-signed, or its root is not in the trust store of the PC."),
		Cure: msg.T("Distribute the root to the PCs. The client kit has the files, Group Policy steps and the Firefox " +
			"policy."),
		Rules: []string{"SELF-4", "SELF-1", "CLI-3", "CLI-4", "CLI-7", "CLI-8", "VER-2", "VER-4"}, Source: doc118855, Link: link118855,
		Codes: "ERR_CERT_AUTHORITY_INVALID SEC_ERROR_UNKNOWN_ISSUER SEC_ERROR_UNTRUSTED_ISSUER SEC_ERROR_UNTRUSTED_CERT MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT " +
			"ERR_CERT_SELF_SIGNED_LOCAL_NETWORK",
		Words: `accept\s+(the\s+)?certificates?\s+(at|on\s+port)|unable to connect to finesse|certificate issuer is not recognized`, Topic: `not\s+trusted|accept.*certificate`, look: looks{signRoots},
	}, {
		ID: "browser-expired", Group: "browser", Symptom: msg.T("NET::ERR_CERT_DATE_INVALID: the certificate has expired"),
		Cause: msg.T("The renewal was missed, or the PC's clock is wrong."),
		Cure:  msg.T("Use the task \"Certificate already expired\". The report has a calendar file for the next expiry."),
		Rules: []string{"SELF-3", "SIG-1", "VER-2", "VER-4"}, Source: "Chrome help", Link: linkChrome, Step: plan.StepCSR,
		Codes: "ERR_CERT_DATE_INVALID SEC_ERROR_EXPIRED_CERTIFICATE SSL_ERROR_EXPIRED_CERT_ALERT X509_V_ERR_CERT_HAS_EXPIRED 0x800B0101 CERT_E_EXPIRED 0x80090328 SEC_E_CERT_EXPIRED",
		Words: `certificate[ _](has\s+|is\s+)?expired(\s*$|[^\w\s]|\s+(at|on|and|since|but)\b|\s+[0-9(])|CertificateExpiredException|\bNotAfter:|(timestamp|validity) check failed`, look: looks{signExpiry},
	}, {
		ID: "browser-hsts", Group: "browser", Symptom: msg.T("The browser offers no \"Proceed\" link"),
		Cause: msg.T("The site uses HSTS: the browser insists on a valid certificate and offers no exception."),
		Cure: msg.T("Distribute the root (client kit), or install a valid certificate. Until then, use a new browser " +
			"profile."),
		Rules: []string{"SELF-4"}, Source: "RFC 6797 8.4 and 12.1", Link: "https://www.rfc-editor.org/rfc/rfc6797", Words: `\bHSTS\b|no\s+.?proceed`, look: looks{signRoots},
	}}
}

func adviceGadgets() []Advice {
	return []Advice{{
		ID: "ecdsa-gadgets", Group: "gadgets", Symptom: msg.T("After an upgrade to 11.5 the Live Data gadget asks for a certificate, or port 12015 fails"),
		Cause: msg.T("Release 11.5 also presents tomcat-ECDSA, which is still self-signed (CSCvb46250)."),
		Cure:  msg.T("Have an EC CA sign tomcat-ECDSA, or install the COP file so that UCCX does not present it."),
		Rules: []string{"EC-1", "EC-2", "EC-4", "EC-6", "TRB-4", "VER-3"}, Source: doc210528, Codes: "CSCvb46250", Words: `tomcat-ECDSA.*self`, Topic: `12015`, look: looks{signCurves},
	}, {
		ID: "ecdsa-chat", Group: "gadgets", Symptom: msg.T("After an upgrade to 11.5 the SocialMiner page does not load; chat and email fail"),
		Cause: msg.T("An RSA CA signed tomcat-ECDSA of SocialMiner, so it is not presented to clients (CSCvb58580)."),
		Cure: msg.T("Do not use that certificate. Install the COP files on SocialMiner and UCCX, then restart " +
			"SocialMiner, UCCX publisher and UCCX subscriber."),
		Rules: []string{"EC-3", "EC-5", "EC-6", "TRB-4", "VER-1"}, Source: doc210528, Codes: "CSCvb58580", Topic: `socialminer.*(load|dead|down)`, look: looks{signCurves},
	}, {
		ID: "chat-trust", Group: "gadgets", Symptom: msg.T("Chat and email fail since CCP got a new certificate"),
		Cause: msg.T("The trust is one-sided. Both UCCX nodes need CCP in tomcat-trust, and CCP needs both UCCX nodes."),
		Cure:  msg.T("Exchange certificates in both directions, then restart CCP and UCCX."),
		Rules: []string{"REL-1", "REL-2", "SELF-2", "VER-1"}, Source: doc118855, Link: link118855, Step: plan.StepRoot, Topic: `chat.*(down|fail|not work)|e-?mail.*(down|fail|not work)`,
		look: looks{signTrust(vos.CCP, vos.UCCX), signTrust(vos.UCCX, vos.CCP)},
	}, {
		ID: "livedata-trust", Group: "gadgets", Symptom: msg.T("Live Data gadgets stay empty (UCCE)"),
		Cause: msg.T("Finesse and CUIC lack the root and intermediates of the Live Data servers, or Live Data lacks " +
			"theirs."),
		Cure:  msg.T("Upload the chain on Finesse, CUIC and Live Data, then restart both nodes of each."),
		Rules: []string{"SIG-9", "REL-4", "VER-3"}, Source: docUCCE, Step: plan.StepRoot, Topic: `live\s*data|gadgets?\b.*(empty|no data|stay)`,
		look: looks{signTrust(vos.LiveData, vos.Finesse), signTrust(vos.LiveData, vos.CUIC), signTrust(vos.Finesse, vos.LiveData), signTrust(vos.CUIC, vos.LiveData)},
	}, {
		ID: "recording-trust", Group: "gadgets", Symptom: msg.T("Recording or search fails (MediaSense)"),
		Cause: msg.T("MediaSense, UCCX and Finesse may not trust each other (likely; the older Cisco guide was not " +
			"available)."),
		Cure:  msg.T("Exchange certificates or chains in both directions, then restart MediaSense and UCCX."),
		Rules: []string{"REL-5", "SIG-8"}, Source: "an older edition of Cisco document 118855 (inferred)", Topic: `mediasense|recording`,
		look: looks{signTrust(vos.MediaSense, vos.UCCX), signTrust(vos.UCCX, vos.MediaSense), signTrust(vos.MediaSense, vos.Finesse)},
	}}
}

func advicePeers() []Advice {
	return []Advice{{
		ID: "script-https", Group: "peers", Symptom: msg.T("A script step that calls HTTPS fails (Get URL Document, Make REST Call)"),
		Cause: msg.T("UCCX trusts no public roots by default, and the chain of that server is missing from tomcat-trust."),
		Cure:  msg.T("Upload its complete chain including the root, then restart Cisco Unified CCX Engine."),
		Rules: []string{"REL-3"}, Source: doc118855, Link: link118855, Step: plan.StepChain,
		Words: `PKIX path building|unable to find valid certification path`, Topic: `get\s+url\s+document|make\s+rest\s+call|script.*https`,
		look: looks{signTargets},
	}, {
		ID: "eku", Group: "peers", Symptom: msg.T("TLS with client authentication fails since a public CA signed the certificate (2026 or later)"),
		Cause: msg.T("Extended Key Usage lacks client authentication. Public CAs no longer include it; UCCX 12.5(1) to " +
			"15.0(1)SU1, CCP, IP IVR, Finesse and CUIC need both (field notice FN74382)."),
		Cure:  msg.T("%s uccx-tui facts FN74382 prints the notice by product.", facts.Ways()),
		Rules: []string{"PRE-7"}, Source: "Cisco field notice FN74382", Link: linkNotice + "fn74382.html", Step: plan.StepOutbox,
		Codes: "FN74382 CSCwt79317 CSCwt38849 CSCwt38851 CSCwt38846 CSCwt38841 CSCwt23908 CSCwt23909",
		Words: `does not permit use for TLS client|client\s+authentication.*(eku|extended\s+key\s*usage|missing|lacks)|(eku|extended\s+key\s*usage).*client\s+authentication`,
		Topic: `client\s*auth|\bEKU\b|extended key usage`, look: looks{signUsages},
	}, {
		ID: "cert-type", Group: "peers", Symptom: msg.T("Peers refuse a node after set tls server cert_type"),
		Cause: msg.T("The node now presents its other certificate, which its peers do not trust."),
		Cure:  msg.T("Set the same type on all nodes, then exchange certificates again."),
		Rules: []string{"EC-1", "SELF-2"}, Source: "UCCX 15.0 and Finesse administration guides, set tls server cert_type", Topic: `cert_type`, look: looks{signCurves, signTrust("", "")},
	}, {
		ID: "sso", Group: "peers", Symptom: msg.T("Single sign-on fails since the tomcat certificate of Unified CM changed; phones lose trust"),
		Cause: msg.T("The service provider metadata contains the old certificate. Phones lose trust if CallManager and " +
			"TVS change together."),
		Cure: msg.T("Disable and re-enable SSO, and upload the new metadata to the identity provider. Never change " +
			"CallManager and TVS at the same time."),
		Rules: []string{"TRB-1"}, Source: "Unified CM Security Guide 14; " + doc217138, Topic: `\bSSO\b|single sign|SAML`,
	}, {
		ID: "sso-response", Group: "peers", Symptom: msg.T(`"Error while processing SAML Response"`),
		Cause: msg.T("The node does not accept the response of the identity provider: a certificate in the metadata of one side is out of date (tomcat was renewed, or the " +
			"signing certificate of the identity provider), or the clocks differ."),
		Cure: msg.T("Compare the certificates in both metadata files and the clocks (utils ntp status). Import the current metadata of the identity provider, export that of " +
			"the node again, and run the SSO test."),
		Source: "SAML SSO Deployment Guide for Cisco Unified Communications Applications", Words: `processing\s+(the\s+)?SAML\s+response|invalid\s+SAML\s+response`,
	}}
}

func advicePlatform() []Advice {
	return []Advice{{
		ID: "regenerated", Group: "platform", Symptom: msg.T("The CA-signed certificate is gone after Regenerate"),
		Cause: msg.T("Regenerate replaces a CA-signed certificate with a self-signed one. So does a change of host name, " +
			"domain, FIPS mode or web-security."),
		Cure:  msg.T("Generate a new CSR and have it signed. Until then, exchange the self-signed certificates."),
		Rules: []string{"SELF-3", "PRE-3"}, Source: "Unified CM Security Guide 14, Certificates", Step: plan.StepCSR,
		Words: `overwrite any CA signed certificate`, Topic: `regenerat`, look: looks{signSelfSigned},
	}, {
		ID: "upgrade-expired", Group: "platform", Symptom: msg.T("An upgrade fails or warns about certificates"),
		Cause: msg.T("A certificate on the node has expired."),
		Cure: msg.T("Before the upgrade, delete it from the trust store, or regenerate it if it is the node's own. Upgrades of Unified CM to 12.5(1)SU6, 14SU2 and " +
			"later drop expired trust certificates."),
		Rules: []string{"SELF-3"}, Source: "UCCX upgrade guide; Unified CM Security Guide 15", Topic: `upgrade.*(cert|expired|fail)`, look: looks{signExpiry, signExpiredTrust},
	}, {
		ID: "restart-scope", Group: "platform", Symptom: msg.T("What must be restarted: Cisco documents disagree"),
		Cause: msg.T("Cisco document 118855 and the UCCE guide restart the whole node, others only Tomcat or the engine."),
		Cure: msg.T("After a new certificate, restart the whole node, publisher first. For a script server only, restart " +
			"Cisco Unified CCX Engine."),
		Rules: []string{"SIG-8", "REL-3"}, Source: doc118855 + "; docs/restarts.md", Step: plan.StepRestart, Topic: `what.*restart|restart.*(order|scope|which)`, look: looks{signDebts},
	}, {
		ID: "wrong-order", Group: "platform", Symptom: msg.T("The change was interrupted; it is unknown what was done"),
		Cause: msg.T("An upload or restart started, and its result was not seen."),
		Cure:  msg.T("Run uccx-tui resume. It checks the node before it repeats anything."),
		Rules: []string{"SIG-8"}, Source: "docs/reliability.md", Topic: `interrupted|what was done`, look: looks{signUnsure},
	}}
}
