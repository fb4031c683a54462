// Package validate checks a session that comes from other hands before anything of it is used.
package validate

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Session says what is wrong with the entries of a session that comes from other hands: what names nodes, addresses, keys and
// files is validated like a solution file. The author of the file can write anything into it, and chain and seal say
// nothing of that. The words of nodes are not judged: they are escaped wherever they are shown. c is the change of the first
// entry; the errors are English.
func Session(entries []session.Entry, c change.Change) error {
	if err := checkChange(c); err != nil {
		return msg.Errorf("entry 1: %w", err)
	}
	for _, e := range entries[1:] {
		if err := checkEntry(e); err != nil {
			return msg.Errorf("entry %d (%s): %w", e.Seq, e.Kind, err)
		}
	}
	return nil
}

var (
	unitForm        = lazyregexp.MustCompile(`^[A-Za-z]+(-[A-Za-z]+)*$`)
	folderForm      = lazyregexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,80}$`)
	keyForm         = lazyregexp.MustCompile(`^[a-z0-9][a-z0-9@.-]{0,63}$`)
	fingerprintForm = lazyregexp.MustCompile(`^(SHA256:[A-Za-z0-9+/]{43}|([0-9A-F]{2}:){31}[0-9A-F]{2})$`)
)

// longName is how many bytes the name of a change may have.
const longName = 200

// checkChange holds a change to what a solution file is held to.
func checkChange(c change.Change) error {
	switch {
	case !utf8.ValidString(c.Name) || cert.Printable(c.Name) != c.Name || len(c.Name) > longName:
		return msg.Errorf("the name of the change, %q, cannot be displayed", shortened(c.Name))
	case !unitForm.MatchString(c.Unit) || len(c.Unit) > 40:
		return msg.Errorf("%q is not an identity of a node, such as tomcat", shortened(c.Unit))
	}
	if err := c.Solution.Check(); err != nil {
		return err
	}
	for _, fqdn := range c.Replace {
		if _, ok := c.Solution.Node(fqdn); !ok {
			return msg.Errorf("%q is to be replaced, but is not one of the nodes", shortened(fqdn))
		}
	}
	for fqdn, k := range c.Known {
		if _, ok := c.Solution.Node(fqdn); !ok && fqdn != "" {
			return msg.Errorf("a host key of %q, which is not one of the nodes", shortened(fqdn))
		}
		if err := checkPin(k.HostKey); err != nil {
			return err
		}
	}
	if l := c.Lab; l != nil && (!folderForm.MatchString(l.Folder) || l.Pairs < 0 || l.Pairs > 1000 || l.RTT < 0 || l.RTT > time.Minute) {
		return msg.Errorf("the folder %q does not contain a lab of uccx-tui", shortened(l.Folder))
	}
	return nil
}

func shortened(s string) string { return cert.Printable(s[:min(len(s), 60)]) }

func checkPin(k *vos.HostKey) error {
	if k != nil && (!keyForm.MatchString(k.Type) || !fingerprintForm.MatchString(k.Fingerprint)) {
		return msg.Errorf("%q %q is not a key with its SHA-256 fingerprint", shortened(k.Type), shortened(k.Fingerprint))
	}
	return nil
}

// checkEntry looks at what an entry says of nodes, addresses, keys and folders.
func checkEntry(e session.Entry) error {
	if e.Node != "" {
		if err := vos.CheckFQDN(e.Node); err != nil {
			return msg.Errorf("%q: %w", shortened(e.Node), err)
		}
	}
	var err error
	switch e.Kind {
	case plan.KindLocated:
		var l plan.Location
		if err = e.Read(&l); err == nil {
			err = vos.CheckPlace(l.Address, l.Ports)
		}
	case plan.KindConnection:
		var w plan.Connection
		if err = e.Read(&w); err == nil {
			_, err = vos.ParseConnection(string(w.Connection))
		}
	case plan.KindAnswered:
		var a plan.Answer
		if err = e.Read(&a); err == nil {
			err = checkPin(a.Key)
		}
	case plan.KindImported, plan.KindTaken:
		var i plan.Imported
		if err = e.Read(&i); err == nil && i.Lab != "" && !folderForm.MatchString(i.Lab) {
			err = msg.Errorf("%q is not a lab folder", shortened(i.Lab))
		}
	case plan.KindBegan, plan.KindDone:
		var s plan.Seen
		if err = e.Read(&s); err == nil {
			err = check(s)
		}
	}
	return err
}

// check looks at what a task has seen, where the program acts on it or takes it for one of its own words.
func check(s plan.Seen) error {
	if err := checkPin(s.HostKey); err != nil {
		return err
	}
	for _, f := range s.Findings {
		if !slices.Contains([]string{plan.Note, plan.Warning, plan.Fault}, f.Severity) {
			return msg.Errorf("%q is not a severity of a finding", shortened(f.Severity))
		}
		if f.Rule != "" && !ruleForm.MatchString(f.Rule) {
			return msg.Errorf("%q is not a rule", shortened(f.Rule))
		}
	}
	for _, p := range s.Served {
		if p.Port < 1 || p.Port > 65535 {
			return msg.Errorf("%d is not a port", p.Port)
		}
	}
	for _, p := range s.Peers {
		if err := vos.CheckFQDN(p.FQDN); err != nil {
			return msg.Errorf("%q: %w", shortened(p.FQDN), err)
		}
	}
	return nil
}

var ruleForm = lazyregexp.MustCompile(`^[A-Za-z0-9 .,()/-]{1,80}$`)
