package engine

import (
	"context"
	"path"
	"strings"
	"sync"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ManualTask is a dialogue that waits for a person, because no program may log in to its node. It stands in no journal: after
// a kill a look is asked for again, and a change that began is unsure, and looked at.
type ManualTask struct {
	ID int // of this program, from 1
	vos.ManualTask
	File string // where the certificate that is to be pasted or uploaded lies; "" where there is none
	Over bool   // it waits no longer: it was done, or the row was stopped
}

// ByHand is the folder, relative to the session's, of what a person has to upload.
const ByHand = "by-hand"

// manualQueue is where errands lie until a person has done them.
type manualQueue struct {
	mu   sync.Mutex
	next int
	open map[int]chan outcome
}

// outcome is what came of a manual task.
type outcome struct {
	text string
	err  error
}

// askPerson puts a dialogue before a person and waits until it is done, or the context ends.
func (r *Runner) askPerson(ctx context.Context, e vos.ManualTask) (string, error) {
	one := ManualTask{ManualTask: e, File: r.uploaded(e.Dialogue)}
	done := make(chan outcome, 1)
	r.manual.mu.Lock()
	r.manual.next++
	one.ID = r.manual.next
	if r.manual.open == nil {
		r.manual.open = map[int]chan outcome{}
	}
	r.manual.open[one.ID] = done
	r.manual.mu.Unlock()
	r.notify(Event{Errand: &one})
	defer func() {
		over := one
		over.Over = true
		r.manual.take(one.ID)
		r.notify(Event{Errand: &over})
	}()
	select {
	case o := <-done:
		return o.text, o.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// uploaded keeps a certificate as a file, for those who upload it in OS Administration. Without room there is none.
func (r *Runner) uploaded(d vos.Dialogue) string {
	found := read.Parse("", d.Paste).Items
	if len(found) == 0 || found[0].Cert == nil {
		return ""
	}
	at, err := r.memory.Keep(path.Join(ByHand, strings.ToLower(strings.ReplaceAll(cert.Fingerprint(found[0].Cert)[:23], ":", ""))+".pem"), d.Paste)
	if err != nil {
		return ""
	}
	return at
}

func (k *manualQueue) take(id int) chan outcome {
	k.mu.Lock()
	defer k.mu.Unlock()
	done := k.open[id]
	delete(k.open, id)
	return done
}

// HandIn gives what a node said to a manual task, as it was pasted, or the path of a file. It reports whether that task
// still waited.
func (r *Runner) HandIn(id int, given string) bool { return r.manual.end(id, outcome{text: given}) }

// NotDone says that a person did not do a manual task, or cannot: the node is as before.
func (r *Runner) NotDone(e ManualTask) bool {
	err := &vos.Error{Class: vos.ErrUnreachable, Node: e.Node, What: msg.T("Not done"), Means: msg.T("Nothing was typed. The node is unchanged."), Next: msg.T("Press Enter to be asked again.")}
	if !e.Dialogue.Changes {
		err.Class, err.What, err.Means = vos.ErrRefused, msg.T("The output of %s is not available", e.Dialogue.Line), msg.T("The node is unchanged.")
	}
	return r.manual.end(e.ID, outcome{err: err})
}

func (k *manualQueue) end(id int, o outcome) bool {
	done := k.take(id)
	if done == nil {
		return false
	}
	done <- o
	return true
}
