//go:build unix

package e2e_test

import (
	"strings"
	"syscall"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestByKeys walks the whole path at 80x24, is killed in the middle, and goes on: in English, and in a language of wide letters. What a
// person types is the same in all: the names of nodes, and the words that a question names.
func TestByKeys(t *testing.T) {
	t.Parallel()
	for _, tag := range po.Tags() {
		if !*everyLanguage && tag != po.English && tag != "ja" {
			continue
		}
		t.Run(tag, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			s := p.sit("--lang", tag)
			lookedAtForm(s)
			prepared(s)
			if err := s.cmd.Process.Signal(syscall.SIGKILL); err != nil {
				t.Fatal(err)
			}
			<-s.gone
			s = p.sit("--lang", tag, "resume")
			sentAndLoaded(s)
			installedAndProven(s)
			s.press("\x03")
			<-s.gone
			if code := s.cmd.ProcessState.ExitCode(); code != 0 {
				t.Errorf("exit %d", code)
			}
			p.onceEach("lab")
		})
	}
}

// lookedAtForm walks from the home screen into the form of a new change and back, and opens the lab.
func lookedAtForm(s *seat) {
	s.t.Helper()
	s.see(s.say("What do you want to do?"), s.say("Quit"))
	s.press(enter)
	s.see(s.say("New change"), s.key("next"))
	s.press(enter) // nodes are typed
	s.unseen(s.say("How do you want to enter the nodes"))
	s.press("HQ")
	s.see(s.theme.Next + " HQ")
	s.press(esc)
	s.see(s.say("What do you want to do?"), s.say("Quit"))
	s.press(down)
	s.see(s.theme.Next + " " + s.say("Lab"))
	s.press(enter)
}

// prepared walks from the plan to the CSRs.
func prepared(s *seat) {
	s.t.Helper()
	s.see(s.say("Log in to every node"), s.say("below this line services stop"), "LAB", s.key("next"))
	s.press(enter)
	s.see(s.say("Log in to every node"), s.key("start"))
	s.press(enter)
	first := s.say("First connection to %d nodes. Compare each SSH host key. Yes accepts the first, of %s", 3, "uccx1.lab.example")
	s.answer(down+down+enter, string([]rune(first)[:15]), "uccx1  ssh-rsa SHA256:") // all of them; it takes more than a line
	s.answer("\x15accept 3"+enter, s.say("Accept these %d keys? Type: %s", 3, "accept 3"))
	s.see(s.done("ccp"), s.key("next"))
	s.press(enter)
	s.row("Read every node", s.done("ccp"))
	s.row("Check prerequisites", s.theme.T(msg.N("1 note", "%d notes", 1)))
	s.row("Generate a CSR on each node", s.done("ccp"))
}

// sentAndLoaded walks from a session with CSRs to the CA and back.
func sentAndLoaded(s *seat) {
	s.t.Helper()
	s.see(s.say("Generate a CSR on each node"), s.say("%d of %d", 3, 3), s.key("next"))
	s.press(enter)
	s.row("Prepare the CSRs for the CA", s.done("solution"))
	s.see(s.say("Send the CSRs to the CA"), "to-the-ca.txt")
	s.press("y")
	s.see(string([]rune(s.say("Sent to your terminal's clipboard. If your terminal does not support this, use the file in the outbox."))[:12]))
	s.press("b")
	s.see("-----BEGIN CERTIFICATE REQUEST-----", "-----END CERTIFICATE REQUEST-----", strings.TrimSpace(s.say("Enter goes back to the screens: ")))
	s.press(enter)
	s.see("to-the-ca.txt")
	s.mu.Lock()
	if !s.clip {
		s.t.Error("no clipboard sequence was sent")
	}
	s.mu.Unlock()
	s.press(enter)
	s.answer(down+enter, s.say("Have you sent all CSRs to the CA?"))
	s.see(s.done("solution"), s.key("next"))
	s.press(enter)
	s.see(s.say("matches %s", "uccx1"), s.say("matches %s", "uccx2"), s.say("matches %s", "ccp"), s.key("load selected files"))
	s.press(enter)
	s.see(s.say("Load the CA's reply"), s.done("solution"), s.key("next"))
	s.press(enter)
}

// installedAndProven walks from the reply of the CA to the report.
func installedAndProven(s *seat) {
	s.t.Helper()
	s.row("Upload the root", s.done("ccp"))
	s.row("Upload the intermediates", s.done("ccp"))
	s.row("Verify the chain on the subscriber", s.done("uccx2"))
	s.row("Install the certificate", s.done("ccp"))
	for _, node := range []string{"ccp", "uccx1", "uccx2"} {
		s.see(s.say("SERVICES STOP on this node"), node+".lab.example")
		s.answer(node+enter, s.say("Type the node's name to restart it now."), node+".lab.example")
		if node != "uccx2" {
			continue
		}
		s.see(s.done("ccp"), s.done("uccx2"), s.key("next"))
	}
	s.press(enter)
	s.row("Verify every port", s.done("ccp"))
	s.see(s.say("Functional tests with agents"))
	for screen := s.settled(); strings.Contains(screen, s.say("Later: it stays pending in the report")); screen = s.settled() {
		s.yes(screen)
	}
	s.see(s.done("uccx2"), s.key("next"))
	s.press(enter)
	s.row("Write the report", s.done("solution"))
	s.see(s.say("All ports are verified. Nothing is pending."))
}
