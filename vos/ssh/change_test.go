package ssh_test

import (
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

func selfSigned(t *testing.T) *x509.Certificate {
	t.Helper()
	key := certtest.Key(t)
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(77), Subject: pkix.Name{CommonName: "Example Root G2"}, NotBefore: now, NotAfter: now.AddDate(5, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	return certtest.Sign(t, tmpl, nil, key.Public(), key)
}

func TestGenerateCSR(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer func(*console)
		class  error
	}{
		"12.5":          {says("Successfully Generated CSR for tomcat."), nil},
		"two blanks":    {says("Successfully Generated CSR  for tomcat"), nil},
		"another verb":  {says("Successfully regenerated certificate for tomcat."), nil},
		"nothing known": {says("Please wait"), vos.ErrUncertain},
		"refused":       {says("Operation failed.\nExecuted command unsuccessfully"), vos.ErrRefused},
		"15": {func(c *console) {
			c.print("Include OU in CSR (yes|no)? ")
			if line, _ := c.line(); line != "no" {
				c.text("you typed " + line)
				return
			}
			c.text("\nSuccessfully Generated CSR for tomcat.\n")
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(con *console) { con.run(map[string]func(*console){"set csr gen tomcat": c.answer}) })
			var said []string
			a := access()
			a.Say = func(words string) { said = append(said, words) }
			d, _ := enter(t, f, lab(), a)
			if err := d.GenerateCSR(t.Context(), "tomcat"); vos.Class(err) != c.class {
				t.Errorf("got %v", err)
			}
			if asked := slices.Contains(said, "Include OU in CSR (yes|no)? no"); asked != (name == "15") {
				t.Errorf("told: %q", said)
			}
		})
	}
}

// importer reads what is pasted as nodes do: up to the first empty line behind the end.
func importer(got *[]string, verdict string) func(*console) {
	return func(c *console) {
		c.text("Paste the Certificate and Hit Enter")
		for {
			line, ok := c.line()
			if !ok {
				return
			}
			if line == "" {
				break
			}
			*got = append(*got, line)
		}
		c.text(verdict)
	}
}

func TestPaste(t *testing.T) {
	ca := selfSigned(t)
	const done = "Successfully imported certificate for tomcat.\nPlease restart services related to tomcat for the new certificate to become active."
	var trust, own []string
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){
			"set cert import trust tomcat": importer(&trust, done),
			"set cert import own tomcat":   importer(&own, "CSR SAN and Certificate SAN doesn't match\nExecuted command unsuccessfully"),
			"show myself":                  says("me"),
		})
	})
	o := lab()
	o.PasteDelay = 10 * time.Millisecond
	d, term := enter(t, f, o, access())
	if err := d.ImportTrust(t.Context(), "tomcat", ca); err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(cert.PEM(ca))), "\n")
	if !slices.Equal(trust, want) {
		t.Errorf("pasted %q", trust)
	}
	if text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil || text != "me" {
		t.Errorf("afterwards: %q, %v", text, err)
	}
	err := d.ImportOwn(t.Context(), "tomcat", ca)
	var e *vos.Error
	if !errors.As(err, &e) || vos.Class(err) != vos.ErrRefused || !strings.Contains(e.Means.String(), "added or removed a name") || strings.Contains(e.Said, "BEGIN") || strings.Contains(e.Said, "Paste") || !strings.Contains(e.Said, "SAN") {
		t.Errorf("got %v: %+v", err, e)
	}
}

// A node may end the paste at the END line: the empty line behind it then draws one more prompt.
func TestPasteThatEndsEarly(t *testing.T) {
	ca := selfSigned(t)
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){
			"set cert import trust tomcat": func(c *console) {
				c.echo = false
				defer func() { c.echo = true }()
				c.text("Paste the Certificate and Hit Enter")
				for line := ""; !strings.HasPrefix(line, "-----END"); line, _ = c.line() {
				}
				c.text("Successfully imported certificate for tomcat.")
			},
			"show myself": says("me"),
		})
	})
	d, term := enter(t, f, lab(), access())
	if err := d.ImportTrust(t.Context(), "tomcat", ca); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil || text != "me" {
			t.Errorf("afterwards: %q, %v", text, err)
		}
	}
}

