package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/play"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/timing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// unattended is the command line of run.
type unattended struct {
	accounts
	solution string
	plan     string   // hash that the plan must have
	reply    []string // files and folders of the CA
	restart  []string // nodes whose restart is confirmed

	restartAgain []string // nodes that are restarted once more where the ports are not verified
	newCSR       []string // nodes that begin again with a CSR where their certificate was refused

	keys    []string // NODE=FINGERPRINT
	certs   []string // NODE=FINGERPRINT of the certificates of web APIs
	trust   []string // fingerprints of neighbours' certificates that may be believed
	answers []string // QUESTION[@NODE]=VALUE
	until   string   // end of the change window
	survey  bool     // only look
	json    bool
	again   bool
}

func (d *door) runCommand() *cobra.Command {
	u := &unattended{}
	c := &cobra.Command{
		Use:   "run (--solution FILE | SESSION)",
		Short: "Run a change unattended; flags answer the questions",
		Long: "Runs a change without prompts, one line per event. A question that no flag answers ends the run " +
			"with an exit code.\nRun the same command again to continue, also after a crash (docs/unattended.md).",
		Args: atMostOne,
		RunE: func(c *cobra.Command, args []string) error {
			if (u.solution == "") == (len(args) == 0) {
				return usage(c, errors.New("run needs --solution FILE or a session name"))
			}
			return d.unattended(u, strings.Join(args, ""))
		},
	}
	f := c.Flags()
	solutionFlag(c, &u.solution)
	f.StringVar(&u.plan, "plan", "", "hash from uccx-tui plan; any other plan is refused")
	f.StringArrayVar(&u.reply, "reply", nil, "file or folder of the CA's reply; also confirms that the CSRs were sent")
	f.StringSliceVar(&u.restart, "restart", nil, "NODE,...: nodes that may be restarted now")
	f.StringSliceVar(&u.restartAgain, "restart-again", nil, "NODE,...: restart these nodes once more where a port still serves a former certificate")
	f.StringSliceVar(&u.newCSR, "new-csr", nil, "NODE,...: begin again with a new CSR on nodes that refused their certificate")
	f.StringArrayVar(&u.keys, "host-key", nil, "NODE=FINGERPRINT: SSH host key that you compared with the node's console")
	f.StringArrayVar(&u.certs, "cert", nil, "NODE=FINGERPRINT: SHA-256 of the certificate of the node's API that you compared with OS Administration")
	f.StringSliceVar(&u.trust, "trust", nil, "FINGERPRINT,...: SHA-256 of peer certificates that you compared with OS Administration of the peers")
	f.StringArrayVar(&u.answers, "answer", nil, "QUESTION[@NODE]=VALUE: answer to any other question, for example findings@uccx1=yes or 'VER-*=later'")
	f.StringVar(&u.until, "until", "", "end of the change window: 06:00, '2026-11-26 06:00' or 4h; steps that do not fit with a rollback "+
		"are not started")
	f.BoolVar(&u.survey, "survey", false, "log in, read and check, then stop before anything is changed")
	f.BoolVar(&u.json, "json", false, "print one JSON object per line")
	f.BoolVar(&u.again, "again", false, "start a new change even if one with this plan is finished")
	u.flags(c)
	d.takeOverFlag(c)
	return c
}

// unattended plays one session.
func (d *door) unattended(u *unattended, name string) error {
	var file solution.File
	var err error
	if u.solution != "" {
		if file, err = loadSolution(u.solution); err != nil {
			return err
		}
		d.known.add(file)
	}
	w, err := d.take(u, file, name)
	if err != nil {
		return err
	}
	o, err := d.played(u, w, file)
	if u.json {
		d.last(w, o, err)
	}
	if d.signals.Code() != 0 || d.out.Err() != nil {
		d.pending(o)
		d.hint(o)
	}
	if u.json && err != nil { // the last line has it
		err = exitcode.Only(exitcode.Of(err))
	}
	return d.ended(w, o, err)
}

func (d *door) played(u *unattended, w *app.Work, file solution.File) (standing.Outcome, error) {
	plan := w.Runner.Plan()
	answers, err := u.answerer(plan, w, d.known)
	if err != nil {
		return standing.OutcomeOf(plan), err
	}
	ask, err := u.logins(d, w, file)
	if err != nil {
		return standing.OutcomeOf(plan), err
	}
	if err := errors.Join(u.window(w), u.retry(w, answers)); err != nil {
		return standing.OutcomeOf(plan), err
	}
	ctx, cancel := d.context()
	defer cancel()
	o, err := line.Play(ctx, d.app(), w, d.out, line.Auto{By: answers, Replies: 1, JSON: u.json, Account: ask, Hooks: play.Hooks{Before: u.stop, Consent: answers.consent,
		Late: func(c timing.Clock) error {
			return exitcode.With(exitcode.Window, exitcode.Needs(c.Line(), "run the same command in the next change window"))
		}}})
	if errors.Is(err, vos.ErrLogin) {
		err = exitcode.With(exitcode.Login, exitcode.Needs(err.Error(), "correct --user with --password-file or --password-fd (docs/unattended.md)"))
	}
	return o, u.ways(plan, err)
}

