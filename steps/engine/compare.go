package engine

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/boot"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// compare reads a node that was rehearsed on, before it is changed for the first time since, and says what is different
// there now. What this session did itself is no difference.
func (r *Runner) compare(ctx context.Context, row *plan.Step, job *plan.Job) error {
	basis := r.plan.ToCompare(job.Task.Node)
	if row.Risk == plan.Looks || basis == nil {
		return nil
	}
	job.Say("comparing with the rehearsal")
	now := r.job(plan.Task{Step: plan.StepSurvey, Node: job.Task.Node}, func() {}, func(string, ...any) {}) // the task on the screen is another
	if _, err := r.plan.Step(plan.StepSurvey).Look(ctx, now); err != nil {
		return err
	}
	differs := Differences(r.plan, job.Task.Node, basis, now.Seen)
	if err := r.Append(plan.KindCompared, plan.Task{Node: job.Task.Node}, plan.Compared{Differs: differs}); err != nil || len(differs) == 0 {
		return err
	}
	return &plan.Ask{Question: plan.Question{ID: plan.AskDiffers, Kind: plan.Choice, Lines: differs,
		Text:    msg.T("%s has changed since the rehearsal.", job.Node.FQDN),
		Means:   msg.T("uccx-tui has changed nothing since. Fix the difference or rehearse again, or accept it and continue."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Compare again")}, {Value: plan.Yes, Label: msg.T("Accept the findings and continue")}}}}
}

// Differences names what is not as it was rehearsed, a line each.
func Differences(p *plan.Plan, fqdn string, was, is *plan.Seen) []msg.Text {
	d := difference{was: was, is: is, own: doingsOf(p, fqdn)}
	if r := p.Rehearsed(); r != nil && r.Hash != p.Hash() {
		d.add("different plan: %.12s was rehearsed, this is %.12s", r.Hash, p.Hash())
	}
	d.machine()
	d.identity()
	d.request(certs.CSR(p, fqdn))
	d.services()
	d.members()
	d.trust()
	d.ports()
	return d.lines
}

// difference compares two surveys of one node.
type difference struct {
	was, is *plan.Seen
	own     doings
	lines   []msg.Text
}

func (d *difference) add(text string, args ...any) {
	d.lines = append(d.lines, msg.T(text, args...))
}

// doings are what this session itself did on a node.
type doings struct {
	identities []string // PEM that it saw or gave
	requests   []string // PEM that it saw or made
	trusted    bool     // the trust store of the cluster was changed
	restarted  bool
}

// doingsOf collects what the tasks of a node have done or seen.
func doingsOf(p *plan.Plan, fqdn string) doings {
	var o doings
	peers := p.Peers(fqdn)
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			if slices.Contains(peers, t.Task.Node) && t.Changed && row.Step.Risk == plan.Changes && row.Step.Role != plan.RoleRequest {
				o.trusted = true
			}
			if t.Task.Node != fqdn || row.Step.Role == plan.RoleSurvey {
				continue
			}
			o.restarted = o.restarted || t.Changed && row.Step.Risk == plan.Interrupts
			for _, s := range []*plan.Seen{t.Before, t.Seen} {
				if s != nil {
					o.identities, o.requests = append(o.identities, s.Identity, s.ECDSA), append(o.requests, s.CSR)
				}
			}
		}
	}
	if reply := p.Reply(); reply != nil {
		o.identities = slices.AppendSeq(o.identities, maps.Values(reply.Leaves))
	}
	return o
}

func (d *difference) machine() {
	was, is := d.was.About, d.is.About
	if was == nil || is == nil {
		return
	}
	if !strings.EqualFold(was.FQDN(), is.FQDN()) {
		d.add("its name is now %s (was %s)", is.FQDN(), was.FQDN())
	}
	if was.Version != is.Version {
		d.add("its version is now %s (was %s)", is.Version, was.Version)
	}
	if !d.own.restarted && boot.Since(d.was, *is, d.is.Asked) {
		d.add("it was restarted at %s", msg.Time(is.Boot.UTC(), msg.Stamp))
	}
}

// identity: another certificate than was rehearsed with, which this session did not give it.
func (d *difference) identity() {
	if d.is.Identity != d.was.Identity && !slices.Contains(d.own.identities, d.is.Identity) {
		d.add("its certificate changed: now %s (was %s)", certWord(d.is.Identity), certWord(d.was.Identity))
	}
	if d.is.ECDSA != d.was.ECDSA && !slices.Contains(d.own.identities, d.is.ECDSA) {
		d.add("its %s changed: now %s (was %s)", change.UnitECDSA, certWord(d.is.ECDSA), certWord(d.was.ECDSA))
	}
}

// certWord names a certificate in a sentence.
func certWord(pem string) msg.Text {
	c := cert.FromPEM(pem)
	if c == nil {
		return msg.T("none")
	}
	return msg.T("serial %s until %s", cert.Serial(c), msg.Time(c.NotAfter.UTC(), msg.Day))
}

// request: a CSR of another program or person, or one that is gone. out is the one that this session gave to the CA.
func (d *difference) request(out string) {
	installed := d.is.Identity != d.was.Identity
	switch {
	case d.is.CSR == "" && out != "" && !installed:
		d.add("the CSR that you sent to the CA is gone, and so is its key")
	case d.is.CSR == "" && d.was.CSR != "" && out == "" && !installed:
		d.add("the pending CSR is gone")
	case d.is.CSR != "" && d.is.CSR != d.was.CSR && !slices.Contains(d.own.requests, d.is.CSR):
		d.add("a new CSR was generated: someone may be waiting for its certificate")
	}
}

func (d *difference) services() {
	state := map[string]string{}
	for _, s := range d.was.Services {
		state[s.Name] = s.State
	}
	for _, s := range d.is.Services {
		switch was, known := state[s.Name]; {
		case !known && len(d.was.Services) > 0:
			d.add("new service %s: %s", s.Name, s.State)
		case known && was != s.State:
			d.add("service %s is now %s (was %s)", s.Name, s.State, was)
		}
		delete(state, s.Name)
	}
	for _, s := range d.was.Services {
		if _, gone := state[s.Name]; gone && len(d.is.Services) > 0 {
			d.add("service %s is no longer listed", s.Name)
		}
	}
}

func (d *difference) members() {
	away := func(m vos.Member) bool { return strings.HasPrefix(strings.ToLower(m.State), "not") }
	find := func(all []vos.Member, host string) (vos.Member, bool) {
		i := slices.IndexFunc(all, func(m vos.Member) bool { return strings.EqualFold(m.Host, host) })
		if i < 0 {
			return vos.Member{}, false
		}
		return all[i], true
	}
	for _, is := range d.is.Members {
		switch was, known := find(d.was.Members, is.Host); {
		case !known:
			d.add("the cluster has a new node: %s", is.FQDN)
		case away(is) && !away(was):
			d.add("it now reports %s as %q", is.Host, is.State)
		}
	}
	for _, was := range d.was.Members {
		if _, still := find(d.is.Members, was.Host); !still && len(d.is.Members) > 0 {
			d.add("the cluster no longer lists %s", was.Host)
		}
	}
}

// trust compares the files of the store. Those that came are no difference where this session put some there.
func (d *difference) trust() {
	names := func(all []vos.TrustFile) map[string]bool {
		m := map[string]bool{}
		for _, f := range all {
			m[f.Store+"/"+f.File] = true
		}
		return m
	}
	was, is := names(d.was.Trust), names(d.is.Trust)
	if d.own.trusted {
		return
	}
	for _, f := range d.is.Trust {
		if !was[f.Store+"/"+f.File] {
			d.add("new trust certificate: %s/%s", f.Store, f.File)
		}
	}
	for _, f := range d.was.Trust {
		if !is[f.Store+"/"+f.File] {
			d.add("trust certificate removed: %s/%s", f.Store, f.File)
		}
	}
}

// ports compares what is served. What the node holds anyway was compared already.
func (d *difference) ports() {
	known := map[string]bool{}
	for _, pem := range append([]string{d.is.Identity, d.is.ECDSA}, d.own.identities...) {
		if c := cert.FromPEM(pem); c != nil {
			known[cert.Serial(c)] = true
		}
	}
	for _, is := range d.is.Served {
		i := slices.IndexFunc(d.was.Served, func(s plan.Served) bool { return s.Port == is.Port })
		if i < 0 {
			continue
		}
		switch was := d.was.Served[i]; {
		case is.Error != "" && was.Error == "":
			d.add("port %d does not answer: %s", is.Port, msg.Kept(is.Error))
		case is.Error == "" && was.Error != "":
			d.add("port %d now answers", is.Port)
		case is.Serial != was.Serial && !known[is.Serial]:
			d.add("port %d presents a different certificate: %s", is.Port, certWord(is.PEM))
		}
	}
}
