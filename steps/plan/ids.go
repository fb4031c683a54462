package plan

// Questions about a login. They are asked by the program, not by a row, and count for all rows of the node.
const (
	AskHostKey    = "hostkey"
	AskChangedKey = "hostkey-changed"
	AskLegacy     = "legacy"
	AskLockout    = "lockout"
	Yes           = "yes"
	No            = "no"
)

// MaxRefusals is how many logins may be refused before a person must say that a further one may be tried: the third
// locks the account where lockout is enabled (vos-facts 1.1).
const MaxRefusals = 2

// AskFindings is the question whether to go on despite what the check before starting found.
const AskFindings = "findings"

// Again is the answer that reads the node once more.
const Again = "again"

// The severities of a finding, in the words of journals and reports.
const (
	Note    = "note"
	Warning = "warning"
	Fault   = "fault"
)

// Questions about the certificate of a node's API. They are asked as those about its host key are.
const (
	AskCert        = "certificate"
	AskChangedCert = "certificate-changed"
)

// CertKey is the type of a HostKey that is no SSH key, but the certificate that a node's API serves.
const CertKey = "x509"

// Ids of rows. They stand in journals: never change one.
const (
	StepLogin        = "login"
	StepSurvey       = "survey"
	StepPreflight    = "preflight"
	StepRegenerate   = "regenerate"
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
	StepNear         = "neighbours"
	StepNearChain    = "neighbour-chain"
	StepNearTrust    = "neighbour-trust"
	StepNearTrusted  = "neighbour-trusted"
	StepNearTold     = "neighbour-told"
	StepFetch        = "fetch"
	StepChain        = "chain"
	StepEngine       = "engine"
	StepRestart      = "restart"
	StepProve        = "prove"
	StepFunction     = "function"
	StepScript       = "script"
	StepReport       = "report"
)

// Ids of paths. They stand in journals: never change one.
const (
	PathSigned     = "signed"
	PathSelfSigned = "selfsigned"
	PathRegenerate = "regenerate"
	PathThirdParty = "thirdparty"
	PathDomain     = "domain"
	PathExpired    = "expired"
)

// AskDiffers is the question whether to go on although a node is not as it was rehearsed.
const AskDiffers = "differs"

// ServiceEngine is what reads the trust store for the calls of scripts (REL-3).
const ServiceEngine = "Cisco Unified CCX Engine"

// AskReply is the question that TakeReply answers.
const AskReply = "reply"

// AskChain is the question for the CA certificates that a server does not send; askChainOK whether the chain is the right one.
const (
	AskChain   = "chain"
	AskChainOK = "chain-ok"
)

// AskPending is the question what to do with a CSR that this session did not make.
const AskPending = "csr-pending"

// Answers to the question about a pending request.
const (
	UseCSR  = "use"
	MakeCSR = "new"
)

// AskUnseen is the question whether a CSR is made again that the node has said it made, and does not show.
const AskUnseen = "csr-unseen"

// AskRestarted is the question whether a service was restarted, where the line was lost in the middle of it.
const AskRestarted = "restarted"

// Questions whose answer is work on the web page of a node (OS Administration). In the lab the cluster has hands for it.
const (
	AskPageCSR    = "page-csr"    // a multi-server CSR is to be generated
	AskPageUpload = "page-upload" // the CA's certificate is to be uploaded
)

// Questions about neighbours. AskNeighbours is whether a node may believe what they serve.
const (
	AskNeighbours = "neighbour-certs"
	AskNearFiles  = "neighbour-files" // whether somebody has the CA certificates that a neighbour does not send
	AskNearTold   = "neighbour-told"
)

// Later leaves a thing as it is; it stays owed. bring is the answer that files will be chosen.
const (
	Later = "later"
	Bring = "files"
)

// Outbox is the folder of a session in which the CSRs and the text for the CA lie.
const Outbox = "outbox"

// AskUnchained is the question whether an address counts that serves the new certificate without its chain.
const AskUnchained = "chain-not-sent"

// AskOverwrite is the question whether a CA's certificate, or a request that may be with a CA, may be lost.
const AskOverwrite = "overwrite"

// AskECDSA is the question what becomes of tomcat-ECDSA.
const AskECDSA = "ecdsa"

// AskOther asks what becomes of a node that holds another certificate than this change installed; Accept takes it in place
// of that one. AskStale asks about ports that serve a former certificate after a restart; RestartAgain is an answer.
const (
	AskOther, Accept       = "held-other", "accept"
	AskRestart             = "restart" // the name of the node that is to be restarted
	AskStale, RestartAgain = "stale-port", "restart"
)

// UnitECDSA is the second identity that 11.5 has (EC-1).
const UnitECDSA = "tomcat-ECDSA"

// AskCOP is the question whether the COP against tomcat-ECDSA is installed.
const AskCOP = "cop"
