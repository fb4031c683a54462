// Package cleanup says which certificates of a trust store may go, and which must stay and why. It looks at nothing: it folds
// what was read.
package cleanup

import (
	"bytes"
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/rfc5280"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Kind is why a certificate may be deleted. The zero value: there is no reason.
type Kind string

// Expired: its time is over. Doubled: another file of the trust store contains the same certificate. Superseded: another certificate of
// the same name does what it did.
const (
	Expired    Kind = "expired"
	Doubled    Kind = "doubled"
	Superseded Kind = "superseded"
)

// Verdict is what becomes of one file of a trust store.
type Verdict struct {
	Node string // FQDN
	File vos.TrustFile
	Cert *x509.Certificate // nil: it was not read
	Kind Kind
	Goes bool     // it may be deleted; false: it must stay
	Why  msg.Text // why it may go, or must stay
}

// Word is the verdict in a line, for findings.
func (v Verdict) Word() msg.Text {
	switch {
	case v.Goes:
		return msg.T("%s can be deleted: %s", v.File.File, v.Why)
	case v.Kind != "":
		return msg.T("%s is %s and must be kept: %s", v.File.File, msg.Word(string(v.Kind)), v.Why)
	}
	return msg.T("%s must be kept: %s", v.File.File, v.Why)
}

// idOf names a certificate in questions and answers: the start of its SHA-256 fingerprint.
func idOf(c *x509.Certificate) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(cert.Fingerprint(c), "SHA256:"), ":", ""))[:16]
}

// judgeStore judges all that was read of the trust store of a node, in the order of the list. Files of which nothing is to be said are
// left out; a file that could not be read stays and is named.
func judgeStore(p *plan.Plan, fqdn string, now time.Time) []Verdict {
	read, listed := trust.StoreOf(p, fqdn)
	return Judge(p, fqdn, listed, read, now)
}

// Judge is of, for a store that was just read: the files of a list, and what they hold.
func Judge(p *plan.Plan, fqdn string, listed []vos.TrustFile, read map[string]*x509.Certificate, now time.Time) []Verdict {
	return judge(fqdn, listed, read, usesOf(p, fqdn), now)
}

// uses is what is known of who needs what a store holds.
type uses struct {
	presented []*x509.Certificate // by nodes, peers and script servers, or held by a node for later
	owners    map[string]bool     // names of the hosts of the solution: whether what they present was seen
}

// usesOf collects the certificates that the nodes of the plan and what they speak to present and hold.
func usesOf(p *plan.Plan, fqdn string) uses {
	u := uses{owners: map[string]bool{}}
	add := func(host string, all ...*x509.Certificate) {
		host = strings.ToLower(host)
		if _, known := u.owners[host]; !known {
			u.owners[host] = false
		}
		for _, c := range all {
			if c != nil {
				u.presented, u.owners[host] = append(u.presented, c), true
			}
		}
	}
	for _, n := range p.Nodes() {
		add(n.FQDN, certs.IdentityOf(p, n.FQDN), certs.ECDSAIdentity(p, n))
		if s := p.Survey(n.FQDN); s != nil {
			for _, port := range s.Served {
				add(n.FQDN, cert.FromPEM(port.PEM))
			}
		}
	}
	e := trust.EvidenceOf(p)
	for _, r := range trust.RelationsInto(p, fqdn) {
		leaf, chain := e.Served(r)
		add(r.From.FQDN, leaf)
		if leaf != nil {
			add(r.From.FQDN, chain...)
		}
	}
	return u
}

// judge is of, for a store that is given.
func judge(fqdn string, listed []vos.TrustFile, read map[string]*x509.Certificate, u uses, now time.Time) []Verdict {
	var all []Verdict
	store := make([]*x509.Certificate, len(listed))
	for i, f := range listed {
		store[i] = read[f.File]
	}
	for i, f := range listed {
		v := Verdict{Node: fqdn, File: f, Cert: store[i]}
		if v.Cert == nil {
			v.Why = msg.T("it could not be read")
			all = append(all, v)
			continue
		}
		if v.Kind, v.Why = kindOf(store, i, u, now); v.Kind == "" {
			continue
		}
		v.Goes = true
		if why := needed(store, i, v.Kind, u, now); !why.IsZero() {
			v.Goes, v.Why = false, why
		}
		all = append(all, v)
	}
	return all
}

// kindOf says why a file might go. Of two files with the same certificate the first stays.
func kindOf(store []*x509.Certificate, i int, u uses, now time.Time) (Kind, msg.Text) {
	c := store[i]
	if slices.ContainsFunc(store[:i], func(o *x509.Certificate) bool { return o != nil && o.Equal(c) }) {
		return Doubled, msg.T("another file of the trust store contains the same certificate")
	}
	if now.After(c.NotAfter) {
		return Expired, msg.T("it expired on %s", msg.Time(c.NotAfter.UTC(), msg.Day))
	}
	for _, o := range store {
		if o == nil || o == c || !rfc5280.SameName(o.RawSubject, c.RawSubject) || !o.NotBefore.After(c.NotBefore) {
			continue
		}
		if sameKey(o, c) && cert.StandsFor(o, c, others(store), now) {
			return Superseded, msg.T("a newer certificate with the same name and key is in the trust store (serial %s)", cert.Serial(o))
		}
		if !sameKey(o, c) {
			return Superseded, msg.T("a newer certificate with the same name is in the trust store (serial %s)", cert.Serial(o))
		}
	}
	if host := strings.ToLower(c.Subject.CommonName); cert.Classify(c) == cert.SelfSigned && u.owners[host] && !certs.HasCert(u.presented, c) {
		return Superseded, msg.T("%s presents another certificate now", host)
	}
	return "", msg.Text{}
}

