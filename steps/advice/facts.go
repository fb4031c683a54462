package advice

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// signTrust tells how the trusts between two products stand; an empty product is any.
func signTrust(from, into vos.Product) func(context.Context, *Diagnosis) []Check {
	return func(_ context.Context, d *Diagnosis) []Check {
		if d.Plan == nil {
			return noSession()
		}
		var found []Check
		for _, e := range trust.StatesOf(d.Plan) {
			if from != "" && e.From.Product != from || into != "" && e.Into.Product != into {
				continue
			}
			found = append(found, signEdge(e))
		}
		if found == nil {
			found = []Check{sign(Unseen, "%s", pairless(from, into))}
		}
		return found
	}
}

func pairless(from, into vos.Product) string {
	if from == "" {
		return "this solution has no trust between products"
	}
	return "this solution has no " + from.Title("") + " that " + into.Title("") + " must trust"
}

func signEdge(e trust.State) Check {
	const text = "trust store of %s, certificate of %s: %s"
	switch {
	case e.Wrong():
		return sign(Supports, text, e.Into.FQDN, e.From.FQDN, string(e.Now))
	case e.Breaks():
		return sign(Supports, text, e.Into.FQDN, e.From.FQDN, "this change gives it another, which must be uploaded")
	case e.Now == trust.HoldYes:
		return sign(Contradicts, text, e.Into.FQDN, e.From.FQDN, string(e.Now))
	}
	return sign(Unseen, text, e.Into.FQDN, e.From.FQDN, string(e.Now))
}

// signTargets: the chains of the servers that scripts call.
func signTargets(_ context.Context, d *Diagnosis) []Check {
	if d.Plan == nil {
		return noSession()
	}
	var found []Check
	for _, e := range trust.StatesOf(d.Plan) {
		if e.For == plan.ForEngine {
			found = append(found, signEdge(e))
		}
	}
	if found == nil {
		return []Check{sign(Unseen, "the solution names no server that scripts call")}
	}
	return found
}

// signNamesAsked holds the names of the CSRs against those of the certificates that the CA sent.
func signNamesAsked(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		csr, leaf := cert.RequestFromPEM(d.Plan.CSR(n.FQDN)), certs.Leaf(d.Plan, n.FQDN)
		var found []Check
		for _, f := range reply.RequestFindings(d.Plan, n) {
			found = append(found, sign(Supports, "%s", f.What))
		}
		if csr == nil || leaf == nil {
			return append(found, sign(Unseen, "%s: no CSR and certificate in this session to compare", n.FQDN))
		}
		asked, given := sorted(csr.DNSNames), sorted(leaf.DNSNames)
		return append(found, tell(!slices.Equal(asked, given), "%s: asked for %s, the CA gave %s", n.FQDN, strings.Join(asked, ", "), strings.Join(given, ", ")))
	})
}

func sorted(all []string) []string {
	low := make([]string, 0, len(all))
	for _, s := range all {
		low = append(low, strings.ToLower(s))
	}
	slices.Sort(low)
	return low
}

// signKeys: the CA's certificate belongs to the CSR that this session took from the node.
func signKeys(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		csr, leaf := cert.RequestFromPEM(d.Plan.CSR(n.FQDN)), certs.Leaf(d.Plan, n.FQDN)
		switch {
		case csr == nil:
			return []Check{sign(Unseen, "%s: this session has made no CSR", n.FQDN)}
		case leaf == nil:
			return []Check{sign(Unseen, "%s: no certificate of the CA yet; the CSR has the key %s", n.FQDN, cert.KeyID(csr.PublicKey))}
		}
		fits := cert.KeyID(csr.PublicKey) == cert.KeyID(leaf.PublicKey)
		return []Check{tell(!fits, "%s: key of the CSR %s, of the certificate %s", n.FQDN, cert.KeyID(csr.PublicKey), cert.KeyID(leaf.PublicKey))}
	})
}

// signChain: the CA's files hold every CA up to the root, and the rows that upload them are done.
func signChain(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		leaf := certs.Leaf(d.Plan, n.FQDN)
		if leaf == nil {
			return []Check{sign(Unseen, "%s: no certificate of the CA yet", n.FQDN)}
		}
		_, err := cert.Build(leaf, append(certs.ReplyRoots(d.Plan), certs.ReplyIntermediates(d.Plan)...))
		if err != nil {
			return []Check{sign(Supports, "%s: %s", n.FQDN, err.Error())}
		}
		found := []Check{sign(Contradicts, "%s: the chain is whole in the CA's files", n.FQDN)}
		for _, step := range []string{plan.StepRoot, plan.StepIntermediate, plan.StepReplicate} {
			if t, ok := d.Plan.Task(plan.Task{Step: step, Node: n.FQDN}); ok {
				found = append(found, tell(t.State != plan.Done, "%s: %s is %s", n.FQDN, d.Plan.Step(step).Title, t.State))
			}
		}
		return found
	})
}

