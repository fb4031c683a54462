package functional

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// since is the version of the plan from which the questions follow the products. Sessions that were opened before keep the four
// questions that they had.
const since = 2

// each is the version of the plan from which each node is asked about for itself.
const each = 4

// Row is the row of the functional tests. A change to which none applies has no such row.
func Row() plan.Step {
	return plan.Step{
		ID: plan.StepFunction, Role: plan.RoleAsk, Title: "Functional tests with agents", Ask: former(), Questions: Questions,
		When:      func(s change.Scope) bool { return len(Questions(s)) > 0 },
		EachSince: each, Asks: about, Fit: fit,
		Why:   "Checks that only a person can do.",
		Undo:  "Nothing is changed.",
		Rules: []string{"VER-1", "VER-2", "VER-3", "VER-4"},
	}
}

// about reports whether a question names addresses of a node.
func about(n vos.Node, q plan.Question) bool {
	return slices.ContainsFunc(q.Lines, func(line msg.Text) bool { return IsOf(n, line.String()) })
}

// ofNode are the addresses of a node among these.
func ofNode(n vos.Node, lines []msg.Text) []msg.Text {
	return slices.DeleteFunc(slices.Clone(lines), func(line msg.Text) bool { return !IsOf(n, line.String()) })
}

// IsOf reports whether an address is one of a node.
func IsOf(n vos.Node, line string) bool {
	rest, ok := strings.CutPrefix(line, "https://")
	if ok {
		rest, ok = strings.CutPrefix(rest, n.FQDN)
	}
	return ok && (rest == "" || rest[0] == '/' || rest[0] == ':')
}

// fit leaves of a question what is about a node.
func fit(_ change.Scope, n vos.Node, q plan.Question) plan.Question {
	if own := ofNode(n, q.Lines); len(own) > 0 {
		q.Lines, q.Text.Args = own, slices.Repeat([]any{""}, len(q.Text.Args))
	}
	return q
}

func ask(id, rule string, text, means msg.Text, addresses ...string) plan.Question {
	return plan.Question{ID: id, Rule: rule, Kind: plan.Choice, Text: text, Means: means, Lines: msg.Verbatims(addresses),
		Options: Answers()}
}

// Answers are the answers to a question about what a person has tried, the careful one first.
func Answers() []plan.Option {
	return []plan.Option{{Value: plan.Later, Label: msg.T("Later: it stays pending in the report")}, {Value: plan.Yes, Label: msg.T("Yes")}, {Value: plan.No, Label: msg.T("No")}}
}

// former are the questions of plans before version 2, whatever the products.
func former() []plan.Question {
	return []plan.Question{
		ask("VER-2", "VER-2", msg.T("Can an agent log in to Finesse without a warning or a certificate prompt?"), msg.T("Also check: state changes work, and a new call is presented.")),
		ask("VER-3", "VER-3", msg.T("Do the Live Data gadgets load and refresh?"), msg.T("Also check: data appears at once and changes.")),
		ask("VER-4", "VER-4", msg.T("Does AppAdmin show its login page without a warning on both nodes?"), msg.T("https://FQDN/appadmin/main")),
		ask("VER-1", "VER-1", msg.T("Does web chat work in both directions?"), msg.T("Also check: the form loads, the agent is alerted, messages arrive on both sides.")),
	}
}

