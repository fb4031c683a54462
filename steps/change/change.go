// Package change is what a session is about: the change as it was opened, and which nodes get which certificates in it. It
// has no I/O.
package change

import (
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Change is what a session is about: it is the Data of the first entry and never changes.
type Change struct {
	Name        string          `json:"name"`
	Path        string          `json:"path"` // id of a procedure: "signed"
	Unit        string          `json:"unit"` // identity that is replaced: "tomcat"
	Solution    vos.Solution    `json:"solution"`
	Replace     []string        `json:"replace,omitempty"`      // FQDNs that get a new certificate; empty: all but neighbours
	MultiServer bool            `json:"multi_server,omitempty"` // one certificate for both nodes of a UCCX pair (PRE-6)
	Former      string          `json:"former,omitempty"`       // the session that this one renews
	Known       map[string]Know `json:"known,omitempty"`        // FQDN -> what the former session had accepted; "": of the jump host
	Lab         *Lab            `json:"lab,omitempty"`          // nil: real nodes
	Program     string          `json:"program"`                // version that opened the session
	Plan        int             `json:"plan,omitempty"`         // Version of the plan; 0: of a program that named none
}

// Know is what a person had accepted about a node in a former session.
type Know struct {
	HostKey *vos.HostKey `json:"host_key,omitempty"`
	Legacy  bool         `json:"legacy,omitempty"` // insecure SSH algorithms are allowed
}

// Lab tells which simulated cluster a session is about.
type Lab struct {
	Folder string        `json:"folder"` // name under the labs folder
	Seed   int64         `json:"seed"`
	Pairs  int           `json:"pairs"`
	RTT    time.Duration `json:"rtt"` // nanoseconds
	Real   bool          `json:"real,omitempty"`
}

// OnlyECDSA reports whether tomcat stays as it is and tomcat-ECDSA alone is renewed: after the upgrade to 11.5 of nodes whose
// tomcat a CA has signed (EC-2). Programs before plan 3 knew no such change.
func (c Change) OnlyECDSA() bool { return c.Plan >= 3 && c.Unit == UnitECDSA }

// Main is the identity that services present by default, and whose trust store counts: tomcat, also where another is renewed.
func (c Change) Main() string {
	if c.OnlyECDSA() {
		return UnitTomcat
	}
	return c.Unit
}

// Ids of paths. They stand in journals: never change one.
const (
	PathSigned     = "signed"
	PathSelfSigned = "selfsigned"
	PathRegenerate = "regenerate"
	PathThirdParty = "thirdparty"
	PathDomain     = "domain"
	PathExpired    = "expired"
	PathCleanup    = "cleanup"
	PathFirst      = "first"
)

// The identities that a change can be about, as nodes name them.
const (
	UnitTomcat = "tomcat"
	UnitECDSA  = "tomcat-ECDSA" // the second identity that 11.5 has (EC-1)
)
