package print

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// planHead names a change, its nodes where they are dialled, and what it does not change and its nodes must trust: peers and the
// servers that scripts call.
func planHead(say lang.Localizer, c change.Change, nodes []vos.Node) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", say.Say("%s: %s, task: %s", cert.Printable(c.Name), c.Unit, msg.English(titles.OfPath(c.Path))))
	roles := Widest(10, say.Say("peer"), say.Say("script"))
	for _, n := range nodes {
		roles = Widest(roles, say.T(msg.Word(string(n.Role))))
	}
	for _, n := range nodes {
		fmt.Fprintf(&b, "  %-34s %-10s %s %s\n", n.FQDN, n.Product, Column(say.T(msg.Word(string(n.Role))), roles), n.Dial(vos.PortSSH))
	}
	for _, n := range c.Solution.Peers {
		fmt.Fprintf(&b, "  %s %-10s %s %s\n", Column(cert.Printable(n.FQDN), 34), n.Product, Column(say.Say("peer"), roles), say.Say("trust only"))
	}
	for _, t := range c.Solution.Targets {
		fmt.Fprintf(&b, "  %s %-10s %s %s\n", Column(cert.Printable(t.Host), 34), "-", Column(say.Say("script"), roles), say.Say("port %d, trust only", t.At()))
	}
	return b.String() + "\n"
}

// planned is a plan as JSON.
type planned struct {
	Name  string       `json:"name"`
	Path  string       `json:"path"`
	Unit  string       `json:"unit"`
	Hash  string       `json:"hash"`
	Nodes []vos.Node   `json:"nodes"`
	Peers []vos.Node   `json:"peers,omitempty"` // not changed, trusted by nodes of the plan
	Rows  []plannedRow `json:"rows"`
}

type plannedRow struct {
	Number  int      `json:"number"`
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Risk    string   `json:"risk"`
	Nodes   []string `json:"nodes,omitempty"`
	Seconds float64  `json:"usual_seconds,omitempty"` // on one node
	Effect  string   `json:"effect,omitempty"`
	Undo    string   `json:"undo"`
	Rules   []string `json:"rules,omitempty"`
}

// PlanJSON writes a plan as one JSON object.
func PlanJSON(w io.Writer, p *plan.Plan) error {
	return json.NewEncoder(JSON{w}).Encode(plannedOf(p))
}

func plannedOf(p *plan.Plan) planned {
	c := p.Change()
	all := planned{Name: c.Name, Path: c.Path, Unit: c.Unit, Hash: p.Hash(), Nodes: c.Solution.Nodes(), Peers: c.Solution.Beside()}
	for _, row := range p.Rows() {
		one := plannedRow{Number: row.Number, ID: row.Step.ID, Title: row.Step.Title, Risk: row.Step.Risk.String(),
			Seconds: row.Step.Usual.Seconds(), Effect: row.Step.Effect, Undo: row.Step.Undo, Rules: row.Step.Rules}
		for _, t := range row.Tasks {
			if t.Task.Node != "" {
				one.Nodes = append(one.Nodes, t.Task.Node)
			}
		}
		all.Rows = append(all.Rows, one)
	}
	return all
}

// Plan is a plan for people: a line a row.
func Plan(say lang.Localizer, p *plan.Plan) string {
	var b strings.Builder
	b.WriteString(planHead(say, p.Change(), p.Nodes()))
	risks, titles := 10, 31
	for _, row := range p.Rows() {
		risks, titles = Widest(risks, say.Say(row.Step.Risk.String())), Widest(titles, say.Say(row.Step.Title))
	}
	for _, row := range p.Rows() {
		var where []string
		for _, t := range row.Tasks {
			if host, _, _ := strings.Cut(t.Task.Node, "."); host != "" {
				where = append(where, host)
			}
		}
		line := fmt.Sprintf("  %2d  %s  %s  %s", row.Number, Column(say.Say(row.Step.Risk.String()), risks), Column(say.Say(row.Step.Title), titles), strings.Join(where, ", "))
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	fmt.Fprintf(&b, "\n%s\n", say.Say("plan %s", p.Hash()))
	return b.String()
}
