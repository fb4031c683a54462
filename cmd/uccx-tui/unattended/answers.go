// Package unattended plays a change without a person: flags answer the questions.
package unattended

import (
	"cmp"
	"context"
	"encoding/pem"
	"errors"
	"iter"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// upload is the word of --answer for the first upload of a new certificate, which is no question of the plan.
const upload = "upload"

// answers are what the flags answer.
type answers struct {
	unattended *Options
	restart    map[string]bool
	again      map[string]bool    // nodes that may be told to restart although an order had no effect
	confirmed  map[plan.Task]bool // whose name was given in this run: a name counts for one restart
	asked      map[asking]int     // how often a question came in this run
	known      input.Known
	outbox     string
	sign       func(context.Context) (string, error) // in the lab
}

// asking is a question about a task.
type asking struct {
	task plan.Task
	id   string
}

// maxAsked is how often a question of a task is answered in one run: a node whose state differs each time would be asked about without end.
const maxAsked = 5

func (u *Options) answerer(p *plan.Plan, w *app.Work, known input.Known) (*answers, error) {
	a := &answers{unattended: u, restart: map[string]bool{}, again: map[string]bool{}, confirmed: map[plan.Task]bool{}, asked: map[asking]int{}, known: known, outbox: filepath.Join(w.Dir, plan.Outbox)}
	if w.Lab != nil {
		a.sign = w.Lab.Sign
	}
	for _, name := range u.Restart {
		n, err := accounts.NodeNamed(name, p.Nodes())
		if err != nil {
			return nil, err
		}
		a.restart[n.FQDN] = true
	}
	for _, text := range u.Keys {
		fqdn, fingerprint, err := accounts.Split(text, accounts.WithJump(p))
		if err != nil {
			return nil, err
		}
		if fqdn == "" || !solution.IsFingerprint(fingerprint) {
			return nil, exitcode.With(exitcode.Usage, msg.Errorf("--host-key %s is not valid. Use NODE=SHA256:..., as printed by ssh-keygen -l. Nothing was done.", cert.Printable(text)))
		}
		known.Fingerprints[fqdn] = append(known.Fingerprints[fqdn], fingerprint)
	}
	for _, text := range u.Certs {
		fqdn, fingerprint, err := accounts.Split(text, p.Nodes())
		if err != nil {
			return nil, err
		}
		fingerprint, ok := cert.ParseFingerprint(fingerprint)
		if fqdn == "" || !ok {
			return nil, exitcode.With(exitcode.Usage, msg.Errorf("--cert %s is not valid. Use NODE=SHA256:... with the 64 hexadecimal digits that OS Administration and openssl print. Nothing was done.", cert.Printable(text)))
		}
		known.Fingerprints[fqdn] = append(known.Fingerprints[fqdn], fingerprint)
	}
	for _, text := range u.Answers {
		if key, _, ok := strings.Cut(text, "="); !ok || key == "" {
			return nil, exitcode.With(exitcode.Usage, msg.Errorf("--answer %s is not valid. Use QUESTION=VALUE or QUESTION@NODE=VALUE. Nothing was done.", cert.Printable(text)))
		}
	}
	return a, nil
}

// Answer gives what the flags say, or an error that names the flag that is missing.
func (a *answers) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	host, _, _ := strings.Cut(q.Task.Node, ".")
	row, _ := p.Row(q.Task.Step)
	names := q.Question.Key == nil && q.Question.ID == plan.AskRestart && row.Step.Risk == plan.Interrupts
	if names && a.orderedBefore(p, q.Task) {
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(withoutEffect(p, q.Task, host), msg.T("find out why, then run again with --restart-again %s", host)))
	}
	a.confirmed[q.Task] = a.confirmed[q.Task] || names
	if a.asked[asking{q.Task, q.Question.ID}]++; a.asked[asking{q.Task, q.Question.ID}] > maxAsked {
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(msg.T("The same question came again after %d answers: %s", maxAsked, q.Question.Text.Mapped(cert.Printable)),
			msg.T("find out why, then answer it with: uccx-tui resume")))
	}
	if value, ok := a.given(q, p); ok && q.Question.LetsOn(value) {
		return value, nil, nil
	}
	switch {
	case q.Question.Kind == plan.Files:
		return a.files(ctx, p)
	case q.Question.ID == plan.AskPeers:
		return a.peers(p, q)
	case q.Question.ID == plan.AskHandedCA:
		return a.trusts(handedFingerprints(q), q)
	case q.Question.ID == plan.AskHanded:
		return a.handed()
	case q.Question.ID == plan.AskLockout:
		return "", nil, exitcode.With(exitcode.Login, exitcode.Needs(msg.T("%s refused two logins in a row. A third failure may lock the account.", host), msg.T("check the password, then add --answer lockout@%s=%s", host, host)))
	case q.Question.Key != nil && q.Question.Kind == plan.Choice && slices.Contains(a.known.Fingerprints[whose(q, p)], q.Question.Key.Fingerprint):
		return "yes", nil, nil
	case q.Question.Key != nil && q.Question.Kind == plan.Choice && len(a.alike(q, p)) > 0:
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(msg.T("%s: the flag or the solution file has another one, %s", q.Question.Text.Mapped(cert.Printable),
			cert.Printable(strings.Join(a.alike(q, p), ", "))), msg.T("find out why they differ. If the node was reinstalled, correct the flag or the solution file")))
	case q.Question.Key != nil:
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(msg.T("%s: this is not in a flag or the solution file", q.Question.Text.Mapped(cert.Printable)), keyFlag(q, host, p.Change().Solution.Route)))
	case q.Question.Kind == plan.NodeName && row.Step.Risk == plan.Interrupts:
		if a.restart[q.Task.Node] {
			return q.Task.Node, nil, nil
		}
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(msg.T("restart of %s not confirmed", q.Task.Node), msg.Verbatim("--restart "+host)))
	}
	return "", nil, exitcode.With(exitcode.Confirm, a.openAll(q, p))
}

