package advice

import (
	"context"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
)

type looks = []func(context.Context, *Diagnosis) []Check

// fromNode begins an advice with what the table of refusals says: the words of nodes stand once.
func fromNode(id, refusal, symptom, step string, rules ...string) Advice {
	r := vos.RefusalByID(refusal)
	return Advice{ID: id, Group: "upload", Symptom: symptom, Cause: r.What + "; " + r.Means, Cure: r.Next, Rules: rules, Step: step, Refusal: refusal}
}

// seen sets where the program can look.
func (a Advice) seen(source string, look ...func(context.Context, *Diagnosis) []Check) Advice {
	a.Source, a.look = source, look
	return a
}

// said sets the words by which people meet it, besides those of the refusal.
func (a Advice) said(words string) Advice {
	a.Words = words
	return a
}

// adviceTable is what goes wrong in the field (domain.md TRB-1 to TRB-4, vos-facts 6, needs.md). It is made when asked.
func adviceTable() []Advice {
	var all []Advice
	for _, part := range [][]Advice{adviceLogin(), adviceUpload(), adviceRefused(), adviceBrowser(), adviceGadgets(), adviceNeighbours(), advicePlatform()} {
		all = append(all, part...)
	}
	return all
}

func adviceLogin() []Advice {
	return []Advice{{
		ID: "login-handshake", Group: "login", Symptom: "Finesse shows \"Invalid User ID/Password\"; the engine logs SSLHandshakeException",
		Cause: "The TLS handshake between UCCX and Unified CM fails: the tomcat certificate of Unified CM has " +
			"expired, is not trusted, or has critical extensions other than Key Usage and Basic Constraints " +
			"(CSCvd56174).",
		Cure: "Expired or such extensions: renew it without them. Not trusted: import the certificates of all " +
			"Unified CM nodes into tomcat-trust of UCCX. Then restart UCCX.",
		Rules: []string{"TRB-1", "TRB-4", "VER-2"}, Source: "Cisco document 118855, vos-facts 6.1", Step: plan.StepPreflight,
		Words: `invalid\s+user\s*id|SSLHandshakeException|handshake_failure|CSCvd56174`,
		look:  looks{signPeers(vos.CUCM), signTrust(vos.CUCM, vos.UCCX)},
	}, {
		ID: "login-renewed", Group: "login", Symptom: "Finesse logins fail since Unified CM has a new certificate",
		Cause: "From 12.5(1)SU1 UCCX must trust every Unified CM node: its tomcat certificate, or the root and " +
			"intermediates above it.",
		Cure: "Import the certificates of all Unified CM nodes (set cert import trust tomcat), then restart both " +
			"UCCX nodes.",
		Rules: []string{"TRB-1", "VER-2"}, Source: "UCCX install and design guides, vos-facts 6.2", Step: plan.StepNearChain,
		Words: `(unified\s*cm|cucm|call\s*manager).*(renew|new\s+cert|regenerat)`,
		look:  looks{signPeers(vos.CUCM), signTrust(vos.CUCM, vos.UCCX)},
	}, {
		ID: "login-ssh", Group: "login", Symptom: "SSH login to a node hangs",
		Cause: "The command line starts slowly (a minute or more), the pager waits for a key, or the node expects " +
			"keyboard-interactive login.",
		Cure: "Wait up to 120 s for the prompt. Try keyboard-interactive first. Three failed logins may lock the " +
			"account for 5 minutes.",
		Rules: []string{"PRE-1"}, Source: "vos-facts 6.21 and 1.1 to 1.3", Step: plan.StepLogin,
		Words: `CAA10(11|84|35)|error occurred in ssh|too many authentication failures|permission denied \(|press <enter> for 1 line`,
		look:  looks{signRefusals},
	}, {
		ID: "login-logjam", Group: "login", Symptom: "Browsers refuse Finesse: weak Diffie-Hellman key (Logjam)",
		Cause: "The release offers export-grade key exchange (CSCuv89545). A new certificate does not fix this.",
		Cure:  "Upgrade to a fixed release.",
		Rules: []string{"TRB-4"}, Source: "118855 (000)",
		Words: `logjam|weak.*diffie|ERR_SSL_WEAK_SERVER_EPHEMERAL_DH_KEY|CSCuv89545`,
	}}
}

