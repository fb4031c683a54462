package e2e_test

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/uccx-tui/uccx-tui/vos"
)

// served is a cluster that stands there like real nodes: another process, reached by addresses alone.
type served struct {
	Nodes          []servedNode
	User, Password string
	Inbox          string `json:"ca_inbox"`
	Outbox         string `json:"ca_outbox"`
}

// servedNode is one node of it.
type servedNode struct {
	FQDN, Product, Role, SSH string
	HostKey                  string `json:"host_key"`
	Ports                    map[string]string
}

func (p place) serve(flags ...string) served {
	p.t.Helper()
	path, err := binary()
	if err != nil {
		p.t.Fatal(err)
	}
	line := slices.Concat(p.in, []string{path, "lab", "--serve"}, flags)
	c := exec.Command(line[0], line[1:]...)
	c.Env = p.env()
	out, err := c.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 4<<20)
	var s served
	if !lines.Scan() || json.Unmarshal(lines.Bytes(), &s) != nil || len(s.Nodes) < 3 {
		p.t.Fatalf("got %q", lines.Text())
	}
	return s
}

// address is what a technician types for a node behind NAT.
func (s served) address(i int) string {
	n := s.Nodes[i]
	host, port, _ := strings.Cut(n.SSH, ":")
	text := host + " 22=" + port
	for number, at := range n.Ports {
		_, port, _ := strings.Cut(at, ":")
		text += " " + number + "=" + port
	}
	return text
}

// talk is a conversation with the line mode: it reads what is printed and answers prompts.
type talk struct {
	t     testing.TB
	cmd   *exec.Cmd
	in    io.WriteCloser
	text  chan string
	heard string
	all   string // that was heard, from the beginning
}

func (p place) talk(args ...string) *talk {
	p.t.Helper()
	c := p.command(args...)
	in, err := c.StdinPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	c.Stderr = c.Stdout
	if err := c.Start(); err != nil {
		p.t.Fatal(err)
	}
	k := &talk{t: p.t, cmd: c, in: in, text: make(chan string, 100)}
	go func() {
		defer close(k.text)
		buf := make([]byte, 4096)
		for {
			n, err := out.Read(buf)
			if n > 0 {
				k.text <- string(buf[:n])
			}
			if err != nil {
				return
			}
		}
	}()
	p.t.Cleanup(func() { _ = c.Process.Kill() })
	return k
}

// say waits for words, and types a line.
func (k *talk) say(words, line string) {
	k.t.Helper()
	k.hear(words)
	if _, err := io.WriteString(k.in, line+"\n"); err != nil {
		k.t.Fatal(err)
	}
}

// hear waits for words behind what was heard before.
func (k *talk) hear(words string) {
	k.t.Helper()
	late := time.After(60 * time.Second)
	for {
		if i := strings.Index(k.heard, words); i >= 0 {
			k.heard = k.heard[i+len(words):]
			return
		}
		select {
		case text, ok := <-k.text:
			if !ok {
				k.t.Fatalf("the program ended; %q was not heard in\n%s", words, k.heard)
			}
			k.heard += text
			k.all += text
		case <-late:
			k.t.Fatalf("%q was not heard in\n%s", words, k.heard)
		}
	}
}

// end waits for the end of the program.
func (k *talk) end() int {
	_ = k.in.Close()
	for text := range k.text {
		k.all += text
	}
	_ = k.cmd.Wait()
	return k.cmd.ProcessState.ExitCode()
}

// copyFiles copies the files of a folder whose names end so, as a person with a mail program would.
func copyFiles(t *testing.T, from, to, suffix string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(from, "*"+suffix))
	if err != nil || len(all) == 0 {
		t.Fatalf("no files in %s", from)
	}
	for _, f := range all {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(f)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRealNodes does the whole change in line mode on nodes that are only addresses, with a wrong password, a wait for
// the CA in which the program ends, and wrong files; and looks for the password in everything that was written.
func TestRealNodes(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	k := p.talk("--plain")
	k.say("q to quit):", "n")
	k.say("Name of the change", "HQ renewal")
	k.say("Task number", "")
	for i, kind := range []string{"1", "2", "4"} {
		k.say("no more nodes", kind+" "+s.Nodes[i].FQDN+" "+s.address(i))
	}
	k.say("no more nodes", "")
	k.say("Enter: none", "")
	k.say("OS Administration user for all nodes:", s.User)
	k.say("Password:", "wrong-"+s.Password)
	for range 3 {
		k.say("q to quit", "2") // the host keys
	}
	k.say("Try again?", "")
	k.say("OS Administration user for ", s.User) // the node that refused the password is asked about alone
	k.say("Password:", s.Password)
	k.hear("Have you sent all CSRs to the CA?")
	p.outside(k.cmd.Process.Pid, s.Password)
	k.say("", "")
	k.say("q to quit", "1") // not yet: the program ends
	if code := k.end(); code != 7 {
		t.Errorf("exit %d, want 7", code)
	}
	before := k.all
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal")
	copyFiles(t, filepath.Join(dir, "outbox"), s.Inbox, ".csr")

	k = p.talk("resume", "--plain")
	k.say("q to quit", "2") // handed over
	empty := t.TempDir()
	k.say("Folder or files", empty)
	k.hear("no files")
	k.say("Folder or files", filepath.Join(dir, "outbox"))
	k.hear("this is the CSR of")
	s.sent(t, 5)
	k.say("Folder or files", s.Outbox)
	k.say("OS Administration user for all nodes:", s.User)
	k.say("Password:", s.Password)
	k.say("Upload the new certificates?", "yes")
	for i, n := range []servedNode{s.Nodes[2], s.Nodes[0], s.Nodes[1]} { // CCP first (SIG-8)
		if i == 0 {
			k.say("Node name", "yes")
			k.hear("is not the name of")
		}
		k.say("Node name", n.FQDN)
	}
	for range 9 {
		k.say("q to quit", "2") // the functional tests of each node: yes
	}
	if code := k.end(); code != 0 {
		t.Errorf("exit %d, want 0\n%s", code, k.heard)
	}
	far.onceEach("serve-1")
	s.seenFromOutside(t)
	p.nowhere(s.Password)
	for how, form := range disguises(s.Password) {
		if strings.Contains(k.all+before, form) {
			t.Errorf("the password was shown, %s", how)
		}
	}
}

// outside fails if a secret can be seen from outside of a process: in its arguments or its environment, or if its memory
// could be dumped.
func (p place) outside(pid int, secret string) {
	p.t.Helper()
	for _, name := range []string{"cmdline", "environ", "limits"} {
		data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), name))
		if err != nil {
			p.t.Logf("not looked at: %v", err) // no /proc here
			return
		}
		if strings.Contains(string(data), secret) {
			p.t.Errorf("the password stands in the %s of the process", name)
		}
		if name == "limits" && !regexp.MustCompile(`Max core file size +0 +0`).Match(data) {
			p.t.Errorf("core dumps are allowed:\n%s", data)
		}
	}
}

