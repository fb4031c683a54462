package cert

import (
	"crypto/x509"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/facts"
)

// Request is a CSR that went to the CA, with what is known of the node that made it. All but CSR may be left out: what
// is not known is not held against a certificate.
type Request struct {
	Node   string // FQDN
	Unit   string // identity: "tomcat", "tomcat-ECDSA"
	CSR    *x509.CertificateRequest
	Limits Limits              // what product and release of the node allow
	Peers  []string            // FQDNs of the other nodes of its cluster
	Others []string            // FQDNs of the nodes of other clusters
	Held   []*x509.Certificate // what the node's trust store holds now; nil: it was not read
	Window time.Time           // when the change is planned; zero: now
}

// at is the moment that counts for what ends: the change window, where it lies ahead.
func (r Request) at(now time.Time) time.Time {
	if r.Window.After(now) {
		return r.Window
	}
	return now
}

// Limits is what product and release of a node allow, as data of the release table. The zero value knows nothing; then
// the guide's words for Unified CCX hold.
type Limits struct {
	Title       string       // "Unified CCX 12.5", for sentences; empty: unknown
	KeyBits     []int        // RSA key sizes that a source allows
	KeySource   string       // that source
	MultiServer MultiServer  // one certificate for publisher and subscriber (PRE-6)
	OwnNodes    bool         // its certificate may hold the nodes of its own cluster and no other (PRE-6)
	Curves      Curves       // elliptic curve identities (EC-1)
	NotByRSA    bool         // an EC certificate that an RSA CA signed breaks it (EC-3)
	Peer        bool         // UCCX refuses its certificate for other critical extensions (TRB-1)
	ClientAuth  ClientAuth   // what the field notice says of it
	Notice      facts.Notice // that notice
}

// known reports whether product and release are known at all.
func (l Limits) known() bool { return l.Title != "" }

// MultiServer tells whether a release takes one certificate for publisher and subscriber (PRE-6).
type MultiServer int

// The documents do not agree from which release on: between the two of them it is disputed.
const (
	MultiUnknown MultiServer = iota
	MultiNo
	MultiDisputed
	MultiYes
)

// Curves is the part that elliptic curve identities play at a release (EC-1).
type Curves int

// CurvesSecond: tomcat-ECDSA is served beside tomcat. CurvesChoice: the node serves either one.
const (
	CurvesUnknown Curves = iota
	CurvesNone
	CurvesSecond
	CurvesChoice
)

// ClientAuth is what the field notice on client authentication says of a release (Notice).
type ClientAuth int

// ClientNeeded: the release expects server and client authentication in one certificate. ClientMended: a mend was
// announced for it. ClientNotNamed: the notice does not name it.
const (
	ClientUnknown ClientAuth = iota
	ClientNeeded
	ClientMended
	ClientNotNamed
)

// ID names a request among those of a change: the node's FQDN, and behind a blank the unit where the node has two.
func (r Request) ID() string {
	if strings.HasSuffix(r.Unit, "-ECDSA") {
		return r.Node + " " + r.Unit
	}
	return r.Node
}
