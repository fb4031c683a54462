package sim

import (
	"crypto/subtle"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// apiState is whether a node has the certificate API of docs/nodes.md 2.
type apiState int

// apiNone: the path is not known. apiOff: it leads to the sign-in page. apiOn: it answers.
const (
	apiNone apiState = iota
	apiOff
	apiOn
)

// apiBase is where the API begins, on 443; that 8443 has it too is a guess [I].
const apiBase = "/platformcom/api/v1/certmgr/config"

// requests is what the API of docs/nodes.md 2 knows. All that it changes is what OS Administration changes, by the same rules
// and in the same words.
func (n *node) requests() map[string]func(*http.Request, []byte) (any, error) {
	return map[string]func(*http.Request, []byte) (any, error){
		"GET /snapshot/server":        n.apiSnapshot,
		"GET /options":                func(*http.Request, []byte) (any, error) { return map[string]any{"services": n.units()}, nil }, // Guess [I]: the content
		"GET /csr":                    n.apiPending,
		"POST /csr":                   n.apiGenerate,
		"GET /identity/certificate":   n.apiIdentity,
		"GET /identity/certificates":  n.apiIdentity,
		"POST /identity/certificates": n.apiInstall,
		"GET /trust/certificate":      n.apiTrusted,
		"POST /trust/certificates":    n.apiTrust,
	}
}

// api answers one request, with the hook before and after it as at the prompt.
func (n *node) api(w http.ResponseWriter, r *http.Request) {
	switch n.rest {
	case apiNone:
		http.NotFound(w, r)
		return
	case apiOff:
		http.Redirect(w, r, "/cmplatform/showHome.do", http.StatusFound)
		return
	}
	user, password, _ := r.BasicAuth()
	if r.Header.Get("Authorization") == "" || !n.admitRequest(user, password) {
		w.Header().Set("WWW-Authenticate", `Basic realm="CMPlatform Realm"`)
		answer(w, http.StatusUnauthorized, map[string]any{"message": "Unauthorized"})
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, requestLimit))
	if err != nil {
		answer(w, http.StatusBadRequest, map[string]any{"message": "request too large"})
		return
	}
	line := r.Method + " " + strings.TrimPrefix(r.URL.Path, apiBase)
	event := Event{Node: n.fqdn, Moment: Before, N: int(n.typed.Add(1)), Line: line}
	if n.c.ask(event) != Go {
		hangUp(w)
		return
	}
	early := n.c.happen(n, line, true)
	status, reply := apiAnswered(n, line, r, body)
	if said, ok := reply.(map[string]any); ok && n.evil {
		said["note"] = HostileWords()
		if words, ok := said["message"].(string); ok {
			said["message"] = HostileWords() + words
		}
	}
	if err := errors.Join(early, n.c.happen(n, line, false)); err != nil {
		status, reply = http.StatusInternalServerError, map[string]any{"message": err.Error()}
	}
	if words := n.other.take(); words != "" {
		status, reply = http.StatusBadRequest, map[string]any{"message": words}
	}
	event.Moment = After
	switch n.c.ask(event) {
	case Cut:
		hangUp(w)
	case CutHalf:
		half(w, status, reply)
	default:
		answer(w, status, reply)
	}
}

// apiAnswered does what was asked, or answers it with other words without doing it.
func apiAnswered(n *node, line string, r *http.Request, body []byte) (int, any) {
	if words := n.other.take(); words != "" {
		return http.StatusBadRequest, map[string]any{"message": words}
	}
	return n.apiDo(line, r, body)
}

