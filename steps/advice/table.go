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
		ID: "login-handshake", Group: "login", Symptom: `Finesse says "Invalid User ID/Password"; the engine logs an SSLHandshakeException`,
		Cause: "UCCX cannot speak TLS with Unified CM: the tomcat certificate of Unified CM has expired, is not trusted, or has other critical extensions than Key Usage (2.5.29.15) and Basic Constraints (2.5.29.19) (CSCvd56174).",
		Cure:  "Renew it without other critical extensions, or import the certificates of all Unified CM nodes into tomcat-trust of UCCX; then restart UCCX.",
		Rules: []string{"TRB-1", "TRB-4", "VER-2"}, Source: "118855 (000), vos-facts 6.1", Step: plan.StepPreflight,
		Words: `invalid\s+user\s*id|SSLHandshakeException|handshake_failure|CSCvd56174`,
		look:  looks{signPeers(vos.CUCM), signTrust(vos.CUCM, vos.UCCX)},
	}, {
		ID: "login-renewed", Group: "login", Symptom: "Finesse logins fail since Unified CM got a new certificate",
		Cause: "From 12.5(1)SU1 on UCCX must hold the tomcat certificate of every Unified CM node, or the root and intermediates above them.",
		Cure:  "Import them from all Unified CM nodes (set cert import trust tomcat), then restart both UCCX nodes.",
		Rules: []string{"TRB-1", "VER-2"}, Source: "UCCX guides, vos-facts 6.2", Step: plan.StepNearChain,
		Words: `(unified\s*cm|cucm|call\s*manager).*(renew|new\s+cert|regenerat)`,
		look:  looks{signPeers(vos.CUCM), signTrust(vos.CUCM, vos.UCCX)},
	}, {
		ID: "login-ssh", Group: "login", Symptom: "An SSH tool hangs at the login of a node",
		Cause: "The command line starts slowly (a minute and more), the pager waits for a key, or the node wants keyboard-interactive instead of password.",
		Cure:  "Wait up to 120 s for the prompt; offer keyboard-interactive first; three refused logins may lock the account for 5 minutes.",
		Rules: []string{"PRE-1"}, Source: "vos-facts 6.21 and 1.1 to 1.3", Step: plan.StepLogin,
		Words: `CAA10(11|84|35)|error occurred in ssh|too many authentication failures|permission denied \(|press <enter> for 1 line`,
		look:  looks{signRefusals},
	}, {
		ID: "login-logjam", Group: "login", Symptom: "Browsers refuse Finesse for a weak Diffie-Hellman key (Logjam)",
		Cause: "An old release offers export-grade key exchange (CSCuv89545). No certificate mends that.",
		Cure:  "Upgrade to a release with the fix.",
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
		fromNode("upload-format", "format", "A wildcard, a PKCS#7 in PEM, or several certificates in one PEM file are refused", plan.StepReply, "SIG-7").
			seen("vos-facts 6.19").said(`wildcard|PKCS.?7|several certificates|more than one certificate|key (size|length).*(4096|8192)`),
		{
			ID: "upload-stale", Group: "upload", Symptom: "The certificate API answers 500 on an upload",
			Cause: "The certificate answers an older CSR than the node holds now.",
			Cure:  "Make a fresh CSR and use it once.",
			Rules: []string{"SIG-1"}, Source: "vos-facts 6.7", Step: plan.StepCSR, Words: `\b500\b.*(upload|certificate|internal)|internal server error`, look: looks{signKeys},
		}, {
			ID: "upload-kept", Group: "upload", Symptom: "A trust certificate is uploaded without a word, and the old one stays",
			Cause: "A trust store holds one certificate per name. One that begins earlier than the one that is there is kept out silently; an expired one is refused.",
			Cure:  "Delete the old one in OS Administration (tomcat-trust), then upload again.",
			Rules: []string{"SIG-4", "SIG-5"}, Source: "vos-facts 3 and 6.8", Step: plan.StepRoot, Words: `not\s+(taken|replaced)|same\s+(cn|name|subject)|old one stays`, look: looks{signSameName},
		}, {
			ID: "upload-back", Group: "upload", Symptom: "A trust certificate that was deleted comes back",
			Cause: "Cisco Certificate Change Notification copies it back from another node (before 11, and where stores are kept by node).",
			Cure:  "Stop that service, delete on all nodes, start it again.",
			Rules: []string{"SIG-6"}, Source: "vos-facts 6.9", Words: `(comes|came)\s+back|re-?appears`,
		}, {
			ID: "upload-one", Group: "upload", Symptom: "A multi-server CSR shows only one node",
			Cause: "Platform Administrative Web Service or Tomcat is down on the other node. (The prerequisite is documented; the effect is a guess.)",
			Cure:  "Start the services on both nodes first, then make the CSR.",
			Rules: []string{"PRE-6"}, Source: "vos-facts 6.23, a guess", Step: plan.StepPreflight, Words: `only one node`, look: looks{signServices},
		},
	}
}

