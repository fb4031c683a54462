package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"sort"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TakeReply judges files, and takes them into the session only when they answer everything without a fault. Where they answer a
// part, a person is asked whether it is installed before the rest is here. The verdict is returned either way; an error means that
// it could not be written down.
func TakeReply(r *engine.Runner, files []cert.File) (cert.Verdict, error) {
	verdict := reply.Verdict(r.Plan(), files, r.Now())
	if !verdict.OK() {
		return verdict, errors.Join(keepVerdict(r, verdict, files), askAbout(r, files, verdict))
	}
	answer := reply.ReplyOf(verdict)
	answer.Files = namesOf(files)
	chain := reply.AsksChain(r.Plan())
	switch {
	case chain != "":
		answer.Leaves = nil
		return verdict, take(r, chain, plan.Task{Step: chain}, plan.Answer{Question: plan.AskChain, Value: taken, Reply: &answer})
	case asksRest(r.Plan()):
		return verdict, takeRest(r, &answer, nil)
	}
	keepInstalled(r.Plan(), &answer)
	return verdict, take(r, "", plan.Task{Step: plan.StepReply}, plan.Answer{Question: plan.AskReply, Value: taken, Reply: &answer})
}

// taken is the answer to a question about files.
const taken = "taken"

// askAbout asks what becomes of files that do not answer everything: where an RSA CA signed tomcat-ECDSA, and where a part of
// them can be installed.
func askAbout(r *engine.Runner, files []cert.File, verdict cert.Verdict) error {
	p := r.Plan()
	if reply.AsksChain(p) != "" {
		return nil
	}
	at := plan.Task{Step: plan.StepReply}
	if asksRest(p) {
		at.Step = plan.StepRest
	} else if q, ok := reply.AskNoEC(p, verdict); ok {
		return r.Append(plan.KindAsked, at, q)
	}
	part, ok := reply.PartOf(p, files, verdict, r.Now())
	if !ok {
		return nil
	}
	part.Reply.Files = namesOf(files)
	keepInstalled(p, &part.Reply)
	if at.Step == plan.StepRest && len(reply.WarningsIn(part.Reply)) > 0 {
		return takeRest(r, &part.Reply, part.Late)
	}
	if err := keepReply(r, reply.FolderOf(""), part.Reply); err != nil {
		return err
	}
	return r.Append(plan.KindAsked, at, reply.AskParts(p, part))
}

// Asks reports whether TakeReply asks a person about files whose verdict is not all right.
func Asks(p *plan.Plan, files []cert.File, verdict cert.Verdict, now time.Time) bool {
	if reply.AsksChain(p) != "" {
		return false
	}
	if _, ok := reply.AskNoEC(p, verdict); ok && !asksRest(p) {
		return true
	}
	_, ok := reply.PartOf(p, files, verdict, now)
	return ok
}

// asksRest reports whether files answer what was still at the CA when the others were installed.
func asksRest(p *plan.Plan) bool { return p.Next().Row.Step.Role == plan.RoleRest }

// takeRest takes what came later. Its warnings are decided before: the rows that install it come first.
func takeRest(r *engine.Runner, answer *plan.Reply, late []string) error {
	at := plan.Task{Step: plan.StepRest}
	found := reply.WarningsIn(*answer)
	if len(found) == 0 {
		return take(r, "", at, plan.Answer{Question: plan.AskReply, Value: taken, Reply: answer})
	}
	if _, err := r.Keep(path.Join(plan.Outbox, "back-to-the-ca.txt"), []byte(reply.BackLetterFor(r.Plan(), found, r.Words()))); err != nil {
		return err
	}
	if err := keepReply(r, reply.FolderOf(""), *answer); err != nil {
		return err
	}
	return r.Append(plan.KindAsked, at, reply.AskRestWarnings(found, answer, late))
}

// take keeps files and writes down that they were taken.
func take(r *engine.Runner, chain string, at plan.Task, a plan.Answer) error {
	if err := keepReply(r, reply.FolderOf(chain), *a.Reply); err != nil {
		return err
	}
	return r.Append(plan.KindAnswered, at, a)
}

// keepInstalled keeps what is installed already in a reply: it stays what is to be proven.
func keepInstalled(p *plan.Plan, answer *plan.Reply) {
	old := p.Reply()
	if old == nil {
		return
	}
	for id, leaf := range old.Leaves {
		if certs.Installed(p, id) {
			answer.Leaves[id] = leaf
		}
	}
}

// namesOf are the names of files that hold anything.
func namesOf(files []cert.File) []string {
	var names []string
	for _, f := range files {
		if f.Err == nil && len(f.Items) > 0 {
			names = append(names, f.Name)
		}
	}
	return names
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

// WriteFix keeps the text for the CA in the outbox and returns its path; "" where there is nothing to write.
func WriteFix(r *engine.Runner, v cert.Verdict, files []cert.File) (string, error) {
	text := reply.FixLetter(r.Plan(), v, r.Words())
	if text == "" {
		return "", nil
	}
	if err := keepVerdict(r, v, files); err != nil {
		return "", err
	}
	return r.Keep(path.Join(plan.Outbox, "back-to-the-ca.txt"), []byte(text))
}

// AsksPart reports whether files that are not complete, or have warnings, have raised a question about themselves.
func AsksPart(p *plan.Plan) bool {
	asked := p.Next().Question
	return asked != nil && asked.Question.Reply != nil
}
