package vos

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func TestEveryErrorHasOneClass(t *testing.T) {
	for _, class := range []error{ErrUnreachable, ErrLogin, ErrRefused, ErrUncertain} {
		err := fmt.Errorf("step: %w", &Error{Class: class, Node: "uccx1.example.com", What: msg.T("it happened"), Said: "words\n", Err: context.Canceled})
		if Class(err) != class || !errors.Is(err, context.Canceled) {
			t.Errorf("%v is of class %v", err, Class(err))
		}
		if want := "step: uccx1.example.com: it happened: words: context canceled"; err.Error() != want {
			t.Errorf("%q, not %q", err, want)
		}
	}
	if Class(nil) != nil || Class(errors.New("anything")) != ErrUncertain {
		t.Error("an error without a class is uncertain, and none is none")
	}
	legacy := &Error{Class: ErrUnreachable, Node: "a", What: msg.T("b"), Err: &LegacyError{Node: "a", Offered: "group1"}}
	var found *LegacyError
	if !errors.As(legacy, &found) || !strings.Contains(found.Error(), "group1") {
		t.Error("the legacy error is not found")
	}
}

// A password is given away by Reveal and by nothing else.
func TestSecretIsStars(t *testing.T) {
	const words = "canary-of-the-mine"
	login := Login{User: "administrator", Password: NewSecret(words)}
	encoded, err := json.Marshal(map[string]any{"login": login, "pointer": &login})
	if err != nil {
		t.Fatal(err)
	}
	all := string(encoded)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		all += fmt.Sprintf(verb+" "+verb+" "+verb, login, &login, login.Password)
	}
	if strings.Contains(all, words) || strings.Contains(all, fmt.Sprintf("%x", words)) {
		t.Errorf("given away in %s", all)
	}
	if login.Password.Reveal() != words || login.Password.Empty() || !(Secret{}).Empty() || (Secret{}).Reveal() != "" {
		t.Error("reveal")
	}
	copied := login.Password
	login.Password.Wipe()
	Secret{}.Wipe()
	if !copied.Empty() || copied.Reveal() != "" {
		t.Error("a copy outlives the wiping")
	}
}

func TestNodesAndClusters(t *testing.T) {
	s := Solution{Clusters: []Cluster{{[]Node{{FQDN: "uccx1.example.com", Product: UCCX, Role: Publisher, Address: "10.0.0.1", Ports: map[int]string{22: "127.0.0.1:2222"}},
		{FQDN: "uccx2.example.com", Product: UCCX, Role: Subscriber}}}, {[]Node{{FQDN: "ccp.example.com", Product: CCP, Role: Standalone, Address: "2001:db8::7"}}}}}
	if len(s.Nodes()) != 3 {
		t.Fatal(s.Nodes())
	}
	pub, ok := s.Publisher("UCCX2.example.com")
	if n, found := s.Node("Uccx2.Example.Com"); !ok || !found || pub.FQDN != "uccx1.example.com" || n.Short() != "uccx2" || n.TakesTrust() || !pub.TakesTrust() {
		t.Error(pub, n)
	}
	if _, ok := s.Node("other.example.com"); ok {
		t.Error("found a node that is not there")
	}
	for want, got := range map[string]string{"127.0.0.1:2222": pub.Dial(22), "10.0.0.1:8443": pub.Dial(8443), "uccx2.example.com:22": s.Nodes()[1].Dial(22), "[2001:db8::7]:443": s.Nodes()[2].Dial(443)} {
		if got != want {
			t.Errorf("dials %s, not %s", got, want)
		}
	}
}
