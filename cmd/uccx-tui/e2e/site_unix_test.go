//go:build unix

package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// site is a place whose solutions folder has the file of served nodes, with the account and the host keys that were compared.
func (s served) site(t *testing.T) place {
	t.Helper()
	p := newPlace(t)
	data, err := os.ReadFile(s.solution(t, true))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(p.home, "config", "uccx-tui", "solutions")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "hq.toml"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// quits ends the program at the plan, before anything was done.
func (s *seat) quits() {
	s.t.Helper()
	s.press("\x03")
	<-s.gone
}

// TestSavedSolutionByKeys: a saved solution is chosen in the form; its account stands in the login and its host keys need no
// question, also after the program was ended before the first login and the session was taken up again.
func TestSavedSolutionByKeys(t *testing.T) {
	t.Parallel()
	far := newPlace(t)
	nodes := far.serve()
	p := nodes.site(t)
	s := p.sit()
	s.see("What do you want to do?")
	s.press(enter)
	s.see("Saved solution hq")
	s.pick("How do you want to enter the nodes", 2, "Saved solution hq")
	s.see("HQ renewal", "uccx1.lab.example", "enter create plan")
	s.takes()
	s.see("Log in to every node", "enter next", "Saved as solution HQ-renewal.toml")
	s.quits()

	s = p.sit("resume", "HQ renewal")
	s.see("Log in to every node", "enter next")
	s.press(enter)
	s.see("enter start")
	s.press(enter)
	s.see("The OS Administration account", "▸ User      "+nodes.User)
	s.press(enter)
	s.see("▸ Password")
	s.press(nodes.Password)
	s.see(strings.Repeat("*", len(nodes.Password)))
	s.answer(enter, "The OS Administration account")
	s.see("✓ uccx1", "✓ uccx2", "✓ ccp", "enter next")
	if strings.Contains(s.stream(), "SSH host key") {
		t.Error("a host key that the file names is asked about")
	}
	s.quits()
	p.nowhere(nodes.Password)
}

// TestFormByKeys: a list that is pasted becomes nodes; what is typed ahead reaches its fields; the plan that is made of it can be
// corrected as long as nothing was changed on a node, and the session keeps its name.
func TestFormByKeys(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit()
	s.see("What do you want to do?")
	s.press(enter)
	s.pick("How do you want to enter the nodes", 0, "Type or paste them")
	s.see("Name")
	s.press("HQ" + enter + enter) // the name and the task, in one write
	s.see("Product and role of node 1", "HQ")
	s.press(pasted("FQDN\tIP\tRole\r\nuccx1.example.com\t10.0.0.5\tPublisher\r\nuccx2.example.com\t\tSubscriber\r\nchat.exmple.com\t\t\r\n"))
	s.see("Nodes added: 3", "UCCX publisher   uccx1.example.com", "10.0.0.5", "uccx2.example.com", "chat.exmple.com")
	s.press("\x1b[Z\x1b[Z\x1b[Z") // the name says nothing of CCP
	s.pick("Product and role of node 3", 1, "CCP / SocialMiner")
	s.see("FQDN of Node 3")
	s.takes()
	s.see("IP address or NAT for Node 3")
	s.takes()
	s.see("enter create plan", "CCP / SocialMiner  chat.exmple.com")
	s.takes()
	s.see("Log in to every node", "enter next", "Saved as solution HQ.toml")

	s.press("E")
	s.see("Change the plan", "chat.exmple.com", "enter change plan")
	s.press("\x1b[Z")
	s.see("IP address or NAT for Node 3")
	s.press("\x1b[Z")
	s.see("FQDN of Node 3")
	s.press("\x1b[H" + strings.Repeat("\x1b[C", 7) + "a") // in the middle of the text
	s.see("▸ chat.example.com")
	s.takes()
	s.see("IP address or NAT for Node 3")
	s.takes()
	s.see("enter change plan")
	s.takes()
	s.see("Log in to every node", "enter next")
	s.quits()
	out, _, code := p.run("plan", "HQ")
	if code != 0 || !strings.Contains(out, "chat.example.com") || strings.Contains(out, "exmple") {
		t.Errorf("exit %d, the plan was not changed:\n%s", code, out)
	}
	if all, err := os.ReadDir(filepath.Join(p.home, "state", "uccx-tui", "sessions")); err != nil || len(all) != 1 {
		t.Errorf("sessions: %v, %v", all, err)
	}
	if all, err := os.ReadDir(filepath.Join(p.home, "state", "uccx-tui", "archive")); err != nil || len(all) != 1 {
		t.Errorf("the first one was not put away: %v, %v", all, err)
	}
}

// TestDiscoverInForm: in the form a node is asked for its cluster; its host key is compared before the password is sent, and not asked
// about again when the change begins.
func TestDiscoverInForm(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	nodes := far.serve()
	s := p.sit()
	s.see("What do you want to do?")
	s.press(enter)
	s.pick("How do you want to enter the nodes", 1, "Discover")
	s.see("Discover the nodes of a cluster")
	s.press(nodes.Nodes[0].SSH + enter)
	s.see("▸ User")
	s.press(nodes.User + enter)
	s.see("▸ Password")
	s.press(nodes.Password)
	s.see(strings.Repeat("*", len(nodes.Password)))
	s.takes()
	s.see(nodes.Nodes[0].HostKey[:20], "Is it the same?", "▸ No")
	s.press("y")
	s.see("▸ Yes")
	s.answer(enter, "Is it the same?")
	s.see("UCCX: uccx1, uccx2", "enter continue")
	s.takes()
	s.see("uccx2.lab.example", "enter create plan")
	s.takes()
	s.see("Log in to every node", "enter next")
	s.press(enter)
	s.see("enter start")
	s.press(enter)
	s.see("The OS Administration account", nodes.User, "▸ Password")
	s.press(nodes.Password)
	s.see(strings.Repeat("*", len(nodes.Password)))
	s.answer(enter, "The OS Administration account")
	s.see("✓ uccx1", "this machine cannot resolve the", "E edit") // its host key was compared; the other one is not reached by its name here
	s.quits()
	p.nowhere(nodes.Password)
}
