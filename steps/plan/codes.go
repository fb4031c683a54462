package plan

// Codes of troubles and findings: what programs ask for, where people read a sentence. They stand in journals: never change
// one. A refusal in a node's own words has the id of the table of refusals (vos/refusal.go), a finding about the CA's files
// the code of its rule (vos/cert).
const (
	CodeCSRGone   = "csr-gone"   // the CSR that went to the CA is not on the node any more
	CodeCSRAgain  = "csr-again"  // it was made again since
	CodeKeptOut   = "kept-out"   // a namesake in the trust store keeps a CA certificate out
	CodeServices  = "services"   // About: the services that are down
	CodeNotServed = "not-served" // About: the ports that do not serve what was installed
	CodeNoEffect  = "no-effect"  // a command had no effect, or a restart that was acknowledged has not begun
	CodeOtherName = "other-name" // the node calls itself otherwise
	CodeClock     = "clock"      // About: by how much it is off
)

// More of the same, of findings alone.
const (
	CodeNoDomain     = "no-domain"
	CodeNoName       = "no-name"
	CodeIdentityName = "identity-name" // the certificate in use is for another name
	CodeNoDNS        = "no-dns"
	CodeDNS          = "dns"
	CodeNoPTR        = "no-ptr"
	CodePTR          = "ptr"
	CodeNoClock      = "no-clock"
	CodeRelease      = "release"
	CodeReplication  = "replication"
	CodeRole         = "role"
	CodeNotInCluster = "not-in-cluster"
	CodeMember       = "member" // of the cluster, and not in the plan
	CodeDisk         = "disk"
	CodeExpired      = "expired"
	CodeSilent       = "silent" // an address does not answer
	CodeServed       = "served" // an address serves another certificate than the node holds
	CodePending      = "pending-csr"
	CodeECDSA        = "ecdsa-served" // an address presents tomcat-ECDSA, on a release that may be set to it
	CodeTrust        = "trust"        // About: whose certificate is not believed, and its unit
	CodePeerSilent   = "peer-silent"
	CodePeerExpired  = "peer-expired"
	CodePeerCritical = "peer-critical"
	CodeNotShown     = "not-shown"
	CodeChain        = "chain"
	CodeBare         = "chain-not-sent"
	CodeWindow       = "window"
	CodeRehearsed    = "rehearsed"
	CodeNoServers    = "no-dns-servers"
	CodeKeySize      = "key-size"        // of the current certificate, or of a pending CSR
	CodeNoShared     = "no-multi-server" // the release has no shared certificates
	CodeServesECDSA  = "serves-ecdsa"    // show tls server cert_type says ecdsa
	CodeStale        = "stale"           // a trust certificate that is expired, doubled or superseded
	CodeCameBack     = "came-back"       // it was deleted, and is there again
	CodePublicCA     = "public-ca"       // who signed what CCP presents
)
