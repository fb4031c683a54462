package e2e_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/sim"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// disks is what stands on the disks of a served cluster.
func (p place) disks() string {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.home, "state", "uccx-tui", "labs", "serve-1", "nodes", "*.json"))
	if err != nil || len(files) == 0 {
		p.t.Fatalf("no disks: %v", err)
	}
	var b strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			p.t.Fatal(err)
		}
		b.Write(data)
	}
	return b.String()
}

// colleague logs in to a node of a served cluster, as another person would.
func (s served) colleague(t *testing.T, host string) vos.Driver {
	t.Helper()
	for i, n := range s.Nodes {
		if !strings.HasPrefix(n.FQDN, host+".") {
			continue
		}
		node := vos.Node{FQDN: n.FQDN, Address: "127.0.0.1", Ports: map[int]string{vos.PortSSH: s.Nodes[i].SSH}}
		d, err := ssh.New(ssh.Options{Lab: true}).Dial(context.Background(), node, vos.Access{
			Login: vos.Login{User: s.User, Password: vos.NewSecret(s.Password)}, CheckKey: func(vos.HostKey) error { return nil }})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		return d
	}
	t.Fatal(host)
	return nil
}

func strangeCA(t *testing.T) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	c := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Strange CA"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	return certtest.Sign(t, c, nil, key.Public(), key)
}

// TestRehearse rehearses a change on real nodes after their survey, once more while the CA works, and with its reply. No
// node is touched by it. Where nothing was changed since, the live run goes on; what was is named, and must be answered.
func TestRehearse(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve()
	file, pw := s.solution(t, true), s.passwordFile(t)
	p.must(2, "No session named", "rehearse", "HQ-renewal")
	p.must(11, "--password-file", "run", "--solution", file)
	p.must(7, "not read yet", "rehearse", "HQ-renewal")
	p.must(7, "Stopped before Generate a CSR on each node. Nothing was changed.", "run", "--solution", file, "--password-file", pw, "--survey")
	before := far.disks()
	out := p.must(0, "No real node was touched", "rehearse", "HQ-renewal")
	for _, says := range []string{"Signed by a lab CA.", "12  Restart                                3  done   about 1 h 15 min", "3  done   already done",
		"uccx2.lab.example: Type the node's name to restart it now.", "Problems: none found"} {
		if !strings.Contains(out, says) {
			t.Errorf("%q is not said:\n%s", says, out)
		}
	}
	p.must(2, "no CSR", "rehearse", "HQ-renewal", "--reply", pw)
	if far.disks() != before {
		t.Error("the rehearsal has touched a node")
	}
	p.must(4, "uccx2.lab.example compared", "run", "--solution", file, "--password-file", pw)
	dir := filepath.Join(p.home, "state", "uccx-tui", "sessions", "HQ-renewal")
	s.signed(t, filepath.Join(dir, "outbox"))
	p.must(5, "the CA's files:", "rehearse", "HQ-renewal", "--reply", pw)
	var r struct {
		Hash, CA, Outcome string
		Trouble           []any
		Rows              []struct{ State string }
	}
	if err := json.Unmarshal([]byte(p.must(0, "", "rehearse", "HQ-renewal", "--json", "--reply", s.Outbox)), &r); err != nil {
		t.Fatal(err)
	}
	if r.Outcome != "proven" || r.CA != "the CA's files" || len(r.Trouble) != 0 || len(r.Rows) != 15 || len(r.Hash) != 64 {
		t.Errorf("%+v", r)
	}
	if left, err := os.ReadDir(filepath.Join(p.home, "state", "uccx-tui", "rehearsals")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}

	if err := s.colleague(t, "ccp").ImportTrust(t.Context(), "tomcat", strangeCA(t)); err != nil {
		t.Fatal(err)
	}
	live := []string{"run", "--solution", file, "--password-file", pw, "--reply", s.Outbox, "--restart", "uccx1,uccx2,ccp", "--answer", "VER-*=yes"}
	p.must(10, "new trust certificate: tomcat-trust/Strange_CA.pem", live...)
	p.must(10, "--answer differs@ccp=again|yes", live...)
	p.must(0, "Nothing is pending", append(live, "--answer", "differs=yes")...)
	far.onceEach("serve-1")
	s.seenFromOutside(t)
	p.must(2, "nothing to rehearse", "rehearse", "HQ-renewal")
	p.must(0, "OK:", "verify", "HQ-renewal")
	report := p.must(0, "## Rehearsal", "report", "HQ-renewal")
	for _, says := range []string{"with a lab CA: verified, 0 problems", "uccx1.lab.example: as rehearsed", "ccp.lab.example: new trust certificate: tomcat-trust/Strange"} {
		if !strings.Contains(report, says) {
			t.Errorf("the report does not say %q:\n%s", says, report)
		}
	}
	p.nowhere(s.Password)
}

// TestRehearseScenarios rehearses labs of other paths and products, after they were read; what a survey can know of is
// foreseen.
func TestRehearseScenarios(t *testing.T) {
	t.Parallel()
	code := map[string]int{"clock-off": 5, "hostname-changed": 5, "subscriber-down": 7,
		"cleanup": 2, "cucm-critical": 2, "first-deployment": 7} // finished by these answers: no restart is owed; a clock must be corrected before all is read
	names := []string{"thirdparty", "clock-off"}
	if *lessons {
		all, err := sim.Scenarios()
		if err != nil {
			t.Fatal(err)
		}
		names = nil
		for _, s := range all {
			names = append(names, s.Name)
		}
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			c := p.command("lab", name, "--plain")
			c.Stdin = strings.NewReader(strings.Repeat("2\n", 20)) // yes to host keys and findings; the rest is no answer
			if err := c.Run(); c.ProcessState == nil {
				t.Fatal(err)
			}
			out := p.must(code[name], "", "rehearse", name)
			if name == "clock-off" && !strings.Contains(out, "error  Install the certificate on ccp.lab.example: The certificate is not yet valid by the node's clock") {
				t.Errorf("what will go wrong is not foreseen:\n%s", out)
			}
		})
	}
}
