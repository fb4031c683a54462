package advice

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// linkNotice is where Cisco's field notices about client authentication are.
const linkNotice = "https://www.cisco.com/c/en/us/support/docs/field-notices/743/"

// adviceNotices are the field notices about client authentication of products that uccx-tui does not change. Their facts
// are those of vos/facts.
func adviceNotices() []Advice {
	var all []Advice
	for _, n := range facts.Notices() {
		if n.ID == "FN74382" { // the advice eku
			continue
		}
		a := Advice{ID: "eku-" + strings.ToLower(n.ID), Group: "peers", Symptom: n.Symptom(), Cause: n.Cause(), Cure: n.Cure(),
			Rules: []string{"PRE-7"}, Source: n.Cited().String(), Link: n.Link, Codes: n.ID}
		if n.From != "" {
			a.Codes += " " + strings.ReplaceAll(n.Defects, ",", "")
		}
		all = append(all, a)
	}
	return all
}

func adviceServices() []Advice {
	return []Advice{{
		ID: "service-platform", Group: "platform", Symptom: msg.T("Platform Administrative Web Service is down"),
		Cause: msg.T("OS Administration of the cluster uses this service on each node: to copy multi-server certificates and CSRs, and to show other nodes."),
		Cure:  msg.T("On that node: utils service list, then utils service start Platform Administrative Web Service. If it does not start, restart Cisco Tomcat."),
		Rules: []string{"PRE-6"}, Source: doc118731 + "; CLI reference", Step: plan.StepPreflight,
		Words: `platform\s+administrative\s+web\s+service\b.*(down|stopped|not\s+(running|started|activated))`, look: looks{signServices},
	}, {
		ID: "service-tomcat", Group: "platform", Symptom: msg.T("Tomcat of Finesse or of the platform does not start after an upload"),
		Cause: msg.T("No Cisco document names this symptom. Probably the certificate and the key do not belong together, or the " +
			"service had not stopped completely."),
		Cure: msg.T("Wait 10 minutes, then utils service list. Start it with utils service restart Cisco Finesse Tomcat (or Cisco Tomcat). If it stays down, restart the " +
			"node; then collect the Tomcat logs and open a case with Cisco TAC before you upload anything else."),
		Rules: []string{"SIG-8"}, Source: "UCCX 15.0 Administration and Operations Guide, CLI; the cause is inferred", Step: plan.StepRestart,
		Words: `tomcat\b.*(does\s+not|doesn't|did\s+not|will\s+not|won't|fails?\s+to)\s+(re)?start`, look: looks{signServices},
	}, {
		ID: "service-starting", Group: "platform", Symptom: msg.T("HTTP 404 or 503 on OS Administration after a restart"),
		Cause: msg.T("Tomcat answers before its web applications have started. On UCCX this may take up to 30 minutes (an " +
			"estimate)."),
		Cure: msg.T("Wait, then load https://FQDN:8443/cmplatform again. If it still fails, check that utils service list shows " +
			"Cisco Tomcat as STARTED; otherwise restart it."),
		Rules: []string{"SIG-8"}, Source: nodes + "1.5", Step: plan.StepRestart, Words: `(404|503)\b.*(cmplatform|tomcat\s+restart)|cmplatform\b.*(404|503|not\s+found|unavailable)`, look: looks{signServices},
	}, {
		ID: "api-login", Group: "login", Symptom: msg.T("The certificate API answers 401 or 403"),
		Cause: msg.T("The API accepts the OS Administration account, not the application account. An account with privilege level " +
			"0 can only read. Accounts differ by node."),
		Cure:  msg.T("Use the platform account of that node. Three failed logins may lock it for 5 minutes."),
		Rules: []string{"PRE-1"}, Source: "Cisco DevNet, Certificate Management API", Link: "https://developer.cisco.com/docs/certificate-management/", Step: plan.StepLogin,
		Words: `\b40[13]\b.*certmgr|certmgr.*\b40[13]\b|CMPlatform Realm`, look: looks{signRefusals},
	}, {
		ID: "api-none", Group: "login", Symptom: msg.T("The certificate API answers 404"),
		Cause: msg.T("The node has no certificate API, or it is off. Cisco documents it for %s, not for UCCX.", vos.APIProducts()),
		Cure:  msg.T("Use SSH, or OS Administration by hand: press v on the plan."),
		Rules: []string{"PRE-1"}, Source: "Cisco DevNet, Certificate Management API", Link: "https://developer.cisco.com/docs/certificate-management/", Step: plan.StepLogin,
		Words: `\b404\b.*(certmgr|platformcom)|(certmgr|platformcom).*\b404\b`,
	}, {
		ID: "keystore-password", Group: "platform", Symptom: msg.T(`"keystore password was incorrect"`),
		Cause: msg.T("keytool or a Java program opened a keystore with the wrong password, or a file that is not a keystore of " +
			"that type. The keystores of VOS nodes are not accessible, so this is a Windows server of UCCE (AW, PG, CVP) " +
			"or a PC."),
		Cure: msg.T("Find the password: changeit for the cacerts of Java, security.properties for CVP. If the file is PKCS #12, " +
			"give its type: keytool -storetype PKCS12. Work on a copy of the file."),
		Source: "Oracle, keytool; UCCE security guide", Link: "https://docs.oracle.com/en/java/javase/17/docs/specs/man/keytool.html", Words: `keystore\s+password\s+was\s+incorrect|keystore was tampered with`,
	}, {
		ID: "image-repository", Group: "platform", Symptom: msg.T("utils image-repository reports a certificate problem"),
		Cause: msg.T("The node cannot verify the certificate of the image repository. Probably a proxy inspects TLS, and its CA " +
			"is missing from the node's trust store."),
		Cure:  msg.T("Exempt the repository from TLS inspection, or upload the chain of the proxy's CA as tomcat-trust. Then run utils image-repository set again."),
		Rules: []string{"REL-3"}, Source: "UCCE Installation and Upgrade Guide, orchestration; the cause is inferred", Words: `image-?repository\b.*(certificate|ssl|tls)`,
	}}
}

