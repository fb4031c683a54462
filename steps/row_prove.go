package steps

import (
	"context"
	"crypto/x509"
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// AskUnchained is the question whether an address counts that serves the new certificate without its chain.
const AskUnchained = "chain-not-sent"

// lookProve: every client address of the node serves the new certificate with its whole chain (CLI-1 to CLI-8). Only this
// pays a restart debt. Where the chain alone is missing, looking again may never help: a person may go on knowing it.
func lookProve(ctx context.Context, j *Job) (bool, error) {
	j.Say("looking at every address")
	j.Seen.Served = probeAll(ctx, j)
	open := unproven(j, j.Seen.Served)
	if len(open) == 0 {
		if bare := unchained(j, j.Seen.Served); len(bare) > 0 {
			if j.Seen.Findings = append(j.Seen.Findings, bare...); j.Answered(AskUnchained) != yes {
				return false, askUnchained(j.Node, bare)
			}
		}
		return true, lookBroken(ctx, j)
	}
	return false, &vos.Error{Class: vos.ErrRefused, Node: j.Node.FQDN, What: "not proven: " + strings.Join(open, "; "),
		Means: "clients of these addresses do not see the new certificate yet (SIG-8)",
		Next:  "if a service is still starting, Enter looks again; if the old certificate is served, the node owes a restart"}
}

// lookBroken looks once more at both ends of every trust that ends in this node and is not known to stand. What is broken
// is a finding: the addresses are proven all the same.
func lookBroken(ctx context.Context, j *Job) error {
	stands := true
	for _, e := range j.Plan.EdgesInto(j.Node.FQDN) {
		stands = stands && e.Now == HoldYes
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

// unproven names the addresses that do not yet serve what was installed. An optional address that nothing listens on owes nothing.
func unproven(j *Job, served []Served) []string {
	leaf, second := identityOf(j.Plan, j.Node.FQDN), secondIdentity(j.Plan, j.Node)
	var open []string
	for _, s := range served {
		name := fmt.Sprintf("%d %s", s.Port, PortName(j.Plan, j.Node, s.Port))
		switch {
		case s.Error != "" && (optional(j, s.Port) || wasDeaf(j, s.Port)):
		case s.Error != "":
			open = append(open, name+" ("+s.Error+")")
		case !is(s.PEM, leaf) && !is(s.PEM, second):
			open = append(open, name+" (serves the old certificate)")
		}
	}
	return open
}

func askUnchained(n vos.Node, bare []Finding) error {
	return &Ask{Question{ID: AskUnchained, Kind: Choice, Rule: "SIG-5", Args: []string{n.FQDN}, Lines: findingLines(bare),
		Text:    "%s serves the new certificate without its chain.",
		Means:   "Clients that hold the root alone refuse it there. The intermediate may be missing from the node's store, or a service may have begun before it was there; some nodes never send it.",
		Options: []Option{{again, "Look at every address again"}, {yes, "Go on: clients are given the intermediates too"}}}}
}

// unchained says where the new certificate comes without the CA certificates above it. A client that holds the root alone
// refuses it there, or fetches what is missing by itself.
func unchained(j *Job, served []Served) []Finding {
	if !j.Plan.Scope().Replaces(j.Node) {
		return nil
	}
	leaf, second := identityOf(j.Plan, j.Node.FQDN), secondIdentity(j.Plan, j.Node)
	var names []string
	for _, s := range served {
		if is(s.PEM, leaf) && !is(s.PEM, second) && !s.Whole {
			names = append(names, fmt.Sprintf("%d %s", s.Port, PortName(j.Plan, j.Node, s.Port)))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return one(warning, "SIG-5", "give clients the intermediates as well as the root: they lie in the session's reply folder",
		"sends the new certificate without %s, which signed it: %s", cert.Printable(cert.IssuerOf(leaf)), strings.Join(names, ", "))
}

func is(text string, c *x509.Certificate) bool { return c != nil && text == string(cert.PEM(c)) }

// wasDeaf: nothing answered on this port before the change either. That was a finding before the start, and somebody went
// on knowing it: the change cannot prove what was not there.
func wasDeaf(j *Job, port int) bool {
	if s := j.Plan.Survey(j.Node.FQDN); s != nil {
		for _, before := range s.Served {
			if before.Port == port {
				return before.Error != ""
			}
		}
	}
	return false
}

func wordsSurvey(p *Plan, _ vos.Node) []string {
	var words []string
	for _, d := range vos.DialoguesSurvey(p.Change().Unit) {
		words = append(words, d.Line)
	}
	return words
}