// seenFromOutside asks openssl what is served: the new certificate, by a chain that leads to the CA's root.
func (s served) seenFromOutside(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Log("no openssl here: not looked at from outside")
		return
	}
	root := filepath.Join(s.Outbox, "root.cer")
	for _, n := range s.Nodes {
		for number, at := range n.Ports {
			if n.Product != "uccx" && number != "443" || rarePort(n.Product, number) {
				continue
			}
			c := exec.Command("openssl", "s_client", "-connect", at, "-servername", n.FQDN, "-verify_hostname", n.FQDN, "-CAfile", root, "-verify_return_error")
			out, err := c.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "Verify return code: 0 (ok)") {
				t.Errorf("openssl on %s %s: %v\n%s", n.FQDN, number, err, out)
			}
		}
	}
}

// rarePort reports whether a port is one that the lab's nodes keep shut.
func rarePort(product, number string) bool {
	f, _ := vos.Lookup(vos.Product(product), "")
	return slices.ContainsFunc(f.Ports, func(p vos.Port) bool { return strconv.Itoa(p.Number) == number && p.Rare() })
}

// disguises are the forms in which a secret could have been written.
func disguises(secret string) map[string]string {
	all := map[string]string{"as it is": secret, "in hex": hex.EncodeToString([]byte(secret)), "in HEX": strings.ToUpper(hex.EncodeToString([]byte(secret))),
		"in UTF-16": string(wide(secret)), "in HTML": html.EscapeString(secret), "quoted": strings.Trim(strconv.Quote(secret), `"`),
		"in a URL": url.QueryEscape(secret), "backwards": string(reversed([]byte(secret))), "as a JSON array": strings.Trim(strings.ReplaceAll(fmt.Sprint([]byte(secret)), " ", ","), "[]")}
	for before := range 3 { // behind a user name in base64 its letters are others
		for name, code := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64 of URLs": base64.RawURLEncoding} {
			text := code.EncodeToString([]byte(strings.Repeat("x", before) + secret))
			all[fmt.Sprintf("in %s, shifted by %d", name, before)] = text[(before*8+5)/6 : (before+len(secret))*8/6]
		}
	}
	return all
}

// wide is a text in UTF-16, little end first.
func wide(text string) []byte {
	var all []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		all = append(all, byte(unit), byte(unit>>8))
	}
	return all
}

// TestDisguises: what hides a secret is found.
func TestDisguises(t *testing.T) {
	const secret = "canary-Z<9&x"
	for name, text := range map[string]string{"basic": "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte("administrator:"+secret)),
		"basic, another name": base64.URLEncoding.EncodeToString([]byte("ab:" + secret + ":more")), "hex": fmt.Sprintf("%X", "u:"+secret), "wide": string(wide("x" + secret)), "url": "?p=" + url.QueryEscape(secret)} {
		found := false
		for _, form := range disguises(secret) {
			found = found || strings.Contains(text, form)
		}
		if !found {
			t.Errorf("%s: not found in %q", name, text)
		}
	}
}

func reversed(b []byte) []byte {
	slices.Reverse(b)
	return b
}

// nowhere fails if a secret stands in any file under the XDG folders, or if others may read one; the tests' own umask
// would let them.
func (p place) nowhere(secret string) {
	p.t.Helper()
	files := 0
	err := filepath.Walk(p.home, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.IsDir() && info.Mode().Perm()&0o077 != 0 && strings.Contains(path, "uccx-tui") {
			p.t.Errorf("%s has mode %v", path, info.Mode())
		}
		if err != nil || info.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		for how, form := range disguises(secret) {
			if strings.Contains(string(data), form) {
				p.t.Errorf("the password stands in %s, %s", path, how)
			}
		}
		if info.Mode().Perm()&0o077 != 0 {
			p.t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil || files < 5 {
		p.t.Errorf("%d files, %v", files, err)
	}
}
