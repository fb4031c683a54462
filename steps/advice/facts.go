package advice

import (
	"context"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/debts"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
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

func pairless(from, into vos.Product) msg.Text {
	if from == "" {
		return msg.T("this solution has no trust relations")
	}
	return msg.T("this solution has no %s for %s to trust", from.Title(""), into.Title(""))
}

func signEdge(e trust.State) Check {
	const text = "tomcat-trust of %s, certificate of %s: %s"
	switch {
	case e.Wrong():
		return sign(Supports, text, e.Into.FQDN, e.From.FQDN, msg.Word(string(e.Now)))
	case e.Breaks():
		return sign(Supports, text, e.Into.FQDN, e.From.FQDN, msg.T("this change replaces the certificate; upload the new one"))
	case e.Now == trust.HoldYes:
		return sign(Contradicts, text, e.Into.FQDN, e.From.FQDN, msg.Word(string(e.Now)))
	}
	return sign(Unseen, text, e.Into.FQDN, e.From.FQDN, msg.Word(string(e.Now)))
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
		return []Check{sign(Unseen, "the solution has no script server")}
	}
	return found
}

// signNamesAsked holds the names of the CSRs against those of the certificates that the CA sent.
func signNamesAsked(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		csr, leaf := cert.RequestFromPEM(certs.CSR(d.Plan, n.FQDN)), certs.Leaf(d.Plan, n.FQDN)
		var found []Check
		for _, f := range reply.RequestFindings(d.Plan, n) {
			found = append(found, sign(Supports, "%s", f.What))
		}
		if csr == nil || leaf == nil {
			return append(found, sign(Unseen, "%s: no CSR and certificate in this session", n.FQDN))
		}
		asked, given := sorted(csr.DNSNames), sorted(leaf.DNSNames)
		return append(found, tell(!slices.Equal(asked, given), "%s: CSR asked for %s, certificate has %s", n.FQDN, msg.List(asked), msg.List(given)))
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
		csr, leaf := cert.RequestFromPEM(certs.CSR(d.Plan, n.FQDN)), certs.Leaf(d.Plan, n.FQDN)
		switch {
		case csr == nil:
			return []Check{sign(Unseen, "%s: no CSR in this session", n.FQDN)}
		case leaf == nil:
			return []Check{sign(Unseen, "%s: no CA-signed certificate yet; key of the CSR: %s", n.FQDN, cert.KeyID(csr.PublicKey))}
		}
		fits := cert.KeyID(csr.PublicKey) == cert.KeyID(leaf.PublicKey)
		return []Check{tell(!fits, "%s: key of the CSR %s, key of the certificate %s", n.FQDN, cert.KeyID(csr.PublicKey), cert.KeyID(leaf.PublicKey))}
	})
}

// signChain: the CA's files hold every CA up to the root, and the rows that upload them are done.
func signChain(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		leaf := certs.Leaf(d.Plan, n.FQDN)
		if leaf == nil {
			return []Check{sign(Unseen, "%s: no CA-signed certificate yet", n.FQDN)}
		}
		_, err := cert.Build(leaf, append(certs.ReplyRoots(d.Plan), certs.ReplyIntermediates(d.Plan)...))
		if err != nil {
			return []Check{sign(Supports, "%s: %s", n.FQDN, err.Error())}
		}
		found := []Check{sign(Contradicts, "%s: the chain is complete in the CA's files", n.FQDN)}
		for _, step := range []string{plan.StepRoot, plan.StepIntermediate, plan.StepReplicate} {
			if t, ok := d.Plan.Task(plan.Task{Step: step, Node: n.FQDN}); ok {
				found = append(found, tell(t.State != plan.Done, "%s: %s is %s", n.FQDN, msg.English(d.Plan.Step(step).Title), msg.Word(t.State.String())))
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
					found = append(found, sign(Supports, "%s has another %s in %s, valid from %s (the new one from %s)", n.FQDN, cert.Name(ca), file,
						msg.Time(there.NotBefore.UTC(), msg.Day), msg.Time(ca.NotBefore.UTC(), msg.Day)))
				}
			}
		}
		if found == nil {
			found = append(found, sign(Unseen, "%s: %d trust certificates read, no conflict", n.FQDN, len(read)))
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
				found = append(found, sign(Supports, "%s: %s in tomcat-trust expired on %s", n.FQDN, file, msg.Time(c.NotAfter.UTC(), msg.Day)))
			}
		}
		return append(found, sign(Unseen, "%s: read %d of %d trust certificates", n.FQDN, len(read), len(listed)))
	})
}

func signServices(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		s := d.Plan.Survey(n.FQDN)
		if s == nil {
			return []Check{sign(Unseen, "%s: not read yet", n.FQDN)}
		}
		if down := release.ServicesDown(release.FactsOf(d.Plan, n), s.Services); len(down) > 0 {
			return []Check{sign(Supports, "%s: services not started: %s", n.FQDN, release.ServiceWords(down))}
		}
		return []Check{sign(Contradicts, "%s: all services were started when it was read", n.FQDN)}
	})
}

// signSince: the limit is there from a release on.
func signSince(r vos.Release) func(context.Context, *Diagnosis) []Check {
	return func(_ context.Context, d *Diagnosis) []Check {
		return eachNode(d, func(n vos.Node) []Check {
			is := release.Of(d.Plan, n)
			if !is.Known() {
				return []Check{sign(Unseen, "the release of %s is unknown", n.FQDN)}
			}
			return []Check{tell(!is.Before(r), "%s runs release %s", n.FQDN, is)}
		})
	}
}

func signDebts(_ context.Context, d *Diagnosis) []Check {
	if d.Plan == nil {
		return noSession()
	}
	var found []Check
	for _, debt := range debts.Of(d.Plan) {
		found = append(found, sign(Supports, "%s: restart and verification pending since %s", debt.Node, msg.Time(debt.Since.UTC(), msg.Second)))
	}
	if found == nil {
		return []Check{sign(Contradicts, "no restart is pending")}
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
				found = append(found, sign(Supports, "%s %s is unknown", t.Task.Node, msg.English(row.Step.Title)))
			}
		}
	}
	if found == nil {
		return []Check{sign(Contradicts, "no step is in an unknown state")}
	}
	return found
}

func signRefusals(_ context.Context, d *Diagnosis) []Check {
	return eachNode(d, func(n vos.Node) []Check {
		return []Check{tell(d.Plan.Refusals(n.FQDN) > 0, "%s: %d failed logins since the last successful one", n.FQDN, d.Plan.Refusals(n.FQDN))}
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
	return d.each(ctx, msg.T("CA-signed, or self-signed before this change too"), func(a address) msg.Text {
		if k := cert.Classify(a.got.Leaf); k != cert.SelfSigned && k != cert.Root {
			return msg.Text{}
		}
		if before[a.node.FQDN] {
			return msg.T("self-signed now; CA-signed when this session started")
		}
		return msg.T("is self-signed")
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
