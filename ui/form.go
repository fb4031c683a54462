package ui

import (
	"fmt"
	"net"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// maxForm is how many nodes the form takes.
const maxForm = 8

// kinds are what a node can be, as the form and line mode ask for it.
var kinds = []struct {
	label   string
	product vos.Product
	role    vos.Role
}{
	{"UCCX publisher", vos.UCCX, vos.Publisher}, {"UCCX subscriber", vos.UCCX, vos.Subscriber}, {"UCCX, single node", vos.UCCX, vos.Standalone},
	{"CCP / SocialMiner", vos.CCP, vos.Standalone}, {"MediaSense publisher", vos.MediaSense, vos.Publisher}, {"MediaSense subscriber", vos.MediaSense, vos.Subscriber},
	{"Finesse primary", vos.Finesse, vos.Publisher}, {"Finesse secondary", vos.Finesse, vos.Subscriber}, {"CUIC primary", vos.CUIC, vos.Publisher},
	{"CUIC secondary", vos.CUIC, vos.Subscriber}, {"Live Data primary", vos.LiveData, vos.Publisher}, {"Live Data secondary", vos.LiveData, vos.Subscriber},
}

// formNode is what is typed about one node.
type formNode struct {
	fqdn, address string
	kind          int // index of kinds; -1: no more nodes
}

// formValues live on the heap: the form writes into them.
type formValues struct {
	name  string
	nodes [maxForm]formNode
}

// formView is the solution form. It keeps huh behind this file.
type formView struct {
	values *formValues
	form   *huh.Form
}

func newForm(f *face) (*formView, tea.Cmd) {
	v := &formValues{name: "renewal"}
	for i := range v.nodes {
		v.nodes[i].kind = -1
	}
	v.nodes[0].kind, v.nodes[1].kind, v.nodes[2].kind = 0, 1, 3
	s := &formView{values: v}
	groups := []*huh.Group{huh.NewGroup(huh.NewInput().Title(f.say("Name of the change")).Description(f.say("the session is found again by it")).Value(&v.name).Validate(notEmpty(f)))}
	for i := range v.nodes {
		groups = append(groups, s.group(f, i))
	}
	s.form = huh.NewForm(groups...).WithShowHelp(false).WithShowErrors(false).WithTheme(huh.ThemeFunc(formTheme))
	s.size(f)
	return s, s.form.Init()
}

func (s *formView) group(f *face, i int) *huh.Group {
	v := s.values
	n := &v.nodes[i]
	options := []huh.Option[int]{}
	if i > 0 {
		options = append(options, huh.NewOption(f.say("no more nodes"), -1))
	}
	for k, kind := range kinds {
		options = append(options, huh.NewOption(f.say(kind.label), k))
	}
	return huh.NewGroup(
		huh.NewSelect[int]().Title(f.say("Node %d is", i+1)).Options(options...).Height(6).Value(&n.kind),
		huh.NewInput().Title(f.say("Its full name (FQDN)")).Placeholder(f.say("such as uccx1.example.com")).Value(&n.fqdn).Validate(func(text string) error { return checkFQDN(f, n.kind, text) }),
		huh.NewInput().Title(f.say("Address, only if it is not reached by its name")).Placeholder(f.say("such as 10.0.0.5, or host 22=40022 8443=40843")).Value(&n.address).
			Validate(func(text string) error { _, _, err := ParseAddress(text); return err }),
	).WithHideFunc(func() bool { return i > 0 && v.nodes[i-1].kind < 0 })
}

// formTheme is the few colours of the face, for huh.
func formTheme(bool) *huh.Styles {
	t := huh.ThemeBase(true)
	accent := lipgloss.NewStyle().Foreground(lipgloss.Color("6"))
	t.Focused.Title = accent.Bold(true)
	t.Focused.SelectSelector = accent.SetString("> ")
	t.Focused.TextInput.Cursor = lipgloss.NewStyle()
	t.Focused.ErrorMessage = lipgloss.NewStyle().Foreground(lipgloss.Color("1"))
	t.Focused.ErrorIndicator = lipgloss.NewStyle().Foreground(lipgloss.Color("1")).SetString(" !")
	t.Focused.Base, t.Blurred.Base = lipgloss.NewStyle(), lipgloss.NewStyle() // no bar at the left: one sign fewer to draw
	t.Blurred.Title = lipgloss.NewStyle().Faint(true)
	return t
}

func (s *formView) size(f *face) {
	w, h := f.room()
	s.form = s.form.WithWidth(max(w, 20)).WithHeight(max(h-3, 4))
}

func notEmpty(f *face) func(string) error {
	return func(text string) error {
		if strings.TrimSpace(text) == "" {
			return fmt.Errorf("%s", f.say("a name is needed"))
		}
		return nil
	}
}

// checkFQDN holds what was typed against the rule for names (PRE-2); a node that is not there needs none.
func checkFQDN(f *face, kind int, text string) error {
	if kind < 0 {
		return nil
	}
	if err := vos.CheckFQDN(strings.TrimSpace(text)); err != nil {
		return fmt.Errorf("%s", f.say(err.Error()))
	}
	return nil
}

// ParseAddress reads where a node is dialled: "host", "host:port" for another SSH port, and "port=port" pairs behind it
// for NAT and labs: "host 22=40022 8443=40843". Empty text is the FQDN.
func ParseAddress(text string) (host string, ports map[int]string, err error) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return "", nil, nil
	}
	host, fields = fields[0], fields[1:]
	if h, p, err := net.SplitHostPort(host); err == nil {
		host, fields = h, append(fields, "22="+p)
	}
	for _, pair := range fields {
		from, to, ok := strings.Cut(pair, "=")
		a, err1 := strconv.ParseUint(from, 10, 16)
		b, err2 := strconv.ParseUint(to, 10, 16)
		if !ok || err1 != nil || err2 != nil || a == 0 || b == 0 {
			return "", nil, fmt.Errorf("%q: write the node's port, =, and the port to dial, such as 8443=40843", pair)
		}
		if ports == nil {
			ports = map[int]string{}
		}
		ports[int(a)] = net.JoinHostPort(host, to)
	}
	return host, ports, nil
}

