package steps

import (
	"context"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// lookCSR: a CSR that this session made, or was told to use, is there. It is the guard of SIG-1: a CSR is never made
// twice, because that throws away the key that the CA is signing.
func lookCSR(ctx context.Context, j *plan.Job) (bool, error) {
	der, err := pendingCSR(ctx, j)
	if err != nil {
		return false, err
	}
	if der == nil {
		return false, askUnseen(j)
	}
	j.Seen.CSR = string(cert.RequestPEM(der))
	if before := ordered(j); before != nil { // this session has begun to make one: is it another than before?
		return j.Seen.CSR != before.CSR, nil
	}
	switch aboutPending(j) {
	case plan.UseCSR:
		return true, nil
	case plan.MakeCSR:
		return false, nil
	}
	return false, askPending(j)
}

// askUnseen asks before a CSR is made again that the node has said it made: a node that shows it late would throw away the
// first one. It is nil where nothing was said, or where a person has said what to do.
func askUnseen(j *plan.Job) error {
	if j.Acted || j.Unsure() || ordered(j) == nil || j.Answered(plan.AskUnseen) == plan.MakeCSR {
		return nil
	}
	return &plan.Ask{Question: plan.Question{ID: plan.AskUnseen, Kind: plan.Choice, Rule: "SIG-1",
		Text:    msg.T("%s reported that the CSR was generated, but shows none.", j.Node.FQDN),
		Means:   msg.T("It may appear later. If you generate another one, the first one becomes worthless."),
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check again")}, {Value: plan.MakeCSR, Label: msg.T("Generate it again: the node has none")}}}}
}

// ordered returns what was seen before this session's last word to the node, where it is not known what came of that word;
// else nil.
func ordered(j *plan.Job) *plan.Seen {
	if t, _ := j.Plan.Task(j.Task); j.Before == nil && t.Trouble != nil && t.Trouble.Taken {
		return t.Before
	}
	return j.Before
}

// aboutPending is the answer to askPending, where it was given about the CSR that the node holds now.
func aboutPending(j *plan.Job) string {
	return answeredAbout(j, plan.AskPending, linesOfCSR(j.Seen.CSR))
}

// answeredAbout is the answer to a question, where it was given about what these lines tell: a node may hold something else by now, as
// the question may have waited for days. An older program did not say which CSR it asked about.
func answeredAbout(j *plan.Job, question string, now []msg.Text) string {
	same := func(a, b msg.Text) bool { return a.String() == b.String() }
	for _, d := range slices.Backward(j.Plan.Decisions()) {
		if d.Task != j.Task || d.ID != question {
			continue
		}
		if len(d.Lines) > 0 && !slices.EqualFunc(d.Lines, now, same) {
			return ""
		}
		break
	}
	return j.Answered(question)
}

// linesOfCSR say which CSR a question is about.
func linesOfCSR(text string) []msg.Text {
	csr := cert.RequestFromPEM(text)
	if csr == nil {
		return nil
	}
	return []msg.Text{msg.Verbatim(csr.Subject.String()), msg.T("SHA-256 %s", cert.RequestFingerprint(csr))}
}

func askPending(j *plan.Job) error {
	return &plan.Ask{Question: plan.Question{ID: plan.AskPending, Kind: plan.Choice, Rule: "SIG-1", Lines: linesOfCSR(j.Seen.CSR),
		Text: msg.T("%s already holds a CSR that this session did not generate.", j.Node.FQDN),
		Means: msg.T("Someone may be waiting for its certificate. A new CSR discards the key, and that certificate " +
			"becomes worthless."),
		Options: []plan.Option{{Value: plan.UseCSR, Label: msg.T("Use the existing CSR")},
			{Value: plan.MakeCSR, Label: msg.T("Generate a new CSR: the old one is not needed")}}}}
}

// pendingCSR reads the pending request.
func pendingCSR(ctx context.Context, j *plan.Job) ([]byte, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	j.Say("checking for a pending CSR")
	return d.CSR(ctx, j.Unit)
}

func actCSR(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	j.Say("generating the CSR")
	return d.GenerateCSR(ctx, j.Unit)
}

func wordsCSR(p *plan.Plan, _ vos.Node) []string {
	return []string{vos.DialogueCSR(p.Change().Main()).Line}
}

// requestUndo is the way back from every CSR.
const requestUndo = "Not needed: a pending CSR has no effect. Do not generate it again: that discards the key that the " +
	"CA is signing."

func rowCSR() plan.Step {
	return plan.Step{
		ID: plan.StepCSR, Role: plan.RoleRequest, Title: "Generate a CSR on each node", Risk: plan.Changes, Look: lookCSR, Act: actCSR, Guard: pins.Guard, Usual: 10 * time.Second,
		On:     func(s change.Scope, n vos.Node) bool { return s.Replaces(n) && !s.OnlyECDSA() && !s.Shares(n) },
		Why:    "Each node generates its own key and CSR. The key never leaves the node.",
		Effect: "None. The current certificate stays in use.",
		Undo:   requestUndo,
		Rules:  []string{"SIG-1", "SIG-2", "PRE-5", "PRE-8"}, Commands: wordsCSR,
	}
}
