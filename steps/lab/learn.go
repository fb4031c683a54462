package lab

import (
	"fmt"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rehearsal"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Learn makes a lesson of a session: of its plan, its entries, and its folder, which holds the verdicts on the CA's replies.
// titles says in English what it is about. Errors are of reading.
func Learn(p *plan.Plan, entries []session.Entry, dir string) (lesson sim.Scenario, titles []string, err error) {
	l := newLearner(p)
	if err := l.read(entries); err != nil {
		return lesson, nil, err
	}
	if err := l.verdicts(dir); err != nil {
		return lesson, nil, err
	}
	return l.lesson(), l.titles(), nil
}

// learner makes a lesson of a session. Nothing of the site's names gets into it: its texts are its own.
type learner struct {
	plan  *plan.Plan
	hosts map[string]string // FQDN -> host of the lab
	s     sim.Scenario
	found []lessonOf
}

func newLearner(p *plan.Plan) *learner {
	l := &learner{plan: p, hosts: map[string]string{}}
	l.s.Path, l.s.Change.MultiServer = p.Change().Path, p.Change().MultiServer
	l.topology()
	for _, fqdn := range p.Change().Replace {
		if host := l.hosts[fqdn]; host != "" {
			l.s.Change.Replace = append(l.s.Change.Replace, host)
		}
	}
	l.before()
	return l
}

// topology gives the nodes new names, by product and number.
func (l *learner) topology() {
	s := l.plan.Change().Solution
	made := map[vos.Product]int{}
	site := func(p vos.Product, neighbour bool, nodes ...vos.Node) {
		one := sim.ClusterSpec{Product: p, Neighbour: neighbour}
		for _, n := range nodes {
			made[p]++
			host := fmt.Sprintf("%s%d", p, made[p])
			l.hosts[n.FQDN] = host
			one.Hosts = append(one.Hosts, host)
			if known, ours := l.plan.Node(n.FQDN); ours {
				n = known // its release was learnt
			}
			h := habitsOf(n, rehearsal.Basis(l.plan, n.FQDN))
			if one.Version == "" {
				one.Version, one.Profile = h.Version, h.Profile
			}
		}
		l.s.Topology.Clusters = append(l.s.Topology.Clusters, one)
	}
	for _, c := range s.Clusters {
		site(c.Nodes[0].Product, false, c.Nodes...)
	}
	for _, n := range s.Peers {
		site(n.Product, true, n)
	}
	for i := range s.Targets {
		l.s.Topology.Targets = append(l.s.Topology.Targets, sim.TargetSpec{Host: fmt.Sprintf("api%d.partner.example", i+1)})
	}
}

// before is how the nodes were: who had signed their certificates, how long these were still valid, and which neighbours were trusted.
func (l *learner) before() {
	began, _ := l.plan.Began()
	for _, n := range l.plan.Nodes() {
		own := cert.FromPEM(l.identity(n.FQDN))
		if own == nil {
			continue
		}
		days := int(own.NotAfter.Sub(began) / (24 * time.Hour))
		d := sim.Action{Do: sim.ActSelfSign, On: []string{l.hosts[n.FQDN]}, Days: max(min(days, 1800), -1800)}
		if cert.Classify(own) != cert.SelfSigned {
			d.Do, d.Days = sim.ActSign, max(min(days, 199), -1800)
		}
		if d.Days == 0 {
			d.Days = -1
		}
		l.s.Setup = append(l.s.Setup, d)
	}
	if len(plan.RoleRows(l.plan, plan.RoleRequest)) == 0 {
		return // the trust is what such a change is about: it is to be made again
	}
	for _, e := range trust.StatesOf(l.plan) {
		from, into := l.hosts[e.From.FQDN], l.hosts[e.Into.FQDN]
		if _, ours := l.plan.Node(e.From.FQDN); !ours && e.Now == trust.HoldYes && from != "" && into != "" {
			l.s.Setup = append(l.s.Setup, sim.Action{Do: sim.ActExchange, Of: []string{from}, On: []string{into}})
		}
	}
}

func (l *learner) identity(fqdn string) string {
	if seen := rehearsal.Basis(l.plan, fqdn); seen != nil {
		return seen.Identity
	}
	return ""
}

// lesson is the whole of it.
func (l *learner) lesson() sim.Scenario {
	s := l.s
	s.Title, s.Story, s.Goal = "A change from the field", "A change from a real site. The nodes have the same products and releases.", "All ports are verified and nothing is pending."
	s.Hints = []string{"Run the steps in order.", "Each step shows why it is needed and how to go back.", "Press Enter to run the next step."}
	for i, f := range l.found {
		if i == 0 {
			s.Title, s.Story, s.Hints = f.title, f.story, f.hints[:]
			continue
		}
		s.Story += " " + f.story
	}
	nodes, requests := 0, 0
	for _, n := range l.plan.Nodes() {
		nodes++
		if l.plan.Scope().Requests(n) {
			requests++
		}
	}
	if len(plan.RoleRows(l.plan, plan.RoleRequest)) == 0 {
		requests = 0
	}
	nodes *= max(len(plan.RoleRows(l.plan, plan.RoleRestart)), 1)
	s.Rubric = sim.Rubric{MaxRestarts: nodes, MaxCSRs: requests, MaxRefusals: 0, OutageMinutes: 120}
	return s
}

func (l *learner) titles() []string {
	var all []string
	for _, f := range l.found {
		all = append(all, f.title)
	}
	return all
}

// habitsOf says how a simulated node behaves that is to be as a real one was read; seen is nil where it was not.
func habitsOf(n vos.Node, seen *plan.Seen) sim.NodeSpec {
	_, domain, _ := strings.Cut(strings.ToLower(n.FQDN), ".")
	h := sim.NodeSpec{Domain: domain, Version: string(n.Release), Profile: sim.Profile125}
	if seen != nil && seen.About != nil {
		h.Version = seen.About.Version
	}
	switch major, _, _ := strings.Cut(h.Version, "."); {
	case strings.HasPrefix(h.Version, "11.5"):
		h.Profile = sim.Profile115
	case major == "14" || major == "15":
		h.Profile = sim.Profile15
	}
	return h
}
