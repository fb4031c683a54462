package vostest

import (
	"bytes"
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

func (e *Exam) looks() {
	d := e.dial(e.Node)
	a, err := d.About(e.ctx)
	e.must("about", err)
	n, _ := e.node(e.Node)
	if a.FQDN() != e.Node || a.Version != string(n.Release) || time.Since(a.Now).Abs() > time.Minute || a.Boot.IsZero() || !a.Boot.Before(a.Now) || len(a.Disks) == 0 {
		e.t.Errorf("about: %+v", a)
	}
	members, err := d.Members(e.ctx)
	e.must("members", err)
	if len(members) != 2 || members[0].FQDN != e.Node || members[0].Role != vos.Publisher || members[1].FQDN != e.peer() || members[1].Role != vos.Subscriber {
		e.t.Errorf("members: %+v", members)
	}
	services, err := d.Services(e.ctx)
	e.must("services", err)
	at := slices.IndexFunc(services, func(s vos.Service) bool { return s.Name == "Cisco Tomcat" })
	if at < 0 || services[at].State != "STARTED" {
		e.t.Errorf("services: %+v", services)
	}
	own, err := d.OwnList(e.ctx)
	e.must("own list", err)
	if !slices.ContainsFunc(own, func(o vos.Own) bool { return o.Unit == e.Unit }) {
		e.t.Errorf("own list: %+v", own)
	}
}

func (e *Exam) holds() {
	d := e.dial(e.Node)
	own := e.identity(d)
	served, err := vos.Probe(e.ctx, firstNode(e), vos.PortAdmin)
	e.must("probe", err)
	if !own.Equal(served.Leaf) {
		e.t.Error("the identity is not what is served")
	}
	if der := e.csr(d); der != nil {
		e.t.Error("a CSR before one was made")
	}
	list, err := d.TrustList(e.ctx, e.Unit)
	e.must("trust list", err)
	found := false
	for _, f := range list {
		c, err := d.Trusted(e.ctx, e.Unit, f)
		e.must(f.File, err)
		found = found || c.Equal(own)
		if f.Store != "tomcat-trust" {
			e.t.Errorf("%+v is of another store", f)
		}
	}
	if !found {
		e.t.Errorf("the node's own certificate is not in its trust store: %+v", list)
	}
}

func firstNode(e *Exam) vos.Node {
	n, _ := e.node(e.Node)
	return n
}

func (e *Exam) unknown() {
	_, err := e.dial(e.Node).Identity(e.ctx, "tomcat-NONE")
	e.class("identity of a unit that is not there", err, vos.ErrRefused)
}

func (e *Exam) withoutCSR() {
	d := e.dial(e.Node)
	e.refused("own upload without a CSR", d.ImportOwn(e.ctx, e.Unit, e.identity(d)), "does")
}

func (e *Exam) request() {
	for _, fqdn := range []string{e.Node, e.peer()} {
		d := e.dial(fqdn)
		e.must("generate", d.GenerateCSR(e.ctx, e.Unit))
		der := e.csr(d)
		csr, err := cert.RequestFromDER(der)
		e.must("the CSR is none", err)
		if csr.CheckSignature() != nil || !slices.Contains(csr.DNSNames, fqdn) {
			e.t.Errorf("the CSR is for %v", csr.DNSNames)
		}
		if !bytes.Equal(der, e.csr(d)) {
			e.t.Error("the CSR is another at the second look")
		}
		e.a.csrs = append(e.a.csrs, der)
	}
	e.sign(sim.Honest)
}

func (e *Exam) wrongOrder() {
	e.refused("certificate before its CA", e.dial(e.Node).ImportOwn(e.ctx, e.Unit, e.a.leaf(e.t, e.Node)), "trust-store")
}

func (e *Exam) trust() {
	d := e.dial(e.Node)
	for _, ca := range []*x509.Certificate{e.a.root, e.a.issuing} {
		if e.trusts(d, ca) {
			e.t.Errorf("%s is there before it was uploaded", cert.Name(ca))
		}
		e.must("upload "+cert.Name(ca), d.ImportTrust(e.ctx, e.Unit, ca))
		if !e.trusts(d, ca) {
			e.t.Errorf("%s is not there", cert.Name(ca))
		}
	}
	e.must("upload once more", d.ImportTrust(e.ctx, e.Unit, e.a.root))
	if !e.trusts(e.dial(e.peer()), e.a.issuing) {
		e.t.Error("the subscriber has not got it")
	}
}

// trusts reports whether a certificate lies in the trust store, whatever its file is called.
func (e *Exam) trusts(d vos.Driver, ca *x509.Certificate) bool {
	e.t.Helper()
	_, there := e.fileOf(d, ca)
	return there
}

func (e *Exam) fileOf(d vos.Driver, ca *x509.Certificate) (vos.TrustFile, bool) {
	e.t.Helper()
	list, err := d.TrustList(e.ctx, e.Unit)
	e.must("trust list", err)
	for _, f := range list {
		c, err := d.Trusted(e.ctx, e.Unit, f)
		e.must(f.File, err)
		if c.Equal(ca) {
			return f, true
		}
	}
	return vos.TrustFile{}, false
}

func (e *Exam) mismatch() {
	d := e.dial(e.Node)
	e.refused("the other node's certificate", d.ImportOwn(e.ctx, e.Unit, e.a.leaf(e.t, e.peer())), "public key")
	good := e.a
	e.sign(sim.AddSAN)
	e.refused("a name too many", d.ImportOwn(e.ctx, e.Unit, e.a.leaf(e.t, e.Node)), "SAN")
	e.a = good
	if der := e.csr(d); !bytes.Equal(der, e.a.csrs[0]) {
		e.t.Error("a refusal has cost the CSR")
	}
}

func (e *Exam) install() {
	d := e.dial(e.Node)
	before := e.identity(d)
	e.must("upload", d.ImportOwn(e.ctx, e.Unit, e.a.leaf(e.t, e.Node)))
	if own := e.identity(d); !own.Equal(e.a.leaf(e.t, e.Node)) {
		e.t.Error("the node does not hold it")
	}
	if der := e.csr(d); der != nil {
		e.t.Error("the CSR is not used up")
	}
	served, err := vos.Probe(e.ctx, firstNode(e), vos.PortAdmin)
	e.must("probe", err)
	if !served.Leaf.Equal(before) {
		e.t.Error("it is served before a restart")
	}
}

// lost: what was lost before the node could have changed leaves it as it was, what was lost after is uncertain; either way
// the next line says how it is.
func (e *Exam) lost() {
	defer e.Cluster.Hook(nil)
	e.Cluster.Hook(func(sim.Event) sim.Verdict { return sim.Cut })
	if d, err := e.tryDial(e.Node); err == nil {
		_, err = d.Identity(e.ctx, e.Unit)
		e.class("a look on a line that is lost", err, vos.ErrUnreachable)
	} else {
		e.class("a login on a line that is lost", err, vos.ErrUnreachable)
	}
	e.Cluster.Hook(nil)
	e.drop(e.Node)
	d := e.dial(e.Node)
	e.Cluster.Hook(onlyChanges(sim.After))
	e.class("a CSR whose answer is lost", d.GenerateCSR(e.ctx, e.Unit), vos.ErrUncertain)
	e.Cluster.Hook(nil)
	e.drop(e.Node)
	d = e.dial(e.Node)
	made := e.csr(d)
	if made == nil {
		e.t.Fatal("the node made none: the exam is wrong")
	}
	e.Cluster.Hook(onlyChanges(sim.Before))
	e.class("a CSR whose order is lost", d.GenerateCSR(e.ctx, e.Unit), vos.ErrUncertain)
	e.Cluster.Hook(nil)
	e.drop(e.Node)
	if !bytes.Equal(made, e.csr(e.dial(e.Node))) {
		e.t.Error("the CSR was made again")
	}
}

// onlyChanges cuts the line at the given moment of whatever changes the node, by command or by request.
func onlyChanges(at sim.Moment) func(sim.Event) sim.Verdict {
	return func(ev sim.Event) sim.Verdict {
		if ev.Moment == at && (strings.HasPrefix(ev.Line, "set csr") || strings.HasPrefix(ev.Line, "POST ")) {
			return sim.Cut
		}
		return sim.Go
	}
}

func (e *Exam) cancelled() {
	d := e.dial(e.peer())
	before := e.Cluster.Counts()[e.peer()]
	gone, cancel := context.WithCancel(e.ctx)
	cancel()
	e.class("a look that is cancelled", second(d.Identity(gone, e.Unit)), vos.ErrUnreachable)
	if err := d.GenerateCSR(gone, e.Unit); vos.Class(err) != vos.ErrUnreachable && vos.Class(err) != vos.ErrUncertain {
		e.t.Errorf("a change that is cancelled: %v", err)
	}
	if after := e.Cluster.Counts()[e.peer()]; after.CSRs != before.CSRs {
		e.t.Error("a change that was cancelled before it began was made")
	}
}

func second[T any](_ T, err error) error { return err }

func (e *Exam) deletes() {
	d := e.dial(e.Node)
	f, ok := e.fileOf(d, e.a.root)
	if !ok {
		e.t.Fatal("the root is not there")
	}
	e.must("delete", d.DeleteTrust(e.ctx, e.Unit, f))
	if e.trusts(d, e.a.root) {
		e.t.Error("it is still there")
	}
	e.class("delete what is not there", d.DeleteTrust(e.ctx, e.Unit, f), vos.ErrRefused)
	e.must("put it back", d.ImportTrust(e.ctx, e.Unit, e.a.root))
}

func (e *Exam) service() {
	d := e.dial(e.Node)
	e.class("a service that is not there", d.RestartService(e.ctx, "Cisco Nothing"), vos.ErrRefused)
	e.must("restart a service", d.RestartService(e.ctx, "Cisco Tomcat"))
	if n := e.Cluster.Counts()[e.Node].Services["Cisco Tomcat"].Times; n != 1 {
		e.t.Errorf("it was restarted %d times", n)
	}
}

func (e *Exam) regenerates() {
	d := e.dial(e.peer())
	before := e.identity(d)
	e.must("regenerate", d.Regenerate(e.ctx, e.Unit))
	after := e.identity(d)
	if after.Equal(before) || after.CheckSignatureFrom(after) != nil && !bytes.Equal(after.RawIssuer, after.RawSubject) {
		e.t.Error("there is no new self-signed certificate")
	}
}

func (e *Exam) restart() {
	d := e.dial(e.Node)
	e.must("restart", d.Restart(e.ctx))
	e.drop(e.Node)
	want := e.a.leaf(e.t, e.Node)
	for { // Finesse was not restarted with Tomcat
		served, err := vos.Probe(e.ctx, firstNode(e), 8445)
		if err == nil && served.Leaf.Equal(want) {
			break
		}
		select {
		case <-e.ctx.Done():
			e.t.Fatal("the new certificate is not served")
		case <-time.After(20 * time.Millisecond):
		}
	}
	if n := e.Cluster.Counts()[e.Node].Restarts; n != 1 {
		e.t.Errorf("restarted %d times", n)
	}
	e.must("enter again", second(e.dial(e.Node).About(e.ctx)))
}
