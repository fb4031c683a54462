package vostest

import (
	"context"
	"crypto/x509"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Exam is one driver over one lab of at least a UCCX pair; the lab is used up by it.
type Exam struct {
	Cluster *sim.Cluster
	Dialer  vos.Dialer
	Node    string // FQDN of a publisher; its subscriber is examined too
	// Enter changes how a node is entered: its Way, or who does it by hand. nil: SSH.
	Enter func(*vos.Node, *vos.Access)
	// Unit is what is examined; empty: tomcat.
	Unit string
	// Brief leaves out what needs a new login each time: for nodes that take long over one.
	Brief bool

	t     *testing.T
	ctx   context.Context
	a     answers
	lines map[string]vos.Driver // kept from part to part, as a run keeps them
	heard transcript
}

// transcript is all that was written down of the lines.
type transcript struct {
	mu   sync.Mutex
	text strings.Builder
}

func (h *transcript) write(_ bool, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.text.WriteString(text + "\n")
}

// limit is how long the whole exam of one driver may take.
const limit = 2 * time.Minute

// Run examines a driver. The parts build on each other, as the steps of a change do, and stop at the first that fails.
func Run(t *testing.T, e *Exam) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if e.Unit == "" {
		e.Unit = "tomcat"
	}
	e.lines = map[string]vos.Driver{}
	defer func() {
		for fqdn := range e.lines {
			e.drop(fqdn)
		}
	}()
	for _, part := range []struct {
		name string
		do   func(*Exam)
	}{
		{"who may enter", (*Exam).enters}, {"what the node is", (*Exam).looks}, {"what it holds", (*Exam).holds}, {"an unknown unit", (*Exam).unknown},
		{"no CSR, no certificate", (*Exam).withoutCSR}, {"a CSR", (*Exam).request}, {"the wrong order", (*Exam).wrongOrder},
		{"trust", (*Exam).trust}, {"wrong certificates", (*Exam).mismatch}, {"its certificate", (*Exam).install},
		{"a lost line", (*Exam).lost}, {"cancelled", (*Exam).cancelled}, {"deleting", (*Exam).deletes},
		{"a service", (*Exam).service}, {"regenerating", (*Exam).regenerates}, {"restart", (*Exam).restart}, {"what was written down", (*Exam).discreet},
	} {
		if e.Brief && (part.name == "a lost line" || part.name == "cancelled") {
			continue
		}
		ok := t.Run(part.name, func(t *testing.T) {
			e.t, e.ctx = t, ctx
			part.do(e)
		})
		if !ok {
			return
		}
	}
}

// node returns a node of the lab, to be entered as the exam says.
func (e *Exam) node(fqdn string) (vos.Node, vos.Access) {
	e.t.Helper()
	n, ok := e.Cluster.Solution().Node(fqdn)
	if !ok {
		e.t.Fatalf("the lab has no node %s", fqdn)
	}
	a := vos.Access{Login: e.Cluster.Login(), CheckKey: func(vos.HostKey) error { return nil }, Transcript: e.heard.write}
	if e.Enter != nil {
		e.Enter(&n, &a)
	}
	return n, a
}

// dial returns the line to a node, and enters it where there is none.
func (e *Exam) dial(fqdn string) vos.Driver {
	e.t.Helper()
	d, err := e.tryDial(fqdn)
	if err != nil {
		e.t.Fatalf("dial: %v", err)
	}
	return d
}

func (e *Exam) tryDial(fqdn string) (vos.Driver, error) {
	if d := e.lines[fqdn]; d != nil {
		return d, nil
	}
	n, a := e.node(fqdn)
	d, err := e.Dialer.Dial(e.ctx, n, a)
	if err == nil {
		e.lines[fqdn] = d
	}
	return d, err
}

// drop gives up a line that is lost.
func (e *Exam) drop(fqdn string) {
	if d := e.lines[fqdn]; d != nil {
		_ = d.Close()
	}
	delete(e.lines, fqdn)
}

// peer is the FQDN of the subscriber.
func (e *Exam) peer() string {
	for _, c := range e.Cluster.Solution().Clusters {
		if c.Nodes[0].FQDN == e.Node {
			return c.Nodes[1].FQDN
		}
	}
	e.t.Fatal("the lab has no pair")
	return ""
}

func (e *Exam) must(what string, err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatalf("%s: %v", what, err)
	}
}

// refused fails unless the node said no, in its own words.
func (e *Exam) refused(what string, err error, words string) {
	e.t.Helper()
	said := saidIn(err)
	if vos.Class(err) != vos.ErrRefused || !contains(said, words) {
		e.t.Fatalf("%s: got %v (%q), want the node's refusal with %q", what, err, said, words)
	}
}

// class fails unless the error is of that class.
func (e *Exam) class(what string, err, want error) {
	e.t.Helper()
	if err == nil || vos.Class(err) != want {
		e.t.Fatalf("%s: got %v, want %v", what, err, want)
	}
}

func (e *Exam) identity(d vos.Driver) *x509.Certificate {
	e.t.Helper()
	c, err := d.Identity(e.ctx, e.Unit)
	e.must("identity", err)
	return c
}

func (e *Exam) csr(d vos.Driver) []byte {
	e.t.Helper()
	der, err := d.CSR(e.ctx, e.Unit)
	e.must("CSR", err)
	return der
}