func adviceUpload() []Advice {
	return []Advice{
		fromNode("upload-san", "san", `"CSR SAN and Certificate SAN does not match"`, plan.StepReply, "TRB-2", "PRE-8").
			seen("118855 (000), vos-facts 6.3", signNamesAsked),
		fromNode("upload-chain", "chain", `"CA certificate is not available in the trust-store"`, plan.StepRoot, "SIG-4", "SIG-5").
			seen("vos-facts 6.4", signChain).said(`REST.*\b400\b`),
		fromNode("upload-key", "key", `"CSR public key and certificate public key do not match"`, plan.StepReply, "SIG-1", "SIG-7").
			seen("vos-facts 6.5", signKeys),
		fromNode("upload-nocsr", "nocsr", `"tomcat.csr does not exist"`, plan.StepCSR, "SIG-1").
			seen("vos-facts 6.6", signKeys),
		fromNode("upload-multi", "multi", "The command line refuses a multi-server certificate", plan.StepInstall, "PRE-6").
			seen("vos-facts 6.17", signSince("14")),
		fromNode("upload-format", "format", "The node refuses a wildcard, a PEM PKCS#7 or a PEM file with several certificates", plan.StepReply, "SIG-7").
			seen("vos-facts 6.19").said(`wildcard|PKCS.?7|several certificates|more than one certificate|key (size|length).*(4096|8192)`),
		{
			ID: "upload-stale", Group: "upload", Symptom: "The certificate API returns HTTP 500 on an upload",
			Cause: "The certificate matches an older CSR than the one on the node.",
			Cure:  "Generate a new CSR, have it signed, and do not generate another.",
			Rules: []string{"SIG-1"}, Source: "vos-facts 6.7", Step: plan.StepCSR, Words: `\b500\b.*(upload|certificate|internal)|internal server error`, look: looks{signKeys},
		}, {
			ID: "upload-kept", Group: "upload", Symptom: "Upload reports success, but the old trust certificate remains",
			Cause: "tomcat-trust keeps one certificate per name. An upload with an earlier start date has no effect and " +
				"reports no error. Expired certificates are refused.",
			Cure:  "Delete the old one in OS Administration (tomcat-trust), then upload again.",
			Rules: []string{"SIG-4", "SIG-5"}, Source: "vos-facts 3 and 6.8", Step: plan.StepRoot, Words: `not\s+(taken|replaced)|same\s+(cn|name|subject)|old one stays`, look: looks{signSameName},
		}, {
			ID: "upload-back", Group: "upload", Symptom: "A deleted trust certificate comes back",
			Cause: "Cisco Certificate Change Notification copies it back from another node (before 11, and where stores " +
				"are per node).",
			Cure:  "Stop that service, delete the certificate on all nodes, start the service again.",
			Rules: []string{"SIG-6"}, Source: "vos-facts 6.9", Words: `(comes|came)\s+back|re-?appears`,
		}, {
			ID: "upload-one", Group: "upload", Symptom: "A multi-server CSR lists only one node",
			Cause: "Platform Administrative Web Service or Tomcat is down on the other node (likely; not documented).",
			Cure:  "Start the services on both nodes, then generate the CSR.",
			Rules: []string{"PRE-6"}, Source: "vos-facts 6.23, a guess", Step: plan.StepPreflight, Words: `only one node`, look: looks{signServices},
		},
	}
}