// needed says why a certificate must stay; nothing where nothing that was seen needs it. What is not known keeps it.
func needed(store []*x509.Certificate, i int, kind Kind, u uses, now time.Time) msg.Text {
	c := store[i]
	switch {
	case certs.HasCert(u.presented, c):
		return msg.T("a node still presents it") // also of two files: with a node's own certificate its CSR is deleted
	case kind == Doubled:
		return msg.Text{} // the other file stays
	}
	for host, seen := range u.owners {
		if !seen && c.VerifyHostname(host) == nil {
			return msg.T("what %s presents was not seen", host)
		}
	}
	if slices.ContainsFunc(store, func(o *x509.Certificate) bool {
		return o != nil && !o.Equal(c) && sameKey(o, c) && cert.StandsFor(o, c, others(store), now)
	}) {
		return msg.Text{} // whatever stands on it stands on the newer one too
	}
	for _, child := range append(slices.Clone(u.presented), store...) {
		alive := child != nil && !child.Equal(c) && (!now.After(child.NotAfter) || certs.HasCert(u.presented, child))
		if alive && rfc5280.SameName(child.RawIssuer, c.RawSubject) && rfc5280.Verify(child, c) != rfc5280.Wrong {
			return msg.T("it is above %s (serial %s), which is in use or not expired", cert.Name(child), cert.Serial(child))
		}
	}
	if kind == Superseded && cert.Classify(c) != cert.SelfSigned {
		return msg.T("its key differs from the newer one's, and a server that is not part of this change may still present a certificate that it signed")
	}
	return msg.Text{}
}

func sameKey(a, b *x509.Certificate) bool {
	return bytes.Equal(a.RawSubjectPublicKeyInfo, b.RawSubjectPublicKeyInfo)
}

func others(store []*x509.Certificate) []*x509.Certificate {
	return slices.DeleteFunc(slices.Clone(store), func(c *x509.Certificate) bool { return c == nil })
}

// question is the question about one certificate: one, however many nodes hold it. all are the verdicts on it.
func question(all []Verdict) plan.Question {
	c := all[0].Cert
	q := plan.Question{ID: plan.AskDelete + idOf(c), Kind: plan.Choice, Text: msg.T("Delete %s from tomcat-trust?", cert.Name(c)),
		Means: msg.T("Nothing that was read needs it. A server that is not part of this change may need it: if you do not know " +
			"what it is for, keep it."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("Keep it")}, {Value: plan.Yes, Label: msg.T("Delete it")}}}
	q.Lines = append(q.Lines, msg.T("issuer %s", cert.IssuerOf(c)), msg.T("serial %s", cert.Serial(c)), msg.T("valid until %s", msg.Time(c.NotAfter.UTC(), msg.Day)), msg.T("SHA-256 %s", cert.Fingerprint(c)))
	for _, v := range all {
		q.Lines = append(q.Lines, msg.T("%s: %s (%s: %s)", v.Node, v.File.File, msg.Word(string(v.Kind)), v.Why))
	}
	return q
}

// candidates are the certificates that may go, on all nodes: the verdicts on each together, in the order of the nodes.
func candidates(p *plan.Plan, now time.Time) [][]Verdict {
	var all [][]Verdict
	at := map[string]int{}
	for _, n := range p.Nodes() {
		for _, v := range judgeStore(p, n.FQDN, now) {
			if !v.Goes {
				continue
			}
			id := idOf(v.Cert)
			if _, known := at[id]; !known {
				at[id], all = len(all), append(all, nil)
			}
			all[at[id]] = append(all[at[id]], v)
		}
	}
	return all
}

// Kept are the certificates that may go and do nothing for a node any more, expired ones and second files of one certificate, and that no
// person told to delete. Superseded ones are left out: who does not know what one is for keeps it.
func Kept(p *plan.Plan, now time.Time) []Verdict {
	asked, _ := p.Task(plan.Task{Step: plan.StepStale})
	return slices.DeleteFunc(slices.Concat(candidates(p, now)...), func(v Verdict) bool {
		return v.Kind == Superseded || asked.Answers[plan.AskDelete+idOf(v.Cert)].Value == plan.Yes
	})
}

// going are the files of a list that a person has told to delete on a node, judged once more by what is known now: what has come
// to be needed since stays, as does the last of several files with the same certificate. nil: the list that was read last.
func going(p *plan.Plan, fqdn string, list []vos.TrustFile, now time.Time) []Verdict {
	asked, _ := p.Task(plan.Task{Step: plan.StepStale})
	read, listed := trust.StoreOf(p, fqdn)
	if list != nil {
		listed = list
	}
	return slices.DeleteFunc(Judge(p, fqdn, listed, read, now), func(v Verdict) bool {
		return !v.Goes || asked.Answers[plan.AskDelete+idOf(v.Cert)].Value != plan.Yes
	})
}
