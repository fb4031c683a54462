package unattended

import (
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// retry reopens what the flags decide to begin again: rows that failed, and a reply that the CA has issued again.
func (u *Options) retry(w *app.Work, a *answers) error {
	p := w.Runner.Plan()
	for _, name := range u.NewCSR {
		n, err := accounts.NodeNamed(name, p.Nodes())
		if err != nil {
			return err
		}
		if row, failed := failedRow(p, n.FQDN, func(s plan.Step) bool { return s.Retry.May(plan.NewCSR) }); failed {
			if err := w.Runner.NewCSRIn(row, n.FQDN); err != nil {
				return err
			}
		}
	}
	for _, name := range u.RestartAgain {
		n, err := accounts.NodeNamed(name, p.Nodes())
		if err != nil {
			return err
		}
		a.restart[n.FQDN], a.again[n.FQDN] = true, true
		if _, failed := failedRow(p, n.FQDN, func(s plan.Step) bool { return s.Role == plan.RoleProve }); failed {
			if err := w.Runner.RestartAgain(n.FQDN); err != nil {
				return err
			}
		}
	}
	return errors.Join(u.putOff(w, a), u.reissued(w))
}

// putOff answers again what was answered "later" or "no" and has another answer in the flags now. An answer "later" takes back none,
// and a "no" is taken back only by an answer that names its question and its node: a pattern may be of a command that is repeated.
func (u *Options) putOff(w *app.Work, a *answers) error {
	p := w.Runner.Plan()
	for _, q := range standing.AllPutOff(p) {
		value, ok := a.given(q.Asked, p)
		if !ok || value == plan.Later || value == q.Answer.Value || q.No() && !u.names(q.Asked, p) {
			continue
		}
		if err := w.Runner.Answer(q.Asked, value, msg.Text{}); err != nil {
			return exitcode.With(exitcode.Usage, err)
		}
	}
	return nil
}

// names reports whether an answer names a question and its node, without a pattern.
func (u *Options) names(q plan.Asked, p *plan.Plan) bool {
	return slices.ContainsFunc(u.Answers, func(text string) bool {
		key, _, _ := strings.Cut(text, "=")
		id, node, _ := strings.Cut(key, "@")
		n, _ := p.Node(q.Task.Node)
		return id == q.Question.ID && (q.Task.Node == "" || plan.SameName(node, n))
	})
}

// failedRow returns the first row of a kind that failed on a node.
func failedRow(p *plan.Plan, fqdn string, these func(plan.Step) bool) (plan.Step, bool) {
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			if t.Task.Node == fqdn && t.State == plan.Failed && these(row.Step) {
				return row.Step, true
			}
		}
	}
	return plan.Step{}, false
}

// reissued takes the reply once more where the files hold other certificates than the reply that was taken. A certificate
// that is installed cannot be replaced by another one for the same CSR: then the run ends.
func (u *Options) reissued(w *app.Work) error {
	p := w.Runner.Plan()
	var there []string
	for _, path := range u.Reply {
		if _, err := os.Stat(path); err == nil {
			there = append(there, path)
		}
	}
	if p.Reply() == nil || len(there) == 0 {
		return nil
	}
	files, err := read.Files(there)
	if err != nil {
		return nil // of a reply that is not needed any more
	}
	switch r := reply.ReissueOf(p, files); {
	case len(r.Differs) > 0:
		return w.Runner.OtherReply()
	case len(r.Installed) > 0:
		names := msg.Verbatim(cert.Printable(strings.Join(r.Installed, ", ")))
		return exitcode.With(exitcode.Confirm, exitcode.Needs(msg.T("--reply contains a different certificate for %s from the one that is installed. Its CSR has been consumed, "+
			"so it cannot be installed", names),
			msg.T("leave --reply out; a new change (--again) generates a new CSR")))

	}
	return nil
}

// ways names the flags that lead on from a refusal.
func (u *Options) ways(p *plan.Plan, err error) error {
	if !errors.Is(err, vos.ErrRefused) || errors.Is(err, vos.ErrLogin) {
		return err
	}
	for _, row := range p.Rows() {
		host, _, _ := strings.Cut(row.RefusedOn(), ".")
		prove := row.Step.Role == plan.RoleProve && row.Count(plan.Failed) > 0
		switch {
		case host != "":
			return msg.Errorf("%w\nto continue: --reply with other files from the CA, or --new-csr %s", err, host)
		case row.OtherFiles():
			return msg.Errorf("%w\nto continue: --reply with other files from the CA", err)
		case prove:
			return msg.Errorf("%w\nto continue: run again to check the ports again, or restart the node again with --restart-again NODE", err)
		}
	}
	return err
}
