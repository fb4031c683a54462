package form

import (
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/ask"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Discovery asks for a node of a cluster and the account with which it is asked. The password is never shown, stored or written; it
// is kept until the discovery is left, so that a node of the next cluster can be asked with it.
type Discovery struct {
	theme    layout.Theme
	host     *ask.Text
	user     *ask.Text
	password widget.Secret
	at       int       // the field that takes letters: node, user, password
	login    vos.Login // that was used last
	found    []string  // the clusters that were found, for people
	asking   bool      // a node is being asked
}

// NewDiscovery begins with the user that was typed last, or "".
func NewDiscovery(t layout.Theme, user string) *Discovery {
	d := &Discovery{theme: t, user: ask.NewText(t, "", user, t.Say("such as administrator"), app.CheckLogin(t.Localizer, nil, ""))}
	d.again()
	return d
}

// again asks for another node.
func (d *Discovery) again() {
	d.at = 0
	d.host = ask.NewText(d.theme, "", "", d.theme.Say("such as uccx1.example.com or 10.0.0.5:22"), func(text string) error {
		if err := ask.Filled(d.theme.Say("Enter the name or address of a node."))(text); err != nil {
			return err
		}
		_, err := hostOf(text)
		return err
	})
}

// Update takes a key or a paste into the field that has the letters.
func (d *Discovery) Update(msg tea.Msg) {
	switch d.at {
	case 0:
		d.host.Update(msg)
	case 1:
		d.user.Update(msg)
	default:
		d.password.Update(msg)
	}
}

// move goes to another field.
func (d *Discovery) move(by int) { d.at = (d.at + by + 3) % 3 }

// Last reports whether Enter asks a node.
func (d *Discovery) Last() bool { return d.at == 2 }

// Asking reports whether a node is being asked.
func (d *Discovery) Asking() bool { return d.asking }

// Ends reports whether Enter goes back to the form: something was found, and no other node is named.
func (d *Discovery) Ends() bool {
	return len(d.found) > 0 && d.at == 0 && strings.TrimSpace(d.host.Text()) == ""
}

// Enter takes the field; behind the password ask is true, and q is what a node is asked. An error is for the person.
func (d *Discovery) Enter() (q app.Query, ready bool, err error) {
	fields := []*ask.Text{d.host, d.user}
	for i, field := range fields[:min(d.at+1, 2)] {
		if err := field.Take(); err != nil {
			d.at = i
			return q, false, err
		}
	}
	if d.at < 2 {
		d.at++
		return q, false, nil
	}
	if d.password.Len() > 0 {
		d.login.Password.Wipe()
		d.login.Password = vos.NewSecret(d.password.Take())
	}
	if d.login.Password.Empty() {
		return q, false, errors.New(d.theme.Say("the password is required"))
	}
	d.login.User = strings.TrimSpace(d.user.Text())
	d.asking = true
	host, _ := hostOf(d.host.Text())
	return app.Query{Host: host, Login: d.login}, true, nil
}

// hostOf is the node that is typed.
func hostOf(text string) (string, error) {
	host := strings.TrimSpace(text)
	if h, _, ok := strings.Cut(host, ":"); ok && strings.Count(host, ":") == 1 {
		return host, vos.CheckHost(h)
	}
	return host, vos.CheckHost(host)
}

// Answered notes what was found, or that nothing was.
func (d *Discovery) Answered(nodes []vos.Node) {
	d.asking = false
	if len(nodes) == 0 {
		return
	}
	d.found = append(d.found, d.theme.Say(nodes[0].Product.Facts().Label)+": "+shorts(names(nodes)))
	d.again()
}

// Wipe forgets the password.
func (d *Discovery) Wipe() {
	d.password.Wipe()
	d.login.Password.Wipe()
}

// View draws the fields in w cells.
func (d *Discovery) View(w int) string {
	t := d.theme
	lines := append([]string{t.Bold.Render(t.Say("Discover the nodes of a cluster")), ""}, layout.Wrap(t.Say("Logs in to one node of each cluster, and reads its product and which other nodes there are. Nothing is changed."), w)...)
	for _, found := range d.found {
		lines = append(lines, "", t.Green.Render(t.Done)+" "+cert.Printable(found))
	}
	if len(d.found) > 0 {
		lines = append(lines, layout.Wrap(t.Say("Enter a node of the next cluster, or press Enter to continue."), w)...)
	}
	labels := layout.LabelWidth(10, t.Say("Node"), t.Say("User"), t.Say("Password"))
	secret := d.password.View(t, w-labels-4, d.at == 2)
	if d.password.Len() == 0 && !d.login.Password.Empty() && d.at != 2 {
		secret = t.Dim.Render(t.Say("as before"))
	}
	host, user := d.host.Line(w-labels-4), d.user.Line(w-labels-4)
	if d.at != 0 {
		host, _ = layout.CutCursor(host)
	}
	if d.at != 1 {
		user, _ = layout.CutCursor(user)
	}
	lines = append(lines, "", widget.Marked(t, d.at == 0)+t.Pad(t.Say("Node"), labels)+host, widget.Marked(t, d.at == 1)+t.Pad(t.Say("User"), labels)+user,
		widget.Marked(t, d.at == 2)+t.Pad(t.Say("Password"), labels)+secret)
	if d.asking {
		host, _ := hostOf(d.host.Text())
		lines = append(lines, "", t.Say("Asking %s. Esc stops it.", cert.Printable(host)))
	}
	return strings.Join(lines, "\n")
}
