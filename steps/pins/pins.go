// Package pins stops before a node is changed that was changed since it was read, and not by this change.
package pins

import (
	"cmp"
	"context"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Guard is the guard of every row that changes a node (plan.Step): it stops before a node is changed that is not as it was read.
// Its certificate was replaced, or its host name or domain was changed, and not by this change. A node that a person asks is not
// asked for it once more: what this task has read counts.
func Guard(ctx context.Context, j *plan.Job) error {
	if j.Plan.Survey(j.Node.FQDN) == nil {
		return nil
	}
	own := cert.FromPEM(j.Seen.Own(j.Unit))
	if j.Node.Connection.ByHand() {
		if own != nil {
			return Ask(j, otherIdentity(j, j.Unit, own))
		}
		return nil
	}
	d, names, err := otherNames(ctx, j)
	if err != nil {
		return err
	}
	if own == nil {
		if own, err = d.Identity(ctx, j.Unit); err != nil {
			return err
		}
	}
	return Ask(j, append(names, otherIdentity(j, j.Unit, own)...))
}

// GuardRestart is Guard for a restart: what the node holds as tomcat is asked about by restart.GuardHeld.
func GuardRestart(ctx context.Context, j *plan.Job) error {
	s := j.Plan.Survey(j.Node.FQDN)
	if s == nil || j.Node.Connection.ByHand() {
		return nil
	}
	d, changes, err := otherNames(ctx, j)
	if err != nil || s.ECDSA == "" {
		return cmp.Or(err, Ask(j, changes))
	}
	second, err := d.Identity(ctx, change.UnitECDSA)
	if err != nil {
		return err
	}
	return Ask(j, append(changes, otherIdentity(j, change.UnitECDSA, second)...))
}

// Ask puts what has changed before a person; nil where nothing has that was not accepted before.
func Ask(j *plan.Job, changes []msg.Text) error {
	changes = slices.DeleteFunc(changes, func(line msg.Text) bool { return accepted(j, line) })
	if len(changes) == 0 || j.Answered(plan.AskDiffers) == plan.Yes {
		return nil
	}
	return &plan.Ask{Question: plan.Question{ID: plan.AskChanged, Kind: plan.Choice, Rule: "PRE-3", Lines: changes,
		Text: msg.T("%s was changed since it was read, and not by this change.", j.Node.FQDN),
		Means: msg.T("A colleague or another program may be working on it. If the host name or domain was changed, the " +
			"certificates of this plan have the wrong name. Find out who did it before you continue."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check again: it was corrected")}, {Value: plan.Yes, Label: msg.T("Continue: the change was intended")}}}}
}

// accepted reports whether a person said about a node, in any row of this change, to continue despite a difference.
func accepted(j *plan.Job, line msg.Text) bool {
	return slices.ContainsFunc(j.Plan.Decisions(), func(d plan.Decision) bool {
		return d.Task.Node == j.Node.FQDN && d.ID == plan.AskChanged && d.Value == plan.Yes && slices.ContainsFunc(d.Lines, func(o msg.Text) bool { return o.String() == line.String() })
	})
}

// otherNames tells that a node calls itself otherwise than when it was read. What this task has read of it counts.
func otherNames(ctx context.Context, j *plan.Job) (vos.Driver, []msg.Text, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, nil, err
	}
	is, was := j.Seen.About, j.Plan.Survey(j.Node.FQDN).About
	if is == nil {
		about, err := d.About(ctx)
		if err != nil {
			return nil, nil, err
		}
		is = &about
	}
	if was == nil || strings.EqualFold(was.FQDN(), is.FQDN()) {
		return d, nil, nil
	}
	return d, []msg.Text{msg.T("name: %s, was %s", is.FQDN(), was.FQDN())}, nil
}

// otherIdentity tells that a node holds a certificate that it neither held when it was read nor was given by this change.
func otherIdentity(j *plan.Job, unit string, own *x509.Certificate) []msg.Text {
	was := cert.FromPEM(j.Plan.Survey(j.Node.FQDN).Own(unit))
	if was == nil || own.Equal(was) || own.Equal(certs.LeafOf(j.Plan, j.Node.FQDN, unit)) || certs.IsCert(certs.Regenerated(j.Plan, j.Node.FQDN, unit), own) {
		return nil
	}
	return []msg.Text{msg.T("certificate %s: serial %s, SHA-256 %s, was %s", unit, cert.Serial(own), cert.Fingerprint(own), cert.Serial(was))}
}

// Store stops before certificates are uploaded to a trust store that lists other files than when it was last read: files that
// no certificate of this change explains were added, or are gone.
func Store(j *plan.Job, list []vos.TrustFile, want []*x509.Certificate) error {
	if j.Acted || j.Unsure() {
		return nil
	}
	_, was := trust.StoreOf(j.Plan, j.Node.FQDN)
	if len(was) == 0 {
		return nil
	}
	added, gone := unlisted(list, was), unlisted(was, list)
	if len(added)+len(gone) == 0 {
		return nil
	}
	known := append(expected(j.Plan, j.Node.FQDN), want...)
	var changes []msg.Text
	for _, f := range unexplained(added, known) {
		changes = append(changes, msg.T("tomcat-trust: %s was added: %s", f.File, f.About))
	}
	for _, f := range unexplained(gone, known) {
		changes = append(changes, msg.T("tomcat-trust: %s is gone: %s", f.File, f.About))
	}
	return Ask(j, changes)
}

// expected are the certificates that this change knows: they may come, or take the place of a namesake.
func expected(p *plan.Plan, fqdn string) []*x509.Certificate {
	roots, others := certs.Authorities(p)
	known := append(append(roots, others...), certs.Accepted(p)...)
	for _, n := range p.Nodes() {
		known = append(known, certs.IdentityOf(p, n.FQDN), certs.ECDSAIdentity(p, n))
		if s := p.Survey(n.FQDN); s != nil {
			known = append(append(known, cert.FromPEM(s.Identity), cert.FromPEM(s.ECDSA)), cert.AllFromPEM(s.Chain)...)
		}
	}
	for _, seen := range p.SightingsOf([]string{fqdn}) {
		for _, peer := range seen.Seen.Peers {
			known = append(append(known, cert.FromPEM(peer.PEM)), cert.AllFromPEM(peer.Chain)...)
		}
	}
	return slices.DeleteFunc(known, func(c *x509.Certificate) bool { return c == nil })
}

// unexplained are the files that are none of these certificates, as far as their names tell.
func unexplained(list []vos.TrustFile, known []*x509.Certificate) []vos.TrustFile {
	return slices.DeleteFunc(list, func(f vos.TrustFile) bool {
		return slices.ContainsFunc(known, func(c *x509.Certificate) bool { return certs.MayBe(f, c) })
	})
}

// unlisted are the files of a list that another one lacks.
func unlisted(list, in []vos.TrustFile) []vos.TrustFile {
	return slices.DeleteFunc(slices.Clone(list), func(f vos.TrustFile) bool {
		return slices.ContainsFunc(in, func(o vos.TrustFile) bool { return name(o) == name(f) })
	})
}

// name is that of a file, however a connection spells its end.
func name(f vos.TrustFile) string { return strings.TrimSuffix(strings.ToLower(f.File), ".pem") }

// Authorities asks before CA certificates are uploaded that come from a session that was handed over: the person who made that file
// chose them, and nodes believe everything that they sign. One question is about all of the change's that were not accepted here.
func Authorities(j *plan.Job, missing []*x509.Certificate) error {
	if j.Acted || j.Unsure() || len(missing) == 0 || len(plan.Foreign(j.Plan, pems(missing))) == 0 {
		return nil
	}
	roots, others := certs.Authorities(j.Plan)
	all := slices.Concat(roots, others, certs.Accepted(j.Plan), missing)
	q := plan.Question{ID: plan.AskHandedCA, Kind: plan.Choice, Rule: "SIG-4",
		Text: msg.T("These CA certificates come from the session that was handed over. May the nodes trust them?"),
		Means: msg.T("The author of the session file chose them. Compare the fingerprints with those that the CA publishes. The nodes will trust everything " +
			"that these CAs sign. If one is wrong, load the CA's reply again."),
		Options: []plan.Option{{Value: plan.No, Label: msg.T("No, stop")}, {Value: plan.Yes, Label: msg.T("Yes, I compared the fingerprints")}}}
	for _, text := range slices.Compact(slices.Sorted(slices.Values(plan.Foreign(j.Plan, pems(all))))) {
		c := cert.FromPEM(text)
		q.Held += text
		q.Lines = append(q.Lines, msg.T("%s, valid until %s", cert.Name(c), msg.Time(c.NotAfter.UTC(), msg.Day)), msg.T("  SHA-256 %s", cert.Fingerprint(c)))
	}
	return &plan.Ask{Question: q}
}

func pems(all []*x509.Certificate) []string {
	var texts []string
	for _, c := range all {
		texts = append(texts, string(cert.PEM(c)))
	}
	return texts
}
