package standing

import (
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// AddressState is how an address of a node stands. The words stand in reports: never change one.
type AddressState string

// The states of an address.
const (
	AddressUnseen AddressState = "not checked"           // since the survey
	AddressProven AddressState = "proven"                // it serves the new certificate, with its whole chain
	AddressBare   AddressState = "new, chain incomplete" // it serves the new certificate alone
	AddressSame   AddressState = "unchanged"             // this change gives it no other certificate, and it serves the one that it should
	AddressOld    AddressState = "old"                   // it serves a certificate that this change was to replace
	AddressOther  AddressState = "another certificate"   // neither the one before nor the one that the node should serve
	AddressSilent AddressState = "no answer"
	AddressUnused AddressState = "not in use" // a release may have it, and it never answered
)

// Address is one address that clients open, before the change and as it was seen last.
type Address struct {
	Node   vos.Node
	Port   int
	Name   string // what it is for, as the release table has it
	Before plan.Served
	Now    *plan.Served // nil: it was not looked at since the survey
	At     time.Time    // when Now was seen
	State  AddressState
	Means  msg.Text // what is wrong and what mends it; empty where nothing is wrong
}

// Label is the port as a person reads it; unescaped.
func (a Address) Label() string { return release.PortLabel(a.Port, a.Name) }

// Wrong reports whether clients do not get there what they should.
func (a Address) Wrong() bool { return !a.Means.IsZero() }

// Addresses returns every address that the survey looked at, node by node. All that shows or counts addresses takes it from here.
func Addresses(p *plan.Plan) []Address {
	var all []Address
	for _, n := range p.Nodes() {
		all = append(all, AddressesOf(p, n.FQDN)...)
	}
	return all
}

// AddressesOf returns the addresses of one node.
func AddressesOf(p *plan.Plan, fqdn string) []Address {
	before := p.Survey(fqdn)
	n, known := p.Node(fqdn)
	if before == nil || !known {
		return nil
	}
	latest, at := lookedLast(p, fqdn)
	want := expected(p, n)
	ports := release.FactsOf(p, n).Ports
	all := make([]Address, 0, len(before.Served))
	for _, b := range before.Served {
		a := Address{Node: n, Port: b.Port, Name: release.NameIn(ports, b.Port), Before: b, State: AddressUnseen}
		if i := slices.IndexFunc(latest, func(s plan.Served) bool { return s.Port == b.Port }); i >= 0 {
			a.Now, a.At = &latest[i], at
		}
		maybe := slices.ContainsFunc(ports, func(port vos.Port) bool { return port.Number == b.Port && port.Optional })
		a.State, a.Means = want.judge(b, a.Now, maybe)
		all = append(all, a)
	}
	return all
}

// lookedLast is what was seen last on the addresses of a node after a restart or in a proof, and when.
func lookedLast(p *plan.Plan, fqdn string) (served []plan.Served, at time.Time) {
	for _, row := range p.Steps() {
		if row.Role != plan.RoleRestart && row.Role != plan.RoleProve {
			continue
		}
		t, ok := p.Task(plan.Task{Step: row.ID, Node: fqdn})
		if ok && t.State == plan.Done && t.Seen != nil && len(t.Seen.Served) > 0 && !t.Since.Before(at) {
			served, at = t.Seen.Served, t.Since
		}
	}
	return served, at
}

// expectation is what the addresses of a node should serve by now.
type expectation struct {
	own, ecdsa   *x509.Certificate   // what the node holds; nil: not known
	former       []*x509.Certificate // what it held before in this session
	renewed      bool                // this change has given the node another identity
	renewedECDSA bool                // and another tomcat-ECDSA
	signed       bool                // the identity that this change gave it is of a CA
	chosen       bool                // the node can choose which of the two it serves (EC-1)
}

func expected(p *plan.Plan, n vos.Node) expectation {
	var x expectation
	var former []*x509.Certificate
	x.own, former, x.renewed = heldBy(p, n.FQDN, "")
	x.former = former
	x.ecdsa, former, x.renewedECDSA = heldBy(p, n.FQDN, change.UnitECDSA)
	x.former = append(x.former, former...)
	x.signed = x.renewed && x.own != nil && !certs.SelfMade(x.own)
	x.chosen = release.FactsOf(p, n).ECDSA.Value == vos.ECDSAChoice
	if p.Scope().ECDSAOf(n) == change.ECDSACOP && x.ecdsa != nil { // it is no longer to be shown
		x.former, x.ecdsa = append(x.former, x.ecdsa), nil
	}
	return x
}

// heldBy is the certificate that a node holds for a unit by now, those that it held before, and whether this change gave it
// another. unit is empty for that of the change.
func heldBy(p *plan.Plan, fqdn, unit string) (own *x509.Certificate, former []*x509.Certificate, renewed bool) {
	if s := p.Survey(fqdn); s != nil {
		own = cert.FromPEM(s.Own(unit))
	}
	first := own
	for _, row := range p.Steps() {
		t, ok := p.Task(plan.Task{Step: row.ID, Node: fqdn})
		if !ok || row.Owes.For != plan.ForIdentity || row.Unit != unit || t.State != plan.Done {
			continue
		}
		next := cert.FromPEM(t.Seen.Own(unit))
		if next == nil && row.Role == plan.RoleInstall {
			next = certs.LeafOf(p, fqdn, row.UnitIn(p.Change()))
		}
		if next == nil || own == nil { // an older program, or a node that shows nothing: the row was done
			renewed = true
		}
		if next != nil && own != nil && !next.Equal(own) {
			former = append(former, own)
		}
		if next != nil {
			own = next
		}
	}
	return own, former, renewed || first != nil && own != nil && !first.Equal(own)
}

// What is wrong with an address, and what mends it.
const (
	meansRestart = "it presents the old certificate: the service has not been restarted since the new one was installed; " +
		"restart it, then check again"
	meansECDSA  = "it presents a self-signed tomcat-ECDSA beside a CA-signed tomcat, and agents cannot accept it in Live Data (EC-4): have it signed by an EC CA, or install the COP file"
	meansChosen = "it presents a self-signed tomcat-ECDSA, not the new tomcat (show tls server cert_type): have tomcat-ECDSA signed in OS Administration, or run set tls server cert_type rsa on all nodes (it reboots each node)"
	meansOther  = "it presents a certificate that this change does not know: find out who changed it, then check again"
	meansSilent = "it answered before the change: check its service (utils service list), then check again"
)

// judge says how an address stands; maybe: a release may have it.
func (x expectation) judge(before plan.Served, now *plan.Served, maybe bool) (state AddressState, means msg.Text) {
	holds := func(c *x509.Certificate) bool { return certs.IsCert(now.PEM, c) }
	switch {
	case now == nil:
		return AddressUnseen, msg.Text{}
	case now.Error != "" && before.Error != "" && maybe:
		return AddressUnused, msg.Text{}
	case now.Error != "" && before.Error != "": // known since the check before starting, and accepted there
		return AddressSilent, msg.Text{}
	case now.Error != "":
		return AddressSilent, msg.T(meansSilent)
	case holds(x.own) && x.renewed, holds(x.ecdsa) && x.renewedECDSA:
		return bareOr(*now), msg.Text{}
	case holds(x.own):
		return AddressSame, msg.Text{}
	case holds(x.ecdsa) && x.signed && certs.SelfMade(x.ecdsa):
		if x.chosen {
			return AddressOld, msg.T(meansChosen)
		}
		return AddressOld, msg.T(meansECDSA)
	case holds(x.ecdsa):
		return AddressSame, msg.Text{}
	case slices.ContainsFunc(x.former, holds), now.Serial == before.Serial && (x.own != nil || x.renewed):
		return AddressOld, msg.T(meansRestart)
	case now.Serial == before.Serial:
		return AddressSame, msg.Text{}
	case x.own == nil && now.Whole: // an older program noted no certificate
		return AddressProven, msg.Text{}
	}
	return AddressOther, msg.T(meansOther)
}

func bareOr(now plan.Served) AddressState {
	if now.Whole {
		return AddressProven
	}
	return AddressBare
}
