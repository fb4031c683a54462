package rest_test

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/rest"
)

const (
	password = "S3cret-of-the-node"
	base     = "/platformcom/api/v1/certmgr/config"
)

// api is a node of which a test writes every answer.
type api struct {
	t      *testing.T
	server *httptest.Server
	at     string // where it is dialled; empty: at the server itself
	answer func(w http.ResponseWriter, r *http.Request, body string)

	mu       sync.Mutex
	accounts int      // requests that came with an account
	lines    []string // method and path of each request with an account
	bodies   []string
	script   string // transcript
}

func newAPI(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, body string)) *api {
	a := &api{t: t, answer: answer}
	a.server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, pass, ok := r.BasicAuth()
		if !ok {
			if a.answer == nil {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("WWW-Authenticate", `Basic realm="CMPlatform Realm"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		a.mu.Lock()
		a.accounts++
		a.lines = append(a.lines, r.Method+" "+strings.TrimPrefix(r.URL.RequestURI(), base))
		a.bodies = append(a.bodies, string(body))
		a.mu.Unlock()
		if pass != password {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"message":"bad credentials"}`)
			return
		}
		a.answer(w, r, string(body))
	}))
	a.server.Config.ErrorLog = nil
	t.Cleanup(a.server.Close)
	return a
}

func (a *api) node() vos.Node {
	at := cmp.Or(a.at, a.server.Listener.Addr().String())
	return vos.Node{FQDN: "cucm1.example.com", Ports: map[int]string{443: at, 8443: at}}
}

func (a *api) dial(change func(*vos.Access)) (vos.Driver, error) {
	access := vos.Access{Login: vos.Login{User: "admin", Password: vos.NewSecret(password)}, CheckCert: func(c *x509.Certificate) error { return nil },
		Transcript: func(typed bool, text string) {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.script += fmt.Sprintln(typed, text)
		}}
	if change != nil {
		change(&access)
	}
	return rest.New(rest.Options{Look: 20 * time.Second, Change: 20 * time.Second}).Dial(a.t.Context(), a.node(), access)
}

func (a *api) driver() vos.Driver {
	a.t.Helper()
	d, err := a.dial(nil)
	if err != nil {
		a.t.Fatal(err)
	}
	return d
}

func (a *api) own() *x509.Certificate { return a.server.Certificate() }

func text(c *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
}

// says answers everything with one status and body; the snapshot of the login with an empty one.
func says(status int, kind, body string) func(http.ResponseWriter, *http.Request, string) {
	login := true
	return func(w http.ResponseWriter, r *http.Request, _ string) {
		if login {
			login = false
			fmt.Fprint(w, `{"identities":[]}`)
			return
		}
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// TestNoAPI: a node without the API is told so by a cause of its own, and is never given the password.
func TestNoAPI(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"not found": http.NotFound,
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/cmplatform/login", http.StatusFound)
		},
		"page": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<html>Cisco Unified OS Administration</html>")
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t, nil)
			a.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Authorization") != "" {
					t.Error("the account was sent")
				}
				handler(w, r)
			})
			if _, err := a.dial(nil); !errors.Is(err, vos.ErrNotOffered) || vos.Class(err) != vos.ErrRefused {
				t.Error(err)
			}
		})
	}
}

// TestCertificate: nothing is sent, not even a question, before the certificate is known; another one ends it.
func TestCertificate(t *testing.T) {
	a := newAPI(t, says(200, "application/json", "{}"))
	asked := 0
	stop := errors.New("not mine")
	for _, check := range []func(*x509.Certificate) error{nil, func(c *x509.Certificate) error {
		asked++
		if !c.Equal(a.own()) {
			t.Error("asked about another")
		}
		return stop
	}} {
		_, err := a.dial(func(x *vos.Access) { x.CheckCert = check })
		if vos.Class(err) != vos.ErrUnreachable || check != nil && !errors.Is(err, stop) {
			t.Error(err)
		}
	}
	if a.accounts != 0 || asked != 1 {
		t.Errorf("%d requests with the account, asked %d times", a.accounts, asked)
	}
	if _, err := a.dial(nil); err != nil || a.accounts != 1 {
		t.Errorf("%v, %d", err, a.accounts)
	}
}

