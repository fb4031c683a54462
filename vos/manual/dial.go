package manual

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cli"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Dialer makes Drivers of people. It is a vos.Dialer.
type Dialer struct{}

// New returns a Dialer.
func New() *Dialer { return &Dialer{} }

// Dial asks for nothing yet: the first dialogue is the first that a person sees. Access.ByHand is all that it needs.
func (*Dialer) Dial(_ context.Context, n vos.Node, a vos.Access) (vos.Driver, error) {
	if a.ByHand == nil {
		return nil, &vos.Error{Class: vos.ErrUnreachable, Node: n.FQDN, What: msg.T("This node uses manual tasks, which need a person"),
			Means: msg.T("The node is unchanged."), Next: msg.T("Continue in a terminal with: uccx-tui resume")}
	}
	return cli.NewCLI(n, &terminal{node: n, access: a, now: time.Now}), nil
}

// terminal is a person at the keyboard of one node. It is a vos.Terminal.
type terminal struct {
	node    vos.Node
	access  vos.Access
	now     func() time.Time
	surplus []part    // answers to looks that came along with another
	since   time.Time // when they came
}

var _ vos.Terminal = (*terminal)(nil)

// fresh is how long an answer counts that was given before it was asked for.
const fresh = 10 * time.Minute

// Close does nothing: there is no connection.
func (*terminal) Close() error { return nil }

// Type has a person do the dialogue. Text that is surely not the answer is asked for again: who gives it a second time is
// believed, even where the two differ if the command stands before both, and the parsers have the last word. Who cannot say what came of a change is not asked again, so that it is not made
// twice: the node is looked at.
func (t *terminal) Type(ctx context.Context, d vos.Dialogue) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", t.failed(vos.Dialogue{Line: d.Line}, err) // no person was asked to do anything
	}
	if text, ok := t.ahead(d); ok {
		return text, nil
	}
	errand := vos.ManualTask{Node: t.node.FQDN, Dialogue: d, Clicks: clicks(t.node, d)}
	for before, nothing, named := "", 0, false; ; {
		given, err := t.access.ByHand(ctx, errand)
		if err != nil {
			return "", t.failed(d, err)
		}
		empty := strings.TrimSpace(given) == ""
		if empty {
			nothing++
		}
		r := t.read(d, given)
		switch {
		case r.why.IsZero(), empty && d.Changes, !empty && given == before, r.named && named:
			t.heard(d.Line, r.text)
			return r.text, nil
		case nothing >= maxEmpty:
			return "", t.failed(d, errNothing)
		}
		if before, named, errand.Wrong = given, r.named, r.why; d.Changes {
			errand.Wrong = msg.T("%s (do not run it again)", errand.Wrong)
		}
	}
}

// maxEmpty is how often nothing may be given to a look.
const maxEmpty = 3

var errNothing = errors.New("no input")

// ahead returns what was pasted along with an earlier answer. It counts once, for looks alone, and for a short time; a
// change of the node makes it worthless.
func (t *terminal) ahead(d vos.Dialogue) (string, bool) {
	if d.Changes || t.now().Sub(t.since) > fresh {
		t.surplus = nil
		return "", false
	}
	i, text := last(t.surplus, d.Line)
	if i < 0 {
		return "", false
	}
	t.surplus = slices.DeleteFunc(t.surplus, func(p part) bool { _, same := p.answers(d.Line); return same })
	r := reading{text: text}.fitted(d, sheetOf(d))
	t.heard(d.Line, r.text)
	return r.text, true
}

func (t *terminal) heard(line, text string) {
	if t.access.Transcript != nil {
		t.access.Transcript(true, line)
		t.access.Transcript(false, text)
	}
}

// failed gives the error of a dialogue that no person ended one of the four classes.
func (t *terminal) failed(d vos.Dialogue, err error) error {
	var known *vos.Error
	if errors.As(err, &known) {
		return err
	}
	e := &vos.Error{Class: vos.ErrUnreachable, Node: t.node.FQDN, What: msg.T("The result was not reported"), Err: err,
		Means: msg.T("The command only reads. The node is unchanged."), Next: msg.T("Press Enter to be asked again.")}
	if d.Changes {
		e.Class, e.Means, e.Next = vos.ErrUncertain, msg.T("The node may or may not have been changed."), msg.T("Press Enter to check the node by hand. Nothing is repeated unchecked.")
	}
	return e
}