// adviceRefused are the other refusals of nodes, so that every word of the table leads somewhere.
func adviceRefused() []Advice {
	return []Advice{
		fromNode("refused-expired", "expired", `"certificate has expired"`, plan.StepReply, "SIG-7").seen("vos-facts 3", signExpiry),
		fromNode("refused-privilege", "privilege", "The node says that the account may not do this", plan.StepLogin, "PRE-1").seen("vos-facts 1.4").said(`CAA1008`),
		fromNode("refused-upgrade", "upgrade", "The node says that an upgrade is under way", "").seen("vos-facts 1.4"),
		fromNode("refused-command", "command", "The node does not know the command", plan.StepSurvey).seen("vos-facts 1.2").said(`CAA1078`),
		fromNode("refused-type", "nothing", "The node does not know that certificate", plan.StepSurvey, "SIG-1").seen("vos-facts 1.5").said(`CAA10(14|25)|invalid\s+certificate\s+type`),
		fromNode("refused-service", "service", "The node cannot start a service", plan.StepRestart).seen("vos-facts 1.5", signServices),
		fromNode("refused-other", "unsuccessful", `"Executed command unsuccessfully", and nothing else`, "").seen("vos-facts 1.5", signRefusals),
		fromNode("refused-failed", "failed", "An error of the node that nothing else here fits", "").seen("vos-facts 1.5", signRefusals),
	}
}

func adviceBrowser() []Advice {
	return []Advice{{
		ID: "browser-name", Group: "browser", Symptom: "NET::ERR_CERT_COMMON_NAME_INVALID",
		Cause: "The name in the address bar is not among the names (SAN) of the certificate; Chrome 58 and later ignore the common name. Or people open a short name or an IP address.",
		Cure:  "A CA-signed certificate whose names hold the FQDN; links with the FQDN.",
		Rules: []string{"TRB-3", "PRE-2", "VER-2", "VER-4"}, Source: "118855 (000), vos-facts 6.10", Step: plan.StepCSR,
		Words: `COMMON_NAME_INVALID|SSL_ERROR_BAD_CERT_DOMAIN|name\s+mismatch`, look: looks{signNamesServed},
	}, {
		ID: "browser-old", Group: "browser", Symptom: "One port, or all, still shows the old certificate",
		Cause: "A service reads its certificate only when it starts: the restart was forgotten, or only Tomcat was restarted.",
		Cure:  "Restart the node, publisher first, then look at every port.",
		Rules: []string{"SIG-8", "VER-4"}, Source: "vos-facts 6.13", Step: plan.StepRestart, Words: `old\s+(cert|one)|still\s+(shows|the old|serves)`, look: looks{signSerials, signDebts},
	}, {
		ID: "browser-trust", Group: "browser", Symptom: "NET::ERR_CERT_AUTHORITY_INVALID: agents must accept certificates on 7443, 8445, 8444, 12015",
		Cause: "The certificate is self-signed, or its root is not in the trust store of the PC.",
		Cure:  "Distribute the root to the PCs: the client kit has the files, the Group Policy steps and the policy for Firefox (SELF-4).",
		Rules: []string{"SELF-4", "SELF-1", "CLI-3", "CLI-4", "CLI-7", "CLI-8", "VER-2", "VER-4"}, Source: "118855 (000), needs 9",
		Words: `AUTHORITY_INVALID|SEC_ERROR_UNKNOWN_ISSUER|SELF_SIGNED_CERT|not\s+trusted|accept.*certificate`, look: looks{signRoots},
	}, {
		ID: "browser-expired", Group: "browser", Symptom: "NET::ERR_CERT_DATE_INVALID: the certificate has expired",
		Cause: "Nobody looked in time, or the clock of the PC is wrong.",
		Cure:  "The path for what has expired now: the shortest safe way back. The report has a calendar file for the next time.",
		Rules: []string{"SELF-3", "SIG-1", "VER-2", "VER-4"}, Source: "needs 15", Step: plan.StepCSR, Words: `CERT_DATE_INVALID|SEC_ERROR_EXPIRED|has\s+expired`, look: looks{signExpiry},
	}, {
		ID: "browser-hsts", Group: "browser", Symptom: `The browser offers no "proceed" link`,
		Cause: "The site has told the browser to insist on a valid certificate (HSTS): there is no exception to click.",
		Cure:  "Make the certificate trusted: distribute the root (client kit), or install a valid certificate. Until then a fresh browser profile that has never seen the site.",
		Rules: []string{"SELF-4"}, Source: "needs 16", Words: `HSTS|no\s+.?proceed`, look: looks{signRoots},
	}}
}