// Before the certificate is out, Ctrl-C brings the prompt back; behind it a change is under way, which is not broken into.
func TestCancelledPaste(t *testing.T) {
	for name, stays := range map[string]bool{"before the paste": true, "behind the paste": false} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			pressed := make(chan byte, 1)
			f := newFake(t, func(c *console) {
				c.run(map[string]func(*console){"show myself": says("me"), "set cert import own tomcat": func(c *console) {
					c.text("Paste the Certificate and Hit Enter")
					if !stays {
						for line, ok := c.line(); ok && line != ""; line, ok = c.line() {
						}
					}
					cancel()
					k := c.key()
					pressed <- k
					if k == 3 {
						c.text("^C\nControl-C pressed")
					}
				}})
			})
			o := lab()
			if stays {
				o.PasteDelay = time.Hour
			}
			d, term := enter(t, f, o, access())
			if err := d.ImportOwn(ctx, "tomcat", selfSigned(t)); vos.Class(err) != vos.ErrUncertain || !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if k := <-pressed; (k == 3) != stays {
				t.Errorf("pressed %q", k)
			}
			if text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); stays != (err == nil && text == "me") {
				t.Errorf("afterwards: %q, %v", text, err)
			}
		})
	}
}

// Where the node refuses before it asks for the paste, nothing is pasted at its prompt.
func TestPasteThatIsNotAskedFor(t *testing.T) {
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){"set cert import own tomcat": says("CSR does not exist")})
	})
	d, _ := enter(t, f, lab(), access())
	var e *vos.Error
	if err := d.ImportOwn(t.Context(), "tomcat", selfSigned(t)); !errors.As(err, &e) || e.Class != vos.ErrRefused || !strings.Contains(e.Means.String(), "consumed") {
		t.Errorf("got %v", err)
	}
}

