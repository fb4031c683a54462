package trust_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// What puts a trust right is a sentence without a hole, also where this change does it by itself.
func TestCure(t *testing.T) {
	t.Parallel()
	for needs, want := range map[string]string{
		"":                "No action needed: this change uploads what is missing.",
		"its certificate": "upload its certificate as tomcat-trust",
	} {
		if got := (trust.State{Needs: msg.Verbatim(needs)}).Cure().String(); got != want {
			t.Errorf("%q: %q", needs, got)
		}
	}
}
