package e2e_test

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// forge changes words in the journal of a session file, and chains and seals all of it again, as anybody can who has the file:
// the sums have no key.
func forge(t *testing.T, from, to string, words ...string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	put := func(name string, content []byte) {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content)), ModTime: time.Unix(0, 0), Format: tar.FormatPAX})
		if err == nil {
			_, err = w.Write(content)
		}
		if err = errors.Join(err, w.Flush()); err != nil {
			t.Fatal(err)
		}
	}
	r := tar.NewReader(bytes.NewReader(data))
	for {
		h, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if h.Name == "SEAL" {
			break
		}
		if h.Name == "journal.jsonl" {
			content = rechained(t, strings.NewReplacer(words...).Replace(string(content)))
		}
		put(h.Name, content)
	}
	sum := sha256.Sum256(buf.Bytes())
	put("SEAL", []byte(hex.EncodeToString(sum[:])+"\n"))
	if err := errors.Join(w.Close(), os.WriteFile(to, buf.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// rechained gives every line of a journal the sums that its bytes have now.
func rechained(t *testing.T, journal string) []byte {
	t.Helper()
	var all bytes.Buffer
	prev := ""
	link := regexp.MustCompile(`,"prev":"[0-9a-f]*","sum":"[0-9a-f]{64}"\}$`)
	for _, line := range strings.Split(strings.TrimSuffix(journal, "\n"), "\n") {
		at := link.FindStringIndex(line)
		if at == nil {
			t.Fatalf("no line of a journal: %s", line)
		}
		body := line[:at[0]] + `,"prev":"` + prev + `"`
		sum := sha256.Sum256([]byte(body))
		prev = hex.EncodeToString(sum[:])
		fmt.Fprintf(&all, "%s,\"sum\":\"%s\"}\n", body, prev)
	}
	return all.Bytes()
}

// TestForgedSession: a session file in which a person has put an address and a host key of their own, chained and sealed
// again, gets no password: import shows both, and unattended and in line mode the key is asked about before the first login.
func TestForgedSession(t *testing.T) {
	t.Parallel()
	far, p, q := newPlace(t), newPlace(t), newPlace(t)
	s := far.serve()
	th := vostest.NewImpostor(t)
	pw := s.passwordFile(t)
	p.must(7, "", "run", "--survey", "--solution", s.solution(t, true), "--password-file", pw)
	dir := t.TempDir()
	real, forged := filepath.Join(dir, "real.tar"), filepath.Join(dir, "forged.tar")
	p.must(0, "Handed over", "export", "HQ-renewal", real)
	n := s.Nodes[0]
	forge(t, real, forged, n.HostKey, th.Print, `"`+n.SSH+`"`, `"`+th.Addr+`"`, "ssh-rsa", "ssh-ed25519")
	out := q.must(0, "", "import", forged)
	for _, want := range []string{n.FQDN + "  reached at " + th.Addr, th.Print} {
		if !strings.Contains(out, want) {
			t.Errorf("import does not show %q:\n%s", want, out)
		}
	}
	q.must(0, "OK:", "verify", "HQ-renewal") // chain and seal tell nothing
	q.must(10, "", "run", "HQ-renewal", "--user", s.User, "--password-file", pw, "--answer", "*=yes", "--answer", "hostkey@"+n.FQDN+"=yes")
	k := q.talk("resume", "--plain", "HQ-renewal")
	k.hear(th.Print)
	k.hear(th.Addr)
	k.hear("q to quit")
	k.say("", "q")
	k.end()
	if th.Visits.Load() == 0 {
		t.Error("no one came: the test sees nothing")
	}
	if n := th.Secrets.Load(); n > 0 {
		t.Errorf("%d passwords were sent to %s", n, th.Addr)
	}
}

// TestHandedOverGoesOn: a session that was handed over goes on where the keys are given, or stand in the solution file.
func TestHandedOverGoesOn(t *testing.T) {
	t.Parallel()
	far, p, q := newPlace(t), newPlace(t), newPlace(t)
	s := far.serve()
	pw := s.passwordFile(t)
	p.must(7, "", "run", "--survey", "--solution", s.solution(t, true), "--password-file", pw)
	file := filepath.Join(t.TempDir(), "hq.tar")
	c := p.command("export", "HQ-renewal", "-")
	data, err := c.Output()
	if err != nil || os.WriteFile(file, data, 0o600) != nil {
		t.Fatalf("%v", err)
	}
	q.must(0, "SSH host key", "import", file)
	q.must(2, "already", "import", file)
	args := []string{"run", "HQ-renewal", "--user", s.User, "--password-file", pw}
	q.must(10, "--host-key uccx1=SHA256:", args...)
	for _, n := range s.Nodes {
		args = append(args, "--host-key", n.FQDN+"="+n.HostKey)
	}
	q.must(4, "send them to the CA", args...)
	q.must(4, "send them to the CA", "run", "HQ-renewal", "--user", s.User, "--password-file", pw) // they are accepted now
}

// TestForgedFields: whatever a session file says where a solution file would be refused is refused, and nothing is written.
func TestForgedFields(t *testing.T) {
	t.Parallel()
	far, p, q := newPlace(t), newPlace(t), newPlace(t)
	s := far.serve()
	p.must(7, "", "run", "--survey", "--solution", s.solution(t, true), "--password-file", s.passwordFile(t))
	dir := t.TempDir()
	real := filepath.Join(dir, "real.tar")
	p.must(0, "Handed over", "export", "HQ-renewal", real)
	journal, err := os.ReadFile(filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal", "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	const evil = `\u009b31m\u001b]52;c;SE9T\u0007\u202e`
	for _, words := range [][2]string{
		{`"product":"uccx"`, `"product":"uccx` + evil + `"`}, {`"product":"uccx"`, `"product":"UCCX"`}, {`"role":"publisher"`, `"role":"` + evil + `"`}, {`"unit":"tomcat"`, `"unit":"tomcat` + evil + `"`},
		{`"name":"HQ renewal"`, `"name":"HQ` + evil + `"`}, {s.Nodes[0].FQDN, "uccx1" + evil + ".lab.example"}, {`"` + s.Nodes[0].SSH + `"`, `"` + evil + `:22"`}, {`"` + s.Nodes[0].SSH + `"`, `"127.0.0.1:99999"`},
		{`"severity":"note"`, `"severity":"` + evil + `"`}, {s.Nodes[0].HostKey, "SHA256:" + evil}, {`"fingerprint":"SHA256:`, `"fingerprint":"`}, {`"type":"ssh-rsa"`, `"type":"` + evil + `"`}, {`"port":443`, `"port":-443`},
		{`"path":"signed"`, `"path":"` + evil + `"`}, {`"role":"standalone"`, `"role":"standalone","way":"` + evil + `"`},
	} {
		if !strings.Contains(string(journal), words[0]) {
			t.Errorf("%s is not in the journal: nothing is tried", words[0])
			continue
		}
		forged := filepath.Join(dir, "forged.tar")
		forge(t, real, forged, words[0], words[1])
		if out, errout, code := q.run("import", forged); code != 9 || strings.ContainsAny(out+errout, "\x1b\u009b\u202e\a") || !strings.Contains(strings.ToLower(errout), "nothing was") {
			t.Errorf("%s: exit %d, %q %q", words[1], code, out, errout)
		}
	}
	if all, err := os.ReadDir(filepath.Join(q.home, "state", "uccx-tui", "sessions")); err == nil && len(all) > 0 {
		t.Errorf("something was written: %v", all)
	}
	// the words of nodes are not judged; they are shown escaped by every command
	forged := filepath.Join(dir, "words.tar")
	forge(t, real, forged, `"Version":"`, `"Version":"`+evil, `"version":"`, `"version":"`+evil, `"what":"`, `"what":"`+evil)
	q.must(0, "", "import", forged)
	for _, args := range [][]string{{"sessions"}, {"plan", "HQ-renewal"}, {"plan", "HQ-renewal", "--json"}, {"report", "HQ-renewal"}, {"report", "HQ-renewal", "--format", "json"}, {"report", "HQ-renewal", "--format", "ics"},
		{"report", "HQ-renewal", "--format", "html"}, {"verify", "HQ-renewal"}, {"rehearse", "HQ-renewal"}, {"kit", "HQ-renewal", filepath.Join(dir, "kit")}} {
		if out, errout, _ := q.run(args...); strings.ContainsAny(out+errout, "\x1b\u009b\u009d\u202e\a") {
			t.Errorf("%v prints orders to a terminal", args)
		}
	}
	_ = filepath.WalkDir(filepath.Join(dir, "kit"), func(path string, e os.DirEntry, err error) error {
		if data, _ := os.ReadFile(path); err == nil && !e.IsDir() && !strings.HasSuffix(path, ".cer") && strings.ContainsAny(string(data), "\x1b\u009b\u009d\u202e\a") {
			t.Errorf("%s holds orders to a terminal", path)
		}
		return nil
	})
}