// apiDo does what was asked. A CSR that is gone or another one gives 500, other refusals 400 (docs/nodes.md 2).
func (n *node) apiDo(line string, r *http.Request, body []byte) (int, any) {
	do, known := n.requests()[line]
	switch {
	case !known:
		return http.StatusNotFound, map[string]any{"message": "Not Found"}
	case n.level0 && r.Method != http.MethodGet:
		return http.StatusForbidden, map[string]any{"message": "insufficient privilege"}
	}
	reply, err := do(r, body)
	var no *refusal
	switch {
	case errors.As(err, &no) && (no.name == "key" || no.name == "no-csr" && r.Method != http.MethodGet):
		n.countRefusal(line)
		return http.StatusInternalServerError, map[string]any{"message": (&Page{n}).said(err).Error()}
	case errors.As(err, &no):
		n.countRefusal(line)
		return http.StatusBadRequest, map[string]any{"message": (&Page{n}).said(err).Error()}
	case err != nil:
		return http.StatusInternalServerError, map[string]any{"message": err.Error()}
	}
	return http.StatusOK, reply
}

func answer(w http.ResponseWriter, status int, reply any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(reply)
}

// half sends half of a body as if it were whole: without a length, the end of the connection is the end of the text.
func half(w http.ResponseWriter, status int, reply any) {
	text, err := json.Marshal(reply)
	h, ok := w.(http.Hijacker)
	if err != nil || !ok {
		return
	}
	conn, _, err := h.Hijack()
	if err != nil {
		return
	}
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n%s", status, http.StatusText(status), text[:len(text)/2])
	_ = conn.Close()
}

// hangUp ends the connection without a word.
func hangUp(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			_ = conn.Close()
		}
	}
}

// admitRequest checks the account of a request. A refused one counts for the lockout as at the prompt; an accepted one is
// no login, and is counted nowhere.
func (n *node) admitRequest(user, password string) bool {
	right := subtle.ConstantTimeCompare([]byte(user+"\x00"+password), []byte(labUser+"\x00"+labPassword)) == 1
	if d := n.look(); right && d.Lockout.Failed == 0 && n.now().After(d.Lockout.Until) {
		return true
	}
	return n.admit(user, password)
}

// service is the unit that a request names; the first of several.
func (n *node) service(r *http.Request, named any) (string, error) {
	name := r.URL.Query().Get("service")
	switch v := named.(type) {
	case string:
		name = v
	case []any:
		if len(v) > 0 {
			name = fmt.Sprint(v[0])
		}
	}
	return n.unit(strings.TrimSuffix(name, "-trust"), "")
}

func (n *node) apiSnapshot(*http.Request, []byte) (any, error) {
	d, err := n.prepared()
	if err != nil {
		return nil, err
	}
	var identities, trusts []map[string]any
	for _, unit := range n.units() {
		fp, held := d.Held[unit]
		if !held {
			continue
		}
		one := map[string]any{"service": unit, "certificate": transcripts.PEM("CERTIFICATE", d.Identities[fp].Cert)}
		if p, ok := d.CSRs[unit]; ok {
			one["csr"] = transcripts.PEM("CERTIFICATE REQUEST", p.CSR)
		}
		identities = append(identities, one)
	}
	stores := map[string][]map[string]any{}
	for _, t := range d.Trust {
		stores[t.Store] = append(stores[t.Store], map[string]any{"filename": t.File, "certificate": transcripts.PEM("CERTIFICATE", t.Cert)})
	}
	for store, files := range stores {
		trusts = append(trusts, map[string]any{"service": store, "certificate_data": files})
	}
	return map[string]any{"trackingId": fmt.Sprintf("lab-%d", n.typed.Load()), "server": n.fqdn, "identities": identities, "trusts": trusts,
		"revokedCertificates": []any{}}, nil
}

func (n *node) apiPending(r *http.Request, _ []byte) (any, error) {
	unit, err := n.service(r, nil)
	if err != nil {
		return nil, err
	}
	return n.pendingReply(unit)
}

func (n *node) pendingReply(unit string) (any, error) {
	p, ok := n.look().CSRs[unit]
	if !ok {
		return nil, refuse("no-csr", map[string]any{"Unit": unit})
	}
	return map[string]any{"csr": transcripts.PEM("CERTIFICATE REQUEST", p.CSR)}, nil
}