// stop ends a run that is only to look.
func (u *unattended) stop(next plan.Next) error {
	if !u.survey || next.Row.Step.Risk == plan.Looks {
		return nil
	}
	return exitcode.With(exitcode.Open, exitcode.Needs(fmt.Sprintf("Stopped before %s. Nothing was changed.", next.Row.Step.Title), "run the same command without --survey, or rehearse first: uccx-tui rehearse"))
}

// take opens the session of a name; or the one that was begun on the nodes of a file, or begins it.
func (d *door) take(u *unattended, file solution.File, name string) (w *app.Work, err error) {
	var c plan.Change
	if name == "" {
		c = changeOf(file)
		home, err := session.DefaultHome()
		if err != nil {
			return nil, err
		}
		free, err := home.Beginning()
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, free()) }()
		hashes, err := hashesOf(c)
		if err != nil {
			return nil, err
		}
		if err := u.planned(hashes...); err != nil {
			return nil, err
		}
		if name, err = begun(home, c.Name, hashes, u.again); err != nil {
			return nil, err
		}
		if err := u.planned(hashes[0]); name == "" && err != nil {
			return nil, err
		}
	}
	if name == "" {
		return d.begin(c)
	}
	if u.plan != "" {
		p, err := planOf("", []string{name})
		if err != nil {
			return nil, err
		}
		if err := u.planned(p.Hash()); err != nil {
			return nil, err
		}
	}
	return d.open(name)
}

// planned refuses a plan that is not the one whose hash was given.
func (u *unattended) planned(hashes ...string) error {
	hash := hashes[0]
	if given := strings.ToLower(u.plan); given != "" && !slices.Contains(hashes, given) {
		return exitcode.With(exitcode.Plan, fmt.Errorf("The plan hash is %s, not %s. Nothing was done. See the current plan with: uccx-tui plan", hash, cert.Printable(given)))
	}
	return nil
}

// hashesOf returns the hash of the plan of a change, and behind it those of the plans that former programs made of it.
func hashesOf(c plan.Change) ([]string, error) {
	var all []string
	for c.Plan = plan.Version; c.Plan >= 0; c.Plan-- {
		p, err := steps.Preview(c)
		if err != nil {
			return nil, err
		}
		all = append(all, p.Hash())
	}
	return all, nil
}

// begun returns the newest session on these nodes: "" where there is none, or where a finished one is to be followed by a
// new one. An unfinished session of that name with another plan is refused: two would make two CSRs.
func begun(home session.Home, change string, hashes []string, again bool) (string, error) {
	infos, err := home.List()
	if err != nil {
		return "", err
	}
	for _, info := range infos {
		entries, err := home.Read(info.Name)
		if err != nil {
			continue // it is shown by uccx-tui sessions; it cannot be known what it is about
		}
		p, err := steps.Fold(entries)
		if err != nil || p.Change().Name != change || p.Change().Lab != nil {
			continue
		}
		finished := p.Next().Finished
		switch {
		case slices.Contains(hashes, p.Hash()) && !(finished && again):
			return info.Name, nil
		case !finished:
			return "", exitcode.With(exitcode.Plan, fmt.Errorf("Session %s is not finished and has a different plan (%s). Nothing was done. Continue it with: "+
				"uccx-tui run %s, or change the name in the file.",
				info.Name, p.Hash(), info.Name))

		}
	}
	return "", nil
}

// last is the last line of a run with --json.
func (d *door) last(w *app.Work, o standing.Outcome, err error) {
	code, text := exitcode.Done, ""
	if err == nil {
		err = exitcode.OfOutcome(o)
	} else {
		text = cert.Printable(err.Error())
	}
	code = exitcode.Of(err)
	p := w.Runner.Plan()
	where := standing.WhereIs(p)
	_ = json.NewEncoder(print.JSON{To: d.out}).Encode(map[string]any{"session": w.Name, "plan": p.Hash(), "outcome": o.String(), "exit": code, "missing": text,
		"step": where.Number, "of": where.Of})
}

// upload is the word of --answer for the first upload of a new certificate, which is no question of the plan.
const upload = "upload"