// openAll describes a question that has no flag of its own, and the same question of the other nodes of its row: one run names
// what is found on each.
func (a *answers) openAll(q plan.Asked, p *plan.Plan) *exitcode.MissingFlag {
	short := func(t plan.Task) string { host, _, _ := strings.Cut(t.Node, "."); return host }
	all := a.open(q, short(q.Task))
	row, _ := p.Row(q.Task.Step)
	for _, t := range row.Tasks {
		if t.Asked == nil || t.Task == q.Task || t.Asked.Question.ID != q.Question.ID || slices.Contains(q.Also, t.Task) {
			continue
		}
		if _, given := a.given(*t.Asked, p); !given {
			one := a.open(*t.Asked, short(t.Task))
			all = exitcode.Needs(msg.Joined([]msg.Text{all.What, one.What}, "\n"), msg.Joined([]msg.Text{all.Flag, one.Flag}, " "))
		}
	}
	return all
}

// orderedBefore reports whether the node was told to restart and stayed as it was: in this run, or in an earlier one without a flag
// that says to tell it again. --restart was given for the first order.
func (a *answers) orderedBefore(p *plan.Plan, t plan.Task) bool {
	view, _ := p.Task(t)
	return a.confirmed[t] || view.State == plan.Failed && view.Trouble != nil && view.Trouble.AsBefore && !a.again[t.Node]
}

// withoutEffect says of a node that was ordered to restart that it has not restarted since, where the node told it.
func withoutEffect(p *plan.Plan, t plan.Task, host string) msg.Text {
	if view, _ := p.Task(t); view.Trouble != nil && view.Trouble.AsBefore {
		return msg.T("%s was ordered to restart before, and has not restarted since. %s The command is not repeated without your decision", host, view.Trouble.Means.Mapped(cert.Printable))
	}
	return msg.T("%s was ordered to restart before, and the restart did not complete. The command is not repeated without "+
		"your decision", host)
}

// whose is the host that a question about a key is about: a node, or the jump host. One of the jump host that changed is no one's.
func whose(q plan.Asked, p *plan.Plan) string {
	switch {
	case q.Question.ID != plan.AskRoute:
		return q.Task.Node
	case len(q.Question.Text.Args) > 3:
		return ""
	}
	return p.Change().Solution.Route.Host()
}

// alike are the fingerprints that were given for the host of a question about a key, of the same kind as the one that is shown.
func (a *answers) alike(q plan.Asked, p *plan.Plan) (all []string) {
	const ofSSH = "SHA256:"
	for _, fingerprint := range a.known.Fingerprints[whose(q, p)] {
		if strings.HasPrefix(fingerprint, ofSSH) == strings.HasPrefix(q.Question.Key.Fingerprint, ofSSH) {
			all = append(all, fingerprint)
		}
	}
	return all
}

