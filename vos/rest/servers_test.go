package rest_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/loopback"
	"github.com/uccx-tui/uccx-tui/vos/rest"
)

// badServer answers one kind of request in a way of its own, and all others as a node does.
type badServer struct {
	at    string // probe, login, look or change
	bad   func(c net.Conn, other string)
	other string // where redirects lead

	mu    sync.Mutex
	kinds []string // of the requests that came, in their order
	let   bool     // a login was answered with yes
}

// kind tells the requests of these tests apart.
func (s *badServer) kind(r *http.Request) string {
	_, _, account := r.BasicAuth()
	s.mu.Lock()
	defer s.mu.Unlock()
	kind := "login"
	switch {
	case !account:
		kind = "probe"
	case r.Method != http.MethodGet:
		kind = "change"
	case s.let:
		kind = "look"
	}
	s.kinds = append(s.kinds, kind)
	return kind
}

func (s *badServer) count(kind string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.kinds {
		if k == kind {
			n++
		}
	}
	return n
}

func (s *badServer) serve(c net.Conn) {
	defer c.Close()
	in := bufio.NewReader(c)
	for {
		r, err := http.ReadRequest(in)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		switch kind := s.kind(r); {
		case kind == s.at:
			s.bad(c, s.other)
			return
		case kind == "probe":
			_, _ = io.WriteString(c, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
		default:
			s.mu.Lock()
			s.let = true
			s.mu.Unlock()
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
		}
	}
}

// start listens on loopback, and returns the node to dial and the certificate that it shows.
func (s *badServer) start(t *testing.T) vos.Node {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{otherCertificate(t)}})
	if err != nil {
		t.Fatal(err)
	}
	at := loopback.Serve(t, l, s.serve)
	return vos.Node{FQDN: "cucm1.example.com", Ports: map[int]string{443: at, 8443: at}}
}

func endlessly(c net.Conn, head, part string) {
	_, _ = io.WriteString(c, head)
	block := strings.Repeat(part, max(1, 16384/len(part)))
	for {
		if _, err := io.WriteString(c, block); err != nil {
			return
		}
	}
}

// slowly writes a byte each 20 ms, without end.
func slowly(c net.Conn, text string) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		<-tick.C
		if _, err := io.WriteString(c, text[i%len(text):i%len(text)+1]); err != nil {
			return
		}
	}
}

// bomb is a megabyte of gzip that holds a gigabyte: the same member again and again, which is one text to those who read it.
func bomb() []byte {
	var member bytes.Buffer
	z, _ := gzip.NewWriterLevel(&member, gzip.BestCompression)
	for range 16 {
		_, _ = z.Write(make([]byte, 1<<20))
	}
	_ = z.Close()
	return bytes.Repeat(member.Bytes(), 64)
}

const okHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// badAnswers are what servers of these tests answer in place of a node.
func badAnswers() map[string]func(c net.Conn, other string) {
	says := func(text string) func(net.Conn, string) {
		return func(c net.Conn, _ string) { _, _ = io.WriteString(c, text) }
	}
	body := func(text string) func(net.Conn, string) {
		return says(okHead + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(text), text))
	}
	zipped := bomb()
	all := map[string]func(c net.Conn, other string){
		"hangs up":             says(""),
		"silence":              func(c net.Conn, _ string) { _, _ = io.Copy(io.Discard, c) },
		"no HTTP":              says("SSH-2.0-OpenSSH_8.0\r\n"),
		"a body without end":   func(c net.Conn, _ string) { endlessly(c, okHead+"\r\n", `{"a":`) },
		"blanks without end":   func(c net.Conn, _ string) { endlessly(c, okHead+"\r\n", " ") },
		"chunks without end":   func(c net.Conn, _ string) { endlessly(c, okHead+"Transfer-Encoding: chunked\r\n\r\n", "1\r\n[\r\n") },
		"headers without end":  func(c net.Conn, _ string) { endlessly(c, okHead, "X-A: b\r\n") },
		"a header without end": func(c net.Conn, _ string) { endlessly(c, okHead+"X-A: ", "b") },
		"trailers without end": func(c net.Conn, _ string) {
			endlessly(c, okHead+"Transfer-Encoding: chunked\r\nTrailer: X-A\r\n\r\n2\r\n{}\r\n0\r\n", "X-A: b\r\n")
		},
		"continues without end": func(c net.Conn, _ string) { endlessly(c, "", "HTTP/1.1 100 Continue\r\n\r\n") },
		"early hints":           func(c net.Conn, _ string) { endlessly(c, "", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n") },
		"a slow head":           func(c net.Conn, _ string) { slowly(c, okHead+"X-A: ") },
		"a slow body":           func(c net.Conn, _ string) { _, _ = io.WriteString(c, okHead+"\r\n"); slowly(c, " ") },
		"a compressed bomb": func(c net.Conn, _ string) {
			_, _ = io.WriteString(c, okHead+fmt.Sprintf("Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n", len(zipped)))
			_, _ = c.Write(zipped)
		},
		"less than it said":   says(okHead + "Content-Length: 999999\r\n\r\n{}"),
		"two lengths":         says(okHead + "Content-Length: 2\r\nContent-Length: 999\r\n\r\n{}"),
		"a negative length":   says(okHead + "Content-Length: -7\r\n\r\n{}"),
		"deep JSON":           body(strings.Repeat(`{"a":`, 100_000)),
		"many fields":         body("{" + strings.Repeat(`"a":1,`, 100_000) + `"z":{}}`),
		"numbers":             body(`{"identities":[{"service":1e999,"certificate":-1}]}`),
		"a page":              says("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 40\r\n\r\n<html><script>alert(1)</script></html>  "),
		"an image":            says("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\x89PNG"),
		"escapes":             says("HTTP/1.1 418 \x1b]52;c;SE9T\x07\r\nContent-Length: 14\r\n\r\n\x1b[2J\x9b31mevil!"),
		"a switch":            says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
		"cookies":             says(okHead + strings.Repeat("Set-Cookie: a="+strings.Repeat("b", 4000)+"; Domain=example.com\r\n", 10) + "Content-Length: 1\r\n\r\n["),
		"a status of its own": says("HTTP/1.1 999 No\r\nContent-Length: 0\r\n\r\n"),
		"quotes the password": says("HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\n" + fmt.Sprintf("%-100s", password)),
		"a login again":       says("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"),
		"a proxy's login":     says("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"),
		"try later":           says("HTTP/1.1 503 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"),
		"too many":            says("HTTP/1.1 429 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"),
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		all[fmt.Sprintf("leads away, %d", status)] = func(c net.Conn, other string) {
			fmt.Fprintf(c, "HTTP/1.1 %d Go\r\nLocation: https://%s/x\r\nRefresh: 0; url=https://%s/y\r\nContent-Length: 0\r\n\r\n", status, other, other)
		}
	}
	return all
}

// TestHostileServers: whatever a server answers to the first question, to the login, to a look and to a change, the driver ends in its
// limits, with an error that has an end and no password in it; the password and a change go out once, and to no other server.
func TestHostileServers(t *testing.T) {
	away := &badServer{at: "none"}
	other := away.start(t).Dial(443)
	stages := []string{"probe", "login", "look", "change"}
	if testing.Short() {
		stages = []string{"login", "change"}
	}
	for name, bad := range badAnswers() {
		for _, at := range stages {
			t.Run(at+" "+name, func(t *testing.T) {
				s := &badServer{at: at, bad: bad, other: other}
				var script strings.Builder
				access := vos.Access{Login: vos.Login{User: "admin", Password: vos.NewSecret(password)}, CheckCert: func(*x509.Certificate) error { return nil },
					Transcript: func(_ bool, text string) { script.WriteString(text) }}
				n := s.start(t)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				d, err := rest.New(rest.Options{Connect: 10 * time.Second, Look: 300 * time.Millisecond, Change: 300 * time.Millisecond}).Dial(t.Context(), n, access)
				in := err == nil
				if in {
					_, err = d.Identity(t.Context(), "tomcat")
					if changed := d.GenerateCSR(t.Context(), "tomcat"); changed != nil {
						err = fmt.Errorf("%w; %w", err, changed)
					}
				}
				runtime.ReadMemStats(&after)
				if err == nil || len(err.Error()) > 16<<10 {
					t.Fatalf("%.500v", err)
				}
				if strings.Contains(err.Error()+script.String(), password) {
					t.Errorf("the password is told: %.500v", err)
				}
				lost := strings.Contains(err.Error(), "Cannot connect") && !strings.Contains(err.Error(), ":8443") // no whole answer came to the first login
				if logins := s.count("login"); !in && (logins > s.count("probe") || lost && logins > 1) || s.count("change") > 1 {
					t.Errorf("sent: %v; %v", s.kinds, err)
				}
				if cost := after.TotalAlloc - before.TotalAlloc; cost > 200<<20 {
					t.Errorf("it cost %d MiB", cost>>20)
				}
			})
		}
	}
	if len(away.kinds) > 0 {
		t.Errorf("the other server was asked: %v", away.kinds)
	}
}
