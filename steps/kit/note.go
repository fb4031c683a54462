package kit

import (
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// desk is what agents have in this change.
type desk struct {
	desktop, accept     []string // addresses: of the desktop; those at which an agent is asked to accept a certificate
	live, reports, chat bool
}

// deskOf is what agents have, by the addresses that they open and by the products.
func deskOf(nodes []vos.Node, prompts []Prompt) (d desk) {
	for _, p := range prompts {
		d.live = d.live || slices.Contains(p.Rules, "CLI-8")
		d.reports = d.reports || slices.Contains(p.Rules, "CLI-7")
		if !ByAgents(p.Who, p.URL) {
			continue
		}
		if slices.Contains(p.Rules, "CLI-4") && !slices.Contains(d.desktop, p.URL) {
			d.desktop = append(d.desktop, p.URL)
		}
		if p.Asked && !slices.Contains(d.accept, p.URL) {
			d.accept = append(d.accept, p.URL)
		}
	}
	d.chat = slices.ContainsFunc(nodes, func(n vos.Node) bool { return n.Product.Traits().Chat })
	return d
}

// ByAgents reports whether agents open an address, by who opens its port; else it is for administrators or other servers alone.
func ByAgents(who msg.Text, url string) bool {
	return strings.Contains(who.Format, "agents") && !strings.HasSuffix(url, "/cfadmin")
}

// meanwhile is what agents notice while the nodes restart.
func (d desk) meanwhile() []msg.Text {
	var all []msg.Text
	if len(d.desktop) > 0 {
		all = append(all, msg.T("You may be logged out of the desktop once. Wait a few minutes and log in again."))
	}
	switch {
	case d.chat && d.reports:
		all = append(all, msg.T("Chat, email and reports may be unavailable for some minutes."))
	case d.chat:
		all = append(all, msg.T("Chat and email may be unavailable for some minutes."))
	case d.reports:
		all = append(all, msg.T("Reports may be unavailable for some minutes."))
	}
	if len(d.desktop) > 0 {
		all = append(all, msg.T("A call that you are handling stays connected on your phone, but you cannot control it\n  on the desktop while you are logged out."))
	}
	if len(all) == 0 {
		all = append(all, msg.T("Some services may be unavailable for some minutes."))
	}
	return all
}

// afterwards is what agents do before they start work.
func (d desk) afterwards() []msg.Text {
	all := []msg.Text{msg.T("Close all browser windows.")}
	if len(d.desktop) > 0 {
		all = append(all, msg.T("Open the desktop with this address:\n%s", strings.TrimSuffix(listed(d.desktop), "\n")),
			msg.T("Check that you can log in, change your state and take a call."))
	}
	if d.live {
		all = append(all, msg.T("Check that the Live Data gadgets show data."))
	}
	if d.reports {
		all = append(all, msg.T("Check that your reports open."))
	}
	if d.chat {
		all = append(all, msg.T("Check that you can open a chat."))
	}
	return all
}

// kitNote is one page for agents: what they have of the products of this change, and nothing else. end is when the change window
// ends, zero where that is not known: dates that are not told the program stay in brackets, to be filled in.
func kitNote(by msg.Localizer, nodes []vos.Node, prompts []Prompt, end time.Time) string {
	day, until := msg.T("[date]"), msg.T("[end time]")
	if !end.IsZero() {
		day, until = msg.Time(end, msg.Long), msg.Verbatim(end.Format("15:04 MST"))
	}
	d := deskOf(nodes, prompts)
	b := msg.Page{By: by}
	b.Say("Subject: Contact center maintenance on %[1]s\n\nDear colleagues,\n\nOn %[1]s from [start time] to %[2]s, we will renew the security certificates of our\ncontact center.\n\nDuring this time\n", day, until)
	for _, what := range d.meanwhile() {
		b.Say("- %s\n", what)
	}
	b.Say("\nBefore you start work after %s\n", until)
	for i, what := range d.afterwards() {
		b.Say("%d. %s\n", i+1, what)
	}
	b.Say("\nIf your browser shows a security warning\n")
	if len(d.accept) > 0 {
		b.Say("- Your IT may ask you to accept the certificate once. Accept it only for these addresses:\n%s- For any other address, do not continue. Call us.\n", listed(d.accept))
	} else {
		b.Say("- Do not continue. Call us and tell us the address and the text of the warning.\n")
	}
	b.Say("\nQuestions: [name, phone]\n")
	return b.String()
}
