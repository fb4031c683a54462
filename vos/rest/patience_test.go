package rest

import (
	"net/http"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestPatience: reaching an API, the handshake with it, and each request have an end.
func TestPatience(t *testing.T) {
	d := New(Options{})
	if d.opts.Connect != 15*time.Second || d.opts.Look != time.Minute || d.opts.Change != 3*time.Minute {
		t.Errorf("%+v", d.opts)
	}
	tr, ok := d.client(vos.Node{FQDN: "uccx1.example.com"}, vos.Access{}, 8443).http.Transport.(*http.Transport)
	if !ok || tr.TLSHandshakeTimeout != 15*time.Second {
		t.Errorf("the handshake: %v", tr)
	}
}
