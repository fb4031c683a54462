package plan

// Ids of questions. They stand in journals: never change one.
const (
	// Questions about a login. They are asked by the program, not by a row, and count for all rows of the node.
	AskHostKey     = "hostkey"
	AskChangedKey  = "hostkey-changed"
	AskLegacy      = "legacy"
	AskLockout     = "lockout"
	AskCert        = "certificate" // the certificate of the node's API, asked about as a host key is
	AskChangedCert = "certificate-changed"
	AskRoute       = "route"           // whether the proxy or jump host of the change is used, and its host key is right; for all nodes
	AskFindings    = "findings"        // whether to go on despite what the check before starting found
	AskWarnings    = "reply-warnings"  // whether the CA's reply is installed despite its warnings
	AskDiffers     = "differs"         // whether to go on although a node is not as it was rehearsed
	AskReply       = "reply"           // what TakeReply answers
	AskParts       = "reply-parts"     // whether the certificates that are here are installed while others are still at the CA
	AskChain       = "chain"           // the CA certificates that a server does not send
	AskChainOK     = "chain-ok"        // whether the chain is the right one
	AskPending     = "csr-pending"     // what to do with a CSR that this session did not make
	AskUnseen      = "csr-unseen"      // whether a CSR is made again that the node has said it made, and does not show
	AskRestarted   = "restarted"       // whether a service was restarted, where the line was lost in the middle of it
	AskPageCSR     = "page-csr"        // work on the web page of a node: a multi-server CSR is to be generated
	AskPageUpload  = "page-upload"     // the same: the CA's certificate is to be uploaded
	AskPeers       = "neighbour-certs" // whether a node may believe what neighbours serve
	AskPeerFiles   = "neighbour-files" // whether there are the CA certificates that a peer does not send
	AskPeerTold    = "neighbour-told"
	AskUnchained   = "chain-not-sent" // whether an address counts that serves the new certificate without its chain
	AskOverwrite   = "overwrite"      // whether a CA's certificate, or a request that may be with a CA, may be lost
	AskECDSA       = "ecdsa"          // what becomes of tomcat-ECDSA
	AskHandedCA    = "handed-ca"      // whether nodes may be given CA certificates that come from a session that was handed over
	AskChanged     = "changed-since"  // whether to continue on a node that another program or person has changed since it was read
	AskOther       = "held-other"     // what becomes of a node that holds another certificate than this change installed
	AskRestart     = "restart"        // the name of the node that is to be restarted
	AskStale       = "stale-port"     // about ports that serve a former certificate after a restart
	AskDelete      = "delete-"        // begins the ids of questions whether a trust certificate is deleted; the certificate follows
	AskHanded      = "handed"         // whether all CSRs were sent to the CA
	AskCOP         = "cop"            // whether the COP against tomcat-ECDSA is installed
	AskNoEC        = "ecdsa-by-rsa"   // what becomes of tomcat-ECDSA where the CA has signed it with an RSA key
	AskCA          = "ca"             // who signs the certificates of nodes that were just installed
	AskReplication = "replication"    // whether a node is restarted although the databases of its cluster are not replicated
)

// Answers. They stand in journals: never change one.
const (
	Yes          = "yes"
	No           = "no"
	Again        = "again" // reads the node once more; of a decision: it is not taken yet
	Later        = "later" // leaves a thing as it is; it stays pending
	Back         = "back"  // the CA gets its reply back
	Bring        = "files" // files will be chosen
	UseCSR       = "use"   // the pending request
	MakeCSR      = "new"
	Accept       = "accept"  // another certificate in place of the one that was installed
	RestartAgain = "restart" // the node is restarted once more

	Wait    = "wait"    // nothing is installed before all of it is here
	Install = "install" // what is here is installed now
)

// MaxRefusals is how many logins may be refused before a person must say that a further one may be tried: the third
// locks the account where lockout is enabled (docs/nodes.md 1.1).
const MaxRefusals = 2

// The severities of a finding, in the words of journals and reports.
const (
	Note    = "note"
	Warning = "warning"
	Fault   = "fault"
)

// CertKey is the type of a HostKey that is no SSH key, but the certificate that a node's API serves.
const CertKey = "x509"

// Ids of rows. They stand in journals: never change one.
const (
	StepLogin        = "login"
	StepSurvey       = "survey"
	StepPreflight    = "preflight"
	StepRegenerate   = "regenerate"
	StepRegenerateEC = "regenerate-ecdsa"
	StepECDSA        = "ecdsa"
	StepCSR          = "csr"
	StepSharedCSR    = "csr-multi"
	StepECDSACSR     = "csr-ecdsa"
	StepOutbox       = "outbox"
	StepHandOver     = "handover"
	StepReply        = "reply"
	StepRoot         = "root"
	StepIntermediate = "intermediate"
	StepReplicate    = "replicate"
	StepInstall      = "install"
	StepByPage       = "install-page"
	StepShared       = "install-multi"
	StepECDSAOwn     = "install-ecdsa"
	StepCOP          = "cop"
	StepExchange     = "exchange"
	StepExchanged    = "exchanged"
	StepBack         = "back"        // restart of the expired path, before the CA is asked
	StepBackProve    = "back-proven" // and its proof
	StepPeers        = "neighbours"
	StepPeerChain    = "neighbour-chain"
	StepPeerTrust    = "neighbour-trust"
	StepPeerTrusted  = "neighbour-trusted"
	StepPeerTold     = "neighbour-told"
	StepFetch        = "fetch"
	StepChain        = "chain"
	StepEngine       = "engine"
	StepRestart      = "restart"
	StepProve        = "prove"
	StepFunction     = "function"
	StepRest         = "reply-rest"
	StepScript       = "script"
	StepReport       = "report"
	StepStores       = "stores"
	StepCA           = "choose-ca"
	StepStale        = "stale"
	StepDelete       = "delete-trust"
)

// Names of things on nodes and on disk.
const (
	ServiceEngine = "Cisco Unified CCX Engine" // reads the trust store for the calls of scripts (REL-3)
	Outbox        = "outbox"                   // folder of a session in which the CSRs and the text for the CA lie
)
