package steps

import (
	"encoding/json"
	"path"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Verdicts is the folder of the session in which the verdicts on replies lie that were not taken.
const Verdicts = "verdicts"

// Refusal is one finding of such a verdict.
type Refusal struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Node     string `json:"node,omitempty"`
	What     string `json:"what"`
}

// keepVerdict keeps why a reply was not taken: who looks back at the night wants to know how the CA answered.
func (r *Runner) keepVerdict(v cert.Reply) error {
	all := make([]Refusal, 0, len(v.Findings))
	for _, f := range v.Findings {
		all = append(all, Refusal{f.Code, f.Severity.String(), f.Node, f.What})
	}
	raw, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	_, err = r.Keep(path.Join(Verdicts, "reply.json"), append(raw, '\n'))
	return err
}
