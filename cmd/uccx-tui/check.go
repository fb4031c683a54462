package main

import (
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// checkOptions are the flags of the check command.
type checkOptions struct {
	csrs, held                           []string
	node, product, release, unit, window string
	json                                 bool
}

func (d *door) checkCommand() *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use:   "check PATH...",
		Short: "Check a CA's files: content, and whether a node would accept them (offline)",
		Args:  atLeastOne("check needs the files or folders that the CA sent"),
		RunE: func(c *cobra.Command, args []string) error {
			base, err := o.base()
			if err != nil {
				return usage(c, err)
			}
			return check(c.OutOrStdout(), args, o, base)
		},
	}
	c.Flags().StringArrayVar(&o.csrs, "csr", nil, "CSR that you sent to the CA, or a folder (repeatable)")
	c.Flags().StringVar(&o.node, "node", "", "FQDN of the node, if there is no CSR")
	c.Flags().StringVar(&o.product, "product", "", fmt.Sprintf("product of the node: %s", productList))
	c.Flags().StringVar(&o.release, "release", "", "release of the node, for example \"12.5(1)SU3\", or as the node prints it")
	c.Flags().StringVar(&o.unit, "unit", "", "certificate name: tomcat or tomcat-ECDSA")
	c.Flags().StringVar(&o.window, "window", "", "day of the change, for example 2027-01-31; certificates that expire earlier are errors")
	c.Flags().StringArrayVar(&o.held, "held", nil, "current tomcat-trust certificates of the node, or a folder")
	c.Flags().BoolVar(&o.json, "json", false, "print one JSON object")
	return c
}

// judged is the answer of the check command as JSON.
type judged struct {
	OK       bool           `json:"ok"`
	Files    []judgedFile   `json:"files"`
	Findings []judgedRemark `json:"findings"`

	requests bool // the files are CSRs that have not gone to the CA
	now      time.Time
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
}

const productList = "uccx, ccp, mediasense, finesse, cuic, livedata, cucm"

// base is what the flags tell of the node, whatever its CSR is.
func (o checkOptions) base() (cert.Request, error) {
	r := cert.Request{Node: o.node, Unit: o.unit}
	if o.product != "" {
		p, ok := vos.ParseProduct(o.product)
		if !ok {
			return r, fmt.Errorf("%q is not a product. Use one of: %s", cert.Printable(o.product), productList)
		}
		r.Limits = vos.LimitsOf(p, vos.Release(o.release))
	}
	if o.release != "" && (o.product == "" || !vos.Release(o.release).Known()) {
		return r, fmt.Errorf("--release %q is not valid. Use a release such as \"12.5(1)SU3\", together with --product.", cert.Printable(o.release))
	}
	if o.window != "" {
		at, err := time.Parse(time.DateOnly, o.window)
		if err != nil {
			return r, fmt.Errorf("--window %q is not valid. Use a day such as 2027-01-31.", cert.Printable(o.window))
		}
		r.Window = at
	}
	return r, nil
}

// check judges files: as the answer to CSRs where these are given, as requests where there are only requests.
func check(out io.Writer, paths []string, o checkOptions, base cert.Request) error {
	files, err := read.Files(paths)
	if err != nil {
		return &exit{exitRefused, err}
	}
	if base.Held, err = certificatesIn(o.held); err != nil {
		return &exit{exitRefused, err}
	}
	requests, err := requestsOf(o, base)
	if err != nil {
		return &exit{exitRefused, err}
	}
	now := time.Now()
	verdict, j := cert.Reply{}, judged{now: now}
	if mine := csrsIn(files, base); len(requests) == 0 && len(mine) > 0 && onlyRequests(files) {
		for _, r := range mine {
			verdict.Findings = append(verdict.Findings, cert.CheckRequest(r)...)
		}
		j.OK, j.requests = !faulty(verdict), true
	} else if len(requests) == 0 {
		verdict = cert.Look(base, files, now)
		j.OK = !faulty(verdict)
	} else {
		verdict = cert.Judge(requests, files, nil, now)
		j.OK = verdict.OK()
	}
	j.fill(files, requests, verdict, now)
	return j.write(out, o.json)
}

// write prints the answer; what is not sound is an exit code, too.
func (j judged) write(out io.Writer, asJSON bool) error {
	var err error
	if asJSON {
		enc := json.NewEncoder(harmless{out})
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

func faulty(r cert.Reply) bool {
	for _, f := range r.Findings {
		if f.Severity == cert.Fault {
			return true
		}
	}
	return false
}

// requestsOf reads the CSRs that went to the CA.
func requestsOf(o checkOptions, base cert.Request) ([]cert.Request, error) {
	if len(o.csrs) == 0 {
		return nil, nil
	}
	files, err := read.Files(o.csrs)
	if err != nil {
		return nil, err
	}
	all := csrsIn(files, base)
	if len(all) == 0 {
		return nil, errors.New("--csr: none of these files contains a CSR. Nothing was checked. Use the .csr files that you sent to " +
			"the CA.")
	}
	return all, nil
}

// csrsIn makes requests of all CSRs in files; each is for the node whose name it bears, a single one for the node that
// was named.
func csrsIn(files []cert.File, base cert.Request) []cert.Request {
	var all []cert.Request
	for _, f := range files {
		for _, it := range f.Items {
			if it.Kind != cert.CSR {
				continue
			}
			r := base
			r.CSR, r.Node = it.Request, it.Request.Subject.CommonName
			if len(it.Request.DNSNames) > 0 && !strings.Contains(r.Node, ".") {
				r.Node = it.Request.DNSNames[0]
			}
			all = append(all, r)
		}
	}
	if len(all) == 1 && base.Node != "" {
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

func (j *judged) fill(files []cert.File, requests []cert.Request, v cert.Reply, now time.Time) {
	j.Files, j.Findings = []judgedFile{}, []judgedRemark{}
	for _, f := range files {
		one := judgedFile{Name: cert.Printable(f.Name)}
		if f.Err != nil {
			one.Error = cert.Printable(f.Err.Error())
		}
		for _, it := range f.Items {
			one.Items = append(one.Items, itemOf(it, requests, now))
		}
		j.Files = append(j.Files, one)
	}
	for _, f := range v.Findings {
		j.Findings = append(j.Findings, judgedRemark{f.Code, f.Severity.String(), f.File, f.Node, cert.Printable(f.What), f.Cause, cert.Printable(f.Cure), f.Says, f.Guess, f.Rule})
	}
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
