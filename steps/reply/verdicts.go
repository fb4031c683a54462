package reply

// Verdicts is the folder of the session in which the verdicts on replies lie that were not taken.
const Verdicts = "verdicts"

// Refusal is one finding of such a verdict.
type Refusal struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Node     string `json:"node,omitempty"`
	What     string `json:"what"`
}
