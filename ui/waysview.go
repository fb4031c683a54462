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
	showWays struct{}
	// chooseWay says how a node is spoken to from now on.
	chooseWay struct {
		node string
		way  vos.Way
	}
)

// waysView shows how each node is spoken to, and takes another way for the one at the mark.
type waysView struct{ list }

func (s *waysView) keys(f *face) []binding {
	off := ""
	if f.running != "" {
		off = f.Say("a row is at work: wait for its result")
	}
	return []binding{{"1 to " + strconv.Itoa(len(vos.AllWays())), "take that way", "Says how the node at the mark is spoken to from now on; it is written down. What is done stays done.", off},
		{"up/down", "choose the node", "Moves the mark.", ""}, {"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back.", ""}}
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
	if err != nil || n < 1 || n > len(vos.AllWays()) {
		return nil, nil
	}
	if off := s.keys(f)[0].off; off != "" {
		f.tell(false, "%s", off)
		return nil, nil
	}
	return chooseWay{nodes[s.at].FQDN, vos.AllWays()[n-1]}, nil
}

func (s *waysView) view(f *face, w, h int) string {
	var ways []string
	for i, way := range vos.AllWays() {
		ways = append(ways, f.Dim.Render("  "+strconv.Itoa(i+1)+"  "+f.Fit(f.Say(way.Title()), w-5)))
	}
	var table []string
	for i, n := range f.plan.Nodes() {
		mark := "  "
		if i == s.at {
			mark = f.Accent.Render(f.Next) + " "
		}
		table = append(table, mark+f.Pad(cert.Printable(n.FQDN), 34)+" "+f.Fit(f.Say(n.Way.Title()), w-37))
	}
	text := append([]string{""}, layout.Wrap(f.Say("By hand is for a node that no program may log in to: each step is shown, you do it and paste what the node said. The addresses that it serves are looked at by the program all the same."), w)...)
	lines := append(append([]string{""}, ways...), text...)
	return strings.Join(append(f.headed(f.Say("How each node is spoken to"), table, s.at, w, max(h-len(lines), 5)), lines...), "\n")
}
