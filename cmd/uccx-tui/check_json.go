package main

import (
	"crypto/x509"
	"encoding/json"
	"io"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/uploads"
	"github.com/uccx-tui/uccx-tui/vos/facts"
)

// judged is the answer of the check command as JSON.
type judged struct {
	OK       bool           `json:"ok"`
	Files    []judgedFile   `json:"files"`
	Findings []judgedRemark `json:"findings"`

	Missing []judgedMissing `json:"missing_issuers,omitempty"`
	Uploads []judgedUpload  `json:"uploads,omitempty"`       // in their order; none where something is at fault
	There   []judgedThere   `json:"already_there,omitempty"` // CAs that need no upload
	Behind  []judgedBehind  `json:"left_behind,omitempty"`   // what was sent and is not uploaded
	Written []string        `json:"written,omitempty"`       // paths of the files that --out wrote

	requests bool // the files are CSRs that have not gone to the CA
	now      time.Time
	plan     uploads.Plan
}

type judgedFile struct {
	Name  string       `json:"name"`
	Error string       `json:"error,omitempty"`
	Items []judgedItem `json:"items,omitempty"`
}

type judgedItem struct {
	Kind        string   `json:"kind"`
	Name        string   `json:"name,omitempty"`
	Issuer      string   `json:"issuer,omitempty"`
	Names       []string `json:"names,omitempty"`
	Serial      string   `json:"serial,omitempty"`
	Fingerprint string   `json:"fingerprint,omitempty"` // SHA-256
	Until       string   `json:"until,omitempty"`       // RFC 3339
	Days        int      `json:"days_left,omitempty"`
	Key         string   `json:"key,omitempty"`
	Fits        string   `json:"fits,omitempty"` // FQDN whose CSR it answers

	cert    *x509.Certificate
	request *x509.CertificateRequest
}

// judgedMissing is an issuer that a chain lacks.
type judgedMissing struct {
	Issuer      string   `json:"issuer"`
	Of          string   `json:"of"`                    // the certificate that it signed
	Addresses   []string `json:"addresses,omitempty"`   // where that certificate says that it is (AIA)
	Page        string   `json:"page,omitempty"`        // of the CA, for a public root that is known
	Fingerprint string   `json:"fingerprint,omitempty"` // SHA-256 of that root
}

// judgedUpload is one certificate that goes to nodes.
type judgedUpload struct {
	Number int      `json:"number"`
	Store  string   `json:"store"`
	Kind   string   `json:"kind"`
	Name   string   `json:"name"`
	Serial string   `json:"serial"`
	Source string   `json:"source,omitempty"`
	Nodes  []string `json:"nodes,omitempty"`
	Held   []string `json:"held,omitempty"` // nodes that have it already
	File   string   `json:"file"`           // its name under --out
	Shared bool     `json:"shared,omitempty"`
}

// judgedThere is a CA certificate that all nodes that need it have already.
type judgedThere struct {
	Kind   string   `json:"kind"`
	Name   string   `json:"name"`
	Serial string   `json:"serial"`
	Source string   `json:"source,omitempty"`
	Nodes  []string `json:"nodes"`
}

// judgedBehind is something that was sent and stays behind.
type judgedBehind struct {
	Source string `json:"source"`
	What   string `json:"what,omitempty"`
	Why    string `json:"why"`
}

type judgedRemark struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	File     string `json:"file,omitempty"`
	Node     string `json:"node,omitempty"`
	What     string `json:"what"`
	Cause    string `json:"cause,omitempty"`
	Cure     string `json:"cure,omitempty"`
	Says     string `json:"node_would_say,omitempty"`
	Guess    bool   `json:"words_are_a_guess,omitempty"`
	Rule     string `json:"rule,omitempty"`
	Fact     string `json:"fact,omitempty"` // the dated source that it rests on
}

// write prints the answer; what is not sound is an exit code, too.
func (j judged) write(out io.Writer, asJSON bool) error {
	var err error
	if asJSON {
		enc := json.NewEncoder(print.JSON{To: out})
		enc.SetIndent("", "  ")
		err = enc.Encode(j)
	} else {
		err = j.print(out)
	}
	if err == nil && !j.OK {
		err = &exit{code: exitRefused}
	}
	return err
}

func (j *judged) fill(files []cert.File, requests []cert.Request, v cert.Reply) {
	j.Files, j.Findings = []judgedFile{}, []judgedRemark{}
	for _, f := range files {
		one := judgedFile{Name: cert.Printable(f.Name)}
		if f.Err != nil {
			one.Error = cert.Printable(f.Err.Error())
		}
		for _, it := range f.Items {
			one.Items = append(one.Items, itemOf(it, requests, j.now))
		}
		j.Files = append(j.Files, one)
	}
	for _, f := range v.Findings {
		j.Findings = append(j.Findings, remarkOf(f))
	}
	for _, m := range v.Gaps {
		j.addMissing(m)
	}
	if j.OK && !j.requests {
		j.plan = uploads.Of(v, requests, files, j.now)
		j.addPlan()
	}
}

func remarkOf(f cert.Finding) judgedRemark {
	return judgedRemark{f.Code, f.Severity.String(), f.File, f.Node, cert.Printable(f.What), f.Cause, cert.Printable(f.Cure), f.Says, f.Guess, f.Rule, f.Fact}
}

func itemOf(it cert.Item, requests []cert.Request, now time.Time) judgedItem {
	one := judgedItem{Kind: it.Kind.String()}
	switch {
	case it.Request != nil:
		one.Name, one.Key = cert.Printable(it.Request.Subject.CommonName), cert.KeyWords(it.Request.PublicKey)
		one.Names, one.request = printable(it.Request.DNSNames), it.Request
	case it.Cert != nil:
		c := it.Cert
		one = judgedItem{one.Kind, cert.Name(c), cert.IssuerOf(c), printable(c.DNSNames), cert.Serial(c), cert.Fingerprint(c), c.NotAfter.UTC().Format(time.RFC3339), cert.DaysLeft(c, now), cert.KeyWords(c.PublicKey), "", c, nil}
		for _, r := range requests {
			if cert.KeyID(r.CSR.PublicKey) == cert.KeyID(c.PublicKey) {
				one.Fits = cert.Printable(r.Node)
			}
		}
	}
	return one
}

func printable(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = cert.Printable(s)
	}
	return out
}

func (j *judged) addMissing(m cert.Missing) {
	one := judgedMissing{Issuer: m.Issuer, Of: cert.Name(m.Of), Addresses: m.AIA}
	if root, ok := facts.RootNamed(m.Of.Issuer.CommonName); ok {
		one.Page, one.Fingerprint = root.From, root.SHA256
	}
	for _, other := range j.Missing {
		if other.Issuer == one.Issuer && other.Of == one.Of {
			return
		}
	}
	j.Missing = append(j.Missing, one)
}

func (j *judged) addPlan() {
	for _, u := range j.plan.Uploads {
		j.Uploads = append(j.Uploads, judgedUpload{u.Number, cert.Printable(u.Store), u.Kind.String(), cert.Name(u.Cert), cert.Serial(u.Cert), u.Source, printable(u.Nodes), printable(u.Held), u.FileName(), u.Shared})
	}
	for _, u := range j.plan.There {
		j.There = append(j.There, judgedThere{u.Kind.String(), cert.Name(u.Cert), cert.Serial(u.Cert), u.Source, printable(u.Nodes)})
	}
	for _, b := range j.plan.Behind {
		j.Behind = append(j.Behind, judgedBehind{b.Source, b.What, b.Why})
	}
}