// TestWrongLogin: refused once, counted once.
func TestWrongLogin(t *testing.T) {
	a := newAPI(t, says(200, "application/json", "{}"))
	_, err := a.dial(func(x *vos.Access) { x.Login.Password = vos.NewSecret("wrong") })
	if vos.Class(err) != vos.ErrLogin || a.accounts != 1 || !strings.Contains(err.Error(), "bad credentials") {
		t.Errorf("%v after %d", err, a.accounts)
	}
}

// TestClasses: each answer is one of the four errors, with the node's words.
func TestClasses(t *testing.T) {
	json := "application/json;charset=UTF-8"
	for _, x := range []struct {
		status     int
		kind, body string
		change     error
		look       error
		words      string
	}{
		{400, json, `{"message":"CA certificate is not available in the trust-store"}`, vos.ErrRefused, vos.ErrRefused, "trust-store"},
		{400, json, `{"error":{"code":17,"text":"something else"}}`, vos.ErrRefused, vos.ErrRefused, "something else"},
		{400, "text/plain", `CSR SAN and Certificate SAN does not match`, vos.ErrRefused, vos.ErrRefused, "SAN"},
		{401, json, `{"message":"expired"}`, vos.ErrLogin, vos.ErrLogin, "expired"},
		{403, json, `{}`, vos.ErrRefused, vos.ErrRefused, ""},
		{500, json, `{"message":"CSR public key and certificate public key do not match"}`, vos.ErrRefused, vos.ErrRefused, "public key"},
		{500, json, `{"message":"java.lang.NullPointerException"}`, vos.ErrUncertain, vos.ErrUnreachable, "NullPointer"},
		{503, "text/html", `<html>starting</html>`, vos.ErrUncertain, vos.ErrUnreachable, ""},
		{404, "text/html", `<html>no</html>`, vos.ErrRefused, vos.ErrRefused, ""},
		{200, "text/html", `<html>sign in</html>`, vos.ErrUncertain, vos.ErrRefused, ""},
		{302, "text/html", ``, vos.ErrUncertain, vos.ErrRefused, ""},
		{400, json, ``, vos.ErrRefused, vos.ErrRefused, ""},
		{400, "text/html", `<html>bad</html>`, vos.ErrRefused, vos.ErrRefused, ""},
		{409, json, ` `, vos.ErrRefused, vos.ErrRefused, ""},
	} {
		for look, want := range map[bool]error{false: x.change, true: x.look} {
			a := newAPI(t, says(x.status, x.kind, x.body))
			d, err := a.driver(), error(nil)
			if look {
				_, err = d.Identity(t.Context(), "tomcat")
			} else {
				err = d.ImportOwn(t.Context(), "tomcat", a.own())
			}
			var e *vos.Error
			if vos.Class(err) != want || !errors.As(err, &e) || !strings.Contains(e.Said, x.words) || strings.Contains(e.Said, "<html>") {
				t.Errorf("%d %s, look %v: %v (%q), want %v", x.status, x.body, look, err, e.Said, want)
			}
			if (x.status == 404 || look && x.status < 400) != errors.Is(err, vos.ErrNotOffered) {
				t.Errorf("%d, look %v: %v", x.status, look, err)
			}
			if !look && x.status != 404 && e.Said == "" { // it decides whether the node is checked
				t.Errorf("%d: an answer to a change without a word of the node", x.status)
			}
		}
	}
}