// answers are what the flags answer.
type answers struct {
	unattended *unattended
	restart    map[string]bool
	confirmed  map[plan.Task]bool // whose name was given in this run: a name counts for one restart
	known      knownKeys
	outbox     string
	sign       func(context.Context) (string, error) // in the lab
}

func (u *unattended) answerer(p *plan.Plan, w *app.Work, known knownKeys) (*answers, error) {
	a := &answers{unattended: u, restart: map[string]bool{}, confirmed: map[plan.Task]bool{}, known: known, outbox: filepath.Join(w.Dir, plan.Outbox)}
	if w.Lab != nil {
		a.sign = w.Lab.Sign
	}
	for _, name := range u.restart {
		n, err := nodeNamed(name, p.Nodes())
		if err != nil {
			return nil, err
		}
		a.restart[n.FQDN] = true
	}
	for _, text := range u.keys {
		fqdn, print, err := split(text, p.Nodes())
		if err != nil {
			return nil, err
		}
		if fqdn == "" || !solution.IsFingerprint(print) {
			return nil, exitcode.With(exitcode.Usage, fmt.Errorf("--host-key %s is not valid. Use NODE=SHA256:..., as printed by ssh-keygen -l. Nothing was done.", cert.Printable(text)))
		}
		known.prints[fqdn] = append(known.prints[fqdn], print)
	}
	for _, text := range u.certs {
		fqdn, print, err := split(text, p.Nodes())
		if err != nil {
			return nil, err
		}
		print, ok := cert.ParseFingerprint(print)
		if fqdn == "" || !ok {
			return nil, exitcode.With(exitcode.Usage, fmt.Errorf("--cert %s is not valid. Use NODE=SHA256:... with the 64 hexadecimal digits that OS Administration and openssl print. Nothing was done.", cert.Printable(text)))
		}
		known.prints[fqdn] = append(known.prints[fqdn], print)
	}
	for _, text := range u.answers {
		if key, _, ok := strings.Cut(text, "="); !ok || key == "" {
			return nil, exitcode.With(exitcode.Usage, fmt.Errorf("--answer %s is not valid. Use QUESTION=VALUE or QUESTION@NODE=VALUE. Nothing was done.", cert.Printable(text)))
		}
	}
	return a, nil
}

// Answer gives what the flags say, or an error that names the flag that is missing.
func (a *answers) Answer(ctx context.Context, q plan.Asked, p *plan.Plan) (string, []string, error) {
	host, _, _ := strings.Cut(q.Task.Node, ".")
	row, _ := p.Row(q.Task.Step)
	names := q.Question.Key == nil && q.Question.ID == plan.AskRestart && row.Step.Risk == plan.Interrupts
	if names && a.confirmed[q.Task] {
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(fmt.Sprintf("%s was told to restart in this run and did not come to its end. It is not told again without your decision", host),
			"find out why, then run again with --restart "+host))

	}
	a.confirmed[q.Task] = a.confirmed[q.Task] || names
	if value, ok := a.given(q, p); ok {
		return value, nil, nil
	}
	switch {
	case q.Question.Kind == plan.Files:
		return a.files(ctx)
	case q.Question.ID == plan.AskNeighbours:
		return a.neighbours(p, q)
	case q.Question.ID == "handed":
		return a.handed()
	case q.Question.ID == "lockout":
		return "", nil, exitcode.With(exitcode.Login, exitcode.Needs(fmt.Sprintf("%s refused two logins in a row. A third failure may lock the account.", host), fmt.Sprintf("check the password, then add --answer lockout@%s=%s", host, host)))
	case q.Question.Key != nil && q.Question.Kind == plan.Choice && slices.Contains(a.known.prints[q.Task.Node], q.Question.Key.Fingerprint):
		return "yes", nil, nil
	case q.Question.Key != nil:
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(cert.Printable(q.Question.English())+": this is not in a flag or the solution file", keyFlag(q, host)))
	case q.Question.Kind == plan.NodeName && row.Step.Risk == plan.Interrupts:
		if a.restart[q.Task.Node] {
			return q.Task.Node, nil, nil
		}
		return "", nil, exitcode.With(exitcode.Confirm, exitcode.Needs(fmt.Sprintf("restart of %s not confirmed", q.Task.Node), "--restart "+host))
	}
	return "", nil, exitcode.With(exitcode.Confirm, a.open(q, host))
}

// keyFlag names the flag that accepts a key or a certificate: one that changed is accepted by no flag.
func keyFlag(q plan.Asked, host string) string {
	switch {
	case q.Question.Kind == plan.NodeName:
		return "it CHANGED: find out why, then confirm it with: uccx-tui resume"
	case q.Question.Key.Type == plan.CertKey:
		return "compare it with OS Administration, then add --cert " + host + "=" + q.Question.Key.Fingerprint
	}
	return fmt.Sprintf("compare it with the node's console, then add --host-key %s=%s", host, q.Question.Key.Fingerprint)
}

