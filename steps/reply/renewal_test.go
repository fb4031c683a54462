package reply_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// TestRenewalWithoutTheRoot: what the survey read of the trust store completes the chain of a reply, as a note; without it
// the reply is refused.
func TestRenewalWithoutTheRoot(t *testing.T) {
	data := filepath.Join("..", "..", "vos", "cert", "testdata")
	text := func(parts ...string) string {
		b, err := os.ReadFile(filepath.Join(append([]string{data}, parts...)...))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	files, err := read.Files([]string{filepath.Join(data, "replies", "field-renewal")})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		held bool
		want []string
	}{{true, []string{"from-store"}}, {false, []string{"chain"}}} {
		p := stepstest.Begun(t)
		if c.held {
			p.Add(t, plan.KindDone, plan.StepSurvey, "uccx1.example.com", plan.Seen{Trust: []vos.TrustFile{{File: "root.pem"}}, Store: []plan.Stored{{File: "root.pem", PEM: text("held", "field-root.pem")}}})
		}
		p.Add(t, plan.KindDone, plan.StepCSR, "uccx1.example.com", plan.Seen{CSR: text("requests", "uccx1.csr")})
		v := reply.Verdict(stepstest.Fold(t, p), files, stepstest.Day().AddDate(0, 0, 1))
		var got []string
		for _, f := range v.Findings {
			if f.Code == "chain" || f.Code == "from-store" {
				got = append(got, f.Code)
			}
		}
		if !slices.Equal(got, c.want) || v.OK() != c.held || (len(v.Roots) == 1) != c.held {
			t.Errorf("held %v: %q, OK %v, %d roots, %+v", c.held, got, v.OK(), len(v.Roots), v.Findings)
		}
	}
}
