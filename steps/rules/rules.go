package rules

import (
	"slices"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Rules are the rules of the source documents that this program cites, each in a line.
var Rules = map[string]msg.Text{
	"PRE-1": msg.T("OS Administration access is required for every node of the change."),
	"PRE-2": msg.T("Every server has DNS and a domain. Users open every application by its FQDN."),
	"PRE-3": msg.T("After a change of domain or host name, regenerate the certificates before you generate a CSR."),
	"PRE-4": msg.T("Key length on UCCX: 1024 or 2048 bits according to Cisco's guide. Newer platforms offer more."),
	"PRE-5": msg.T("The Distribution of the CSR is the node's FQDN, except for a multi-server certificate."),
	"PRE-6": msg.T("Multi-server certificates: UCCX 11.6 and later, node 1 and node 2 only."),
	"PRE-7": msg.T("Chat over the internet needs a public CA certificate on CCP."),
	"PRE-8": msg.T("The CSR page fills in Parent Domain. Clear it to avoid a SAN mismatch (TRB-2)."),
	"PRE-9": msg.T("Public or internal CA is a choice: the root of an internal one must be rolled out to the clients."),
	"SIG-1": msg.T("Generate the CSR on each node."),
	"SIG-2": msg.T("Download the CSR."),
	"SIG-3": msg.T("Send all CSRs to the CA. It returns the root, the intermediates and one certificate per CSR. This " +
		"may take days."),
	"SIG-4": msg.T("Upload the root as tomcat-trust."),
	"SIG-5": msg.T("Upload each intermediate as tomcat-trust, after the root."),
	"SIG-6": msg.T("Upload root and intermediates on the publisher only: tomcat-trust replicates. Another Cisco " +
		"document says it does not, so the subscriber is checked."),
	"SIG-7": msg.T("Upload the application certificate of each node as tomcat."),
	"SIG-8": msg.T("Restart after the last upload, not before."),
	"SIG-9": msg.T("UCCE: Finesse and CUIC need the root and intermediates of Live Data, and Live Data needs theirs. " +
		"Otherwise Live Data fails."),
	"SELF-1": msg.T("No node trusts a self-signed certificate: each trust relation needs the peer's certificate in " +
		"tomcat-trust."),
	"SELF-2": msg.T("Download each certificate, upload it to the other product as tomcat-trust, then restart CCP and " +
		"both UCCX nodes."),
	"SELF-3": msg.T("Expired or wrong: regenerate, restart that server, then repeat every exchange of SELF-2."),
	"SELF-4": msg.T("Clients: Group Policy, a package manager, or browser by browser."),
	"REL-1":  msg.T("The certificate of CCP, or its chain, belongs in tomcat-trust of both UCCX nodes."),
	"REL-2":  msg.T("The certificates of UCCX, or their chain, belong in tomcat-trust of CCP."),
	"REL-3": msg.T("Script server: upload its complete chain to tomcat-trust of UCCX, then restart Cisco Unified CCX " +
		"Engine."),
	"REL-4": msg.T("Live Data, CUIC and Finesse need each other's roots and intermediates."),
	"REL-5": msg.T("MediaSense, UCCX and Finesse need each other's certificates in tomcat-trust (inferred; the guide " +
		"was not available)."),
	"EC-1": msg.T("11.5 adds tomcat-ECDSA on all products of the solution. From 11.6, UCCX, CCP and MediaSense have none."),
	"EC-2": msg.T("With CA-signed certificates, tomcat-ECDSA must be CA-signed too. Generate, download and upload it " +
		"under that name."),
	"EC-3": msg.T("An ECDSA certificate signed by an RSA CA is not presented; on SocialMiner it breaks chat (CSCvb58580)."),
	"EC-4": msg.T("What clients see depends on who signed tomcat and tomcat-ECDSA; shown before the choice."),
	"EC-5": msg.T("Then restart SocialMiner, UCCX publisher and UCCX subscriber."),
	"EC-6": msg.T("Use the COP file if no EC CA can sign, or if agents should not be asked about self-signed " +
		"certificates."),
	"EC-7": msg.T("11.5, both self-signed: agents accept the certificate once in the Live Data and the chat and email gadgets; tell them " +
		"beforehand."),
	"CLI-1":   msg.T("Administrators open https://FQDN/appadmin/main."),
	"CLI-2":   msg.T("Agents and supervisors use the platform's web services at https://FQDN/appadmin/main."),
	"CLI-3":   msg.T("The Notification Service answers at https://FQDN:7443/."),
	"CLI-4":   msg.T("Finesse agents and supervisors open https://FQDN:8445/."),
	"CLI-5":   msg.T("Finesse administrators open https://FQDN:8445/cfadmin."),
	"CLI-6":   msg.T("Chat uses https://CCP-FQDN/."),
	"CLI-7":   msg.T("CUIC reporting is at https://FQDN:8444/."),
	"CLI-8":   msg.T("CUIC Live Data (socket.io) is at https://FQDN:12015/, from 11.x."),
	"VER-1":   msg.T("Web chat works in both directions."),
	"VER-2":   msg.T("An agent logs in to Finesse without a warning or a prompt; state changes work; a call is presented."),
	"VER-3":   msg.T("Live Data gadgets load, hold data, refresh."),
	"VER-4":   msg.T("AppAdmin shows its login page without a warning, on both nodes."),
	"FIRST-1": msg.T("First deployment: host name, domain and DNS of every node are right, and resolve in both directions."),
	"FIRST-2": msg.T("First deployment: the clocks agree (inferred)."),
	"FIRST-3": msg.T("First deployment: certificates are regenerated after the domain was set."),
	"FIRST-4": msg.T("First deployment: a public or an internal CA, with what follows for the clients."),
	"FIRST-5": msg.T("First deployment: the CA-signed path, or the exchange of self-signed certificates."),
	"FIRST-6": msg.T("First deployment: trust between the products, Unified CM among them."),
	"FIRST-7": msg.T("First deployment: roll-out to the client PCs."),
	"FIRST-8": msg.T("First deployment: functional tests."),
	"TRB-1": msg.T("Finesse shows Invalid User ID/Password: the Unified CM certificate has expired or has other " +
		"critical extensions (CSCvd56174)."),
	"TRB-2": msg.T("\"CSR SAN and Certificate SAN does not match\": the CA added or removed a name."),
	"TRB-3": msg.T("NET::ERR_CERT_COMMON_NAME_INVALID: the FQDN is not in the SAN."),
	"TRB-4": msg.T("Known defects: CSCvb46250 (ECDSA and Live Data), CSCvb58580 (SocialMiner and RSA-signed ECDSA), " +
		"CSCvd56174 (login), CSCuv89545 (Logjam)."),
}

// Text says a rule of the source documents in a line, or "".
func Text(id string) string { return Rules[id].String() }

// IDs returns the ids of all rules, sorted.
func IDs() []string {
	var ids []string
	for id := range Rules {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