// adviceRefused are the other refusals of nodes, so that every word of the table leads somewhere.
func adviceRefused() []Advice {
	return []Advice{
		fromNode("refused-expired", "expired", `"certificate has expired"`, plan.StepReply, "SIG-7").seen("vos-facts 3", signExpiry),
		fromNode("refused-privilege", "privilege", "The node reports that the account lacks permission", plan.StepLogin, "PRE-1").seen("vos-facts 1.4").said(`CAA1008`),
		fromNode("refused-upgrade", "upgrade", "The node reports an upgrade in progress", "").seen("vos-facts 1.4"),
		fromNode("refused-command", "command", "The node does not know the command", plan.StepSurvey).seen("vos-facts 1.2").said(`CAA1078`),
		fromNode("refused-type", "nothing", "The node does not know the certificate", plan.StepSurvey, "SIG-1").seen("vos-facts 1.5").said(`CAA10(14|25)|invalid\s+certificate\s+type`),
		fromNode("refused-service", "service", "The node cannot start a service", plan.StepRestart).seen("vos-facts 1.5", signServices),
		fromNode("refused-other", "unsuccessful", "\"Executed command unsuccessfully\" with no other message", "").seen("vos-facts 1.5", signRefusals),
		fromNode("refused-failed", "failed", "Other node error", "").seen("vos-facts 1.5", signRefusals),
	}
}

func adviceBrowser() []Advice {
	return []Advice{{
		ID: "browser-name", Group: "browser", Symptom: "NET::ERR_CERT_COMMON_NAME_INVALID",
		Cause: "The name in the address bar is not in the certificate's SAN (Chrome 58 and later ignore the common " +
			"name). Or users open a short name or an IP address.",
		Cure:  "Install a CA-signed certificate with the FQDN in its SAN. Use links with the FQDN.",
		Rules: []string{"TRB-3", "PRE-2", "VER-2", "VER-4"}, Source: "118855 (000), vos-facts 6.10", Step: plan.StepCSR,
		Words: `COMMON_NAME_INVALID|SSL_ERROR_BAD_CERT_DOMAIN|name\s+mismatch`, look: looks{signNamesServed},
	}, {
		ID: "browser-old", Group: "browser", Symptom: "One or all ports still present the old certificate",
		Cause: "Services read certificates only when they start. The node was not restarted, or only Tomcat was.",
		Cure:  "Restart the nodes, publisher first, then verify every port.",
		Rules: []string{"SIG-8", "VER-4"}, Source: "vos-facts 6.13", Step: plan.StepRestart, Words: `old\s+(cert|one)|still\s+(shows|the old|serves)`, look: looks{signSerials, signDebts},
	}, {
		ID: "browser-trust", Group: "browser", Symptom: "NET::ERR_CERT_AUTHORITY_INVALID: agents must accept certificates on ports 7443, 8445, 8444, 12015",
		Cause: "The certificate is self-signed, or its root is not in the trust store of the PC.",
		Cure: "Distribute the root to the PCs. The client kit has the files, Group Policy steps and the Firefox " +
			"policy.",
		Rules: []string{"SELF-4", "SELF-1", "CLI-3", "CLI-4", "CLI-7", "CLI-8", "VER-2", "VER-4"}, Source: "118855 (000), needs 9",
		Words: `AUTHORITY_INVALID|SEC_ERROR_UNKNOWN_ISSUER|SELF_SIGNED_CERT|not\s+trusted|accept.*certificate`, look: looks{signRoots},
	}, {
		ID: "browser-expired", Group: "browser", Symptom: "NET::ERR_CERT_DATE_INVALID: the certificate has expired",
		Cause: "The renewal was missed, or the PC's clock is wrong.",
		Cure:  "Use the task \"Certificate already expired\". The report has a calendar file for the next expiry.",
		Rules: []string{"SELF-3", "SIG-1", "VER-2", "VER-4"}, Source: "needs 15", Step: plan.StepCSR, Words: `CERT_DATE_INVALID|SEC_ERROR_EXPIRED|has\s+expired`, look: looks{signExpiry},
	}, {
		ID: "browser-hsts", Group: "browser", Symptom: "The browser offers no \"Proceed\" link",
		Cause: "The site uses HSTS: the browser insists on a valid certificate and offers no exception.",
		Cure: "Distribute the root (client kit), or install a valid certificate. Until then, use a new browser " +
			"profile.",
		Rules: []string{"SELF-4"}, Source: "needs 16", Words: `HSTS|no\s+.?proceed`, look: looks{signRoots},
	}}
}