func TestRestart(t *testing.T) {
	t.Parallel()
	const asks = "Do you really want to restart ?\r\n\r\nEnter (yes/no)? "
	const down = "\r\n\r\nAppliance is being Restarted ...\r\nWarning: Restart could take up to 5 minutes.\r\nStopping Service Manager...\r\n"
	const broadcast = "\r\nBroadcast message from admin@uccx1\r\n        (unknown) at 15:07 ...\r\n\r\nThe system is going down for reboot NOW!\r\n"
	for name, c := range map[string]struct {
		node  func(t *testing.T, c *console)
		class error
	}{
		"hangs up after the broadcast": {func(_ *testing.T, c *console) { c.print(asks); _, _ = c.line(); c.print(down + broadcast) }, nil},
		"stays open after the broadcast": {func(_ *testing.T, c *console) {
			c.print(asks)
			_, _ = c.line()
			c.print(down + broadcast)
			for c.key() != 0 {
			}
		}, nil},
		"hangs up without a word": {func(_ *testing.T, c *console) { c.print(asks); _, _ = c.line() }, vos.ErrUncertain},
		"warns before, and hangs up": {func(_ *testing.T, c *console) {
			c.print("*** W A R N I N G ***\r\nRestarting may leave database replication unable to complete.\r\n" + asks)
			_, _ = c.line()
		}, vos.ErrUncertain},
		"warns before, and asks no more": {func(_ *testing.T, c *console) {
			c.text("Error: this account is unable to restart the system")
			c.prompts()
		}, vos.ErrRefused},
		"loses the no to a switch of versions": {func(t *testing.T, c *console) {
			c.print("Warning: A switch-version operation is in progress.\r\n" + asks)
			_, _ = c.line()
			if line := c.ask("\r\nEnter (yes/no)? "); line != "no" {
				t.Errorf("answered %q", line)
			}
			c.text("")
			c.prompts()
		}, vos.ErrRefused},
		"hangs up before its question": {func(_ *testing.T, c *console) {}, vos.ErrUncertain},
		"asks twice": {func(t *testing.T, c *console) {
			c.print(asks)
			_, _ = c.line()
			if line := c.ask("\r\nEnter (yes/no)? "); line != "yes" {
				t.Errorf("the second time: %q", line)
			}
			c.print(down + broadcast)
		}, nil},
		"loses what comes too early": {func(t *testing.T, c *console) {
			c.print(asks)
			c.echo = false
			_, _ = c.line()
			c.echo = true
			if line, _ := c.line(); line != "" {
				t.Errorf("typed unseen: %q", line)
			}
			if line := c.ask("\r\nEnter (yes/no)? "); line != "yes" {
				t.Errorf("asked again: %q", line)
			}
			c.print(down + broadcast)
		}, nil},
		"warns before": {func(_ *testing.T, c *console) {
			c.print("*** W A R N I N G ***\r\nAgents will be logged out.\r\n" + asks)
			_, _ = c.line()
			c.print(down + broadcast)
		}, nil},
		"switch of versions": {func(t *testing.T, c *console) {
			c.print("Warning: A switch-version operation is in progress.\r\n" + asks)
			if line, _ := c.line(); line != "no" {
				t.Errorf("answered %q", line)
			}
			c.text("")
			c.prompts()
		}, vos.ErrRefused},
		"may not": {func(_ *testing.T, c *console) {
			c.text("Executed command unsuccessfully")
			c.prompts()
		}, vos.ErrRefused},
		"comes back without a word that is known": {func(_ *testing.T, c *console) {
			c.print(asks)
			_, _ = c.line()
			c.text("Please contact your administrator")
			c.prompts()
		}, vos.ErrUncertain},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(con *console) {
				con.print(banner + "admin:")
				for {
					line, ok := con.line()
					if !ok {
						return
					}
					if line == "utils system restart" {
						c.node(t, con)
						return
					}
					if line != "" {
						con.text("off")
					}
					con.print("admin:")
				}
			})
			d, _ := enter(t, f, lab(), access())
			if err := d.Restart(t.Context()); vos.Class(err) != c.class {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A node that hangs up instead of waiting for its answer has said why: what is typed then fails, and its words are read all the same.
func TestWordsBehindAFailedWrite(t *testing.T) {
	const says = "This session is closed for maintenance"
	f := newFake(t, func(c *console) {
		c.print(banner + "admin:")
		for line, ok := c.line(); ok && line != "utils system restart"; line, ok = c.line() {
			c.print("admin:")
		}
		c.print("Enter (yes/no)? ")
		<-time.After(50 * time.Millisecond) // the driver has seen the question, and is about to answer
		c.text("\n" + says)
	})
	o := lab()
	o.PasteDelay = 300 * time.Millisecond
	d, _ := enter(t, f, o, access())
	if err := d.Restart(t.Context()); vos.Class(err) != vos.ErrUncertain || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v", err)
	}
}

// A trust certificate is read from its PEM, also where the marker is glued to the dump before it.
func TestTrustedFromGluedPEM(t *testing.T) {
	ca := selfSigned(t)
	block := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.Raw}))
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){"show cert trust tomcat-trust/Example_Root_G2.pem": says("[\n  Version: V3\n  Issuer Name: CN=Another Name\n]" + block)})
	})
	d, _ := enter(t, f, lab(), access())
	got, err := d.Trusted(t.Context(), "tomcat", vos.TrustFile{Store: "tomcat-trust", File: "Example_Root_G2.pem"})
	if err != nil || !got.Equal(ca) {
		t.Errorf("got %v", err)
	}
}
