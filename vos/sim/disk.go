package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// labDisk is what a lab was made with.
type labDisk struct {
	Seed    int64   `json:"seed"`
	Pairs   int     `json:"pairs"`
	Profile Profile `json:"profile"`
	Domain  string  `json:"domain"`
	Zone    string  `json:"zone"`

	Topology *Topology `json:"topology,omitempty"` // nil: the scenario's, or the pairs
	Scenario *Scenario `json:"scenario,omitempty"`
	Ready    bool      `json:"ready,omitempty"`  // what the scenario begins with was done
	Pulled   []int     `json:"pulled,omitempty"` // how often the trigger of each fault was pulled
	Logs     bool      `json:"logs,omitempty"`   // each log of the lab begins with a line of its own: one that was removed is missed
	Sums     bool      `json:"sums,omitempty"`   // beside each log stands what it holds: lines that were removed are missed
}

// faults are what the scenario lets happen.
func (l labDisk) faults() []Fault {
	if l.Scenario == nil {
		return nil
	}
	return l.Scenario.Faults
}

// check finds a profile that is not known.
func (l labDisk) check() error {
	_, err := l.Profile.spec()
	return err
}

// nodeDisk is all that a node remembers: one document, always whole on disk. Keys are PKCS #8, certificates and requests DER.
type nodeDisk struct {
	FQDN       string              `json:"fqdn"`
	Base       int                 `json:"base"` // first port of its block
	Installed  time.Time           `json:"installed"`
	Boot       time.Time           `json:"boot"`
	Restarting bool                `json:"restarting"` // it was going down when this was written
	Made       int                 `json:"made"`       // certificates made, for serials
	HostKey    []byte              `json:"hostKey,omitempty"`
	Identities map[string]identity `json:"identities"` // by fingerprint
	Held       map[string]string   `json:"held"`       // unit -> fingerprint
	Served     map[string]served   `json:"served"`     // "unit:port" -> what clients see there
	CSRs       map[string]pending  `json:"csrs"`       // unit -> the one pending request
	Trust      []trusted           `json:"trust"`
	Counts     Counts              `json:"counts"`
	Lockout    lockout             `json:"lockout"`

	Aways    []Away        `json:"aways,omitempty"`    // restarts that were commanded
	Off      bool          `json:"off,omitempty"`      // switched off
	Skew     time.Duration `json:"skew,omitempty"`     // how far the clock is ahead
	Domain   string        `json:"domain,omitempty"`   // empty: the lab's
	PTR      string        `json:"ptr,omitempty"`      // the name that the PTR record of its address has; noPTR: there is none; empty: the right one
	NoRecord bool          `json:"noRecord,omitempty"` // the site's DNS does not know its name
	Resolver string        `json:"resolver,omitempty"` // its DNS server, where a person has set another; empty: the site's

	COP     progress           `json:"cop,omitempty"`     // against tomcat-ECDSA
	Odd     bool               `json:"odd,omitempty"`     // its own certificates carry a critical extension that no peer knows (TRB-1)
	Alone   bool               `json:"alone,omitempty"`   // nothing is copied to its subscribers
	Failing map[string]failure `json:"failing,omitempty"` // services that do not come up

	NoEffect bool  `json:"noEffect,omitempty"` // the next order to restart has no effect
	Backup   int   `json:"backup,omitempty"`   // days since the last backup that succeeded; 0: yesterday, negative: none ever did
	Apart    bool  `json:"apart,omitempty"`    // its database is not replicated (state 4)
	Stale    []int `json:"stale,omitempty"`    // ports that go on serving what they serve at the next restart
}

// failure is how far a service is with not coming up.
type failure string

const (
	armed  failure = "at the next restart"
	failed failure = "did not come up"
)

// progress is how far a COP is with being installed.
type progress string

const (
	copIn    progress = "in" // it works after the next restart (EC-6)
	copWorks progress = "works"
)

type identity struct {
	Cert []byte `json:"cert"`
	Key  []byte `json:"key"`
}

type served struct {
	Identity string   `json:"identity"` // fingerprint
	Chain    [][]byte `json:"chain"`    // intermediates that were in the trust store when the service started
}

type pending struct {
	CSR   []byte `json:"csr"`
	Key   []byte `json:"key"`
	Multi bool   `json:"multi,omitempty"` // for all nodes of the cluster
}

type trusted struct {
	Store string `json:"store"`
	File  string `json:"file"`
	About string `json:"about"`
	Cert  []byte `json:"cert"`
}

// clone copies the maps and lists: what is in them is replaced, never changed in place. No map of the copy is nil.
func (d *nodeDisk) clone() *nodeDisk {
	c := *d
	c.Identities, c.Held, c.Served, c.CSRs = cloned(d.Identities), cloned(d.Held), cloned(d.Served), cloned(d.CSRs)
	c.Counts.TrustUploads = cloned(d.Counts.TrustUploads)
	c.Failing = cloned(d.Failing)
	c.Counts.Services = cloned(d.Counts.Services)
	c.Aways = slices.Clone(d.Aways)
	c.Trust = slices.Clone(d.Trust)
	return &c
}

func cloned[V any](m map[string]V) map[string]V {
	c := make(map[string]V, len(m)+1)
	maps.Copy(c, m)
	return c
}

// tempMark begins the name of a file that is being written. It is that of the files of a session: an export leaves out what a program that
// was killed has left behind. formerMark is in such names of older programs.
const (
	tempMark   = ".writing-"
	formerMark = ".tmp-"
)

// writeDoc replaces a document so that after a crash at any moment the old one or the new one is there, whole.
func writeDoc(path string, doc any) error {
	raw, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		return err
	}
	return writeFile(path, append(raw, '\n'))
}

func writeFile(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, tempMark+filepath.Base(path)+"-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err = regular.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a rename last. Windows has no such call, and needs none.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// readDoc reads a document; ok is false where there is none.
func readDoc(path string, doc any) (ok bool, err error) {
	raw, err := ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, doc)
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", path, err)
	}
	return true, nil
}

// sweep removes what a crash left half written.
func sweep(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), tempMark) || strings.HasPrefix(f.Name(), ".") && strings.Contains(f.Name(), formerMark) {
			err = errors.Join(err, os.Remove(filepath.Join(dir, f.Name())))
		}
	}
	return err
}

// maxFile is the largest file of a lab that is read, in bytes.
const maxFile = 64 << 20

// ReadFile reads a file of a lab. What is no regular file, or too large, is refused at once: a pipe or a device may never end.
func ReadFile(path string) ([]byte, error) { return regular.Read(path, maxFile) }
