package vos

import (
	"context"
	"crypto/x509"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Driver speaks with one node over one connection that is kept for the whole run.
// All calls may block as long as the context lets them. Calls on one Driver come one at a time.
// Units are identity names as `show cert list own` prints them: "tomcat", "tomcat-ECDSA".
type Driver interface {
	// About tells what the node says of itself.
	About(ctx context.Context) (About, error)
	// Services lists the services and their states (utils service list).
	Services(ctx context.Context) ([]Service, error)
	// Members lists the cluster as this node sees it (show network cluster).
	Members(ctx context.Context) ([]Member, error)

	// Identity returns the certificate that the node holds for the unit. It may not be served before a restart.
	Identity(ctx context.Context, unit string) (*x509.Certificate, error)
	// CSR returns the pending request of the unit in DER, or nil where there is none.
	CSR(ctx context.Context, unit string) ([]byte, error)
	// TrustList lists the files of the unit's trust store.
	TrustList(ctx context.Context, unit string) ([]TrustFile, error)
	// OwnList lists the units whose identity the node holds (show cert list own).
	OwnList(ctx context.Context) ([]Own, error)
	// CertType tells which identity the node serves where it can choose (EC-1); CertTypeUnknown on nodes that cannot.
	CertType(ctx context.Context) (CertType, error)
	// Show types a dialogue that changes nothing, and returns what the node printed. Words of refusal are an error.
	Show(ctx context.Context, d Dialogue) (string, error)
	// Trusted returns one certificate of the unit's trust store.
	Trusted(ctx context.Context, unit string, file TrustFile) (*x509.Certificate, error)

	// GenerateCSR makes a new key and request (SIG-1). A pending one, and its key, is lost: look first.
	GenerateCSR(ctx context.Context, unit string) error
	// ImportTrust uploads one CA certificate into the unit's trust store (SIG-4, SIG-5).
	ImportTrust(ctx context.Context, unit string, ca *x509.Certificate) error
	// ImportOwn uploads the application certificate (SIG-7). It is served after a restart.
	ImportOwn(ctx context.Context, unit string, leaf *x509.Certificate) error
	// Regenerate replaces the unit's identity by a new self-signed one (SELF-3): a CA-signed one is lost. It is served after
	// a restart.
	Regenerate(ctx context.Context, unit string) error
	// DeleteTrust removes one file from the unit's trust store; since 11.x it is then gone on all nodes of the cluster.
	DeleteTrust(ctx context.Context, unit string, file TrustFile) error
	// RestartService restarts one service by its full name (REL-3). It returns when the node says that the service has
	// started or is starting: look at Services until it stands.
	RestartService(ctx context.Context, name string) error
	// Restart restarts the whole node (SIG-8) and returns when the node has said that it goes down.
	Restart(ctx context.Context) error

	// Close ends the connection politely where it still stands.
	Close() error
}

// About is what a node says of itself. Times are the node's own, with its zone where it could be read.
type About struct {
	Host    string    // host name without domain (show status)
	Domain  string    // DNS domain, may be empty (show network eth0)
	IP      string    // address of eth0, may be empty
	DNS     []string  // DNS servers of eth0
	Version string    // full version, as "12.5.1.11001-348"
	Now     time.Time // the node's clock when asked, to the second
	Boot    time.Time // when the node came up, to the minute on most releases
	Disks   []Disk    // as show status prints them

	ZoneKnown bool // the node's time zone could be read; without it Now and Boot are taken as UTC
}

// FQDN joins host and domain.
func (a About) FQDN() string {
	if a.Domain == "" {
		return a.Host
	}
	return a.Host + "." + a.Domain
}

// Disk is one partition of show status.
type Disk struct {
	Name  string // "active", "inactive", "logging"
	Total int64  // bytes
	Free  int64  // bytes
}

// Service is one line of utils service list.
type Service struct {
	Name   string
	State  string // STARTED, STOPPED, STARTING, STOPPING
	Reason string // "Service Not Activated", "Commanded Out of Service" or empty
}

// Member is one line of show network cluster.
type Member struct {
	IP, FQDN, Host string
	Role           Role
	Product        string // the node's own token
	State          string // "authenticated", "authenticated using TCP since ...", "not authenticated", ...
}

// Name is the full name of a member, with a domain where the list prints none.
func (m Member) Name(domain string) string {
	name := m.FQDN
	if !strings.Contains(name, ".") || strings.Trim(name, "0123456789.") == "" {
		name = m.Host
	}
	if !strings.Contains(name, ".") && domain != "" {
		name += "." + domain
	}
	return name
}

// TrustFile is one line of show cert list trust.
type TrustFile struct {
	Store string // "tomcat-trust"
	File  string // "Example_Root_G2.pem"
	About string // description
}

// Own is one line of show cert list own.
type Own struct {
	Unit  string // "tomcat", "tomcat-ECDSA", "ipsec", ...
	About string // "Self-signed certificate generated by system", "Certificate Signed by ..."
}

// CertType is the kind of identity that a node serves to clients.
type CertType string

// CertTypeUnknown is that of nodes that have no such choice.
const (
	CertTypeUnknown CertType = ""
	CertTypeRSA     CertType = "rsa"
	CertTypeECDSA   CertType = "ecdsa"
)

// HostKey is the key with which a node proves itself over SSH.
type HostKey struct {
	Type        string `json:"type"`        // "ssh-rsa", "ecdsa-sha2-nistp256", ...
	Fingerprint string `json:"fingerprint"` // "SHA256:..." as ssh-keygen -l prints it
}

// Access is all that is needed to enter a node.
type Access struct {
	Login Login
	// CheckKey is asked with the key the node shows before anything secret is sent; its error ends the dialling and
	// comes back inside the Dialer's error (errors.As finds it).
	CheckKey func(HostKey) error
	// CheckCert is asked with the certificate that the node's API shows before anything secret is sent; its error ends the
	// dialling and comes back inside the Dialer's error. nil: none is believed.
	CheckCert func(*x509.Certificate) error
	// Accepted, where not nil, is told that the node has taken the account, before a slow node shows its prompt.
	Accepted func()
	// Pinned is the key seen before, if any; its algorithm is offered first, so that a node with several keys shows the same one.
	Pinned *HostKey
	// Legacy allows the algorithms that are insecure today (SHA-1 in key exchanges and host keys, group1, CBC) on this node.
	Legacy bool
	// Say, where not nil, is told how a slow login gets on; it must not block.
	Say func(string)
	// Transcript, where not nil, is given all that is typed and printed, without secrets and unescaped.
	Transcript func(typed bool, text string)
	// ByHand has a person do a dialogue, and returns what the node said, as it was pasted, or the path of a file that holds it.
	// It blocks until the person has done it. Its errors are of the four classes, or the context's.
	ByHand func(context.Context, ManualTask) (string, error)
}

// Dialer enters a node. LegacyError (errors.As) tells that the node has only insecure algorithms and Access.Legacy was not set.
type Dialer interface {
	Dial(ctx context.Context, node Node, access Access) (Driver, error)
}

// LegacyError tells that node and program have no secure algorithm in common.
type LegacyError struct {
	Node    string
	Offered string // what the node offered, our words
}

// Text names the node first.
func (e *LegacyError) Text() msg.Text {
	return msg.T("%s: offers only insecure algorithms: %s", e.Node, e.Offered)
}

// Error is the same in English.
func (e *LegacyError) Error() string { return e.Text().String() }
