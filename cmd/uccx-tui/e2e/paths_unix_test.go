//go:build unix

package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

var nodeOnScreen = regexp.MustCompile(`[a-z0-9]+\.lab\.example`)

// walk plays a lab by keys until All ports are verified: what the screen offers on Enter, and for each question what a careful
// technician would say.
func (s *seat) walk() {
	s.t.Helper()
	for range 300 {
		screen := s.settled()
		if strings.Contains(screen, "All ports are verified. Nothing is pending.") {
			return
		}
		s.stroke(screen)
	}
	s.t.Fatalf("no end is in sight:\n%s", s.screen())
}

// stroke answers one screen.
func (s *seat) stroke(screen string) {
	s.t.Helper()
	switch has := func(words string) bool { return strings.Contains(screen, words) }; {
	case has("Type the node's name"):
		s.answer(nodeOnScreen.FindString(screen)+enter, nodeOnScreen.FindString(screen), "Type the node's name")
	case has("SSH host key"):
		s.answer(down+enter, "→ "+nodeOnScreen.FindString(screen), "SSH host key")
	case has("Findings on"):
		s.answer(down+enter, "Findings on", nodeOnScreen.FindString(screen))
	case has("Have you sent all CSRs"):
		s.answer(down+enter, "Have you sent all CSRs to the CA?")
	case has("How should tomcat-ECDSA be handled?"): // the first answer is "not decided yet"
		s.answer(down+enter, "→ "+nodeOnScreen.FindString(screen), "How should tomcat-ECDSA be handled?")
	case has("CA certificates of peers are missing."): // the careful answer is to skip them; the server's owner has sent the root
		s.answer(down+enter, "CA certificates of peers are missing.")
	case has("Are these the certificates of the peers?"):
		s.answer(down+enter, "Are these the certificates of the peers?")
	case has("Later: it stays pending"):
		s.yes(screen)
	default:
		s.press(enter)
		s.other(screen)
	}
}

// yes takes the second answer of a question that other nodes are asked in the same words: it is answered when another node or
// another question stands there.
func (s *seat) yes(screen string) {
	s.t.Helper()
	s.press(down)
	s.see(s.theme.Next + " " + s.say("Yes"))
	s.takesEffect(enter, func() bool { return s.asked(s.screen()) != s.asked(screen) })
}

// asked is the node and the question of a screen.
func (s *seat) asked(screen string) string {
	for _, l := range strings.Split(screen, "\n") {
		if strings.Contains(l, s.theme.Arrow+" ") {
			return strings.TrimSpace(l) + " " + question(screen)
		}
	}
	return question(screen)
}

// question is the line of a screen that ends in a question mark.
func question(screen string) string {
	for _, l := range strings.Split(screen, "\n") {
		if l = strings.TrimSpace(l); strings.HasSuffix(l, "?") || strings.HasSuffix(l, "？") {
			return l
		}
	}
	return ""
}

// settled waits until the screen offers something: nothing is at work on it.
func (s *seat) settled() string {
	s.t.Helper()
	var offers []string
	for _, o := range []string{"enter start", "enter next", "enter answer", "enter load selected files", "enter sent", "enter report", "enter again", "enter try again", "enter home", "enter log in", "enter plan", "Result: passed", "All ports are verified"} {
		if label, ok := strings.CutPrefix(o, "enter "); ok {
			o = s.key(label)
		}
		offers = append(offers, o)
	}
	for late := time.After(60 * time.Second); ; {
		screen := s.screen()
		if slices.ContainsFunc(offers, func(o string) bool { return strings.Contains(screen, o) }) {
			return screen
		}
		select {
		case <-s.news:
		case <-s.gone:
			s.t.Fatalf("the program ended:\n%s", s.screen())
		case <-late:
			s.t.Fatalf("nothing is offered on\n%s", s.screen())
		}
	}
}

// other waits until the screen is another one.
func (s *seat) other(than string) {
	s.t.Helper()
	for late := time.After(60 * time.Second); s.screen() == than; {
		select {
		case <-s.news:
		case <-s.gone:
			s.t.Fatalf("the program ended:\n%s", s.screen())
		case <-late:
			s.t.Fatalf("Enter does nothing on\n%s", s.screen())
		}
	}
}

// TestSolutionsByKeys plays the UCCE solution and the largest one of the documents at 80x24. The script server of the latter sends
// no root: its owner's files complete the chain.
func TestSolutionsByKeys(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ucce", "largest"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s := p.sit("lab", name)
			s.walk()
			s.press("\x03")
			<-s.gone
			if code := s.cmd.ProcessState.ExitCode(); code != 0 {
				t.Errorf("exit %d", code)
			}
		})
	}
}

