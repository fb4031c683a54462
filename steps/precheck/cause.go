package precheck

import "github.com/uccx-tui/uccx-tui/steps/plan"

// Explained gives each finding its cause, where it has none yet.
func Explained(found []plan.Finding) []plan.Finding {
	for i := range found {
		if found[i].Cause == "" {
			found[i].Cause = Cause(found[i].Code)
		}
	}
	return found
}

// Cause says how what was found comes about, or what follows from it; "" for a code that explains itself.
func Cause(code string) string {
	return map[string]string{
		plan.CodeNoDomain:     "Certificates and clients use the full name of the node, and a node without a domain has none.",
		plan.CodeNoName:       "The node may still be starting.",
		plan.CodeOtherName:    "The host name or domain was changed, the solution has another name, or another node answers at this address.",
		plan.CodeIdentityName: "The host name or domain was changed after the certificate was generated.",
		plan.CodeDNS:          "The A record is of an older address, or there is NAT between this machine and the node.",
		plan.CodePTR:          "The PTR record was not changed with the name. Peers check both directions.",
		plan.CodeClock:        "The node does not reach its NTP server, or this machine's clock is wrong.",
		plan.CodeRelease:      "The release is newer than this program.",
		plan.CodeServices:     "The service was stopped or has failed. After the restart its ports could not be verified.",
		plan.CodeReplication:  "The other node is down, or replication between them is broken.",
		plan.CodeRole:         "The roles were exchanged in the solution, or the cluster was set up again.",
		plan.CodeNotInCluster: "The node was installed again or renamed, or the solution names the wrong node.",
		plan.CodeMember:       "The solution does not name every node of the cluster. A node that is left out keeps its old certificate.",
		plan.CodeDisk:         "Old logs and traces fill the partition. A node with a full disk may not start again.",
		plan.CodeSilent:       "The service is stopped, or a firewall is between this machine and the node.",
		plan.CodeServed:       "A certificate was installed, and the service was not restarted since.",
		plan.CodeTrust:        "The peer's certificate was renewed, or never uploaded here.",
		plan.CodePeerExpired:  "The certificate of the peer was not renewed in time.",
		plan.CodePeerCritical: "UCCX refuses other critical extensions (CSCvd56174).",
		plan.CodePeerSilent:   "The peer is down, or a firewall is between it and this machine.",
		plan.CodeChain:        "A CA certificate was deleted from tomcat-trust, or never uploaded.",
		plan.CodeNoServers:    "The node cannot resolve the names of its peers.",
		plan.CodeKeySize:      "The CSR was generated with a size that the documents of this release do not name.",
		plan.CodeNoShared:     "Shared certificates came with UCCX 11.6.",
		plan.CodePublicCA:     "Browsers of customers trust public CAs only.",
		plan.CodeBare:         "The service started before the chain was uploaded, or this node never sends it.",
	}[code]
}