// keyFlag names the flag that accepts a key or a certificate: one that changed is accepted by no flag.
func keyFlag(q plan.Asked, host string, way route.Route) msg.Text {
	switch {
	case q.Question.ID == plan.AskRoute && len(q.Question.Text.Args) < 4:
		return msg.T("compare it with what its administrator gives you, then add --host-key %s=%s", way.Host(), q.Question.Key.Fingerprint)
	case q.Question.Kind == plan.NodeName, q.Question.ID == plan.AskRoute:
		return msg.T("it CHANGED: find out why, then confirm it with: uccx-tui resume")
	case q.Question.Key.Type == plan.CertKey:
		return msg.T("compare it with OS Administration, then add%s", keyFlags(q, host, "--cert"))
	}
	return msg.T("compare it with the node's console, then add%s", keyFlags(q, host, "--host-key"))
}

// keyFlags are the flags that accept each key that a question shows.
func keyFlags(q plan.Asked, host, flag string) msg.Text {
	all := msg.T(" %s %s=%s", flag, host, q.Question.Key.Fingerprint)
	for _, t := range q.Also {
		all = msg.T("%s %s %s=%s", all, flag, cert.Printable(t.Node), q.Keys[t].Fingerprint)
	}
	return all
}

// open describes a question that has no flag of its own.
func (a *answers) open(q plan.Asked, host string) *exitcode.MissingFlag {
	text := q.Question.Text.Mapped(cert.Printable)
	for _, line := range q.Question.Told() {
		text = msg.T("%s\n  %s", text, line.Mapped(cert.Printable))
	}
	id, values := q.Question.ID, host
	if host != "" && len(q.Also) == 0 {
		id += "@" + host
	}
	if q.Question.Kind == plan.Choice {
		var all []string
		for _, o := range q.Question.Options {
			all = append(all, o.Value)
		}
		values = cmp.Or(q.Question.Needs, strings.Join(all, "|"))
	}
	return exitcode.Needs(text, msg.Verbatim("--answer "+id+"="+values))
}

// given returns the value of the first --answer that fits. The answer to a changed host key cannot be given before it is seen.
func (a *answers) given(q plan.Asked, p *plan.Plan) (string, bool) {
	if q.Question.Key != nil || q.Question.Kind == plan.Files {
		return "", false
	}
	for _, text := range a.unattended.Answers {
		key, value, _ := strings.Cut(text, "=")
		id, node, at := strings.Cut(key, "@")
		if fits, err := path.Match(id, q.Question.ID); err != nil || !fits {
			continue
		}
		if q.Question.ID == plan.AskRoute && id != plan.AskRoute { // a proxy that others chose is accepted by its own name alone
			continue
		}
		if (q.Question.ID == plan.AskPeers || q.Question.ID == plan.AskHandedCA) && value == "yes" { // that takes the fingerprints: --trust
			continue
		}
		if at {
			if n, err := accounts.NodeNamed(node, p.Nodes()); err != nil || n.FQDN != q.Task.Node {
				continue
			}
		} else if q.Question.Kind == plan.NodeName { // a node's name is given for that node alone
			continue
		}
		if at && !a.covers(q, value, p) {
			continue
		}
		if q.Question.Kind == plan.Choice && !q.Question.Allows(value) { // of a pattern, or mistyped: the run names the answers that there are
			continue
		}
		return value, true
	}
	return "", false
}

// covers reports whether all nodes for which this answer would count were named with it.
func (a *answers) covers(q plan.Asked, value string, p *plan.Plan) bool {
	for _, t := range q.Also {
		named := slices.ContainsFunc(a.unattended.Answers, func(text string) bool {
			key, given, _ := strings.Cut(text, "=")
			id, node, _ := strings.Cut(key, "@")
			fits, _ := path.Match(id, q.Question.ID)
			n, err := accounts.NodeNamed(node, p.Nodes())
			return fits && err == nil && n.FQDN == t.Node && given == value
		})
		if !named {
			return false
		}
	}
	return true
}