// TestLostAnswer: a change whose answer is lost is uncertain, and is not sent again by itself; a look is not reached.
func TestLostAnswer(t *testing.T) {
	login, changes := true, 0
	a := newAPI(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		if login {
			login = false
			fmt.Fprint(w, "{}")
			return
		}
		if r.Method == http.MethodPost {
			changes++
		}
		if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
			_ = c.Close()
		}
	})
	d := a.driver()
	if err := d.GenerateCSR(t.Context(), "tomcat"); vos.Class(err) != vos.ErrUncertain || changes != 1 {
		t.Errorf("%v, sent %d times", err, changes)
	}
	if _, err := d.Identity(t.Context(), "tomcat"); vos.Class(err) != vos.ErrUnreachable {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.GenerateCSR(gone, "tomcat"); vos.Class(err) != vos.ErrUnreachable || changes != 1 {
		t.Errorf("%v, sent %d times", err, changes)
	}
	a.server.Close()
	if err := d.GenerateCSR(t.Context(), "tomcat"); vos.Class(err) != vos.ErrUnreachable {
		t.Errorf("a request that was never sent: %v", err)
	}
}

const csr = "-----BEGIN CERTIFICATE REQUEST-----\nMAMCAQE=\n-----END CERTIFICATE REQUEST-----\n"

// TestShapes: what is known by name is found by name, what is not is found by what it is, and no CSR is believed in twice.
func TestShapes(t *testing.T) {
	for name, x := range map[string]struct {
		snapshot, single string
		status           int
		want             bool  // a CSR
		err              error // or this
	}{
		"in the snapshot":          {`{"identities":[{"service":"tomcat","csr":%CSR}]}`, ``, 200, true, nil},
		"alone":                    {`{"identities":[{"service":"tomcat"}]}`, `{"csr":%CSR}`, 200, true, nil},
		"bare PEM":                 {`{"identities":[{"service":"tomcat"}]}`, csr, 200, true, nil},
		"deep in something":        {`[]`, `{"result":[{"data":{"pem":%CSR}}]}`, 200, true, nil},
		"none, says both":          {`{"identities":[{"service":"tomcat"}]}`, `{"message":"File tomcat.csr does not exist"}`, 400, false, nil},
		"none, not found":          {`{"identities":[{"service":"tomcat"}]}`, `{}`, 404, false, nil},
		"none, empty":              {`{"identities":[{"service":"tomcat"}]}`, `{}`, 200, false, nil},
		"says nothing":             {`{}`, `{}`, 200, false, vos.ErrRefused},
		"not found, says nothing":  {`{}`, `{}`, 404, false, vos.ErrRefused},
		"another unit's":           {`{"identities":[{"service":"ipsec","csr":%CSR}]}`, `{}`, 200, false, vos.ErrRefused},
		"broken snapshot, has one": {`{"identities":"yes"}`, `{"csr":%CSR}`, 200, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			quoted, _ := json.Marshal(csr)
			a := newAPI(t, func(w http.ResponseWriter, r *http.Request, _ string) {
				body := x.snapshot
				if strings.HasSuffix(r.URL.Path, "/csr") {
					w.WriteHeader(x.status)
					body = x.single
				}
				fmt.Fprint(w, strings.ReplaceAll(body, "%CSR", string(quoted)))
			})
			der, err := a.driver().CSR(t.Context(), "tomcat")
			if vos.Class(err) != x.err || (der != nil) != x.want {
				t.Errorf("%v, %v", der, err)
			}
		})
	}
}