func adviceAlarms() []Advice {
	return []Advice{{
		ID: "alarm-expiry", Group: "platform", Symptom: msg.T("RTMT or syslog: certificate expiration alarm (CertValidLessThanMonth, CertExpiryEmergency, CertExpired)"),
		Cause: msg.T("Cisco Certificate Expiry Monitor found a certificate that expires soon or has expired. The alarm names the certificate (name), its unit and its type " +
			"(own-cert or trust-cert)."),
		Cure: msg.T("own-cert: renew it; for tomcat, start a new change in uccx-tui. trust-cert: delete it if nothing uses it, " +
			"or upload its successor. Then the alarm stops."),
		Rules: []string{"SIG-1", "SELF-3"}, Source: "Cisco error message guide, UC_CERT; RTMT guide, alerts", Step: plan.StepCSR,
		Link: linkAlarms, Codes: "CertExpired CertExpiryEmergency CertExpiryApproaching CertExpiryDebug CertValidLessThanMonth CertValidLessThanADay CertValidfor7days",
		Words: `certificate\s+expiration\s+notification`, Topic: `expires?\b.*(soon|days)`,
		look: looks{signExpiry, signExpiredTrust},
	}, {
		ID: "drs-ipsec", Group: "platform", Symptom: msg.T("DRS: Local Agent is not responding"),
		Cause: msg.T("DRF Master and Local communicate over TLS with the ipsec certificates. The certificate of the publisher " +
			"expired, ipsec-trust of a node has an old one, or the service Cisco DRF Local is stopped."),
		Cure: msg.T("Compare the serial of ipsec on the publisher with that in ipsec-trust of every node. Upload the right one, or regenerate ipsec. Then utils service restart " +
			"Cisco DRF Local on every node, and Cisco DRF Master on the publisher."),
		Source: "Unified CM Security Guide 14, Certificates; UCCE security guide", Words: `local\s+agent\s+(is\s+not\s+responding|(could|may|might)\s+be\s+down|being\s+down)`, Topic: `\bDR[SF]\b|\bipsec\b`, look: looks{signServices},
	}, {
		ID: "smart-license", Group: "platform", Symptom: msg.T("Smart licensing: communication send error, certificate verify failed"),
		Cause: msg.T("The node does not trust the certificate of Cisco's licensing servers. In 2021 their root changed from QuoVadis Root CA 2 to IdenTrust Commercial Root CA 1. Or a " +
			"proxy inspects TLS."),
		Cure:   msg.T("Upload IdenTrust Commercial Root CA 1 as tomcat-trust on the publisher, or update to a fixed release. Exempt tools.cisco.com and smartreceiver.cisco.com from TLS inspection."),
		Source: "Cisco field notice FN72318", Link: "https://www.cisco.com/c/en/us/support/docs/field-notices/723/fn72318.html", Codes: "FN72318 FN72289",
		Words: `smart\s+licen[sc]ing\b.*(certificate|ssl|tls|communication)|communication\s+send\s+error|quovadis`,
	}, {
		ID: "ldap-bind", Group: "peers", Symptom: msg.T("simple bind failed: SERVER:636"),
		Cause: msg.T("The TLS connection to the LDAP server fails: its CA is not in tomcat-trust, its certificate expired, or its SAN does not have the name that is configured " +
			"(an IP address or a short name)."),
		Cure:   msg.T("Upload the root and intermediates of the LDAP server as tomcat-trust, configure it by the FQDN of its certificate, then restart Cisco Tomcat and Cisco DirSync."),
		Source: "Unified CM System Configuration Guide, LDAP; Java JNDI", Words: `simple\s+bind\s+failed`, Topic: `ldaps?\b.*(certificate|PKIX|handshake)`,
	}}
}
