package play

import (
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// A folder in which the CA has put nothing yet is no wrong reply: what is missing is named.
func TestOnlyMissing(t *testing.T) {
	t.Parallel()
	asked := []cert.Request{{Node: "uccx1.example.com"}}
	if got := onlyMissing(cert.Judge(asked, nil, nil, time.Now())); got != "uccx1.example.com" {
		t.Errorf("nothing there: %q", got)
	}
	if got := onlyMissing(cert.Judge(asked, []cert.File{read.Parse("x.cer", []byte("not a certificate"))}, nil, time.Now())); got != "" {
		t.Errorf("a file that holds no certificate: %q", got)
	}
}