// TestFirstByKeys plays a first deployment at 80x24 (FIRST-1 to FIRST-8). The findings about names, DNS and clock name what is to be done;
// it is done on the spot, and the check is made again. Nothing is accepted, and the lesson is passed.
func TestFirstByKeys(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit("lab", "first-deployment")
	s.upToQuestion("Names and DNS of", "no PTR record for", "at the DNS servers")
	s.does("Ask for the PTR record of uccx1 to be added")
	s.does("Type set network domain lab.example on uccx2")
	s.upToQuestion("Clock of ccp", "the clock follows no NTP server", "utils ntp restart")
	s.does("Ask for NTP to be corrected on ccp")
	s.upToQuestion("Who signs the certificates of these nodes?", "internal CA: no warnings once its root is on every PC", "chat from the internet: ccp.lab.example needs a public CA")
	s.answer(down+enter, "Who signs the certificates of these nodes?")
	s.upToQuestion("Do these addresses open without a warning", "https://uccx1.lab.example:7443/ (agents, supervisors and reporting users)", "▸ Later: it stays pending")
	s.walk()
	s.press("\x03")
	<-s.gone
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit %d", code)
	}
	for fqdn, c := range p.counts("first-deployment") {
		if c.CSRs != 1 || c.OwnUploads != 1 || c.Restarts != 1 {
			t.Errorf("%s: %+v", fqdn, c)
		}
	}
	text, _, code := p.run("lab", "grade", "first-deployment")
	if code != 0 || !strings.Contains(text, "Result: passed\n") || !strings.Contains(text, "Type set network domain lab.example on uccx2") {
		t.Errorf("grade: exit %d\n%s", code, text)
	}
}

// upToQuestion plays by keys until a question is asked that says these words; "check again" answers what is asked before.
func (s *seat) upToQuestion(words ...string) {
	s.t.Helper()
	for range 80 {
		screen := s.settled()
		flat := strings.Join(strings.Fields(screen), " ")
		if strings.Contains(flat, words[0]) {
			for _, w := range words[1:] {
				if !strings.Contains(flat, w) {
					s.t.Errorf("%q is not on\n%s", w, screen)
				}
			}
			return
		}
		if strings.Contains(screen, "▸ Check again") {
			s.answer(enter, "→ "+nodeOnScreen.FindString(screen), "▸ Check again")
			continue
		}
		s.stroke(screen)
	}
	s.t.Fatalf("%q is not asked:\n%s", words[0], s.screen())
}

// does lets a trainee do something outside of the program, from a question on.
func (s *seat) does(title string) {
	s.t.Helper()
	if strings.Contains(s.screen(), "enter answer") {
		s.press("\x1b")
		s.see("enter next")
	}
	s.press("o")
	s.see("Outside uccx-tui", title)
	for range 10 {
		if strings.Contains(s.screen(), "▸ "+title) {
			break
		}
		screen := s.screen()
		s.press(down)
		s.other(screen)
	}
	s.takes()
	s.see("Done: " + title)
}

// TestEveryPathByItself plays a lesson of each path unattended: exit 0 is "All ports are verified".
func TestEveryPathByItself(t *testing.T) {
	t.Parallel()
	all, err := sim.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range steps.Paths() {
		i := slices.IndexFunc(all, func(s sim.Scenario) bool { return s.Path == path.ID })
		if i < 0 {
			t.Errorf("%s: there is no lesson for it", path.ID)
			continue
		}
		if path.ID == change.PathSigned {
			continue // TestLabAuto
		}
		t.Run(path.ID, func(t *testing.T) {
			t.Parallel()
			if out, errout, code := newPlace(t).run("lab", all[i].Name, "--auto"); code != 0 {
				t.Errorf("%s: exit %d\n%s\n%s", all[i].Name, code, errout, out)
			}
		})
	}
}

// TestRenewal: two runs on one solution, the second from the first. Renew asks before a second session is there; behind that it takes five keys to the CSRs.
func TestRenewal(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if _, errout, code := p.run("lab", "--auto", "--name", "hq"); code != 0 {
		t.Fatalf("exit %d\n%s", code, errout)
	}
	s := p.sit()
	s.see("Renew hq")
	s.press(enter)
	s.see("Start a new change on the nodes of hq?", "▸ No")
	keys := "y" + enter + "R" + "y" + enter
	s.press(keys[:1])
	s.see("▸ Yes")
	s.answer(keys[1:2], "Start a new change on the nodes of hq?")
	s.see("Log in to every node", "R run until needed")
	s.press(keys[2:3])
	s.see("Run step after step until you are needed?")
	s.press(keys[3:4])
	s.see("▸ Yes")
	s.answer(keys[4:], "Run step after step until you are needed?")
	s.see("Send the CSRs to the CA", "to-the-ca.txt")
	if len(keys) > 5 {
		t.Errorf("%d keys from the question to the CSRs, want 5 at most", len(keys))
	}
	if strings.Contains(s.stream(), "First connection to") {
		t.Error("a host key that was accepted in the first run is asked for again")
	}
	s.walk()
	s.press("\x03")
	<-s.gone
	for fqdn, c := range p.counts("hq") {
		if c.CSRs != 2 || c.OwnUploads != 2 || c.Restarts != 2 {
			t.Errorf("%s: %+v, want two of each after two runs", fqdn, c)
		}
	}
	one, two := p.csrs("hq"), p.csrs("hq-2")
	if len(one) != 3 || len(two) != 3 {
		t.Fatalf("%d and %d CSRs", len(one), len(two))
	}
	for name, csr := range one {
		if csr == two[name] {
			t.Errorf("%s: the second run sent the CSR of the first", name)
		}
	}
}

// csrs returns what lies in the outbox of a session, by name.
func (p place) csrs(name string) map[string]string {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.home, "state", "uccx-tui", "sessions", name, plan.Outbox, "*.csr"))
	if err != nil {
		p.t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			p.t.Fatal(err)
		}
		all[filepath.Base(f)] = string(data)
	}
	return all
}
