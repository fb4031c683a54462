package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

type (
	// showWays is the wish to see how each node is spoken to.
	showConnections struct{}
	// chooseWay says how a node is spoken to from now on.
	chooseConnection struct {
		node string
		way  vos.Connection
	}
)

// waysView shows how each node is spoken to, and takes another way for the one at the mark.
type waysView struct{ list }

func (s *waysView) keys(f *face) []binding {
	off := ""
	if f.running != "" {
		off = f.Say("a step is running")
	}
	return []binding{{"1 to " + strconv.Itoa(len(vos.Connections())), "use this connection", "Sets the connection for the selected node. It is recorded. Finished steps stay finished.", off},
		{"up/down", "select node", "Moves the selection.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
}

func (s *waysView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	nodes := f.plan.Nodes()
	k := key(msg)
	if k == "enter" {
		return back{}, nil
	}
	if s.move(k, len(nodes), 8) {
		return nil, nil
	}
	n, err := strconv.Atoi(k)
	if err != nil || n < 1 || n > len(vos.Connections()) {
		return nil, nil
	}
	if off := s.keys(f)[0].off; off != "" {
		f.tell(false, "%s", off)
		return nil, nil
	}
	return chooseConnection{nodes[s.at].FQDN, vos.Connections()[n-1]}, nil
}

func (s *waysView) view(f *face, w, h int) string {
	var ways []string
	for i, way := range vos.Connections() {
		ways = append(ways, f.Dim.Render("  "+strconv.Itoa(i+1)+"  "+f.Fit(f.Say(way.Title()), w-5)))
	}
	var table []string
	for i, n := range f.plan.Nodes() {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		table = append(table, mark+f.Pad(cert.Printable(n.FQDN), 34)+" "+f.Fit(f.Say(n.Connection.Title()), w-37))
	}
	text := append([]string{""}, layout.Wrap(f.Say("Manual is for nodes that no program may log in to. You run each step and paste the output. The "+
		"ports are still checked by uccx-tui."), w)...)
	lines := append(append([]string{""}, ways...), text...)
	return strings.Join(append(f.headed(f.Say("Connection per node"), table, s.at, w, max(h-len(lines), 5)), lines...), "\n")
}
