package steps

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookProve: every client address of the node serves the new certificate with its whole chain (CLI-1 to CLI-8). Only this
// pays a restart debt. Where the chain alone is missing, looking again may never help: a person may go on knowing it.
func lookProve(ctx context.Context, j *plan.Job) (bool, error) {
	j.Say("checking every port")
	j.Seen.Served = probeAll(ctx, j)
	open := unproven(j, j.Seen.Served)
	if len(open) == 0 {
		if bare := unchained(j, j.Seen.Served); len(bare) > 0 {
			if j.Seen.Findings = append(j.Seen.Findings, bare...); j.Answered(plan.AskUnchained) != plan.Yes {
				return false, askUnchained(j.Node, bare)
			}
		}
		return true, lookBroken(ctx, j)
	}
	return false, &vos.Error{Class: vos.ErrRefused, Code: codes.NotServed, About: openPorts(j, j.Seen.Served), Node: j.Node.FQDN, What: msg.T("not verified: %s", msg.Joined(open, "; ")),
		Means: msg.T("Clients of these ports do not get the new certificate yet."),
		Next: msg.T("If a service is still starting, press Enter to check again. If a port still presents the old " +
			"certificate, restart the node.")}
}

// lookBroken looks once more at both ends of every trust that ends in this node and is not known to stand. What is broken
// is a finding: the addresses are proven all the same.
func lookBroken(ctx context.Context, j *plan.Job) error {
	stands := true
	for _, e := range trust.StatesInto(j.Plan, j.Node.FQDN) {
		stands = stands && e.Now == trust.HoldYes
	}
	if stands {
		return nil
	}
	if err := lookRelations(ctx, j); err != nil {
		return err
	}
	j.Seen.Findings = append(j.Seen.Findings, checkTrust(ctx, j, j.Seen)...)
	return nil
}

// portsOf judges which ports serve what was installed. One that nothing listened on before owes nothing.
func portsOf(j *plan.Job, served []plan.Served) standing.Ports {
	leaf, second := certs.IdentityOf(j.Plan, j.Node.FQDN), certs.ECDSAIdentity(j.Plan, j.Node)
	ports := make(standing.Ports, 0, len(served))
	for _, s := range served {
		one := standing.PortUp{Port: s.Port, Name: fmt.Sprintf("%d %s", s.Port, release.PortName(j.Plan, j.Node, s.Port))}
		switch {
		case s.Error != "" && wasDeaf(j, s.Port):
			continue
		case s.Error != "":
			one.Why = msg.Verbatim(s.Error)
		case !certs.IsCert(s.PEM, leaf) && !certs.IsCert(s.PEM, second):
			one.Why = certs.Instead(j.Plan, j.Node.FQDN, s)
		}
		ports = append(ports, one)
	}
	return ports
}

// unproven names the ports that do not yet serve what was installed.
func unproven(j *plan.Job, served []plan.Served) []msg.Text { return portsOf(j, served).Open() }

// openPorts are the numbers of the same ports.
func openPorts(j *plan.Job, served []plan.Served) []string {
	var numbers []string
	for _, one := range portsOf(j, served) {
		if !one.Why.IsZero() {
			numbers = append(numbers, strconv.Itoa(one.Port))
		}
	}
	return numbers
}

func askUnchained(n vos.Node, bare []plan.Finding) error {
	return &plan.Ask{Question: plan.Question{ID: plan.AskUnchained, Kind: plan.Choice, Rule: "SIG-5", Args: []string{n.FQDN}, Lines: findingLines(bare), Findings: bare,
		Text: "%s presents the new certificate without its chain.",
		Means: "Clients that have only the root refuse it. The intermediate is missing from the trust store, or the " +
			"service started before it was uploaded. Some nodes never send it.",
		Options: []plan.Option{{Value: plan.Again, Label: "Check every port again"}, {Value: plan.Yes, Label: "Continue: the intermediates will be distributed to clients"}}}}
}

// unchained says where the new certificate comes without the CA certificates above it. A client that holds the root alone
// refuses it there, or fetches what is missing by itself.
func unchained(j *plan.Job, served []plan.Served) []plan.Finding {
	if !j.Plan.Scope().Replaces(j.Node) || j.Plan.Change().OnlyECDSA() {
		return nil
	}
	leaf, second := certs.IdentityOf(j.Plan, j.Node.FQDN), certs.ECDSAIdentity(j.Plan, j.Node)
	var names []string
	for _, s := range served {
		if certs.IsCert(s.PEM, leaf) && !certs.IsCert(s.PEM, second) && !s.Whole {
			names = append(names, fmt.Sprintf("%d %s", s.Port, release.PortName(j.Plan, j.Node, s.Port)))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return plan.Find(codes.Bare, plan.Warning, "SIG-5", "distribute the intermediates to clients with the root; both are in the reply folder of the session",
		"presents the new certificate without its issuer %s: %s", cert.Printable(cert.IssuerOf(leaf)), strings.Join(names, ", "))
}

// wasDeaf: nothing answered on this port before the change either. That was a finding before the start, and somebody went
// on knowing it: the change cannot prove what was not there. A survey of an older program has no word of ports that were
// added since: one that a release may have is taken to be not in use where it is silent.
func wasDeaf(j *plan.Job, port int) bool {
	s := j.Plan.Survey(j.Node.FQDN)
	if s == nil {
		return false
	}
	if i := slices.IndexFunc(s.Served, func(before plan.Served) bool { return before.Port == port }); i >= 0 {
		return s.Served[i].Error != ""
	}
	return slices.ContainsFunc(release.FactsOf(j.Plan, j.Node).Ports, func(p vos.Port) bool { return p.Number == port && p.Optional })
}

func wordsSurvey(p *plan.Plan, n vos.Node) []string {
	var words []string
	for _, d := range vos.DialoguesSurvey(p.Change().Main()) {
		words = append(words, d.Line)
	}
	if f := release.FactsOf(p, n); f.ECDSA.Value == vos.ECDSAChoice {
		words = append(words, vos.DialogueCertType().Line)
	}
	return words
}

func rowProve() plan.Step {
	return prove(plan.StepProve, plan.StepRestart, "The change is done only if clients get the new certificate with its full chain on every port.")
}

func rowBackProve() plan.Step {
	return prove(plan.StepBackProve, plan.StepBack, "Service is restored only if clients get a valid certificate on every port.")
}

func prove(id, pays, why string) plan.Step {
	return plan.Step{
		ID: id, Role: plan.RoleProve, Title: "Verify every port", On: believes, Look: lookProve, Pays: pays,
		Why:   why,
		Undo:  "Nothing is changed.",
		Rules: []string{"CLI-1", "CLI-2", "CLI-3", "CLI-4", "CLI-5", "CLI-6", "CLI-7", "CLI-8"},
	}
}
