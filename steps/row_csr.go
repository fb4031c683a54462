package steps

import (
	"context"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// AskPending is the question what to do with a CSR that this session did not make.
const AskPending = "csr-pending"

const (
	useCSR = "use"
	newCSR = "new"
)

// AskUnseen is the question whether a CSR is made again that the node has said it made, and does not show.
const AskUnseen = "csr-unseen"

// lookCSR: a CSR that this session made, or was told to use, is there. It is the guard of SIG-1: a CSR is never made
// twice, because that throws away the key that the CA is signing.
func lookCSR(ctx context.Context, j *Job) (bool, error) {
	der, err := pendingCSR(ctx, j)
	if err != nil {
		return false, err
	}
	if der == nil {
		return false, j.askUnseen()
	}
	j.Seen.CSR = string(cert.RequestPEM(der))
	if before := j.ordered(); before != nil { // this session has begun to make one: is it another than before?
		return j.Seen.CSR != before.CSR, nil
	}
	switch j.Answered(AskPending) {
	case useCSR:
		return true, nil
	case newCSR:
		return false, nil
	}
	return false, askPending(j)
}

// askUnseen asks before a CSR is made again that the node has said it made: a node that shows it late would throw away the
// first one. It is nil where nothing was said, or where a person has said what to do.
func (j *Job) askUnseen() error {
	if j.Acted || j.Unsure() || j.ordered() == nil || j.Answered(AskUnseen) == newCSR {
		return nil
	}
	return &Ask{Question{ID: AskUnseen, Kind: Choice, Rule: "SIG-1", Args: []string{j.Node.FQDN},
		Text:    "%s said that the CSR was made, and shows none.",
		Means:   "It may show it late. Made again, the first one is worthless if it comes to light.",
		Options: []Option{{again, "Look again"}, {newCSR, "Make it again: the node has none"}}}}
}

// ordered returns what was seen before this session's last word to the node, where it is not known what came of that word;
// else nil.
func (j *Job) ordered() *Seen {
	if t, _ := j.Plan.Task(j.Task); j.Before == nil && t.Trouble != nil && t.Trouble.Taken {
		return t.Before
	}
	return j.Before
}

func askPending(j *Job) error {
	return &Ask{Question{ID: AskPending, Kind: Choice, Rule: "SIG-1", Args: []string{j.Node.FQDN},
		Text:  "%s already holds a CSR that was not made in this session.",
		Means: "Somebody may be waiting for its certificate. A new one throws its key away, and that certificate becomes worthless.",
		Options: []Option{{useCSR, "Use the one that is there"},
			{newCSR, "Make a new one: nobody waits for the old one"}}}}
}

// pendingCSR reads the pending request. After a line was lost in the middle the node may still be making one, so it is
// given time to come to rest before "none" is believed.
func pendingCSR(ctx context.Context, j *Job) ([]byte, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	j.Say("looking for a pending CSR")
	der, err := d.CSR(ctx, j.Unit)
	if err != nil || !j.Unsure() || j.Acted || der != nil && string(cert.RequestPEM(der)) != j.Before.CSR {
		return der, err
	}
	j.Say("waiting until the node is at rest")
	if err := wait(ctx, j.World.Pace.Settle); err != nil {
		return nil, err
	}
	return d.CSR(ctx, j.Unit)
}

func actCSR(ctx context.Context, j *Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	j.Say("generating the CSR")
	return d.GenerateCSR(ctx, j.Unit)
}

func wordsCSR(p *Plan, _ vos.Node) []string {
	return []string{vos.DialogueCSR(p.Change().Unit).Line}
}

func wordsSecondCSR(*Plan, vos.Node) []string { return []string{vos.DialogueCSR(unitSecond).Line} }
