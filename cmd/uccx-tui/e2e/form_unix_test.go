//go:build unix

package e2e_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// beside is a pair with a Unified CM beside it, and a server that its scripts call.
const beside = `title = "t"
story = "s"
goal = "g"
path = "signed"
hints = ["a", "b", "c"]
topology.clusters = [{product = "uccx", hosts = ["uccx1", "uccx2"]}, {product = "ccp", hosts = ["ccp"]}, {product = "cucm", hosts = ["cucm1"], neighbour = true}]
topology.targets = [{host = "api.partner.example"}]
setup = [{do = "exchange", of = ["cucm"], on = ["uccx"]}]
`

// besides is a cluster that stands in this process, so that the technician can click on its web pages.
func besides(t *testing.T) *sim.Cluster {
	t.Helper()
	lesson, err := sim.ReadScenario("beside.toml", "beside", []byte(beside), nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := sim.Start(sim.Options{Dir: t.TempDir(), Seed: 7, Scenario: &lesson})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// dialled is what is typed for a node that stands on this machine.
func dialled(n vos.Node) string {
	text := "127.0.0.1"
	for _, port := range slices.Sorted(maps.Keys(n.Ports)) {
		_, to, _ := strings.Cut(n.Ports[port], ":")
		text += fmt.Sprintf(" %d=%s", port, to)
	}
	return text
}

// pasted is a text as a terminal sends it that says so.
func pasted(text string) string { return "\x1b[200~" + text + "\x1b[201~" }

// fill gives a field of the form its text.
func (s *seat) fill(ask, text string) {
	s.t.Helper()
	s.see(ask)
	s.press(pasted(text))
	if len(text) > 0 {
		s.see(text[max(0, len(text)-12):])
	}
	s.takes()
}

// pick takes an option of a field that stands so many keys from where the mark is.
func (s *seat) pick(ask string, downs int, option string) {
	s.t.Helper()
	s.see(ask)
	s.press(strings.Repeat(down, downs))
	s.see(ask, "▸ "+option)
	s.takes()
}

// takes presses Enter as a person does: keys that come without a pause are a paste, whose Enter answers nothing.
func (s *seat) takes() {
	<-time.After(60 * time.Millisecond)
	s.press(enter)
}

// typeSolution types the cluster into the form, with all that stands besides its nodes; CCP keeps its certificate.
func (s *seat) typeSolution(c *sim.Cluster) {
	s.t.Helper()
	all := c.Solution()
	s.pick("How do you want to enter the nodes", 0, "Type or paste them")
	s.fill("Name", "")
	s.pick("What do you want to do", 0, "CA-signed certificates")
	kinds := []string{"UCCX publisher", "UCCX subscriber", "CCP / SocialMiner"}
	for i, n := range all.Nodes() {
		s.pick(fmt.Sprintf("Product and role of node %d", i+1), 0, kinds[i])
		s.fill(fmt.Sprintf("FQDN of Node %d", i+1), n.FQDN)
		s.fill(fmt.Sprintf("IP address or NAT for Node %d", i+1), dialled(n))
	}
	s.pick("Product and role of node 4", 1, "More options")
	s.pick("More options", 1, "Peer")
	s.pick("Product and role of the peer", 0, "Unified CM publisher")
	s.fill("FQDN of the peer", all.Peers[0].FQDN)
	s.fill("IP address or NAT for the peer", dialled(all.Peers[0]))
	s.pick("More options", 2, "Script server")
	s.fill("Script server", all.Targets[0].Host)
	s.fill("IP address or NAT of the server", all.Targets[0].Dial)
	s.pick("More options", 3, "New certificates on some nodes only")
	s.see("Nodes that get a new certificate")
	s.press(down + down + " ")
	s.see("[ ] CCP")
	s.takes()
	s.pick("More options", 4, "Multi-server certificate")
	s.pick("Multi-server certificate with the names of uccx1, uccx2", 0, "Yes")
	s.see("More options", "Replace   only uccx1, uccx2", "Shared    one certificate for uccx1, uccx2", "Scripts   api.partner.example", "Peer      Unified CM publisher", "enter create plan")
	s.takes()
}

// TestFormOfAWholeSite: a session that begins in the form, with a neighbour, a server that scripts call, a node that
// keeps its certificate and one certificate for the pair, is played to its end at 80x24; the form is kept as a solution
// file that says the same.
func TestFormOfAWholeSite(t *testing.T) {
	t.Parallel()
	c, p := besides(t), newPlace(t)
	s := p.sit()
	s.see("What do you want to do?")
	s.press(enter)
	s.typeSolution(c)
	s.see("Log in to every node", "Saved as solution renewal.toml")
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions", "renewal")
	downloads := filepath.Join(p.home, "Downloads")
	if err := os.Mkdir(downloads, 0o700); err != nil {
		t.Fatal(err)
	}
	w := &clicker{seat: s, c: c, outbox: filepath.Join(dir, "outbox"), downloads: downloads}
	w.walk()
	s.press("\x03")
	<-s.gone
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit %d", code)
	}
	counts := c.Counts()
	for fqdn, want := range map[string]int{"uccx1.lab.example": 1, "uccx2.lab.example": 0, "ccp.lab.example": 0, "cucm1.lab.example": 0} {
		if counts[fqdn].CSRs != want || counts[fqdn].OwnUploads != want {
			t.Errorf("%s: %+v, want %d CSRs and uploads", fqdn, counts[fqdn], want)
		}
	}
	if !w.csr {
		t.Error("the CSR of the pair was never asked for on the web page")
	}
	plan, errout, code := p.run("plan", "--solution", "renewal")
	of, _, code2 := p.run("plan", "renewal")
	if hash := lastLine(plan); code != 0 || code2 != 0 || !strings.HasPrefix(hash, "plan ") || hash != lastLine(of) {
		t.Errorf("exit %d, %d: the solution file says another plan than the session\n%s\n%s%s", code, code2, plan, of, errout)
	}
	p.nowhere(c.Login().Password.Reveal())
}

func lastLine(text string) string {
	all := strings.Split(strings.TrimSpace(text), "\n")
	return all[len(all)-1]
}

// clicker is a technician who has the nodes' web pages open in another window, and a CA at hand.
type clicker struct {
	*seat
	c                 *sim.Cluster
	outbox, downloads string
	csr               bool // it was made on the page
}

func (w *clicker) walk() {
	w.t.Helper()
	for range 300 {
		screen := w.settled()
		switch has := func(words string) bool { return strings.Contains(screen, words) }; {
		case has("All ports are verified. Nothing is pending."):
			return
		case has("enter log in"):
			w.press(pasted(w.c.Login().User) + enter + pasted(w.c.Login().Password.Reveal()))
			w.see("****")
			screen = w.screen()
			w.press(enter)
			w.other(screen)
		case has("Generate the multi-server CSR in OS Administration"):
			if page, err := w.c.Page(nodeOnScreen.FindString(screen)); err != nil || page.GenerateCSR(sim.Form{Multi: true}) != nil {
				w.t.Fatalf("the page makes no CSR: %v", err)
			}
			w.csr = true
			w.answer(down+enter, "Generate the multi-server CSR in OS")
		case has("CA certificates of peers are missing."): // its owner sends them by mail
			for _, target := range w.c.Solution().Targets {
				root, err := os.ReadFile(filepath.Join(w.c.ChainDir(target.Host), "root.pem"))
				if err == nil {
					err = os.WriteFile(filepath.Join(w.downloads, "partner-root.pem"), root, 0o600)
				}
				if err != nil {
					w.t.Fatal(err)
				}
			}
			w.stroke(screen)
		case has("Have you sent all CSRs"):
			if err := w.c.CA().SignFolder(context.Background(), w.outbox, w.downloads); err != nil {
				w.t.Fatal(err)
			}
			w.stroke(screen)
		default:
			w.stroke(screen)
		}
	}
	w.t.Fatalf("no end is in sight:\n%s", w.screen())
}

// TestFieldsAreCheap: a letter in a field of the form costs at most 25 bytes. Another field costs its own question, answers and
// explanation and no more: at most 500 bytes with the longest list, 250 for a line of text.
func TestFieldsAreCheap(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	s := p.sit()
	s.see("What do you want to do?", "Quit")
	s.press(enter)
	s.see("How do you want to enter the nodes")
	s.press(enter)
	s.see("You will resume the change by this name")
	keys := []struct {
		key, to string
		most    int
	}{{"x", "", 25}, {"\t", "recommended by Cisco", 500}, {"\t", "Product and role of node 1", 500}, {"\t", "FQDN of Node 1", 500}, {"y", "", 25}, {"\x1b[Z", "Product and role of node 1", 500}, {"\x1b[Z", "recommended by Cisco", 500},
		{"\x1b[Z", "You will resume the change by this name", 250}}
	least := make([]int, len(keys))
	for round := range 2 { // a busy machine draws late, and what is drawn late is counted with the next key: the lesser of two readings is right
		for i, c := range keys {
			before := s.still()
			s.press(c.key)
			if c.to != "" {
				s.see(c.to)
			}
			if n := s.still() - before; round == 0 || n < least[i] {
				least[i] = n
			}
		}
	}
	for i, c := range keys {
		if least[i] > c.most {
			t.Errorf("%q, to %q: %d bytes, more than %d", c.key, c.to, least[i], c.most)
		}
		t.Logf("%q, to %q: %d bytes", c.key, c.to, least[i])
	}
}