func adviceGadgets() []Advice {
	return []Advice{{
		ID: "ecdsa-gadgets", Group: "gadgets", Symptom: "After an upgrade to 11.5 the Live Data gadget asks for a certificate, or port 12015 fails",
		Cause: "Release 11.5 also presents tomcat-ECDSA, which is still self-signed (CSCvb46250).",
		Cure:  "Have an EC CA sign tomcat-ECDSA, or install the COP file so that UCCX does not present it.",
		Rules: []string{"EC-1", "EC-2", "EC-4", "EC-6", "TRB-4", "VER-3"}, Source: "210528 (002), vos-facts 6.11", Words: `12015|CSCvb46250|tomcat-ECDSA.*self`, look: looks{signCurves},
	}, {
		ID: "ecdsa-chat", Group: "gadgets", Symptom: "After an upgrade to 11.5 the SocialMiner page does not load; chat and email fail",
		Cause: "An RSA CA signed tomcat-ECDSA of SocialMiner, so it is not presented to clients (CSCvb58580).",
		Cure: "Do not use that certificate. Install the COP files on SocialMiner and UCCX, then restart " +
			"SocialMiner, UCCX publisher and UCCX subscriber.",
		Rules: []string{"EC-3", "EC-5", "EC-6", "TRB-4", "VER-1"}, Source: "210528 (002), vos-facts 6.12", Words: `socialminer.*(load|dead|down)|CSCvb58580`, look: looks{signCurves},
	}, {
		ID: "chat-trust", Group: "gadgets", Symptom: "Chat and email fail since CCP has a new certificate",
		Cause: "The trust is one-sided. Both UCCX nodes need CCP in tomcat-trust, and CCP needs both UCCX nodes.",
		Cure:  "Exchange certificates in both directions, then restart CCP and UCCX.",
		Rules: []string{"REL-1", "REL-2", "SELF-2", "VER-1"}, Source: "118855 (000), vos-facts 6.15", Step: plan.StepRoot, Words: `chat.*(down|fail|not work)|e-?mail.*(down|fail|not work)`,
		look: looks{signTrust(vos.CCP, vos.UCCX), signTrust(vos.UCCX, vos.CCP)},
	}, {
		ID: "livedata-trust", Group: "gadgets", Symptom: "Live Data gadgets stay empty (UCCE)",
		Cause: "Finesse and CUIC lack the root and intermediates of the Live Data servers, or Live Data lacks " +
			"theirs.",
		Cure:  "Upload the chain on Finesse, CUIC and Live Data, then restart both nodes of each.",
		Rules: []string{"SIG-9", "REL-4", "VER-3"}, Source: "UCCE guide (004)", Step: plan.StepRoot, Words: `live\s*data|gadgets?\b.*(empty|no data|stay)`,
		look: looks{signTrust(vos.LiveData, vos.Finesse), signTrust(vos.LiveData, vos.CUIC), signTrust(vos.Finesse, vos.LiveData), signTrust(vos.CUIC, vos.LiveData)},
	}, {
		ID: "recording-trust", Group: "gadgets", Symptom: "Recording or search fails (MediaSense)",
		Cause: "MediaSense, UCCX and Finesse may not trust each other (likely; the older Cisco guide was not " +
			"available).",
		Cure:  "Exchange certificates or chains in both directions, then restart MediaSense and UCCX.",
		Rules: []string{"REL-5", "SIG-8"}, Source: "an older edition of Cisco document 118855 (inferred)", Words: `mediasense|recording`,
		look: looks{signTrust(vos.MediaSense, vos.UCCX), signTrust(vos.UCCX, vos.MediaSense), signTrust(vos.MediaSense, vos.Finesse)},
	}}
}

