package sim

import (
	"cmp"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Action is an action of another person, before the change or during it.
type Action struct {
	Do      ActionKind `toml:"do"`
	On      []string   `toml:"on,omitempty"` // hosts or products
	Of      []string   `toml:"of,omitempty"` // of exchange: whose certificates
	Days    int        `toml:"days,omitempty"`
	Service string     `toml:"service,omitempty"`
	Name    string     `toml:"name,omitempty"`
	By      string     `toml:"by,omitempty"` // duration
	As      Behaviour  `toml:"as,omitempty"`
	Bits    int        `toml:"bits,omitempty"`
	Names   []string   `toml:"names,omitempty"`
	Odd     bool       `toml:"odd,omitempty"` // of self-sign: with a critical extension that no peer knows (TRB-1)
	Words   string     `toml:"words,omitempty"`
	Port    int        `toml:"port,omitempty"`
	Unit    string     `toml:"unit,omitempty"` // of self-sign and regenerate: the identity; tomcat where it is left out
}

// ActionKind is the kind of an action.
type ActionKind string

// What another person may do. Certificates of the first three are served at once.
const (
	ActSign       ActionKind = "sign"        // the lab's CA has signed the identity; Days: how long it is still valid, negative: expired since
	ActSelfSign   ActionKind = "self-sign"   // a new self-signed identity; Days as above; Name: of the domain that it names
	ActInstall    ActionKind = "install"     // as sign, but held and not served
	ActService    ActionKind = "service"     // Service is restarted
	ActExchange   ActionKind = "exchange"    // what Of serve, or the CA certificates above it, lies in tomcat-trust of On
	ActRegenerate ActionKind = "regenerate"  // set cert regen: held, not served
	ActRequest    ActionKind = "csr"         // a new CSR, as OS Administration makes it: Bits, and Names beside the FQDN
	ActForget     ActionKind = "forget-csr"  // the CSR is gone
	ActOldRoot    ActionKind = "same-cn"     // a root with the CA's name and a later From date lies in tomcat-trust
	ActFail       ActionKind = "fail"        // Service does not come up at the next restart
	ActDown       ActionKind = "down"        // the node is switched off
	ActUp         ActionKind = "up"          // the node is switched on
	ActSkew       ActionKind = "skew"        // the clock is off by By
	ActRename     ActionKind = "rename"      // the domain is Name; the identity is as before
	ActAlone      ActionKind = "no-replicas" // nothing is replicated any more in the cluster
	ActCA         ActionKind = "ca"          // the CA behaves As from now on
	ActRestart    ActionKind = "restart"     // the node is restarted at its console; it ends when the node is back
	ActUpload     ActionKind = "upload"      // what the CA sends is uploaded as it comes
	ActLeftover   ActionKind = "leftover"    // a self-signed CA called Name lies in tomcat-trust, Days as above; no Name: a second file of what is there
	ActDistrust   ActionKind = "distrust"    // what is called as the CA's root is deleted from tomcat-trust
	ActCOP        ActionKind = "cop"         // the COP against tomcat-ECDSA is installed; it works after the next restart
	ActCut        ActionKind = "cut"         // every line to the node is cut
	ActWindow     ActionKind = "window"      // the change window ends in By
	ActDie        ActionKind = "die"         // the technician's machine dies
	ActAnswer     ActionKind = "answer"      // the command that is being typed is answered with Words
	ActNoEffect   ActionKind = "no-effect"   // the next order to restart is taken, and has no effect
	ActBackup     ActionKind = "backup"      // the last backup was Days ago; without: none was ever made
	ActApart      ActionKind = "db-apart"    // the databases of the cluster are not replicated from now on
	ActRepair     ActionKind = "db-repair"   // and are again
	ActDomain     ActionKind = "set-domain"  // set network domain with Name: all certificates are regenerated, and the node restarts
	ActPTR        ActionKind = "ptr"         // the PTR record of the node's address has Name; no Name: there is none
	ActNoRecord   ActionKind = "no-record"   // the site's DNS servers do not know the node's name
	ActRecord     ActionKind = "records"     // the site's DNS servers have both records of the node, as they should
	ActStale      ActionKind = "stale"       // Port goes on serving what it serves when the node is restarted next
)

// check finds what cannot be done.
func (d Action) check(t Topology) error {
	need := map[ActionKind]bool{ActFail: d.Service != "", ActService: d.Service != "", ActRename: targetWord.MatchString(d.Name), ActDomain: targetWord.MatchString(d.Name), ActExchange: len(d.Of) > 0, ActCA: slices.Contains(behaviours(), d.As),
		ActAnswer: d.Words != "" && len(d.Words) <= textLong, ActStale: d.Port > 0}
	if _, known := actionKinds()[d.Do]; !known && !d.nowhere() {
		return fmt.Errorf("%q is not an action", d.Do)
	}
	if ok, named := need[d.Do]; named && !ok {
		return fmt.Errorf("%q lacks what it is about", d.Do)
	}
	if _, err := time.ParseDuration(d.By); (d.Do == ActSkew || d.Do == ActWindow) && err != nil {
		return err
	}
	if d.Days < -maxDays || d.Days > maxDays || d.Bits != 0 && !slices.Contains([]int{1024, 2048, 3072, 4096}, d.Bits) {
		return fmt.Errorf("%q with more days or other bits than there are", d.Do)
	}
	if !slices.Contains([]string{"tomcat", "tomcat-ECDSA"}, orTomcat(d.Unit)) {
		return fmt.Errorf("%q of %q, which is no certificate of tomcat", d.Do, d.Unit)
	}
	if len(d.On) == 0 && !d.nowhere() {
		return fmt.Errorf("%q on nothing", d.Do)
	}
	for _, word := range append(slices.Clone(d.On), d.Of...) {
		if !t.names(word) {
			return fmt.Errorf("%q on %q, which is not there", d.Do, word)
		}
	}
	return nil
}

// nowhere reports whether an action is done on no node.
func (d Action) nowhere() bool { return d.Do == ActCA || d.Do == ActWindow || d.Do == ActDie }

// actionKinds are how things are done, each on one node.
func actionKinds() map[ActionKind]func(*node, Action) error {
	return map[ActionKind]func(*node, Action) error{
		ActSign:       func(n *node, d Action) error { return n.signedBefore(d.Days, n.ports) },
		ActInstall:    func(n *node, d Action) error { return n.signedBefore(d.Days, nil) },
		ActService:    (*node).serviceAgain,
		ActSelfSign:   (*node).selfSignedBefore,
		ActExchange:   (*node).trustPeers,
		ActRegenerate: func(n *node, d Action) error { return n.regenerate(orTomcat(d.Unit)) },
		ActRequest:    func(n *node, d Action) error { return n.requestAgain(d) },
		ActForget: func(n *node, _ Action) error {
			return n.change(func(d *nodeDisk) error { delete(d.CSRs, "tomcat"); return nil })
		},
		ActLeftover: leftover,
		ActOldRoot:  func(n *node, _ Action) error { return n.trustNamesake() },
		ActFail: func(n *node, d Action) error {
			return n.change(func(disk *nodeDisk) error { disk.Failing[d.Service] = armed; return nil })
		},
		ActRestart:  func(n *node, _ Action) error { return n.restartNow() },
		ActUpload:   func(n *node, _ Action) error { return n.uploadAsSent() },
		ActDistrust: func(n *node, _ Action) error { return n.distrustNamesake() },
		ActCOP: func(n *node, _ Action) error {
			return n.change(func(d *nodeDisk) error { d.COP = copIn; return nil })
		},
		ActCut:    func(n *node, _ Action) error { n.cut(); return nil },
		ActAnswer: func(n *node, d Action) error { n.other.set(d.Words); return nil },
		ActNoEffect: func(n *node, _ Action) error {
			return n.change(func(disk *nodeDisk) error { disk.NoEffect = true; return nil })
		},
		ActStale: func(n *node, d Action) error {
			return n.change(func(disk *nodeDisk) error { disk.Stale = append(slices.Clone(disk.Stale), d.Port); return nil })
		},
		ActBackup: func(n *node, d Action) error {
			return n.change(func(disk *nodeDisk) error { disk.Backup = cmp.Or(d.Days, -1); return nil })
		},
		ActApart: func(n *node, _ Action) error { return n.change(func(d *nodeDisk) error { d.Apart = true; return nil }) },
		ActRepair: func(n *node, _ Action) error {
			return n.change(func(d *nodeDisk) error { d.Apart = false; return nil })
		},
		ActDown:   func(n *node, _ Action) error { return n.switchOff() },
		ActUp:     func(n *node, _ Action) error { return n.switchOn() },
		ActSkew:   (*node).skewBy,
		ActDomain: setDomainNow,
		ActPTR:    setRecord, ActNoRecord: setRecord, ActRecord: setRecord,
		ActAlone: func(n *node, _ Action) error { return n.change(func(d *nodeDisk) error { d.Alone = true; return nil }) },
		ActRename: func(n *node, d Action) error {
			return n.change(func(disk *nodeDisk) error { disk.Domain = d.Name; return nil })
		},
	}
}

// Do performs the action of another person. An unknown host is an error; what is done twice is done twice.
func (c *Cluster) Do(all ...Action) error {
	for _, d := range all {
		if err := d.check(c.lab.topology()); err != nil {
			return fmt.Errorf("lab: %w", err)
		}
		if d.nowhere() {
			if err := c.around(d); err != nil {
				return err
			}
			continue
		}
		for _, n := range c.chosen(d.On) {
			if err := actionKinds()[d.Do](n, d); err != nil {
				return fmt.Errorf("lab: %s on %s: %w", d.Do, n.fqdn, err)
			}
		}
	}
	return nil
}

// around does what concerns no node: the CA, or the technician.
func (c *Cluster) around(d Action) error {
	if d.Do == ActCA {
		return c.ca.settle(d.As)
	}
	if tell := c.calls.Load(); tell != nil {
		(*tell)(d)
	}
	return nil
}

// Calls sets who is told of actions that concern the technician: ActWindow and ActDie. It is called from many goroutines,
// while a node answers a command, so it must not wait for that node.
func (c *Cluster) Calls(f func(Action)) { c.calls.Store(&f) }

// chosen are the nodes that words name: hosts or products.
func (c *Cluster) chosen(words []string) []*node {
	var all []*node
	for _, n := range c.nodes {
		if slices.Contains(words, n.host) || slices.Contains(words, string(n.product)) {
			all = append(all, n)
		}
	}
	return all
}

// signedBefore gives a node an identity that the CA signed for 200 days, of which some are left.
func (n *node) signedBefore(left int, ports []int) error {
	if left == 0 {
		left = 150
	}
	p, err := n.request(Form{OU: true})
	if err != nil {
		return err
	}
	csr, err := cert.RequestFromDER(p.CSR)
	if err != nil {
		return err
	}
	leaf, cas, err := n.c.ca.issue(csr, n.c.now().AddDate(0, 0, left-200))
	if err != nil {
		return err
	}
	return n.serveNow(ports, func(d *nodeDisk) error {
		for _, ca := range cas {
			d.trust("tomcat-trust", ca, n.serials, false)
		}
		return n.hold(d, "tomcat", identity{leaf, p.Key})
	})
}

// serveNow lets a function give the node another identity, which some ports serve at once, and its peers know.
func (n *node) serveNow(ports []int, f func(*nodeDisk) error) error {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	if err := n.g.prepare(); err != nil {
		return err
	}
	err := n.changeLocked(func(d *nodeDisk) error {
		if err := f(d); err != nil {
			return err
		}
		return n.serveHeld(d, ports...)
	})
	return errors.Join(err, n.g.introduce(), n.g.replicate())
}

// selfSignedBefore gives a node a self-signed identity of five years, of which some days are left.
func (n *node) selfSignedBefore(deed Action) error {
	from, unit := n.c.now(), orTomcat(deed.Unit)
	if deed.Days != 0 {
		from = from.AddDate(-5, 0, deed.Days)
	}
	return n.serveNow(n.ports, func(d *nodeDisk) error {
		d.Trust = slices.DeleteFunc(d.Trust, func(t trusted) bool { // or an older From date would keep it out
			c, err := cert.FromDER(t.Cert)
			return err == nil && c.Subject.CommonName == subject(unit, n.called(d), true).CommonName
		})
		d.Odd = deed.Odd
		now := d.Domain
		d.Domain = cmp.Or(deed.Name, now)
		defer func() { d.Domain = now }()
		return n.renew(d, unit, from)
	})
}

// trustPeers puts what others serve into the node's trust store: a self-signed certificate itself, else the CAs above it.
func (n *node) trustPeers(d Action) error {
	for _, peer := range n.c.chosen(d.Of) {
		disk, err := peer.prepared()
		if err != nil {
			return err
		}
		leaf, err := cert.FromDER(disk.Identities[disk.Held["tomcat"]].Cert)
		if err != nil {
			return err
		}
		all := []*x509.Certificate{leaf}
		if !issued(leaf, leaf) {
			all = disk.authorities("tomcat-trust", leaf)
		}
		if err := n.change(func(d *nodeDisk) error {
			for _, c := range all {
				d.trust("tomcat-trust", c, n.serials, false)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

// authorities are the CA certificates above one, as far as the store knows them.
func (d *nodeDisk) authorities(store string, of *x509.Certificate) []*x509.Certificate {
	var all []*x509.Certificate
	for at := d.issuer(store, of); at != nil && len(all) < 10; at = d.issuer(store, at) {
		all = append(all, at)
		if issued(at, at) {
			break
		}
	}
	return all
}

// requestAgain makes a request as OS Administration does.
func (n *node) requestAgain(d Action) error {
	p, err := n.request(Form{Bits: d.Bits, Names: d.Names, OU: true})
	if err != nil {
		return err
	}
	return n.change(func(disk *nodeDisk) error { disk.CSRs["tomcat"] = p; return nil })
}

// distrustNamesake deletes what is called as the CA's root, in OS Administration.
func (n *node) distrustNamesake() error {
	p, err := n.c.Page(n.fqdn)
	if err != nil {
		return err
	}
	for _, t := range n.look().Trust {
		if c, err := cert.FromDER(t.Cert); err == nil && t.Store == "tomcat-trust" && c.Subject.CommonName == rootName {
			if err := p.Delete("tomcat", t.File); err != nil {
				return err
			}
		}
	}
	return nil
}

// trustNamesake puts a root into the trust store that is called as the CA's, and began later (docs/nodes.md 6.8).
func (n *node) trustNamesake() error {
	c, err := n.c.ca.namesake()
	if err != nil {
		return err
	}
	return n.change(func(d *nodeDisk) error { d.trust("tomcat-trust", c, n.serials, false); return nil })
}

// leftover puts a forgotten certificate into the trust store, despite the rule of one certificate per name.
func leftover(n *node, d Action) error {
	return n.change(func(disk *nodeDisk) error {
		if d.Name == "" {
			if len(disk.Trust) == 0 {
				return nil
			}
			again := disk.Trust[0]
			again.File = strings.TrimSuffix(again.File, ".pem") + "_1.pem"
			disk.Trust = append(disk.Trust, again)
			return nil
		}
		der, err := n.c.forgotten(d)
		if err == nil {
			disk.Trust = append(disk.Trust, trusted{"tomcat-trust", fileWord.ReplaceAllString(d.Name, "_") + "_1.pem", "Trust Certificate", der})
		}
		return err
	})
}

// forgotten makes the CA of a leftover, the same on all nodes.
func (c *Cluster) forgotten(d Action) ([]byte, error) {
	if der, ok := c.leftovers.Load(d.Name); ok {
		return der.([]byte), nil
	}
	key, err := c.keys()
	if err != nil {
		return nil, err
	}
	until := c.now().AddDate(0, 0, d.Days)
	t := &x509.Certificate{SerialNumber: big.NewInt(int64(c.draw(1<<40, "leftover", d.Name)) + 1), Subject: pkix.Name{CommonName: d.Name}, NotBefore: until.AddDate(-5, 0, 0),
		NotAfter: until, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return nil, err
	}
	made, _ := c.leftovers.LoadOrStore(d.Name, der)
	return made.([]byte), nil
}

func (n *node) serviceAgain(d Action) error {
	if disk := n.look(); disk.Off || disk.Restarting {
		return fmt.Errorf("cannot connect to %s", n.host)
	}
	for _, v := range n.services() {
		if v.name == d.Service {
			return n.restartService(v)
		}
	}
	return fmt.Errorf("no service %s", d.Service)
}

func (n *node) skewBy(d Action) error {
	by, err := time.ParseDuration(d.By)
	if err != nil {
		return err
	}
	err = n.change(func(disk *nodeDisk) error { disk.Skew = by; return nil })
	n.skew.Store(int64(by))
	return err
}

// happen lets the faults happen whose command this is: before it is done, or after.
func (c *Cluster) happen(n *node, line string, before bool) error {
	var all error
	for i, f := range c.lab.faults() {
		if f.When.Before != before || !strings.HasPrefix(line, f.When.Typed) || f.When.On != n.host && f.When.On != string(n.product) {
			continue
		}
		if c.due(i, max(f.When.Nth, 1)) {
			all = errors.Join(all, c.Do(f.Do...))
		}
	}
	return all
}

// due counts how often a trigger was pulled, and reports whether it was the time that counts. It is on disk before the
// fault happens, so that no fault happens twice.
func (c *Cluster) due(fault, nth int) bool {
	c.pulls.Lock()
	defer c.pulls.Unlock()
	pulled := slices.Clone(c.lab.Pulled)
	for len(pulled) <= fault {
		pulled = append(pulled, 0)
	}
	pulled[fault]++
	c.lab.Pulled = pulled
	return c.keep() == nil && pulled[fault] == nth
}