// TestIdentityAndTrust: what the snapshot lacks is asked for alone; an unknown body stands in the transcript.
func TestIdentityAndTrust(t *testing.T) {
	body := `{"something":"new"}`
	var a *api
	a = newAPI(t, func(w http.ResponseWriter, r *http.Request, _ string) {
		if strings.HasSuffix(r.URL.Path, "/identity/certificate") {
			fmt.Fprintf(w, "%q", text(a.own()))
			return
		}
		fmt.Fprint(w, body)
	})
	d := a.driver()
	if c, err := d.Identity(t.Context(), "tomcat"); err != nil || !c.Equal(a.own()) {
		t.Error(err)
	}
	if _, err := d.TrustList(t.Context(), "tomcat"); vos.Class(err) != vos.ErrRefused || !strings.Contains(a.script, `{"something":"new"}`) {
		t.Errorf("%v\n%s", err, a.script)
	}
	quoted, _ := json.Marshal(text(a.own()))
	body = `{"trusts":[{"service":"tomcat-trust","certificate_data":[{"filename":"a.pem","certificate":` + string(quoted) + `},{"filename":"b.pem","certificate":"?"}]},{"service":"ipsec-trust","certificate_data":[{"filename":"c.pem"}]}]}`
	list, err := d.TrustList(t.Context(), "tomcat")
	if err != nil || len(list) != 2 || list[0].File != "a.pem" || list[0].Store != "tomcat-trust" {
		t.Fatalf("%+v, %v", list, err)
	}
	if c, err := d.Trusted(t.Context(), "tomcat", list[0]); err != nil || !c.Equal(a.own()) {
		t.Error(err)
	}
	if _, err := d.Trusted(t.Context(), "tomcat", list[1]); !errors.Is(err, vos.ErrNotOffered) {
		t.Errorf("a file that cannot be read is another way's: %v", err)
	}
	if _, err := d.About(t.Context()); !errors.Is(err, vos.ErrNotOffered) {
		t.Error(err)
	}
}

// TestWhatIsSent: the bodies that working clients send (docs/nodes.md 2), and never the password in a transcript.
func TestWhatIsSent(t *testing.T) {
	a := newAPI(t, says(200, "application/json", `{"csr":"x"}`))
	d, ctx := a.driver(), t.Context()
	for _, do := range []func() error{
		func() error { return d.GenerateCSR(ctx, "tomcat") },
		func() error { return d.ImportTrust(ctx, "tomcat", a.own()) },
		func() error { return d.ImportOwn(ctx, "tomcat", a.own()) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"GET /snapshot/server", "POST /csr", "POST /trust/certificates", "POST /identity/certificates"}
	if got := strings.Join(a.lines, ", "); got != strings.Join(want, ", ") {
		t.Error(got)
	}
	quoted, _ := json.Marshal(text(a.own()))
	for i, want := range []string{"", `{"commonName":"cucm1.example.com","distribution":"this-server","service":"tomcat"}`,
		`{"certificates":[` + string(quoted) + `],"description":"Trust Certificate","service":["tomcat"]}`, `{"certificates":[` + string(quoted) + `],"service":"tomcat"}`} {
		if a.bodies[i] != want {
			t.Errorf("%s sent %s", a.lines[i], a.bodies[i])
		}
	}
	if strings.Contains(a.script, password) || !strings.Contains(a.script, "POST https://cucm1.example.com:443"+base+"/csr") {
		t.Error(a.script)
	}
}

// FuzzBodies: no body of a node makes the driver fail otherwise than with an error.
func FuzzBodies(f *testing.F) {
	for _, s := range []string{`{}`, `[]`, `{"identities":[{"service":"tomcat","certificate":"x","csr":"y"}]}`, csr, `{"trusts":[{"certificate_data":null}]}`, `{"message":{"a":["b"]}}`, "\x00"} {
		f.Add(s, 200)
		f.Add(s, 500)
	}
	f.Fuzz(func(t *testing.T, body string, status int) {
		if status < 200 || status > 599 {
			return
		}
		a := newAPI(t, says(status, "application/json", body))
		d := a.driver()
		for _, err := range []error{second(d.Identity(t.Context(), "tomcat")), second(d.CSR(t.Context(), "tomcat")), second(d.TrustList(t.Context(), "tomcat")), d.GenerateCSR(t.Context(), "tomcat")} {
			var e *vos.Error
			if err != nil && !errors.As(err, &e) {
				t.Errorf("%T", err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