// Questions returns what people must try after a change of these products. Lines are the addresses of the nodes, a line each.
// Which test a product has follows from the addresses that the release table gives it (CLI-1 to CLI-8), and from its traits.
func Questions(s change.Scope) []plan.Question {
	if s.Plan < since {
		return former()
	}
	nodes := s.Solution.Nodes()
	desks, reports, admin := opened(nodes, "CLI-4"), opened(nodes, "CLI-7"), opened(nodes, "CLI-1")
	all := slices.Concat(
		asked("VER-2", "VER-2", desks, "Can an agent and a supervisor log in to Finesse%s without a warning or a certificate prompt?", msg.T("Also check: state changes work, and a new call is presented.")),
		gadgets(s, opened(nodes, "CLI-8"), desks),
		asked("VER-3-reports", "VER-3", reports, "Can a reporting user log in to Unified Intelligence Center%s without a warning, and do reports and Live Data load?", msg.T("Also check: a report shows data of today.")),
		asked("VER-4", "VER-4", admin, "Does AppAdmin show its login page%s without a warning?", msg.T("Open each address in a browser of an administrator.")),
		asked("VER-1", "VER-1", having(nodes, "", func(t vos.Traits) bool { return t.Chat }), "Does web chat work in both directions?",
			msg.T("Also check: the form loads without a warning, the agent is alerted, messages arrive on both sides.")),
		asked("VER-recording", "REL-5", having(nodes, platform, func(t vos.Traits) bool { return t.Records }), "Is a new call recorded%s, and can a supervisor find and play it?",
			msg.T("Also check: recordings from before the change still play.")))
	if logins := having(nodes, platform, func(t vos.Traits) bool { return t.Peer }); len(logins) > 0 {
		all = append(all, asked("VER-logins", "TRB-1", logins, "Do phones stay registered, and can an agent log in to Finesse?",
			msg.T("Finesse shows \"Invalid User ID/Password\" where UCCX does not trust Unified CM."))...)
	}
	return append(all, others(nodes)...)
}

// platform is OS Administration, which every node has.
const platform = ":8443/cmplatform"

// asked is one question about these addresses; none where there is no address. text has a %s for where it is to be tried.
func asked(id, rule string, addresses []string, text string, means msg.Text) []plan.Question {
	if len(addresses) == 0 {
		return nil
	}
	said := msg.T(text)
	if strings.Contains(text, "%s") {
		said.Args = []any{""}
	}
	if len(addresses) > 1 && len(said.Args) > 0 {
		said.Args[0] = msg.T(" on each of these nodes")
	}
	return []plan.Question{ask(id, rule, said, means, addresses...)}
}

// gadgets is the question about Live Data (VER-3): agents see it on their desktop, which may be another product.
func gadgets(s change.Scope, live, desks []string) []plan.Question {
	if len(live) == 0 {
		return nil
	}
	if s.Plan >= each { // nodes that serve Live Data without a desktop are asked about too
		have := map[string]bool{}
		for _, desk := range desks {
			have[host(desk)] = true
		}
		desks = slices.Clone(desks)
		for _, at := range live {
			if name := host(at); !have[name] {
				have[name], desks = true, append(desks, at)
			}
		}
	}
	return []plan.Question{ask("VER-3", "VER-3", msg.T("Do the Live Data gadgets of an agent and of a supervisor load and refresh in Finesse?"), msg.T("Also check: data appears at once and changes."), desks...)}
}

// host is the name in an address.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil { // it is made of a node's name, which is checked
		return address
	}
	return u.Hostname()
}

// others asks about products that have no test of their own: their pages open, and they do their work.
func others(nodes []vos.Node) []plan.Question {
	var all []string
	for _, n := range nodes {
		t := n.Product.Traits()
		if !t.Chat && !t.Records && !t.Peer && len(opened([]vos.Node{n}, "CLI-")) == 0 {
			all = append(all, "https://"+n.FQDN+platform)
		}
	}
	return asked("VER-pages", "PRE-2", all, "Do the web pages of the product open%s without a warning, and does it work?", msg.T("Open each address, and the pages that users open."))
}

// opened are what people open on each node that has an address with this rule, as the release table has it. A rule that ends
// with a hyphen stands for all that begin so.
func opened(nodes []vos.Node, rule string) []string {
	var all []string
	for _, n := range nodes {
		f, _ := vos.Lookup(n.Product, n.Release)
		i := slices.IndexFunc(f.Ports, func(p vos.Port) bool {
			return slices.ContainsFunc(strings.Fields(p.Rules), func(id string) bool {
				return id == rule || strings.HasSuffix(rule, "-") && strings.HasPrefix(id, rule)
			})
		})
		if i >= 0 {
			all = append(all, f.Ports[i].URLs(n.FQDN)[0])
		}
	}
	return all
}

// having are addresses of the nodes of products with a trait.
func having(nodes []vos.Node, path string, trait func(vos.Traits) bool) []string {
	var all []string
	for _, n := range nodes {
		if trait(n.Product.Traits()) {
			all = append(all, "https://"+n.FQDN+cmp.Or(path, "/"))
		}
	}
	return all
}
