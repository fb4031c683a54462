// Package verdict is what the check command says of files: as JSON, for people, and as files to upload.
package verdict

import (
	"crypto/x509"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/san"
	"github.com/uccx-tui/uccx-tui/vos/cert/uploads"
	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Verdict is the answer of the check command as JSON.
type Verdict struct {
	OK       bool     `json:"ok"`
	Files    []File   `json:"files"`
	Findings []Remark `json:"findings"`

	Missing []Missing `json:"missing_issuers,omitempty"`
	Uploads []Upload  `json:"uploads,omitempty"`       // in their order; none where something is at fault
	There   []There   `json:"already_there,omitempty"` // CAs that need no upload
	Behind  []Behind  `json:"left_behind,omitempty"`   // what was sent and is not uploaded
	Written []string  `json:"written,omitempty"`       // paths of the files that --out wrote

	requests bool // the files are CSRs that have not gone to the CA
	now      time.Time
	plan     uploads.Plan
	say      lang.Localizer
}

// New is a verdict that is judged at a time, and printed in a language.
func New(now time.Time, say lang.Localizer) *Verdict { return &Verdict{now: now, say: say} }

// Print prints the verdict, for people or as one JSON object.
func (j *Verdict) Print(out io.Writer, asJSON bool) error {
	if !asJSON {
		return j.print(print.People(out))
	}
	return print.Document(out, j)
}

// File is one file that was looked at.
type File struct {
	Name  string   `json:"name"`
	Error msg.Text `json:"error,omitzero"`
	Items []Item   `json:"items,omitempty"`
}

// Item is a certificate or a request in a file.
type Item struct {
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

	kind    cert.Kind
	cert    *x509.Certificate
	request *x509.CertificateRequest
}

// Missing is an issuer that a chain lacks.
type Missing struct {
	Issuer      string   `json:"issuer"`
	Of          string   `json:"of"`                    // the certificate that it signed
	Addresses   []string `json:"addresses,omitempty"`   // where that certificate says that it is (AIA)
	Page        string   `json:"page,omitempty"`        // of the CA, for a public root that is known
	Fingerprint string   `json:"fingerprint,omitempty"` // SHA-256 of that root
}

// Upload is one certificate that goes to nodes.
type Upload struct {
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

// There is a CA certificate that all nodes that need it have already.
type There struct {
	Kind   string   `json:"kind"`
	Name   string   `json:"name"`
	Serial string   `json:"serial"`
	Source string   `json:"source,omitempty"`
	Nodes  []string `json:"nodes"`
}

// Behind is something that was sent and stays behind.
type Behind struct {
	Source string   `json:"source"`
	What   msg.Text `json:"what,omitzero"`
	Why    msg.Text `json:"why"`
}

// Remark is one finding.
type Remark struct {
	Code     string   `json:"code"`
	Severity string   `json:"severity"`
	File     string   `json:"file,omitempty"`
	Node     string   `json:"node,omitempty"`
	What     msg.Text `json:"what"`
	Cause    msg.Text `json:"cause,omitzero"`
	Cure     msg.Text `json:"cure,omitzero"`
	Says     string   `json:"node_would_say,omitempty"`
	Guess    bool     `json:"words_are_a_guess,omitempty"`
	Rule     string   `json:"rule,omitempty"`
	Fact     string   `json:"fact,omitempty"` // the dated source that it rests on
}

// Fill takes over what was found.
func (j *Verdict) Fill(files []cert.File, requests []cert.Request, v cert.Verdict) {
	j.Files, j.Findings = []File{}, []Remark{}
	for _, f := range files {
		one := File{Name: cert.Printable(f.Name)}
		if f.Err != nil {
			one.Error = msg.Of(f.Err).Mapped(cert.Printable)
		}
		for _, it := range f.Items {
			one.Items = append(one.Items, itemOf(it, requests, j.now))
		}
		j.Files = append(j.Files, one)
	}
	for _, f := range v.Findings {
		j.Findings = append(j.Findings, RemarkOf(f))
	}
	for _, m := range v.Gaps {
		if len(m.Loop) == 0 { // of a circle every issuer is there: its finding says what is not
			j.addMissing(m)
		}
	}
	if j.OK && !j.requests {
		j.plan = uploads.Of(v, requests, files, j.now)
		j.addPlan()
	}
}

// RemarkOf is a finding as the check command prints it.
func RemarkOf(f cert.Finding) Remark {
	return Remark{f.Code, f.Severity.String(), f.File, f.Node, f.What.Mapped(cert.Printable), f.Cause, f.Cure.Mapped(cert.Printable), f.Says, f.Guess, f.Rule, f.Fact}
}

func itemOf(it cert.Item, requests []cert.Request, now time.Time) Item {
	one := Item{Kind: it.Kind.String(), kind: it.Kind}
	switch {
	case it.Request != nil:
		one.Name, one.Key = cert.Printable(it.Request.Subject.CommonName), cert.KeyWords(it.Request.PublicKey).String()
		one.Names, one.request = Printables(it.Request.DNSNames), it.Request
	case it.Cert != nil:
		c := it.Cert
		one = Item{one.Kind, cert.Name(c), cert.IssuerOf(c), Printables(c.DNSNames), cert.Serial(c), cert.Fingerprint(c), c.NotAfter.UTC().Format(time.RFC3339), cert.DaysLeft(c, now), cert.KeyWords(c.PublicKey).String(), "", it.Kind, c, nil}
		for _, r := range requests {
			if cert.KeyID(r.CSR.PublicKey) == cert.KeyID(c.PublicKey) {
				one.Fits = cert.Printable(r.Node)
			}
		}
	}
	return one
}

// Printables makes words of certificates fit to be printed.
func Printables(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = cert.Printable(s)
	}
	return out
}

func (j *Verdict) addMissing(m cert.Missing) {
	one := Missing{Issuer: m.Issuer, Of: cert.Name(m.Of), Addresses: m.AIA}
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

func (j *Verdict) addPlan() {
	for _, u := range j.plan.Uploads {
		j.Uploads = append(j.Uploads, Upload{u.Number, cert.Printable(u.Store), u.Kind.String(), cert.Name(u.Cert), cert.Serial(u.Cert), u.Source, Printables(u.Nodes), Printables(u.Held), u.FileName(), u.Shared})
	}
	for _, u := range j.plan.There {
		j.There = append(j.There, There{u.Kind.String(), cert.Name(u.Cert), cert.Serial(u.Cert), u.Source, Printables(u.Nodes)})
	}
	for _, b := range j.plan.Behind {
		j.Behind = append(j.Behind, Behind{b.Source, b.What, b.Why})
	}
}

// Judge is the verdict on files, whatever they are.
func (j *Verdict) Judge(files []cert.File, requests []cert.Request, base cert.Request) cert.Verdict {
	var verdict cert.Verdict
	if mine := CSRsIn(files, base); len(requests) == 0 && len(mine) > 0 && onlyRequests(files) {
		for _, r := range mine {
			verdict.Findings = append(verdict.Findings, cert.CheckRequest(r)...)
		}
		j.OK, j.requests = !faulty(verdict), true
	} else if len(requests) == 0 {
		verdict = cert.Look(base, files, j.now)
		j.OK = !faulty(verdict)
	} else {
		verdict = cert.Judge(requests, files, nil, j.now)
		j.OK = verdict.OK()
	}
	return verdict
}

func faulty(r cert.Verdict) bool {
	for _, f := range r.Findings {
		if f.Severity == cert.Fault {
			return true
		}
	}
	return false
}

// CSRsIn makes requests of all CSRs in files; each is for the node that it names, a single one for the node that was
// named by a flag. The nodes that share a multi-server CSR are peers, as many of them as the product allows (PRE-6).
func CSRsIn(files []cert.File, base cert.Request) []cert.Request {
	var all []cert.Request
	for _, f := range files {
		for _, it := range f.Items {
			if it.Kind != cert.CSR {
				continue
			}
			r := base
			r.CSR = it.Request
			r.Node, r.Peers = san.NodeOf(it.Request)
			if r.Limits.OwnNodes && len(r.Peers) > 1 {
				r.Peers = nil
			}
			all = append(all, r)
		}
	}
	if len(all) == 1 && base.Node != "" {
		if peers := all[0].Peers; len(peers) > 0 {
			all[0].Peers = slices.DeleteFunc(append(peers, all[0].Node), func(n string) bool { return strings.EqualFold(n, base.Node) })
		}
		all[0].Node = base.Node
	}
	return all
}

func onlyRequests(files []cert.File) bool {
	for _, f := range files {
		for _, it := range f.Items {
			if it.Kind != cert.CSR {
				return false
			}
		}
	}
	return true
}