func (s *formView) keys(*face) []binding {
	return []binding{{"enter", "next field", "Goes on; after the last node the plan is made.", ""}, {"shift+tab", "field before", "Goes back one field.", ""},
		{"up/down", "choose", "Moves in a list.", ""}, {"f1", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back; nothing is kept.", ""}}
}

func (s *formView) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	if _, ok := msg.(tea.WindowSizeMsg); ok {
		s.size(f)
		return nil, nil
	}
	m, cmd := s.form.Update(msg)
	if form, ok := m.(*huh.Form); ok {
		s.form = form
	}
	if s.form.State != huh.StateCompleted {
		return nil, cmd
	}
	c, err := s.values.change()
	if err != nil {
		f.tell(true, "%s", err.Error())
		return showForm{}, cmd
	}
	return begin{c}, cmd
}

func (s *formView) view(f *face, w, _ int) string {
	lines := []string{f.bold.Render(f.say("A new change: which nodes?")), ""}
	lines = append(lines, strings.Split(strings.TrimRight(s.form.View(), " \n"), "\n")...)
	for _, err := range s.form.Errors() {
		lines = append(lines, "", f.red.Render(f.fit(cert.Printable(err.Error()), w)))
	}
	return strings.Join(lines, "\n")
}

// change makes the solution of what was typed: nodes of one product follow their publisher.
func (v *formValues) change() (steps.Change, error) {
	c := steps.Change{Name: strings.TrimSpace(v.name), Path: steps.PathSigned, Unit: "tomcat"}
	c.Solution.Name = c.Name
	for i := range v.nodes {
		if v.nodes[i].kind < 0 {
			break
		}
		if err := v.nodes[i].join(&c.Solution); err != nil {
			return c, err
		}
	}
	if len(c.Solution.Clusters) == 0 {
		return c, fmt.Errorf("a change needs one node at least")
	}
	return c, nil
}

func (n formNode) join(s *vos.Solution) error {
	kind := kinds[n.kind]
	host, ports, err := ParseAddress(n.address)
	if err != nil {
		return err
	}
	one := vos.Node{FQDN: strings.ToLower(strings.TrimSpace(n.fqdn)), Address: host, Ports: ports, Product: kind.product, Role: kind.role}
	return s.Join(one)
}