func (n *node) apiGenerate(r *http.Request, body []byte) (any, error) {
	var f struct {
		Service, Distribution, CommonName, KeyType, HashAlgorithm string
		KeyLength                                                 int
		AltNames                                                  []string
	}
	if err := json.Unmarshal(body, &f); err != nil {
		return nil, refuse("unreadable", nil)
	}
	unit, err := n.service(r, f.Service)
	if err != nil {
		return nil, err
	}
	form := Form{Unit: unit, Bits: f.KeyLength, Names: f.AltNames}
	form.Multi = strings.HasPrefix(strings.ToLower(f.Distribution), "multi") // Guess [I]: the literal
	if err := (&Page{n}).generate(form); err != nil {
		return nil, err
	}
	return n.pendingReply(unit)
}

func (n *node) apiIdentity(r *http.Request, _ []byte) (any, error) {
	unit, err := n.service(r, nil)
	if err != nil {
		return nil, err
	}
	d, err := n.prepared()
	if err != nil {
		return nil, err
	}
	return map[string]any{"service": unit, "certificate": transcripts.PEM("CERTIFICATE", d.Identities[d.Held[unit]].Cert)}, nil
}

// uploads reads the certificates of a request, the leaf first.
func (n *node) uploads(r *http.Request, body []byte) (unit string, all []*x509.Certificate, err error) {
	var f struct {
		Service      any
		Certificates []string
	}
	if err := json.Unmarshal(body, &f); err != nil || len(f.Certificates) == 0 {
		return "", nil, refuse("not-pem", nil)
	}
	if unit, err = n.service(r, f.Service); err != nil {
		return "", nil, err
	}
	for _, text := range f.Certificates {
		c, err := pastedCertificate([]byte(text))
		if err != nil {
			return "", nil, err
		}
		all = append(all, c)
	}
	return unit, all, nil
}

// apiInstall takes an application certificate; CAs that come behind it go into the trust store first.
func (n *node) apiInstall(r *http.Request, body []byte) (any, error) {
	unit, all, err := n.uploads(r, body)
	if err != nil {
		return nil, err
	}
	for _, ca := range slices.Backward(all[1:]) {
		if err := n.importTrust(unit, ca); err != nil {
			return nil, err
		}
	}
	return map[string]any{"service": unit, "message": "Certificate Uploaded"}, n.importOwn(unit, all[0])
}

func (n *node) apiTrusted(r *http.Request, _ []byte) (any, error) {
	unit, err := n.service(r, nil)
	if err != nil {
		return nil, err
	}
	d, err := n.prepared()
	if err != nil {
		return nil, err
	}
	all := []map[string]any{}
	for _, t := range d.Trust {
		if t.Store == trustStore(unit) {
			all = append(all, map[string]any{"filename": t.File, "certificate": transcripts.PEM("CERTIFICATE", t.Cert)})
		}
	}
	return map[string]any{"certificates": all}, nil
}

func (n *node) apiTrust(r *http.Request, body []byte) (any, error) {
	unit, all, err := n.uploads(r, body)
	for _, ca := range all {
		if err == nil {
			err = n.importTrust(unit, ca)
		}
	}
	return map[string]any{"service": []string{trustStore(unit)}, "message": "Certificate Uploaded"}, err
}

// hasAPI sets whether a node has the API: the products whose documents name it have it [C], a UCCX 15 may have it switched off
// [I], and older ones have none (docs/nodes.md 9).
func (n *node) hasAPI() {
	since := n.product.Facts().API
	switch at := vos.Release(n.version); {
	case n.rest != apiNone: // a quirk of this node
	case since.Known() && !at.Before(since):
		n.rest = apiOn
	case !at.Before("14.0"):
		n.rest = apiOff
	}
}
