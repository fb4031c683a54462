package renewal_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/renewal"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// TestJumpHostIsKnown: the host key of the jump host that was accepted is not asked about again by a renewal. One that was accepted
// before the session was handed over is not carried on, and one of a renewal that is handed over is a proposal.
func TestJumpHostIsKnown(t *testing.T) {
	key := vos.HostKey{Type: "ssh-ed25519", Fingerprint: "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
	c := stepstest.ThreeNodes()
	c.Solution.Route = route.Route{Jump: "me@bastion.example.com"}
	former := &stepstest.Journal{}
	former.Add(t, plan.KindOpened, "", "", c)
	if again := renewal.Of(stepstest.Fold(t, former)); len(again.Known) != 0 {
		t.Errorf("%+v", again.Known)
	}
	former.Add(t, plan.KindAsked, plan.StepLogin, "uccx1.example.com", plan.Question{ID: plan.AskRoute, Kind: plan.Choice, Key: &key})
	former.Add(t, plan.KindAnswered, plan.StepLogin, "uccx1.example.com", plan.Answer{Question: plan.AskRoute, Value: plan.Yes, Key: &key})
	again := renewal.Of(stepstest.Fold(t, former))
	next := &stepstest.Journal{}
	next.Add(t, plan.KindOpened, "", "", again)
	if pin, unasked, _ := plan.Route(stepstest.Fold(t, next)); pin == nil || *pin != key || unasked {
		t.Errorf("%+v, %v", pin, unasked)
	}
	next.Add(t, plan.KindImported, "", "", plan.Imported{})
	if pin, unasked, offered := plan.Route(stepstest.Fold(t, next)); pin != nil || !unasked || offered == nil || *offered != key {
		t.Errorf("handed over: %+v, %v, %+v", pin, unasked, offered)
	}
	former.Add(t, plan.KindImported, "", "", plan.Imported{})
	if again := renewal.Of(stepstest.Fold(t, former)); len(again.Known) != 0 {
		t.Errorf("from other hands: %+v", again.Known)
	}
}
