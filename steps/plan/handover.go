package plan

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// NewerEntry tells that a journal holds an entry of a kind that this program does not know.
type NewerEntry struct {
	Kind    string
	Program string // version that last took the session up
}

// Error says which program knows it.
func (n *NewerEntry) Error() string {
	return n.Text().String()
}

// Text is the same as a sentence.
func (n *NewerEntry) Text() msg.Text {
	return msg.T("This session was continued with a newer uccx-tui (version %[2]s), which writes entries of kind %[1]q. Nothing was changed. Use that version.", n.Kind, n.Program)
}

// pass lets a session go from one program to the next: what had begun is unsure from now on.
func (p *fold) pass(e session.Entry) error {
	var now Imported // all of them name the program
	if len(e.Data) == 0 {
		e.Data = []byte("null")
	}
	if err := e.Read(&now); err != nil {
		return err
	}
	p.interrupt(e)
	p.program, p.handedOver = now.Program, nil
	if e.Time.After(p.window.Until.Add(Longest)) { // a window of another night
		p.window = Window{}
	}
	if e.Kind == KindImported || e.Kind == KindTaken {
		p.takeovers++
		propose(p, max(e.Seq, p.entries+1))
	}
	switch {
	case e.Kind == KindExported:
		p.handedOver = &e
	case e.Kind != KindResumed && now.Lab != "" && p.change.Lab != nil:
		lab := *p.change.Lab
		lab.Folder = now.Lab
		p.change.Lab = &lab
	}
	return nil
}

// Takeovers returns how often another person continued the session: from a file, or by a take-over.
func (p *Plan) Takeovers() int { return reading(p, func(f *fold) int { return f.takeovers }) }

// HandedOver returns who handed the session over to another machine and when, if it was not continued here since.
func (p *Plan) HandedOver() (who string, when time.Time, away bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.handedOver == nil {
		return "", time.Time{}, false
	}
	return p.handedOver.Who, p.handedOver.Time, true
}

// passing reports whether an entry of a kind tells who has the session and where its nodes are dialled, and not of the work: the
// work ended before it.
func passing(kind string) bool {
	return slices.Contains([]string{KindResumed, KindTaken, KindExported, KindImported, KindLocated}, kind)
}

// unwritten is the number of an entry that is in no journal yet.
const unwritten = -1

// Unwritten makes an entry that is held back: a plan may be moved by it, and does not count it.
func Unwritten(kind, step, node string, data any) (session.Entry, error) {
	raw, err := json.Marshal(data)
	return session.Entry{Seq: unwritten, Kind: kind, Step: step, Node: node, Data: raw, Texts: msg.Origins(data)}, err
}