func adviceNeighbours() []Advice {
	return []Advice{{
		ID: "script-https", Group: "neighbours", Symptom: "A script step that calls HTTPS fails (Get URL Document, Make REST Call)",
		Cause: "UCCX trusts no public roots by default, and the chain of that server is missing from tomcat-trust.",
		Cure:  "Upload its complete chain including the root, then restart Cisco Unified CCX Engine.",
		Rules: []string{"REL-3"}, Source: "118855 (000), vos-facts 6.14", Step: plan.StepChain, Words: `get\s+url\s+document|make\s+rest\s+call|PKIX path|unable to find valid certification path|script.*https`,
		look: looks{signTargets},
	}, {
		ID: "eku", Group: "neighbours", Symptom: "TLS with client authentication fails since a public CA signed the certificate (2026 or later)",
		Cause: "Extended Key Usage lacks client authentication. Public CAs no longer include it; UCCX 12.5(1) to " +
			"15.0(1)SU1, CCP, IP IVR, Finesse and CUIC need both (field notice FN74382).",
		Cure: "Use another public root that still allows it, renew early, or use a private CA. A fix is planned " +
			"for 15.0(1)SU2.",
		Rules: []string{"PRE-7"}, Source: "FN74382, vos-facts 6.16", Step: plan.StepOutbox, Words: `client\s*auth|FN74382|EKU|extended key usage|CSCwt79317`, look: looks{signUsages},
	}, {
		ID: "cert-type", Group: "neighbours", Symptom: "Peers refuse a node after set tls server cert_type",
		Cause: "The node now presents its other certificate, which its peers do not trust.",
		Cure:  "Set the same type on all nodes, then exchange certificates again.",
		Rules: []string{"EC-1", "SELF-2"}, Source: "vos-facts 6.18", Words: `cert_type`, look: looks{signCurves, signTrust("", "")},
	}, {
		ID: "sso", Group: "neighbours", Symptom: "Single sign-on fails since the tomcat certificate of Unified CM changed; phones lose trust",
		Cause: "The service provider metadata contains the old certificate. Phones lose trust if CallManager and " +
			"TVS change together.",
		Cure: "Disable and re-enable SSO, and upload the new metadata to the identity provider. Never change " +
			"CallManager and TVS at the same time.",
		Rules: []string{"TRB-1"}, Source: "vos-facts 6.22, needs 18", Words: `\bSSO\b|single sign|SAML`,
	}}
}

func advicePlatform() []Advice {
	return []Advice{{
		ID: "regenerated", Group: "platform", Symptom: "The CA-signed certificate is gone after Regenerate",
		Cause: "Regenerate replaces a CA-signed certificate with a self-signed one. So does a change of host name, " +
			"domain, FIPS mode or web-security.",
		Cure:  "Generate a new CSR and have it signed. Until then, exchange the self-signed certificates.",
		Rules: []string{"SELF-3", "PRE-3"}, Source: "vos-facts 6.20", Step: plan.StepCSR, Words: `regenerat`, look: looks{signSelfSigned},
	}, {
		ID: "upgrade-expired", Group: "platform", Symptom: "An upgrade fails or warns about certificates",
		Cause: "A certificate on the node has expired.",
		Cure:  "Before the upgrade, delete it from the trust store, or regenerate it if it is the node's own.",
		Rules: []string{"SELF-3"}, Source: "UCCX upgrade guide, vos-facts 6.24", Words: `upgrade.*(cert|expired|fail)`, look: looks{signExpiry, signExpiredTrust},
	}, {
		ID: "restart-scope", Group: "platform", Symptom: "What must be restarted: Cisco documents disagree",
		Cause: "Document 118855 and the UCCE guide restart the whole node. Other documents restart only Tomcat or " +
			"the engine.",
		Cure: "After a new certificate, restart the whole node, publisher first. For a script server only, restart " +
			"Cisco Unified CCX Engine.",
		Rules: []string{"SIG-8", "REL-3"}, Source: "vos-facts 7.8, needs 8", Step: plan.StepRestart, Words: `what.*restart|restart.*(order|scope|which)`, look: looks{signDebts},
	}, {
		ID: "wrong-order", Group: "platform", Symptom: "The change was interrupted; it is unknown what was done",
		Cause: "An upload or restart started, and its result was not seen.",
		Cure:  "Run uccx-tui resume. It checks the node before it repeats anything.",
		Rules: []string{"SIG-8"}, Source: "needs 17", Words: `interrupted|what was done`, look: looks{signUnsure},
	}}
}
