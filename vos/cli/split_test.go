package cli

import (
	"context"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"

	"pgregory.net/rapid"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

const warning = "*** W A R N I N G ***\nRestarting the server may leave database replication unable to complete.\nFailed upgrades: error: 1\n"

// TestRestartAnswer: what a node says before its question is not its answer, whatever it sounds like.
func TestRestartAnswer(t *testing.T) {
	const asks = "Do you really want to restart ?\nEnter (yes/no)? yes"
	for _, c := range []struct {
		name, said string
		class      error
	}{
		{"goes down", warning + asks + "\nAppliance is being Restarted ...", nil},
		{"says before that it goes down", "The system is going down for reboot in the upgrade.\n" + asks + "\n", vos.ErrUncertain},
		{"warns and is silent", warning + asks, vos.ErrUncertain},
		{"warns and asks again", warning + asks + "\nEnter (yes/no)? yes\nAppliance is being Restarted ...", nil},
		{"warns and refuses", warning + asks + "\nUnable to restart", vos.ErrRefused},
		{"refuses without asking", "Executed command unsuccessfully", vos.ErrRefused},
		{"refuses behind the yes for an upgrade", asks + "\nAn upgrade is in progress (0)", vos.ErrRefused},
		{"glued without an echo", strings.TrimSuffix(warning+asks, "yes") + "Appliance is being Restarted ...", nil},
	} {
		cli, _ := speak(map[string]string{"utils system restart": c.said})
		if err := cli.Restart(t.Context()); vos.Class(err) != c.class {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// lostLine is a terminal whose line is lost behind what it printed.
type lostLine struct{ said string }

func (l lostLine) Type(context.Context, vos.Dialogue) (string, error) {
	return l.said, &vos.Error{Class: vos.ErrUncertain, What: msg.T("The connection was lost")}
}

func (lostLine) Close() error { return nil }

// TestLostAnswer: a line that is lost behind the point of no return is never a refusal, wherever the answer is cut; that the
// node goes down counts only behind the question.
func TestLostAnswer(t *testing.T) {
	whole := warning + "Do you really want to restart ?\nEnter (yes/no)? yes\nUnable to notify the peer\nAppliance is being Restarted ...\n"
	for at := range len(whole) + 1 {
		err := NewCLI(vos.Node{FQDN: "a"}, lostLine{whole[:at]}).Restart(t.Context())
		want := vos.ErrUncertain
		if strings.Contains(whole[:at], "being Restarted") {
			want = nil
		}
		if vos.Class(err) != want {
			t.Fatalf("%q: %v", whole[:at], err)
		}
	}
	if err := NewCLI(vos.Node{FQDN: "a"}, lostLine{"The system is going down for reboot\n"}).Restart(t.Context()); vos.Class(err) != vos.ErrUncertain {
		t.Errorf("before its question: %v", err)
	}
}

// TestWarningIsNoAnswer: of every dialogue that asks.
func TestWarningIsNoAnswer(t *testing.T) {
	cli, _ := speak(map[string]string{
		"set cert regen tomcat":         "WARNING: unable to keep the certificate, error: it failed to be kept\nProceed with regeneration (yes|no)? yes\nSuccessfully Regenerated Certificate for tomcat.",
		"set csr gen tomcat":            "An earlier CSR could not be found\nInclude OU in CSR (yes|no)? no\nSuccessfully Generated CSR for tomcat",
		"utils service restart Cisco X": "Error: peers may be unable to log in\nContinue (y/n)? y\nCisco X[STARTED]",
	})
	if err := cli.Regenerate(t.Context(), "tomcat"); err != nil {
		t.Error(err)
	}
	if err := cli.GenerateCSR(t.Context(), "tomcat"); err != nil {
		t.Error(err)
	}
	if err := cli.RestartService(t.Context(), "Cisco X"); err != nil {
		t.Error(err)
	}
	cli, _ = speak(map[string]string{"set cert regen tomcat": "Successfully looked\nProceed with regeneration (yes|no)? yes\n"})
	if err := cli.Regenerate(t.Context(), "tomcat"); vos.Class(err) != vos.ErrUncertain {
		t.Errorf("success before the question: %v", err)
	}
}

// TestSplit: the parts make up the whole, and the answer does not depend on what stands before the question.
func TestSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[ -~\n]{0,80}`)
		before, after := words.Draw(t, "before"), rapid.StringMatching(`[ -&*-.0-9A-Za-z\n]{0,80}`).Draw(t, "after")
		d := vos.DialogueRestart()
		b, a := d.Split(before + "\nEnter (yes/no)? yes\n" + after)
		if b+a != before+"\nEnter (yes/no)? yes\n"+after || a != "\n"+after {
			t.Fatalf("%q + %q", b, a)
		}
		if b, a := d.Split(after); b != "" || a != after {
			t.Fatalf("no question: %q + %q", b, a)
		}
	})
	d := vos.DialogueImportOwn("tomcat", []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"))
	if _, after := d.Split("error: before\n" + string(d.Paste) + "\nSuccessfully imported"); strings.TrimSpace(after) != "Successfully imported" {
		t.Errorf("behind a paste: %q", after)
	}
}
