package pages

import (
	"cmp"
	"net"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Manual is one dialogue that a person does on a node.
type Manual struct {
	Node    string
	Command string
	Paste   string   // the certificate that is pasted behind it, as PEM; "" for none
	Hints   []string // what is pasted, where the file lies, what to answer
	Stops   bool     // services stop
	Address string   // of OS Administration, where it can be done there
	Clicks  []string
	Wrong   string // why what was given was not accepted
	Lab     string // how a terminal reaches the node, in the lab; "" outside of it
}

// Manual is a manual task for people.
func (e Env) Manual(task engine.ManualTask) Manual {
	n, _ := e.Plan.Node(task.Node)
	m := Manual{Node: cert.Printable(task.Node), Command: cert.Printable(task.Dialogue.Line), Stops: task.Dialogue.Leaves, Wrong: cert.Printable(e.T(task.Wrong))}
	if e.Work != nil && e.Work.Lab != nil {
		m.Lab = e.labLogin(n)
	}
	if len(task.Dialogue.Paste) > 0 {
		m.Paste = layout.PrintableLines(strings.TrimSpace(string(task.Dialogue.Paste)))
		m.Hints = append(m.Hints, e.Say("paste the certificate %s, then an empty line", nameOf(string(task.Dialogue.Paste))))
	}
	if task.File != "" {
		m.Hints = append(m.Hints, e.Say("file: %s", cert.Printable(task.File)))
	}
	if reply := replyOf(task.Dialogue); reply != "" {
		m.Hints = append(m.Hints, e.Say("if asked, answer: %s", reply))
	}
	if task.Dialogue.Leaves {
		m.Hints = append(m.Hints, e.Say("if it reports an upgrade or a version switch: no"))
	}
	for _, c := range task.Clicks {
		m.Address = n.AdminAddress()
		m.Clicks = append(m.Clicks, e.Say(c.Text, args(c.Args)...))
	}
	return m
}

// labLogin says how another terminal of this machine reaches a simulated node. Its account opens nothing else.
func (e Env) labLogin(n vos.Node) string {
	host, port, err := net.SplitHostPort(n.Ports[vos.PortSSH])
	if err != nil {
		return ""
	}
	login := e.Work.Lab.Login
	return e.Say("LAB: in another terminal: %s (password: %s)", "ssh -p "+port+" "+login.User+"@"+host, login.Password.Reveal())
}

// replyOf is what a person answers when the node asks whether to go on; "" where it asks nothing.
func replyOf(d vos.Dialogue) string {
	reply := ""
	for _, a := range d.Answers {
		if reply != "yes" {
			reply = a.Reply
		}
	}
	return reply
}

// nameOf is the name of a PEM certificate, printable.
func nameOf(text string) string {
	if c := cert.FromPEM(text); c != nil {
		return cert.Name(c)
	}
	return "?"
}

// Shortened are the lines of what is typed; a certificate is shortened to its ends, with dots between them and a note of what ends it.
// What is said about a command (IsNote) is in the language of the person.
func (e Env) Shortened(text, dots string) []string {
	parts := strings.Split(strings.TrimSpace(text), "\n")
	if len(parts) > 4 {
		return []string{parts[0], parts[1], dots, parts[len(parts)-1], e.Say("(empty line)")}
	}
	for i, part := range parts {
		if IsNote(part) {
			parts[i] = e.Say(part)
		}
	}
	return parts
}

// IsNote reports whether a line of Shortened is said about a command, and is not typed.
func IsNote(line string) bool { return strings.HasPrefix(line, "(") }

// Wrong is what the first node of a row that did not do it has said, or what happened; "" where all is well.
func Wrong(row plan.Row) string {
	for _, t := range row.Tasks {
		if t.Trouble != nil && (t.State == plan.Failed || t.State == plan.Unsure) {
			return cmp.Or(t.Trouble.Said, t.Trouble.What.String())
		}
	}
	return ""
}

// Typed is what a person types or pastes on the node for a dialogue.
func Typed(d vos.Dialogue) string {
	text := cert.Printable(d.Line) + "\n"
	if len(d.Paste) > 0 {
		text += strings.TrimSpace(string(d.Paste)) + "\n\n"
	}
	return text
}