// open describes a question that has no flag of its own.
func (a *answers) open(q plan.Asked, host string) *exitcode.Missing {
	text := cert.Printable(q.Question.English())
	for _, line := range q.Question.Told() {
		text += "\n  " + cert.Printable(line)
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
		values = strings.Join(all, "|")
	}
	return exitcode.Needs(text, "--answer "+id+"="+values)
}

// given returns the value of the first --answer that fits. The answer to a changed host key cannot be given before it is seen.
func (a *answers) given(q plan.Asked, p *plan.Plan) (string, bool) {
	if q.Question.Key != nil || q.Question.Kind == plan.Files {
		return "", false
	}
	for _, text := range a.unattended.answers {
		key, value, _ := strings.Cut(text, "=")
		id, node, at := strings.Cut(key, "@")
		if fits, err := path.Match(id, q.Question.ID); err != nil || !fits {
			continue
		}
		if q.Question.ID == plan.AskNeighbours && value == "yes" { // that takes the fingerprints: --trust
			continue
		}
		if at {
			if n, err := nodeNamed(node, p.Nodes()); err != nil || n.FQDN != q.Task.Node {
				continue
			}
		} else if q.Question.Kind == plan.NodeName { // a node's name is given for that node alone
			continue
		}
		if at && !a.covers(q, value, p) {
			continue
		}
		return value, true
	}
	return "", false
}

// covers reports whether all nodes for which this answer would count were named with it.
func (a *answers) covers(q plan.Asked, value string, p *plan.Plan) bool {
	for _, t := range q.Also {
		named := slices.ContainsFunc(a.unattended.answers, func(text string) bool {
			key, given, _ := strings.Cut(text, "=")
			id, node, _ := strings.Cut(key, "@")
			fits, _ := path.Match(id, q.Question.ID)
			n, err := nodeNamed(node, p.Nodes())
			return fits && err == nil && n.FQDN == t.Node && given == value
		})
		if !named {
			return false
		}
	}
	return true
}

// consent is the word for the first upload of a new certificate: the CA's reply, or an answer of its own.
func (a *answers) consent(next plan.Next) error {
	if len(a.unattended.reply) > 0 || a.sign != nil || slices.Contains(a.unattended.answers, upload+"="+plan.Yes) {
		return nil
	}
	return exitcode.With(exitcode.Confirm, exitcode.Needs((&play.Unconfirmed{Row: next.Row}).Error(), "--answer "+upload+"="+plan.Yes))
}

// neighbours: every certificate that would be believed must have been named by its fingerprint.
func (a *answers) neighbours(p *plan.Plan, q plan.Asked) (string, []string, error) {
	var open []string
	for print := range reply.NeighbourCerts(p) {
		if !slices.ContainsFunc(a.unattended.trust, func(given string) bool { return bare(given) == bare(print) }) {
			open = append(open, print)
		}
	}
	if len(open) == 0 {
		return "yes", nil, nil
	}
	slices.Sort(open)
	asked := a.open(q, "")
	asked.Flag = fmt.Sprintf("compare them there, then add --trust %s; or --answer %s=later to leave them pending", strings.Join(open, ","), q.Question.ID)
	return "", nil, exitcode.With(exitcode.Confirm, asked)
}

// bare is a fingerprint as it is compared: without colons and "SHA256:", in one case.
func bare(print string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(print, ":", "")), "sha256")
}

// handed: with a reply, the requests were handed over.
func (a *answers) handed() (string, []string, error) {
	if len(a.unattended.reply) > 0 || a.sign != nil {
		return "yes", nil, nil
	}
	return "", nil, exitcode.With(exitcode.Waiting, exitcode.Needs(fmt.Sprintf("the CSRs are in %s; send them to the CA", a.outbox), "add --reply with the CA's files"))
}

func (a *answers) files(ctx context.Context) (string, []string, error) {
	var there []string
	for _, path := range a.unattended.reply {
		if _, err := os.Stat(path); err == nil || !errors.Is(err, os.ErrNotExist) {
			there = append(there, path)
		}
	}
	switch {
	case len(there) > 0:
		return "", there, nil
	case len(a.unattended.reply) > 0:
		return "", nil, exitcode.With(exitcode.Waiting, exitcode.Needs("the CA's reply is not here yet", "run the same command again when it is"))
	case a.sign != nil:
		dir, err := a.sign(ctx)
		return "", []string{dir}, err
	}
	return "", nil, exitcode.With(exitcode.Waiting, exitcode.Needs("the CSRs are with the CA", "add --reply with the CA's files"))
}

var _ play.Answerer = (*answers)(nil)
