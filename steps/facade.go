package steps

import (
	"encoding/json"
	"fmt"
	"path"
	"sort"
	"strings"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Fold makes a Plan of a whole journal.
func Fold(entries []session.Entry) (*plan.Plan, error) { return plan.Fold(entries, Procedure) }

// Preview is the plan of a change before anything is written: the rows as a session would begin with them.
func Preview(c plan.Change) (*plan.Plan, error) { return plan.Preview(c, Procedure) }

// NewRunner takes over a journal: entries are what it holds so far. Tasks without an end are unsure from now on.
// notify is told every entry after it is on disk; it must not block.
func NewRunner(entries []session.Entry, memory world.Memory, outside world.World, notify func(engine.Event)) (*engine.Runner, error) {
	p, err := Fold(entries)
	if err != nil {
		return nil, err
	}
	return engine.New(p, memory, outside, notify), nil
}

// RowTitle returns the title of a row of any path, or "".
func RowTitle(id string) string {
	for _, row := range AllRows() {
		if row.ID == id {
			return row.Title
		}
	}
	return ""
}

// WriteFix keeps the text for the CA in the outbox and returns its path; "" where there is nothing to write.
func WriteFix(r *engine.Runner, v cert.Verdict, files []cert.File) (string, error) {
	text := reply.FixLetter(r.Plan(), v)
	if text == "" {
		return "", nil
	}
	if err := keepVerdict(r, v, files); err != nil {
		return "", err
	}
	return r.Keep(path.Join(plan.Outbox, "back-to-the-ca.txt"), []byte(text))
}

// WriteKit keeps the kit in the session folder and returns its folder.
func WriteKit(r *engine.Runner) (string, error) {
	k := kit.Of(r.Plan(), r.Now())
	folder := k.Folder
	for _, f := range k.Files {
		at, err := r.Keep(path.Join(k.Folder, f.Name), f.Data)
		if err != nil {
			return "", err
		}
		folder = strings.TrimSuffix(at, f.Name)
	}
	return folder, nil
}

// TitleOf returns the title of a row of a path; the id where this program has no such row.
func TitleOf(path, id string) string {
	rows, _ := Procedure(path)
	for _, row := range rows {
		if row.ID == id {
			return row.Title
		}
	}
	return id
}

// TakeReply judges files, and takes them into the session only when they answer everything without a fault. The verdict
// is returned either way; an error means that it could not be written down.
func TakeReply(r *engine.Runner, files []cert.File) (cert.Verdict, error) {
	verdict := reply.Verdict(r.Plan(), files, r.Now())
	if !verdict.OK() {
		err := keepVerdict(r, verdict, files)
		if q, ok := reply.AskNoEC(r.Plan(), verdict); ok && err == nil && reply.AsksChain(r.Plan()) == "" {
			err = r.Append(plan.KindAsked, plan.Task{Step: plan.StepReply}, q)
		}
		return verdict, err
	}
	question, step := plan.AskReply, plan.StepReply
	answer := reply.ReplyOf(verdict)
	chain := reply.AsksChain(r.Plan())
	if chain != "" {
		question, step, answer.Leaves = plan.AskChain, chain, nil
	}
	if old := r.Plan().Reply(); old != nil && chain == "" { // what is installed already stays what is to be proven
		for id, leaf := range old.Leaves {
			if certs.Installed(r.Plan(), id) {
				answer.Leaves[id] = leaf
			}
		}
	}
	for _, f := range files {
		if f.Err == nil && len(f.Items) > 0 {
			answer.Files = append(answer.Files, f.Name)
		}
	}
	if err := keepReply(r, reply.FolderOf(chain), answer); err != nil {
		return verdict, err
	}
	return verdict, r.Append(plan.KindAnswered, plan.Task{Step: step}, plan.Answer{Question: question, Value: "taken", Reply: &answer})
}

// keepReply writes what will be uploaded into the session folder, for people; the journal alone carries the change on.
func keepReply(r *engine.Runner, folder string, reply plan.Reply) error {
	for i, text := range reply.Roots {
		if _, err := r.Keep(path.Join(folder, fmt.Sprintf("%d-root.pem", i+1)), []byte(text)); err != nil {
			return err
		}
	}
	for i, text := range reply.Intermediates {
		if _, err := r.Keep(path.Join(folder, fmt.Sprintf("%d-intermediate.pem", i+1)), []byte(text)); err != nil {
			return err
		}
	}
	nodes := make([]string, 0, len(reply.Leaves))
	for fqdn := range reply.Leaves {
		nodes = append(nodes, fqdn)
	}
	sort.Strings(nodes)
	for _, fqdn := range nodes {
		if _, err := r.Keep(path.Join(folder, strings.ReplaceAll(fqdn, " ", "_")+".pem"), []byte(reply.Leaves[fqdn])); err != nil {
			return err
		}
	}
	return nil
}

// keepVerdict keeps why a reply was not taken: who looks back at the night wants to know how the CA answered.
func keepVerdict(r *engine.Runner, v cert.Verdict, files []cert.File) error {
	raw, err := json.MarshalIndent(reply.Refusals(r.Plan(), v, files), "", " ")
	if err != nil {
		return err
	}
	_, err = r.Keep(path.Join(reply.Verdicts, "reply.json"), append(raw, '\n'))
	return err
}
