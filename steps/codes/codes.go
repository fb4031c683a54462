// Package codes names troubles and findings for programs.
package codes

// Codes of troubles and findings: what programs ask for, where people read a sentence. They stand in journals: never change
// one. A refusal in a node's own words has the id of the table of refusals (vos/refusal.go), a finding about the CA's files
// the code of its rule (vos/cert).
const (
	CSRGone   = "csr-gone"   // the CSR that went to the CA is not on the node any more
	CSRAgain  = "csr-again"  // it was made again since
	KeptOut   = "kept-out"   // a namesake in the trust store keeps a CA certificate out
	Services  = "services"   // About: the services that are down
	NotServed = "not-served" // About: the ports that do not serve what was installed
	NoEffect  = "no-effect"  // a command had no effect, or a restart that was acknowledged has not begun
	OtherName = "other-name" // the node calls itself otherwise
	Passing   = "passing"    // a login was refused on the way through a restart
	Clock     = "clock"      // About: by how much it is off
)

// More of the same, of findings alone.
const (
	NoDomain     = "no-domain"
	NoName       = "no-name"
	IdentityName = "identity-name" // the certificate in use is for another name
	NoDNS        = "no-dns"
	DNS          = "dns"
	NoPTR        = "no-ptr"
	NTP          = "ntp"         // the clock follows no NTP server
	Stratum      = "ntp-stratum" // it follows one that is far from a reference clock
	PTR          = "ptr"
	NoClock      = "no-clock"
	Release      = "release"
	Replication  = "replication"
	Role         = "role"
	NotInCluster = "not-in-cluster"
	Member       = "member" // of the cluster, and not in the plan
	Disk         = "disk"
	Expired      = "expired"
	Silent       = "silent" // an address does not answer
	Served       = "served" // an address serves another certificate than the node holds
	Pending      = "pending-csr"
	ECDSA        = "ecdsa-served" // an address presents tomcat-ECDSA, on a release that may be set to it
	Trust        = "trust"        // About: whose certificate is not believed, and its unit
	PeerSilent   = "peer-silent"
	PeerExpired  = "peer-expired"
	PeerCritical = "peer-critical"
	NotShown     = "not-shown"
	Chain        = "chain"
	Bare         = "chain-not-sent"
	Window       = "window"
	Rehearsed    = "rehearsed"
	NoServers    = "no-dns-servers"
	KeySize      = "key-size"        // of the current certificate, or of a pending CSR
	NoShared     = "no-multi-server" // the release has no shared certificates
	NoSecond     = "no-second"       // no node has the tomcat-ECDSA that is to be replaced
	ServesECDSA  = "serves-ecdsa"    // show tls server cert_type says ecdsa
	Stale        = "stale"           // a trust certificate that is expired, doubled or superseded
	CameBack     = "came-back"       // it was deleted, and is there again
	PublicCA     = "public-ca"       // who signed what CCP presents

	NoBackup          = "no-backup"
	OldBackup         = "old-backup"
	BackupUnread      = "backup-unread"      // the node does not say
	Unreplicated      = "unreplicated"       // the databases of a cluster
	ReplicationUnread = "replication-unread" // the node does not say
)