// signSameName: the store holds another certificate of a name that the CA's files have.
func signSameName(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		read, _ := trust.StoreOf(d.Plan, n.FQDN)
		var found []Check
		for _, ca := range append(certs.ReplyRoots(d.Plan), certs.ReplyIntermediates(d.Plan)...) {
			for file, there := range read {
				if there.Subject.CommonName == ca.Subject.CommonName && !there.Equal(ca) {
					found = append(found, sign(Supports, "%s holds another %s in %s, valid from %s; the new one from %s", n.FQDN, cert.Name(ca), file,
						there.NotBefore.UTC().Format(time.DateOnly), ca.NotBefore.UTC().Format(time.DateOnly)))
				}
			}
		}
		if found == nil {
			found = append(found, sign(Unseen, "%s: %d files of its store were read, none is in the way", n.FQDN, len(read)))
		}
		return found
	})
}

func signExpiredTrust(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		read, listed := trust.StoreOf(d.Plan, n.FQDN)
		var found []Check
		for file, c := range read {
			if d.Now.After(c.NotAfter) {
				found = append(found, sign(Supports, "%s: %s in the trust store has expired on %s", n.FQDN, file, c.NotAfter.UTC().Format(time.DateOnly)))
			}
		}
		return append(found, sign(Unseen, "%s: %d of %d trust files were read", n.FQDN, len(read), len(listed)))
	})
}

func signServices(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		s := d.Plan.Survey(n.FQDN)
		if s == nil {
			return []Check{sign(Unseen, "%s was not read yet", n.FQDN)}
		}
		if down := plan.ServicesDown(plan.FactsOf(d.Plan, n), s.Services); len(down) > 0 {
			return []Check{sign(Supports, "%s: not started: %s", n.FQDN, strings.Join(down, ", "))}
		}
		return []Check{sign(Contradicts, "%s: every service was started when it was read", n.FQDN)}
	})
}

// signSince: the limit is there from a release on.
func signSince(r vos.Release) func(context.Context, *Diagnosis) []Check {
	return func(_ context.Context, d *Diagnosis) []Check {
		return eachNode(d, func(n vos.Node) []Check {
			is := plan.ReleaseOf(d.Plan, n)
			if !is.Known() {
				return []Check{sign(Unseen, "the release of %s is not known yet", n.FQDN)}
			}
			return []Check{tell(!is.Before(r), "%s runs %s", n.FQDN, is)}
		})
	}
}

func signDebts(_ context.Context, d *Diagnosis) []Check {
	if d.Plan == nil {
		return noSession()
	}
	var found []Check
	for _, debt := range d.Plan.Debts() {
		found = append(found, sign(Supports, "%s owes a restart and a proof since %s", debt.Node, debt.Since.UTC().Format(time.DateTime)))
	}
	if found == nil {
		return []Check{sign(Contradicts, "no restart is owed in this session")}
	}
	return found
}

func signUnsure(_ context.Context, d *Diagnosis) []Check {
	if d.Plan == nil {
		return noSession()
	}
	var found []Check
	for _, row := range d.Plan.Rows() {
		for _, t := range row.Tasks {
			if t.State == plan.Unsure {
				found = append(found, sign(Supports, "%s %s is unsure", t.Task.Node, row.Step.Title))
			}
		}
	}
	if found == nil {
		return []Check{sign(Contradicts, "nothing is unsure in this session")}
	}
	return found
}

func signRefusals(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		return []Check{tell(d.Plan.Refusals(n.FQDN) > 0, "%s has refused %d logins since the last accepted one", n.FQDN, d.Plan.Refusals(n.FQDN))}
	})
}

// signSelfSigned: a node held a CA-signed certificate when it was read, and serves a self-signed one now.
func signSelfSigned(ctx context.Context, d *Diagnosis) []Check {
	before := map[string]bool{}
	if d.Plan != nil {
		for _, n := range d.Plan.Nodes() {
			if s := d.Plan.Survey(n.FQDN); s != nil {
				own := cert.FromPEM(s.Identity)
				before[n.FQDN] = own != nil && cert.Classify(own) == cert.Application
			}
		}
	}
	return d.each(ctx, "not self-signed, or was so before", func(a address) string {
		if k := cert.Classify(a.got.Leaf); k != cert.SelfSigned && k != cert.Root {
			return ""
		}
		if before[a.node.FQDN] {
			return "is self-signed; it was signed by a CA when this session began"
		}
		return "is self-signed"
	})
}

func eachNode(d *Diagnosis, look func(vos.Node) []Check) []Check {
	if d.Plan == nil {
		return noSession()
	}
	var all []Check
	for _, n := range d.Plan.Nodes() {
		all = append(all, look(n)...)
	}
	return all
}
