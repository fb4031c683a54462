package steps_test

import (
	"bytes"
	"crypto/tls"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// impostor stands before the API of a node and gives changes another answer.
type impostor struct {
	mu     sync.Mutex
	status int
	kind   string
	body   string
	drops  bool // the change does not reach the node
	struck int
}

// before serves between the technician and the API of a node; at is the API's own address.
func (i *impostor) before(t *testing.T, at string) string {
	to, err := url.Parse("https://" + at)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.Transport = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // a simulated node on loopback
	proxy.ModifyResponse = func(r *http.Response) error {
		if i.strikes(r.Request, false) {
			r.StatusCode, r.Header = i.status, http.Header{"Content-Type": {i.kind}}
			r.Body, r.ContentLength = io.NopCloser(bytes.NewBufferString(i.body)), int64(len(i.body))
		}
		return nil
	}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if i.strikes(r, true) {
			w.Header().Set("Content-Type", i.kind)
			w.WriteHeader(i.status)
			_, _ = io.WriteString(w, i.body)
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// strikes reports whether the answer to this request is forged here: instead of the change, or behind it.
func (i *impostor) strikes(r *http.Request, instead bool) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	if r.Method != http.MethodPost || i.status == 0 || i.drops != instead {
		return false
	}
	i.struck++
	return true
}

// TestAnswersOfTheAPI: an answer of the API that does not tell what became of a change is decided by what the node holds: a
// change that was made is done, one that was not has failed, and neither is sent again by the program.
func TestAnswersOfTheAPI(t *testing.T) {
	t.Parallel()
	const node = "uccx1.lab.example"
	for _, c := range firsts(2, []struct {
		name   string
		status int
		kind   string
		body   string
	}{
		{"a refusal without a word", 400, "application/json", ""},
		{"a refusal that is a page", 403, "text/html", "<html>Forbidden</html>"},
		{"success that is a page", 200, "text/html", "<html>Sign in</html>"},
		{"the way to a page", 302, "text/html", ""},
		{"an error without a word", 500, "application/json", ""},
	}) {
		for _, drops := range some(false, true) {
			t.Run(c.name+map[bool]string{false: ", done", true: ", not done"}[drops], func(t *testing.T) {
				t.Parallel()
				top := sim.Pairs(1)
				top.Clusters[0].Nodes = map[string]sim.NodeSpec{"uccx1": {Quirks: []sim.Quirk{sim.QuirkREST}}}
				l := labOf(t, sim.Options{Topology: &top})
				i := &impostor{}
				l.adapt = func(c *change.Change) {
					n := &c.Solution.Clusters[0].Nodes[0]
					n.Connection = vos.ConnectionREST
					n.Ports = maps.Clone(n.Ports)
					n.Ports[vos.PortHTTPS] = i.before(t, n.Dial(vos.PortHTTPS))
				}
				p := l.start()
				defer p.end()
				p.until("csr")
				i.mu.Lock()
				i.status, i.kind, i.body, i.drops = c.status, c.kind, c.body, drops
				i.mu.Unlock()
				_ = p.runner.Continue(p.ctx, "csr")
				v := p.task("csr", node)
				if want := map[bool]plan.State{false: plan.Done, true: plan.Failed}[drops]; v.State != want {
					t.Errorf("%s: %+v", v.State, v.Trouble)
				}
				if drops && (v.Trouble == nil || !v.Trouble.AsBefore || !strings.Contains(v.Trouble.Said+v.Trouble.What.String(), "HTTP")) {
					t.Errorf("%+v", v.Trouble)
				}
				if n := l.cluster.Counts()[node].CSRs; i.struck != 1 || n != map[bool]int{false: 1, true: 0}[drops] {
					t.Errorf("%d requests, %d CSRs", i.struck, n)
				}
			})
		}
	}
}
