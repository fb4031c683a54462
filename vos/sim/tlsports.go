package sim

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"html"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// tlsListener accepts connections onto the node's wire.
type tlsListener struct {
	net.Listener
	n *node
}

func (d tlsListener) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return d.n.adopt(conn), nil
}

// serveTLS answers on the open TLS ports. The caller holds n.mu.
func (n *node) serveTLS() {
	for port, l := range n.doors {
		if port == sshPort {
			continue
		}
		s := &http.Server{
			Handler:           n.page(port),
			ReadHeaderTimeout: 30 * time.Second,
			IdleTimeout:       time.Minute,
			ErrorLog:          log.New(io.Discard, "", 0),
		}
		secure := tls.NewListener(tlsListener{l, n}, n.tlsConfig(port))
		n.c.wg.Go(func() { _ = s.Serve(secure) })
	}
}

func (n *node) tlsConfig(port int) *tls.Config {
	conf := &tls.Config{
		MinVersion:     tls.VersionTLS12,
		MaxVersion:     tls.VersionTLS12,
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) { return n.shown(port, hello) },
	}
	if n.tls10 {
		conf.MinVersion = tls.VersionTLS10
	}
	if n.tls13 {
		conf.MaxVersion = tls.VersionTLS13
	}
	return conf
}

// shown returns what a port shows to a client. On 11.5 Socket.IO and the XMPP service of chat nodes prefer tomcat-ECDSA
// where the client can, the certificate was signed with an EC key, and no COP keeps it back (EC-3, EC-4, EC-6).
func (n *node) shown(port int, hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	n.g.mu.Lock()
	defer n.g.mu.Unlock()
	if err := n.g.prepare(); err != nil {
		return nil, err
	}
	for _, v := range n.services() {
		if n.disk.Failing[v.name] == failed && slices.Contains(v.ports, port) {
			return nil, fmt.Errorf("%s: %s is not running", n.fqdn, v.name)
		}
	}
	if n.ecdsa && n.disk.COP != copWorks && prefersECDSA(n, port) {
		ec, err := n.certificate("tomcat-ECDSA", port)
		if err == nil && ec.Leaf.SignatureAlgorithm >= x509.ECDSAWithSHA1 && ec.Leaf.SignatureAlgorithm <= x509.ECDSAWithSHA512 &&
			hello.SupportsCertificate(ec) == nil {
			return ec, nil
		}
	}
	return n.certificate("tomcat", port)
}

// prefersECDSA reports whether a port shows tomcat-ECDSA rather than tomcat where a node has both.
func prefersECDSA(n *node, port int) bool {
	f, _ := vos.Lookup(n.product, vos.Release(n.version))
	return n.servesEC || slices.ContainsFunc(f.Ports, func(p vos.Port) bool { return p.Number == port && p.ECDSA })
}

// certificate makes what is served for a unit on a port ready for TLS. The caller holds the group's lock.
func (n *node) certificate(unit string, port int) (*tls.Certificate, error) {
	s, ok := n.disk.Served[servedAt(unit, port)]
	id, known := n.disk.Identities[s.Identity]
	if !ok || !known {
		return nil, fmt.Errorf("%s: port %d serves no %s certificate", n.fqdn, port, unit)
	}
	key, err := n.servedKey(s.Identity, id)
	if err != nil {
		return nil, fmt.Errorf("%s: key of %s: %w", n.fqdn, unit, err)
	}
	leaf, err := cert.FromDER(id.Cert)
	if err != nil {
		return nil, fmt.Errorf("%s: certificate of %s: %w", n.fqdn, unit, err)
	}
	return &tls.Certificate{Certificate: append([][]byte{id.Cert}, s.Chain...), PrivateKey: key, Leaf: leaf}, nil
}

// servedKey is the key of an identity that is served. It is read once: that costs as much as a handshake. The caller holds the group's lock.
func (n *node) servedKey(fingerprint string, id identity) (key any, err error) {
	if key = n.servedKeys[fingerprint]; key != nil {
		return key, nil
	}
	if key, err = x509.ParsePKCS8PrivateKey(id.Key); err == nil {
		n.servedKeys[fingerprint] = key
	}
	return key, err
}

func servedAt(unit string, port int) string { return unit + ":" + strconv.Itoa(port) }

// page is a sign-in page for every path but that of the certificate API, which lies where the platform does.
func (n *node) page(port int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, apiBase+"/") && n.target == nil && (port == vos.PortHTTPS || port == vos.PortAdmin) {
			n.api(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Connection", "close")
		text, err := transcripts.Fill("page.html", transcripts.Values{"FQDN": html.EscapeString(n.fqdn), "Port": port})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = io.WriteString(w, text)
	})
}
