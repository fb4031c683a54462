package rules

import "slices"

// Rules are the rules of the source documents that this program cites, each in a line.
var Rules = map[string]string{
	"PRE-1":  "OS Administration access is needed for every node of the change.",
	"PRE-2":  "Every server has DNS and a domain; people reach every application by its FQDN.",
	"PRE-3":  "After a change of domain or host name the certificates are regenerated before a CSR is made.",
	"PRE-4":  "Key length 1024 or 2048 bits on UCCX, as the guide says it; newer platforms offer more.",
	"PRE-5":  "The Distribution of the CSR stays the node's FQDN, unless a multi-server certificate is wanted.",
	"PRE-6":  "Multi-server certificates: UCCX from 11.6, node 1 and node 2 and nothing else.",
	"PRE-7":  "Chat over the internet needs a certificate from a public CA on CCP.",
	"PRE-8":  "The Parent Domain field of the CSR page is filled by default; emptying it avoids TRB-2.",
	"SIG-1":  "Generate the CSR on each node.",
	"SIG-2":  "Download the CSR.",
	"SIG-3":  "Hand all CSRs to the CA; it returns root, intermediates and one certificate per CSR. This may take days.",
	"SIG-4":  "Upload the root as tomcat-trust.",
	"SIG-5":  "Upload each intermediate as tomcat-trust, after the root.",
	"SIG-6":  "Root and intermediates go to the publisher only; tomcat-trust replicates. (Another document says it does not: it is looked at.)",
	"SIG-7":  "Upload the application certificate as tomcat, each node its own.",
	"SIG-8":  "Only then restart.",
	"SIG-9":  "UCCE: Finesse and CUIC hold root and intermediates of Live Data, and Live Data theirs, or Live Data fails.",
	"SELF-1": "Self-signed certificates are trusted by nobody: each relation needs the peer's certificate in tomcat-trust.",
	"SELF-2": "Download the certificate of the one, upload it to the other as tomcat-trust; then restart CCP and both UCCX nodes.",
	"SELF-3": "Expired or wrong: regenerate, restart that server, then every relation of SELF-2 again.",
	"SELF-4": "Clients: group policy or package manager, or each browser.",
	"REL-1":  "The certificate of CCP, or its chain, belongs into tomcat-trust of both UCCX nodes.",
	"REL-2":  "The certificates of UCCX, or their chain, belong into tomcat-trust of CCP.",
	"REL-3":  "A server that scripts call: its entire chain into tomcat-trust of UCCX, then restart the Cisco Unified CCX Engine.",
	"REL-4":  "Live Data, CUIC and Finesse hold each other's roots and intermediates.",
	"REL-5":  "MediaSense with UCCX and with Finesse: each other's tomcat-trust (a guess: the text was not at hand).",
	"EC-1":   "11.5 adds tomcat-ECDSA on UCCX and SocialMiner; from 11.6 it is gone.",
	"EC-2":   "With CA-signed certificates tomcat-ECDSA must be signed too: CSR, download and upload with that name.",
	"EC-3":   "An ECDSA certificate signed by an RSA CA is not presented; on SocialMiner it breaks chat (CSCvb58580).",
	"EC-4":   "What clients meet depends on who signed tomcat and who signed tomcat-ECDSA: shown before the choice.",
	"EC-5":   "Restart SocialMiner, UCCX publisher and subscriber after it.",
	"EC-6":   "The COP is right where no EC CA can sign, and where self-signed certificates should not be asked about.",
	"CLI-1":  "Administrators open https://FQDN/appadmin/main.",
	"CLI-2":  "Agents and supervisors use the platform's web services at https://FQDN/appadmin/main.",
	"CLI-3":  "The Notification Service answers at https://FQDN:7443/.",
	"CLI-4":  "Finesse agents and supervisors open https://FQDN:8445/.",
	"CLI-5":  "Finesse administrators open https://FQDN:8445/cfadmin.",
	"CLI-6":  "Chat uses https://CCP-FQDN/.",
	"CLI-7":  "CUIC reporting is at https://FQDN:8444/.",
	"CLI-8":  "CUIC Live Data (socket.io) is at https://FQDN:12015/, from 11.x.",
	"VER-1":  "Chat through the web form works both ways.",
	"VER-2":  "An agent logs in to Finesse without a warning or a prompt; state changes work; a call is presented.",
	"VER-3":  "Live Data gadgets load, hold data, refresh.",
	"VER-4":  "AppAdmin shows its login page without a warning, on both nodes.",
	"TRB-1":  "Finesse says Invalid User ID/Password: Unified CM's certificate has expired, or marks other extensions critical (CSCvd56174).",
	"TRB-2":  "\"CSR SAN and Certificate SAN does not match\": the CA added or dropped a name.",
	"TRB-3":  "NET::ERR_CERT_COMMON_NAME_INVALID: the FQDN is not among the names.",
	"TRB-4":  "Defects to recognise: CSCvb46250 (ECDSA and Live Data), CSCvb58580 (SocialMiner and RSA-signed ECDSA), CSCvd56174 (login), CSCuv89545 (Logjam).",
}

// Text says a rule of the source documents in a line, or "".
func Text(id string) string { return Rules[id] }

// IDs returns the ids of all rules, sorted.
func IDs() []string {
	var ids []string
	for id := range Rules {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
