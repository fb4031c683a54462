package plan

import (
	"errors"
	"slices"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Worst returns the gravest severity among findings: Fault, Warning or Note.
func Worst(all []Finding) string {
	w := Note
	for _, f := range all {
		if f.Severity == Fault || f.Severity == Warning && w == Note {
			w = f.Severity
		}
	}
	return w
}

// Find makes a list of one finding. rule may be empty; what is a format for args.
func Find(code, severity, rule string, next msg.Text, what string, args ...any) []Finding {
	return []Finding{{Code: code, Severity: severity, Rule: rule, Next: next, What: msg.T(what, args...)}}
}

// SeenRelease returns the release of a node: as a survey read it, else as the solution gives it.
func SeenRelease(s *Seen, n vos.Node) vos.Release {
	if s != nil && s.About != nil && s.About.Version != "" {
		return vos.Release(s.About.Version)
	}
	return n.Release
}

// Allows reports whether a value is one of the options.
func (q Question) Allows(value string) bool {
	return slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == value })
}

// TroubleOf keeps an error as the journal does.
func TroubleOf(err error) Trouble {
	tr := Trouble{Class: className(vos.Class(err)), What: msg.Of(err)}
	var e *vos.Error
	if errors.As(err, &e) {
		tr.What, tr.Said, tr.Means, tr.Next, tr.Code, tr.About = e.What, e.Said, e.Means, e.Next, e.Code, e.About
		if e.Err != nil {
			tr.What = msg.T("%s: %s", tr.What, msg.Of(e.Err))
		}
	}
	return tr
}

func className(class error) string {
	switch class {
	case vos.ErrUnreachable:
		return "unreachable"
	case vos.ErrLogin:
		return "login"
	case vos.ErrRefused:
		return "refused"
	}
	return "uncertain"
}

// Surveyed is a solution and its nodes in one list.
type Surveyed struct {
	vos.Solution
	Own         []vos.Node
	ServesECDSA []string // FQDNs of nodes that serve tomcat-ECDSA where they can choose (EC-1)
}

// Surveyed is the solution with the releases that the survey read. It is rebuilt only where something has changed: a
// thousand nodes ask a thousand times. Do not write to it.
func (p *Plan) Surveyed() Surveyed {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if s := p.staged.Load(); s != nil {
		return *s
	}
	s := Surveyed{Solution: p.change.Solution}
	s.Clusters, s.Peers, s.Targets = nil, p.peersNow(), p.targets()
	for _, c := range p.change.Solution.Clusters {
		nodes := make([]vos.Node, len(c.Nodes))
		for i, n := range c.Nodes {
			nodes[i] = p.nodes[n.FQDN].node
			if t := p.tasks[Task{StepSurvey, n.FQDN}]; t != nil {
				nodes[i].Release = SeenRelease(t.seen, nodes[i])
				if t.seen != nil && t.seen.CertType == vos.CertTypeECDSA {
					s.ServesECDSA = append(s.ServesECDSA, n.FQDN)
				}
			}
		}
		s.Clusters = append(s.Clusters, vos.Cluster{Nodes: nodes})
	}
	s.Own = s.Nodes()
	p.staged.Store(&s)
	return s
}