func adviceGadgets() []Advice {
	return []Advice{{
		ID: "ecdsa-gadgets", Group: "gadgets", Symptom: "After 11.5 the Live Data gadget asks for a certificate, or 12015 fails",
		Cause: "11.5 also presents tomcat-ECDSA, which is still self-signed beside the signed tomcat (CSCvb46250).",
		Cure:  "Have tomcat-ECDSA signed by an elliptic curve CA too, or install the COP of UCCX that keeps it from being presented.",
		Rules: []string{"EC-1", "EC-2", "EC-4", "EC-6", "TRB-4", "VER-3"}, Source: "210528 (002), vos-facts 6.11", Words: `12015|CSCvb46250|tomcat-ECDSA.*self`, look: looks{signCurves},
	}, {
		ID: "ecdsa-chat", Group: "gadgets", Symptom: "After 11.5 the SocialMiner page does not load, chat and e-mail are dead",
		Cause: "tomcat-ECDSA of SocialMiner was signed by an RSA CA and is not presented to clients (CSCvb58580).",
		Cure:  "Do not use that certificate: install the COP of SocialMiner (and that of UCCX); then restart SocialMiner, UCCX publisher and subscriber.",
		Rules: []string{"EC-3", "EC-5", "EC-6", "TRB-4", "VER-1"}, Source: "210528 (002), vos-facts 6.12", Words: `socialminer.*(load|dead|down)|CSCvb58580`, look: looks{signCurves},
	}, {
		ID: "chat-trust", Group: "gadgets", Symptom: "Chat and e-mail are down since CCP got a new certificate",
		Cause: "Only one side trusts the other: CCP belongs into tomcat-trust of both UCCX nodes, and UCCX publisher and subscriber into that of CCP.",
		Cure:  "Exchange in both directions, then restart CCP and UCCX.",
		Rules: []string{"REL-1", "REL-2", "SELF-2", "VER-1"}, Source: "118855 (000), vos-facts 6.15", Step: plan.StepRoot, Words: `chat.*(down|fail|not work)|e-?mail.*(down|fail|not work)`,
		look: looks{signTrust(vos.CCP, vos.UCCX), signTrust(vos.UCCX, vos.CCP)},
	}, {
		ID: "livedata-trust", Group: "gadgets", Symptom: "Live Data gadgets stay empty (UCCE)",
		Cause: "Finesse and CUIC do not hold the root and intermediates of the Live Data servers, or Live Data not theirs.",
		Cure:  "Upload the chain on Finesse, CUIC and Live Data, then restart both sides of each.",
		Rules: []string{"SIG-9", "REL-4", "VER-3"}, Source: "UCCE guide (004)", Step: plan.StepRoot, Words: `live\s*data|gadgets?\b.*(empty|no data|stay)`,
		look: looks{signTrust(vos.LiveData, vos.Finesse), signTrust(vos.LiveData, vos.CUIC), signTrust(vos.Finesse, vos.LiveData), signTrust(vos.CUIC, vos.LiveData)},
	}, {
		ID: "recording-trust", Group: "gadgets", Symptom: "Recording or the search of recordings fails (MediaSense)",
		Cause: "MediaSense, UCCX and Finesse may not trust each other. Guess: the text of the old guide was not at hand.",
		Cure:  "Exchange certificates or chains in both directions, then restart MediaSense and UCCX.",
		Rules: []string{"REL-5", "SIG-8"}, Source: "an older 118855, a guess", Words: `mediasense|recording`,
		look: looks{signTrust(vos.MediaSense, vos.UCCX), signTrust(vos.UCCX, vos.MediaSense), signTrust(vos.MediaSense, vos.Finesse)},
	}}
}

