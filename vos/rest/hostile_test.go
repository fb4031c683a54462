package rest_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
)

// TestEcho: a node that quotes the request, the account in its header too, gets nothing secret written down.
func TestEcho(t *testing.T) {
	header := base64.StdEncoding.EncodeToString([]byte("admin:" + password))
	for _, status := range []int{200, 400, 401, 403, 500, 503} {
		a := newAPI(t, nil)
		login := true
		a.answer = func(w http.ResponseWriter, r *http.Request, _ string) {
			if login {
				login = false
				fmt.Fprint(w, "{}")
				return
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"message":"no: %s; %s"}`, r.Header.Get("Authorization"), password)
		}
		d := a.driver()
		_, look := d.Identity(t.Context(), "tomcat")
		change := d.ImportOwn(t.Context(), "tomcat", a.own())
		heard := a.script
		for _, err := range []error{look, change} {
			var e *vos.Error
			if errors.As(err, &e) {
				heard += e.Error() + e.Said
			}
		}
		if strings.Contains(heard, password) || strings.Contains(heard, header) || !strings.Contains(heard, "no: Basic ********; ********") {
			t.Errorf("%d: %s", status, heard)
		}
	}
}

// TestRedirect: the account never goes to where an answer points, be it another host or the same; a change is not repeated there.
func TestRedirect(t *testing.T) {
	visits := 0
	other := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visits++ }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		login, requests := true, 0
		a := newAPI(t, func(w http.ResponseWriter, r *http.Request, _ string) {
			if login {
				login = false
				fmt.Fprint(w, "{}")
				return
			}
			requests++
			http.Redirect(w, r, other.URL+"/csr", status)
		})
		d := a.driver()
		if err := d.GenerateCSR(t.Context(), "tomcat"); errors.Is(err, vos.ErrNotOffered) || vos.Class(err) != vos.ErrUncertain {
			t.Errorf("%d: %v", status, err)
		}
		if _, err := d.Identity(t.Context(), "tomcat"); vos.Class(err) != vos.ErrRefused {
			t.Errorf("%d: %v", status, err)
		}
		if visits != 0 || requests != 2 {
			t.Errorf("%d: %d visits elsewhere, %d requests", status, visits, requests)
		}
	}
}

// TestChangedCertificate: a node that shows another certificate in the middle is asked about before a word is sent, and a
// change that was to be sent has surely not been.
func TestChangedCertificate(t *testing.T) {
	a := newAPI(t, says(200, "application/json", "{}"))
	stop := errors.New("another certificate")
	asked := 0
	wire := a.relay()
	d, err := a.dial(func(x *vos.Access) { x.CheckCert = okOnly(a.own(), &asked, stop) })
	if err != nil {
		t.Fatal(err)
	}
	before := a.accounts
	fresh := httptest.NewUnstartedServer(a.server.Config.Handler)
	fresh.TLS = &tls.Config{Certificates: []tls.Certificate{otherCertificate(t)}}
	fresh.StartTLS()
	defer fresh.Close()
	wire.Lead(fresh.Listener.Addr().String())
	for _, err := range []error{second(d.Identity(t.Context(), "tomcat")), d.GenerateCSR(t.Context(), "tomcat")} {
		if vos.Class(err) != vos.ErrUnreachable || !errors.Is(err, stop) {
			t.Error(err)
		}
	}
	if a.accounts != before || asked < 2 {
		t.Errorf("%d requests with the account, asked %d times", a.accounts-before, asked)
	}
}

// relay puts an address between the node and its clients.
func (a *api) relay() *loopback.Fork {
	r := loopback.NewFork(a.t, a.server.Listener.Addr().String())
	a.at = r.Addr
	return r
}

// okOnly believes one certificate, and counts how often it is asked.
func okOnly(first *x509.Certificate, asked *int, no error) func(*x509.Certificate) error {
	return func(c *x509.Certificate) error {
		if *asked++; c.Equal(first) {
			return nil
		}
		return no
	}
}

// otherCertificate is one that no node of these tests has shown.
func otherCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key := certtest.Key(t)
	c := &x509.Certificate{SerialNumber: big.NewInt(7), NotAfter: time.Now().Add(time.Hour)}
	der := certtest.DER(t, c, nil, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// TestBodies: bodies that are huge, cut off, or pages end in an error of a class, and are kept for a person to read.
func TestBodies(t *testing.T) {
	long := strings.Repeat("A", 9<<20)
	for name, x := range map[string]struct {
		answer http.HandlerFunc
		look   error // of a look, and
		change error // of a change
		kept   string
	}{
		"huge": {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"message":"`+long+`"}`) }, vos.ErrRefused, vos.ErrUncertain, `{"message":"AAAA`},
		"head": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Long", long[:1<<20])
			_, _ = io.WriteString(w, `{"identities":[]}`)
		}, vos.ErrUnreachable, vos.ErrUncertain, ""},
		"page": {page("<html>Cisco Unified OS Administration</html>"), vos.ErrRefused, vos.ErrUncertain, "<html>Cisco"},
		"cut JSON": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"identities":[{"service":"tomcat","certif`)
		},
			vos.ErrRefused, vos.ErrUncertain, `"certif`},
		"cut line": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"identities":[`)
		}, vos.ErrUnreachable, vos.ErrUncertain, `{"identities":[`},
		"deep":  {page(strings.Repeat("[", 20000)), vos.ErrRefused, vos.ErrUncertain, "[[[["},
		"zeros": {page(`{"identities":[{"service":"tomcat","certificate":"` + strings.Repeat(`\u0000`, 100) + `"}]}`), vos.ErrRefused, nil, `u0000`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, nil)
			login := true
			a.answer = func(w http.ResponseWriter, r *http.Request, _ string) {
				if login {
					login = false
					fmt.Fprint(w, "{}")
					return
				}
				x.answer(w, r)
			}
			d := a.driver()
			if _, err := d.Identity(t.Context(), "tomcat"); vos.Class(err) != x.look {
				t.Errorf("a look: %v, want %v", err, x.look)
			}
			if err := d.GenerateCSR(t.Context(), "tomcat"); vos.Class(err) != x.change {
				t.Errorf("a change: %v, want %v", err, x.change)
			}
			if !strings.Contains(a.script, x.kept) {
				t.Errorf("not kept: %.300s", a.script)
			}
		})
	}
}

func page(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}
