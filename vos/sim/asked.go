package sim

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Diagnosis is a question of a scenario about what was found. The scenario is passed only where the first answer is the right
// one: who presses Enter alone has not understood it.
type Diagnosis struct {
	Ask   string   `toml:"ask"`
	Right string   `toml:"right"`
	Wrong []string `toml:"wrong"`
}

// Answers are the answers of a diagnosis in an order that does not tell the right one, which never comes first.
func (d Diagnosis) Answers() []string {
	all := append(slices.Clone(d.Wrong), d.Right)
	slices.Sort(all)
	if len(all) > 1 && all[0] == d.Right {
		all[0], all[1] = all[1], all[0]
	}
	return all
}

// fewest is how many answers a diagnosis has at least.
const fewest = 3

// flaws: a diagnosis can be asked, and its answers can be told apart.
func (d Diagnosis) flaws() []flaw {
	if d.Ask == "" && d.Right == "" && len(d.Wrong) == 0 {
		return nil
	}
	var all []flaw
	texts := append([]string{d.Ask, d.Right}, d.Wrong...)
	for _, text := range texts {
		if text == "" || len(text) > textLong || strings.ContainsFunc(text, unicode.IsControl) {
			all = append(all, flaw{"diagnosis", 0, fmt.Errorf("question and answers of a diagnosis are lines of 1 to %d letters", textLong)})
			break
		}
	}
	slices.Sort(texts)
	if len(slices.Compact(texts)) < len(d.Wrong)+2 || len(d.Wrong)+1 < fewest {
		all = append(all, flaw{"diagnosis", 0, fmt.Errorf("a diagnosis needs %d different answers or more", fewest)})
	}
	return all
}

// Reason is why a reply goes back to the CA: one of Reasons, and its words for the log.
type Reason struct {
	ID, Text string
}

// Reasons are the ids of what can be wrong with a reply of a CA, in an order that tells nothing.
func Reasons() []string {
	return []string{"usage", "format", "chain", "name", "root", "key", "dates", "weak"}
}

// faults are the reasons that are right for a reply of a CA; none where nothing is wrong with it.
func (b Behaviour) faults() []string {
	return map[Behaviour][]string{
		DropSAN: {"name"}, AddSAN: {"name"}, CCPInSAN: {"name"}, Swap: {"name"},
		OtherKey: {"key"}, Big: {"key"},
		NoIntermediate: {"chain"}, NoRoot: {"root"}, OldRoot: {"root"}, CrossSigned: {"root", "chain"},
		Expired: {"dates"}, Early: {"dates"},
		NoClientAuth: {"usage"},
	}[b]
}

const (
	returnFile    = "returned.log"
	diagnosisFile = "diagnosis.log"
	agentsFile    = "agents.log"
)

// SendBack sends the CA's last reply back, with a reason. For the right one the CA corrects its next reply, for
// any other it sends the same again; each is written down. The answer is what the CA says.
func (a *CA) SendBack(reason Reason) (answer string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case !slices.Contains(Reasons(), reason.ID):
		return "", fmt.Errorf("lab: %q is no reason to send a reply back", reason.ID)
	case a.disk.Replies == 0:
		return "", errors.New("The CA has not replied yet. There is nothing to send back.")
	}
	word, answer := "wrong", "The CA: we checked this and find our files correct. Our reply stays as it is."
	if slices.Contains(a.disk.Last.faults(), reason.ID) && a.disk.Returned < a.disk.Replies {
		word, answer = "right", "The CA: you are right. A corrected reply is on its way: load it."
		if err := a.change(func(d *caDisk) error { d.Returned++; return nil }); err != nil {
			return "", err
		}
	}
	return answer, logLine(filepath.Join(a.c.dir, returnFile), a.c.now(), word+" "+reason.Text)
}

// Fault is a reason for which the CA would correct its last reply, "" where there is none.
func (a *CA) Fault() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append(slices.Clone(a.disk.Last.faults()), "")[0]
}

// Diagnose writes an answer to the question of a lab's scenario down. The first one counts.
func Diagnose(dir, answer string, now time.Time) error {
	r, err := ReadRecord(dir)
	switch {
	case err != nil:
		return err
	case r.Scenario == nil || !slices.Contains(r.Scenario.Diagnosis.Answers(), answer):
		return fmt.Errorf("lab: %q is not an answer here", answer)
	}
	return logLine(filepath.Join(dir, diagnosisFile), now, answer)
}

// Told is an answer about what agents see, and what they saw at that moment.
type Told struct {
	Question, Node, Answer, Seen string
}

// Tell writes such an answer down.
func Tell(dir string, t Told, now time.Time) error {
	return logLine(filepath.Join(dir, agentsFile), now, strings.Join([]string{t.Question, cmp.Or(t.Node, "-"), t.Answer, t.Seen}, " "))
}

// answered takes from the logs what was answered, and what was sent back.
func (r *Record) answered(notes map[string][]Noted) {
	for _, n := range notes[returnFile] {
		word, reason, _ := strings.Cut(n.Text, " ")
		r.Returned = append(r.Returned, Return{Reason: reason, Right: word == "right"})
		r.Notes = append(r.Notes, Noted{At: n.At, Kind: NotedReply, Text: n.Text})
	}
	for _, n := range notes[diagnosisFile] {
		r.Diagnosed = append(r.Diagnosed, n.Text)
		r.Notes = append(r.Notes, Noted{At: n.At, Kind: NotedReport, Text: n.Text})
	}
	for _, n := range notes[agentsFile] {
		if words := strings.Fields(n.Text); len(words) == 4 {
			r.Told = append(r.Told, Told{words[0], words[1], words[2], words[3]})
		}
	}
}

// Return is a reply that was sent back to the CA, and whether the reason was right.
type Return struct {
	Reason string
	Right  bool
}

// Untrue are the last answers about what agents see that differ from what they saw.
func (r Record) Untrue() []Told {
	last := map[string]Told{}
	var order []string
	for _, t := range r.Told {
		key := t.Question + " " + t.Node
		if _, again := last[key]; !again {
			order = append(order, key)
		}
		last[key] = t
	}
	var untrue []Told
	for _, key := range order {
		if t := last[key]; t.Answer != "later" && t.Answer != t.Seen {
			untrue = append(untrue, t)
		}
	}
	return untrue
}
