package precheck

import (
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Explained gives each finding its cause, where it has none yet.
func Explained(found []plan.Finding) []plan.Finding {
	for i := range found {
		if found[i].Cause.IsZero() {
			found[i].Cause = Cause(found[i].Code)
		}
	}
	return found
}

// Cause says how what was found comes about, or what follows from it; "" for a code that explains itself.
func Cause(code string) msg.Text {
	return map[string]msg.Text{
		codes.NoDomain:     msg.T("Certificates and clients use the full name of the node, and a node without a domain has none."),
		codes.NoName:       msg.T("The node may still be starting."),
		codes.OtherName:    msg.T("The host name or domain was changed, the solution has another name, or another node answers at this address."),
		codes.IdentityName: msg.T("The host name or domain was changed after the certificate was generated."),
		codes.DNS:          msg.T("The A record contains an old address, or there is NAT between this machine and the node."),
		codes.PTR:          msg.T("The PTR record was not changed with the name. Peers check both directions."),
		codes.Clock:        msg.T("The node does not reach its NTP server, or this machine's clock is wrong."),
		codes.Release:      msg.T("The release is newer than this version of uccx-tui."),
		codes.Services:     msg.T("The service was stopped or has failed. After the restart its ports could not be verified."),
		codes.Replication:  msg.T("The other node is down, or replication between them is broken."),
		codes.Role:         msg.T("The roles are swapped in the solution, or the cluster was set up again."),
		codes.NotInCluster: msg.T("The node was reinstalled or renamed, or the solution names the wrong node."),
		codes.Member:       msg.T("The solution does not name every node of the cluster. A node that is left out keeps its old certificate."),
		codes.Disk:         msg.T("Old logs and traces fill the partition. A node with a full disk may not start again."),
		codes.Silent:       msg.T("The service is stopped, or a firewall is between this machine and the node."),
		codes.Served:       msg.T("A certificate was installed, and the service has not been restarted since."),
		codes.Trust:        msg.T("The peer's certificate was renewed, or never uploaded here."),
		codes.PeerExpired:  msg.T("The certificate of the peer was not renewed in time."),
		codes.PeerCritical: msg.T("UCCX refuses other critical extensions (CSCvd56174)."),
		codes.PeerSilent:   msg.T("The peer is down, or a firewall is between it and this machine."),
		codes.Chain:        msg.T("A CA certificate was deleted from tomcat-trust, or never uploaded."),
		codes.NoServers:    msg.T("The node cannot resolve the names of its peers."),
		codes.KeySize:      msg.T("The CSR was generated with a key size that the documents for this release do not list."),
		codes.NoShared:     msg.T("Shared certificates came with UCCX 11.6."),
		codes.NoSecond:     msg.T("Release 11.5 added tomcat-ECDSA, and 11.6 removed it."),
		codes.PublicCA:     msg.T("Browsers of customers trust public CAs only."),
		codes.NoBackup:     msg.T("Without a backup, a node that does not start again must be reinstalled."),
		codes.OldBackup:    msg.T("What was configured since then is lost if the node must be restored."),
		codes.BackupUnread: msg.T("The node does not have the command, or the account may not use it."),
		codes.Bare:         msg.T("The service started before the chain was uploaded, or this node never sends it."),
	}[code]
}
