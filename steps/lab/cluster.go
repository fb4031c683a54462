package lab

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// Cluster is a simulated cluster together with the session's outbox that its CA signs.
type Cluster struct {
	*sim.Cluster
	real bool // restarts take as long as on real nodes
}

// Start serves a lab. How it is made counts only where the lab is new: an older one keeps its own.
func Start(home session.Home, l change.Lab, made sim.Options) (*Cluster, error) {
	made.Dir, made.Seed, made.Pairs, made.RTT, made.RealTime = home.LabDir(l.Folder), l.Seed, l.Pairs, l.RTT, l.Real
	c, err := sim.Start(made)
	if err != nil {
		return nil, err
	}
	return &Cluster{Cluster: c, real: l.Real}, nil
}

// World lets the engine reach the lab with that dialer: without the site's DNS, and at its pace.
func (l *Cluster) World(w *world.World, dialer vos.Dialer) {
	w.Dialer = dialer
	w.Lookup = nil
	w.Legacy = func(vos.Node) bool { return true } // nodes of 11.5 speak nothing else, and the connection is local
	w.Pace = world.LabPace()
	if l.real {
		w.Pace = world.RealPace()
	}
}

// Services are what the lab does for the session of a runner in a folder. From now on the lab can also do what happens to the
// technician instead of to a node.
func (l *Cluster) Services(r *engine.Runner, dir string, lesson *practice.Lesson) *practice.Services {
	l.seams(r)
	return &practice.Services{Login: l.Login(), Console: l.HostKey, Serves: l.serves, Sign: func(ctx context.Context) (string, error) {
		if host := reply.ChainMissing(r.Plan()); host != "" {
			return l.ChainDir(host), nil
		}
		to := l.CA().Outbox()
		return to, l.CA().SignFolder(ctx, filepath.Join(dir, plan.Outbox), to)
	}, PageCSR: l.pageCSR, PageUpload: l.pageUpload, COP: l.cop, Lesson: lesson, Try: l.see,
		Tell: func(q plan.Asked, answer, honest string) error {
			return sim.Tell(l.Dir(), sim.Told{Question: q.Question.ID, Node: q.Task.Node, Answer: answer, Seen: honest}, time.Now())
		}}
}

// serves is the fingerprint of what a node shows as its own, as a person would read it in OS Administration there.
func (l *Cluster) serves(fqdn string) string {
	if c := l.Certificate(fqdn); c != nil {
		return cert.Fingerprint(c)
	}
	return ""
}

func (l *Cluster) pageCSR(fqdn, unit string, multi bool) error {
	p, err := l.Page(fqdn)
	if err != nil {
		return err
	}
	return p.GenerateCSR(sim.Form{Unit: unit, Multi: multi})
}

func (l *Cluster) cop(fqdn string) error {
	host, _, _ := strings.Cut(fqdn, ".")
	return l.Do(sim.Action{Do: sim.ActCOP, On: []string{host}})
}

func (l *Cluster) pageUpload(fqdn, unit string, leaf *x509.Certificate) error {
	p, err := l.Page(fqdn)
	if err != nil {
		return err
	}
	return p.UploadOwn(unit, leaf)
}

// Relocate writes down where the nodes are dialled now, where that has changed.
func Relocate(r *engine.Runner, p *plan.Plan, now vos.Solution) error {
	for _, was := range p.Nodes() {
		is, ok := now.Node(was.FQDN)
		if !ok {
			return msg.Errorf("%s: no such node in the lab folder. Start a new lab.", was.FQDN)
		}
		if is.Address == was.Address && fmt.Sprint(is.Ports) == fmt.Sprint(was.Ports) {
			continue
		}
		if err := r.Locate(was.FQDN, plan.Location{Address: is.Address, Ports: is.Ports}); err != nil {
			return err
		}
	}
	return relocateBeside(r, p, now)
}

// relocateBeside does the same for neighbours, and for the servers that scripts call.
func relocateBeside(r *engine.Runner, p *plan.Plan, now vos.Solution) error {
	is := map[string]plan.Location{}
	for _, n := range now.Peers {
		is[n.FQDN] = plan.Location{Address: n.Address, Ports: n.Ports}
	}
	for _, t := range now.Targets {
		is[t.Host] = plan.Location{Ports: map[int]string{t.At(): t.Dial}}
	}
	for _, n := range p.Surveyed().Peers {
		if l, ok := is[n.FQDN]; ok && (l.Address != n.Address || fmt.Sprint(l.Ports) != fmt.Sprint(n.Ports)) {
			if err := r.Locate(n.FQDN, l); err != nil {
				return err
			}
		}
	}
	for _, t := range p.Surveyed().Targets {
		if l, ok := is[t.Host]; ok && l.Ports[t.At()] != t.Dial {
			if err := r.Locate(t.Host, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// Serving is the first line of lab --serve.
type Serving struct {
	Nodes    []ServedNode `json:"nodes"`
	User     string       `json:"user"`
	Password string       `json:"password"`
	Inbox    string       `json:"ca_inbox"`
	Outbox   string       `json:"ca_outbox"`
}

// ServedNode is one node of it.
type ServedNode struct {
	FQDN    string            `json:"fqdn"`
	Product vos.Product       `json:"product"`
	Role    vos.Role          `json:"role"`
	Release vos.Release       `json:"release"`
	SSH     string            `json:"ssh"`
	HostKey string            `json:"host_key"` // fingerprint, as the node's console would show it
	Ports   map[string]string `json:"ports"`
}

// ServingOf says where the nodes of a lab are, and what opens them.
func ServingOf(c *Cluster) Serving {
	login := c.Login()
	s := Serving{User: login.User, Password: login.Password.Reveal(), Inbox: c.CA().Inbox(), Outbox: c.CA().Outbox()}
	for _, n := range c.Solution().Nodes() {
		one := ServedNode{n.FQDN, n.Product, n.Role, n.Release, n.Ports[vos.PortSSH], c.HostKey(n.FQDN).Fingerprint, map[string]string{}}
		for port, at := range n.Ports {
			if port != vos.PortSSH {
				one.Ports[strconv.Itoa(port)] = at
			}
		}
		s.Nodes = append(s.Nodes, one)
	}
	return s
}

// FreeFolder returns the name of a lab folder that is not there yet.
func FreeFolder(home session.Home, folder string) (string, error) {
	for i := 1; ; i++ {
		name := folder
		if i > 1 {
			name += "-" + strconv.Itoa(i)
		}
		if _, err := os.Lstat(home.LabDir(name)); errors.Is(err, os.ErrNotExist) {
			return name, nil
		} else if err != nil {
			return "", err
		}
	}
}

// CopyFolder gives a lab that another program may still serve a folder of its own, and returns its name: each file of a lab is whole at
// any moment.
func CopyFolder(home session.Home, folder string) (string, error) {
	name, err := FreeFolder(home, folder)
	if err != nil {
		return "", err
	}
	from, to := home.LabDir(folder), home.LabDir(name)
	err = filepath.WalkDir(from, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		at := filepath.Join(to, strings.TrimPrefix(path, from))
		switch {
		case e.IsDir():
			return os.MkdirAll(at, 0o700)
		case e.Name() == "lock" || !e.Type().IsRegular():
			return nil
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) { // a file on its way, which has its name by now
			return nil
		}
		if err == nil {
			err = os.WriteFile(at, data, 0o600)
		}
		return err
	})
	if err != nil {
		return "", errors.Join(msg.Errorf("cannot copy the simulated nodes: %w. Nothing was imported.", err), regular.RemoveAll(to))
	}
	return name, nil
}
