package steps

// Ids of rows. They stand in journals: never change one.
const (
	stepLogin        = "login"
	stepSurvey       = "survey"
	stepPreflight    = "preflight"
	stepRegenerate   = "regenerate"
	stepSecond       = "ecdsa"
	stepCSR          = "csr"
	stepSharedCSR    = "csr-multi"
	stepSecondCSR    = "csr-ecdsa"
	stepOutbox       = "outbox"
	stepHandOver     = "handover"
	stepReply        = "reply"
	stepRoot         = "root"
	stepIntermediate = "intermediate"
	stepReplicate    = "replicate"
	stepInstall      = "install"
	stepByPage       = "install-page"
	stepShared       = "install-multi"
	stepSecondOwn    = "install-ecdsa"
	stepCOP          = "cop"
	stepExchange     = "exchange"
	stepExchanged    = "exchanged"
	stepBack         = "back"        // restart of the expired path, before the CA is asked
	stepBackProve    = "back-proven" // and its proof
	stepNear         = "neighbours"
	stepNearChain    = "neighbour-chain"
	stepNearTrust    = "neighbour-trust"
	stepNearTrusted  = "neighbour-trusted"
	stepNearTold     = "neighbour-told"
	stepFetch        = "fetch"
	stepChain        = "chain"
	stepEngine       = "engine"
	stepRestart      = "restart"
	stepProve        = "prove"
	stepFunction     = "function"
	stepScript       = "script"
	stepReport       = "report"
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

// Path is one way to replace or exchange certificates.
type Path struct {
	ID    string
	Title string // for a list of choices
	When  string // when it is the right one
	rows  func() []Step
}

// Paths returns all paths, the recommended one first.
func Paths() []Path {
	return []Path{
		{PathSigned, PathTitle(PathSigned), "the way that Cisco recommends: no warnings, no exceptions in browsers", signed},
		{PathExpired, PathTitle(PathExpired), "back in service with self-signed certificates first, then signed by a CA", expired},
		{PathDomain, PathTitle(PathDomain), "regenerate first, then signed by a CA (PRE-3)", domain},
		{PathSelfSigned, PathTitle(PathSelfSigned), "who must trust whom is given what is missing; no certificate is replaced", selfSigned},
		{PathRegenerate, PathTitle(PathRegenerate), "new self-signed certificates, then the exchange (SELF-3)", regenerate},
		{PathThirdParty, PathTitle(PathThirdParty), "its chain into the trust store of UCCX, then the engine (REL-3)", thirdParty},
	}
}

// PathTitle is what a path is called; one that this program does not know by its id.
func PathTitle(id string) string {
	switch id {
	case PathSigned:
		return "Signed by a CA"
	case PathExpired:
		return "Expired now"
	case PathDomain:
		return "After a change of domain or host name"
	case PathSelfSigned:
		return "Exchange self-signed certificates"
	case PathRegenerate:
		return "Regenerate self-signed certificates"
	case PathThirdParty:
		return "Trust a server that scripts call"
	}
	return id
}

// Procedure returns the rows of a path, from top to bottom. A row waits for all rows above it.
func Procedure(path string) ([]Step, bool) {
	for _, p := range Paths() {
		if p.ID != path {
			continue
		}
		rows := p.rows()
		var above []string
		for i := range rows {
			rows[i].After = above[:len(above):len(above)]
			above = append(above, rows[i].ID)
		}
		return rows, true
	}
	return nil, false
}