// consent agrees to the first new certificate: to an upload with the CA's reply, or with an answer of its own; to one that a node
// regenerates with its answer alone.
func (a *answers) consent(next plan.Next) error {
	given := len(a.unattended.Reply) > 0 || a.sign != nil
	key := upload
	if next.Row.Step.Role == plan.RoleRegenerate {
		given, key = false, string(plan.RoleRegenerate)
	}
	if given || slices.Contains(a.unattended.Answers, key+"="+plan.Yes) {
		return nil
	}
	return exitcode.With(exitcode.Confirm, exitcode.Needs(msg.Of(&play.Unconfirmed{Row: next.Row}), msg.Verbatim("--answer "+key+"="+plan.Yes)))
}

// peers: every certificate that would be believed must have been named by its fingerprint.
func (a *answers) peers(p *plan.Plan, q plan.Asked) (string, []string, error) {
	return a.trusts(maps.Keys(reply.PeerCerts(p)), q)
}

// handedFingerprints are the fingerprints of the CA certificates that a question is about.
func handedFingerprints(q plan.Asked) iter.Seq[string] {
	return func(yield func(string) bool) {
		for block, rest := pem.Decode([]byte(q.Question.Held)); block != nil; block, rest = pem.Decode(rest) {
			fingerprint := "unreadable" // no flag names it
			if c, err := cert.FromDER(block.Bytes); err == nil {
				fingerprint = cert.Fingerprint(c)
			}
			if !yield(fingerprint) {
				return
			}
		}
	}
}

// trusts answers yes where all fingerprints were given before the run.
func (a *answers) trusts(fingerprints iter.Seq[string], q plan.Asked) (string, []string, error) {
	var open []string
	for fingerprint := range fingerprints {
		if !slices.ContainsFunc(a.unattended.Trust, func(given string) bool { return cert.SameFingerprint(given, fingerprint) }) {
			open = append(open, fingerprint)
		}
	}
	if len(open) == 0 {
		return "yes", nil, nil
	}
	slices.Sort(open)
	asked := a.open(q, "")
	asked.Flag = msg.T("compare them, then add --trust %s", strings.Join(open, ","))
	if q.Question.ID == plan.AskPeers {
		asked.Flag = msg.T("compare them there, then add --trust %s; or --answer %s=later to leave them pending", strings.Join(open, ","), q.Question.ID)
	}
	return "", nil, exitcode.With(exitcode.Confirm, asked)
}

// handed: with a reply, the requests were handed over.
func (a *answers) handed() (string, []string, error) {
	if len(a.unattended.Reply) > 0 || a.sign != nil {
		return "yes", nil, nil
	}
	return "", nil, exitcode.With(exitcode.Waiting, exitcode.Needs(msg.T("the CSRs are in %s; send them to the CA", a.outbox), msg.T("add --reply with the CA's files")))
}

// former says that the files of --reply are those that were taken before a new CSR was made.
func former(p *plan.Plan, paths []string) error {
	files, err := read.Files(paths)
	if err != nil {
		return nil // it is said where they are taken
	}
	if waits := reply.Former(p, files); len(waits) > 0 {
		return exitcode.With(exitcode.Waiting, exitcode.Needs(msg.T("--reply contains the old certificates. The CA has not answered the new CSRs: %s", cert.Printable(strings.Join(waits, ", "))),
			msg.T("run the same command again when its files have arrived")))
	}
	return nil
}

func (a *answers) files(ctx context.Context, p *plan.Plan) (string, []string, error) {
	var there []string
	for _, path := range a.unattended.Reply {
		if _, err := os.Stat(path); err == nil || !errors.Is(err, os.ErrNotExist) {
			there = append(there, path)
		}
	}
	switch {
	case len(there) > 0:
		return "", there, former(p, there)
	case len(a.unattended.Reply) > 0:
		return "", nil, exitcode.With(exitcode.Waiting, exitcode.Needs(msg.T("the CA's reply has not arrived yet"), msg.T("run the same command again when it is")))
	case a.sign != nil:
		dir, err := a.sign(ctx)
		return "", []string{dir}, err
	}
	return "", nil, exitcode.With(exitcode.Waiting, exitcode.Needs(msg.T("the CSRs are with the CA"), msg.T("add --reply with the CA's files")))
}

var _ play.Answerer = (*answers)(nil)
