package vostest

import (
	"crypto/x509"
	"errors"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

// enters: nothing secret goes to a node that is not believed, be it unknown or another than before; old algorithms are
// spoken only where that was decided; and a wrong password costs one refused try. People log in for themselves.
func (e *Exam) enters() {
	n, a := e.node(e.Node)
	if !n.Connection.NeedsLogin() {
		return
	}
	e.doubts(a)
	if a.Legacy {
		strict := a
		strict.Legacy = false
		var legacy *vos.LegacyError
		if err := e.turnedAway("a node that speaks old algorithms alone", strict, vos.ErrUnreachable, 0); !errors.As(err, &legacy) {
			e.t.Errorf("%v does not say why", err)
		}
	}
	wrong := a
	wrong.Login.Password = vos.NewSecret("not-" + a.Login.Password.Reveal())
	_ = e.turnedAway("a wrong password", wrong, vos.ErrLogin, 1)
	e.dial(e.Node) // the account is not locked
}

// discreet: the transcript tells what was done, and holds no password in any form.
func (e *Exam) discreet() {
	e.heard.mu.Lock()
	text := e.heard.text.String()
	e.heard.mu.Unlock()
	if e.Cluster.Login().Redact(text) != text {
		e.t.Error("the password stands in the transcript")
	}
	if !strings.Contains(text, "utils system restart") || !strings.Contains(text, "-----BEGIN CERTIFICATE REQUEST-----") {
		e.t.Errorf("the transcript does not tell what was done: %.300q", text)
	}
}

// doubts dials with keys and certificates that are not believed.
func (e *Exam) doubts(a vos.Access) {
	stop := errors.New("this one is not believed")
	refusing := a
	refusing.CheckKey = func(vos.HostKey) error { return stop }
	refusing.CheckCert = func(*x509.Certificate) error { return stop }
	if err := e.turnedAway("a key that is refused", refusing, vos.ErrUnreachable, 0); !errors.Is(err, stop) {
		e.t.Errorf("%v does not hold the reason", err)
	}
	unasked := a
	unasked.CheckKey, unasked.CheckCert = nil, nil
	_ = e.turnedAway("a key about which no one can be asked", unasked, vos.ErrUnreachable, 0)
	changed := a
	changed.Pinned = &vos.HostKey{Type: "ssh-rsa", Fingerprint: "SHA256:of-another-key"}
	changed.CheckKey = func(k vos.HostKey) error {
		if k.Fingerprint == "" || k.Fingerprint == changed.Pinned.Fingerprint {
			e.t.Errorf("asked about %+v", k)
		}
		return stop
	}
	changed.CheckCert = refusing.CheckCert
	if err := e.turnedAway("a key that is not the pinned one", changed, vos.ErrUnreachable, 0); !errors.Is(err, stop) {
		e.t.Errorf("%v does not hold the reason", err)
	}
}

// turnedAway dials, and fails unless that ends in an error of the class, having cost that many refused tries.
func (e *Exam) turnedAway(what string, a vos.Access, class error, tries int) error {
	e.t.Helper()
	n, _ := e.node(e.Node)
	before := e.Cluster.Counts()[e.Node]
	d, err := e.Dialer.Dial(e.ctx, n, a)
	if err == nil {
		_ = d.Close()
	}
	e.class(what, err, class)
	after := e.Cluster.Counts()[e.Node]
	if got := after.FailedLogins - before.FailedLogins; got != tries || after.Logins != before.Logins {
		e.t.Errorf("%s: %d refused tries, want %d; %d logins", what, got, tries, after.Logins-before.Logins)
	}
	return err
}