func adviceNeighbours() []Advice {
	return []Advice{{
		ID: "script-https", Group: "neighbours", Symptom: "A script step fails that calls HTTPS (Get URL Document, Make REST Call)",
		Cause: "The keystore holds no public roots, and the chain of that server is missing in tomcat-trust.",
		Cure:  "Upload its whole chain, root included, then restart the Cisco Unified CCX Engine.",
		Rules: []string{"REL-3"}, Source: "118855 (000), vos-facts 6.14", Step: plan.StepChain, Words: `get\s+url\s+document|make\s+rest\s+call|PKIX path|unable to find valid certification path|script.*https`,
		look: looks{signTargets},
	}, {
		ID: "eku", Group: "neighbours", Symptom: "TLS with client certificates fails since a public CA signed the certificate (2026 and later)",
		Cause: "Client authentication is missing in Extended Key Usage; public CAs drop it, and UCCX 12.5(1) to 15.0(1)SU1, CCP, IP IVR, Finesse and CUIC expect both (field notice FN74382).",
		Cure:  "Another public root that still allows it, renewing early, or a private CA; a fix is planned for 15.0(1)SU2.",
		Rules: []string{"PRE-7"}, Source: "FN74382, vos-facts 6.16", Step: plan.StepOutbox, Words: `client\s*auth|FN74382|EKU|extended key usage|CSCwt79317`, look: looks{signUsages},
	}, {
		ID: "cert-type", Group: "neighbours", Symptom: "Peers reject a node since set tls server cert_type",
		Cause: "The node presents the other certificate now, and its peers do not hold it.",
		Cure:  "Set the same type on all nodes, then exchange the certificates again.",
		Rules: []string{"EC-1", "SELF-2"}, Source: "vos-facts 6.18", Words: `cert_type`, look: looks{signCurves, signTrust("", "")},
	}, {
		ID: "sso", Group: "neighbours", Symptom: "Single sign-on is broken since the tomcat certificate changed (Unified CM); phones lose trust",
		Cause: "The metadata of the service provider hold the old certificate. Phones lose trust when CallManager and TVS change together.",
		Cure:  "Disable and enable SSO, and give the new metadata to the identity provider; never change CallManager and TVS in one go.",
		Rules: []string{"TRB-1"}, Source: "vos-facts 6.22, needs 18", Words: `\bSSO\b|single sign|SAML`,
	}}
}

func advicePlatform() []Advice {
	return []Advice{{
		ID: "regenerated", Group: "platform", Symptom: "The CA-signed certificate is gone after Regenerate",
		Cause: "Regenerate overwrites a CA-signed certificate with a self-signed one. So do a change of host name, domain, FIPS mode or web-security.",
		Cure:  "Only a new CSR and a new certificate of the CA bring it back. Until then: exchange the self-signed ones (SELF-3).",
		Rules: []string{"SELF-3", "PRE-3"}, Source: "vos-facts 6.20", Step: plan.StepCSR, Words: `regenerat`, look: looks{signSelfSigned},
	}, {
		ID: "upgrade-expired", Group: "platform", Symptom: "An upgrade fails or warns about certificates",
		Cause: "A certificate in some store has expired.",
		Cure:  "Delete it from the trust store, or regenerate the identity, before the upgrade.",
		Rules: []string{"SELF-3"}, Source: "UCCX upgrade guide, vos-facts 6.24", Words: `upgrade.*(cert|expired|fail)`, look: looks{signExpiry, signExpiredTrust},
	}, {
		ID: "restart-scope", Group: "platform", Symptom: "Too few or too many restarts: documents disagree what must be restarted",
		Cause: "118855 and the UCCE guide say the whole node, other documents Tomcat or the engine alone.",
		Cure:  "After a new identity restart the whole node, publisher first, then the subscriber. After a script target alone the Cisco Unified CCX Engine.",
		Rules: []string{"SIG-8", "REL-3"}, Source: "vos-facts 7.8, needs 8", Step: plan.StepRestart, Words: `what.*restart|restart.*(order|scope|which)`, look: looks{signDebts},
	}, {
		ID: "wrong-order", Group: "platform", Symptom: "The window was interrupted and nobody knows what was done",
		Cause: "An upload or a restart has begun and nobody saw its end.",
		Cure:  "uccx-tui resume: what began is looked at on the node before anything is done again.",
		Rules: []string{"SIG-8"}, Source: "needs 17", Words: `interrupted|what was done`, look: looks{signUnsure},
	}}
}
