package rest

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// The shapes of answers are known in part (docs/nodes.md 2): what is looked for is found by its name where it has one, and by
// what it is where it has not.

// snapshot is the answer to GET /snapshot/server.
type snapshot struct {
	Identities []struct {
		Service     string `json:"service"`
		Certificate string `json:"certificate"`
		CSR         string `json:"csr"`
	} `json:"identities"`
	Trusts []struct {
		Service string `json:"service"`
		Files   []struct {
			Filename    string `json:"filename"`
			Certificate string `json:"certificate"`
		} `json:"certificate_data"`
	} `json:"trusts"`
}

// snapshotIn reads a snapshot; ok is false where the answer has another shape.
func snapshotIn(r reply) (s snapshot, ok bool) {
	if json.Unmarshal(r.body, &s) != nil {
		return snapshot{}, false
	}
	return s, len(s.Identities)+len(s.Trusts) > 0
}

// texts returns all strings of an answer in their order; the whole of one that is no JSON.
func texts(r reply) []string {
	var v any
	if json.Unmarshal(r.body, &v) != nil {
		return []string{string(r.body)}
	}
	return within(v)
}

func within(v any) []string {
	var all []string
	switch v := v.(type) {
	case string:
		all = append(all, v)
	case []any:
		for _, one := range v {
			all = append(all, within(one)...)
		}
	case map[string]any:
		var names []string
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			all = append(all, within(v[name])...)
		}
	}
	return all
}

// said is what an answer says to a person: its message, then its error, else the whole.
func said(r reply) string {
	var v map[string]any
	if json.Unmarshal(r.body, &v) == nil {
		for _, name := range []string{"message", "error", "errorMessage", "detail"} {
			if all := within(v[name]); len(all) > 0 {
				return strings.Join(all, "\n")
			}
		}
	}
	if strings.Contains(strings.ToLower(r.kind), "html") {
		return "" // a page is no word to a program
	}
	return string(r.body)
}

// certificateIn reads a certificate in PEM, or in base64 without marks; nil where there is none.
func certificateIn(text string) *x509.Certificate {
	der, ok := vos.ParsePEM(text)
	if !ok {
		var err error
		if der, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err != nil {
			return nil
		}
	}
	c, err := cert.FromDER(der)
	if err != nil {
		return nil
	}
	return c
}

// requestIn finds the request (DER) in an answer.
func requestIn(r reply) ([]byte, bool) {
	for _, text := range texts(r) {
		if der, ok := vos.ParseRequest(text); ok {
			return der, true
		}
	}
	return nil, false
}

// certificatesIn finds the certificates in an answer.
func certificatesIn(r reply) []*x509.Certificate {
	var all []*x509.Certificate
	for _, text := range texts(r) {
		if c := certificateIn(text); c != nil {
			all = append(all, c)
		}
	}
	return all
}
