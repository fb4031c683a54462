package steps_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// plainWords takes out what two wordings of the same refusal differ in.
func plainWords(s string) string {
	s = strings.ToLower(s)
	s = strings.NewReplacer("doesn't", "does not", "do not", "does not", "trust-store", "trust store").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// TestPredictedWords uploads what the verdict refuses, in spite of it, over real SSH: the node says what was predicted.
func TestPredictedWords(t *testing.T) {
	for name, does := range map[string]sim.Behaviour{"a name added": sim.AddSAN, "a name dropped": sim.DropSAN, "another key": sim.OtherKey, "no intermediate": sim.NoIntermediate} {
		t.Run(name, func(t *testing.T) {
			l := newLab(t)
			p := l.start()
			defer p.end()
			p.until("reply")
			l.cluster.CA().Behave(does)
			files, err := p.signed()
			if err != nil {
				t.Fatal(err)
			}
			verdict, err := p.runner.TakeReply(files)
			if err != nil || verdict.OK() {
				t.Fatalf("was taken: %v", err)
			}
			n := l.cluster.Solution().Nodes()[0]
			said := upload(t, l, n, files)
			for _, f := range verdict.Findings {
				if f.Says != "" && strings.Contains(plainWords(said), plainWords(f.Says)) {
					return
				}
			}
			t.Errorf("the node said %q; predicted was %+v", said, verdict.Findings)
		})
	}
}

// upload sends the CAs and the certificate that bears the node's name, and returns the node's words of refusal.
func upload(t *testing.T, l *lab, n vos.Node, files []cert.File) string {
	t.Helper()
	ctx := context.Background()
	d, err := dialer().Dial(ctx, n, vos.Access{Login: l.cluster.Login(), CheckKey: func(vos.HostKey) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for _, kind := range []cert.Kind{cert.Root, cert.Intermediate, cert.Application} {
		for _, f := range files {
			for _, it := range f.Items {
				switch {
				case it.Kind != kind:
				case kind != cert.Application:
					err = d.ImportTrust(ctx, "tomcat", it.Cert)
				case it.Cert.Subject.CommonName == n.FQDN:
					err = d.ImportOwn(ctx, "tomcat", it.Cert)
				}
				var refused *vos.Error
				if errors.As(err, &refused) {
					return refused.Said
				}
			}
		}
	}
	t.Fatal("the node took it")
	return ""
}
