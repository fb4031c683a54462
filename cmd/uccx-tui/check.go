package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// checkOptions are the flags of the check command.
type checkOptions struct {
	csrs []string
	node string
	json bool
}

func (d *door) checkCommand() *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use:   "check PATH...",
		Short: "Say what is in a CA's files, and whether a node would take them; works offline, without a session",
		Args:  atLeastOne("check takes the files or folders that the CA sent"),
		RunE:  func(c *cobra.Command, args []string) error { return check(c.OutOrStdout(), args, o) },
	}
	c.Flags().StringArrayVar(&o.csrs, "csr", nil, "a CSR that went to the CA, or a folder of them; may be given several times")
	c.Flags().StringVar(&o.node, "node", "", "FQDN of the node that the certificate is for, where there is no CSR")
	c.Flags().BoolVar(&o.json, "json", false, "print one JSON object")
	return c
}

// judged is the answer of the check command as JSON.
type judged struct {
	OK       bool           `json:"ok"`
	Files    []judgedFile   `json:"files"`
	Findings []judgedRemark `json:"findings"`
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
	Rule     string `json:"rule,omitempty"`
}

func check(out io.Writer, paths []string, o checkOptions) error {
	files, err := steps.ReadFiles(paths)
	if err != nil {
		return &exit{exitRefused, err}
	}
	requests, err := requestsOf(o)
	if err != nil {
		return &exit{exitRefused, err}
	}
	now := time.Now()
	verdict := cert.Look(o.node, files, now)
	ok := !faulty(verdict)
	if len(requests) > 0 {
		verdict = cert.Judge(requests, files, nil, now)
		ok = verdict.OK()
	}
	j := judgedOf(files, requests, verdict, now)
	j.OK = ok
	if o.json {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		err = enc.Encode(j)
	} else {
		err = j.print(out)
	}
	if err == nil && !ok {
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

// requestsOf reads the CSRs; each is for the node whose name it bears.
func requestsOf(o checkOptions) ([]cert.Request, error) {
	if len(o.csrs) == 0 {
		return nil, nil
	}
	files, err := steps.ReadFiles(o.csrs)
	if err != nil {
		return nil, err
	}
	var all []cert.Request
	for _, f := range files {
		for _, it := range f.Items {
			if it.Kind != cert.CSR {
				continue
			}
			node := it.Request.Subject.CommonName
			if len(it.Request.DNSNames) > 0 && !strings.Contains(node, ".") {
				node = it.Request.DNSNames[0]
			}
			if o.node != "" && len(files) == 1 {
				node = o.node
			}
			all = append(all, cert.Request{Node: node, Unit: "tomcat", CSR: it.Request})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("--csr: none of these files holds a CSR: nothing was judged; give the .csr files that went to the CA")
	}
	return all, nil
}

func judgedOf(files []cert.File, requests []cert.Request, v cert.Reply, now time.Time) judged {
	j := judged{Files: []judgedFile{}, Findings: []judgedRemark{}}
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
		j.Findings = append(j.Findings, judgedRemark{f.Code, f.Severity.String(), f.File, f.Node, cert.Printable(f.What), f.Cause, cert.Printable(f.Cure), f.Says, f.Rule})
	}
	return j
}

func itemOf(it cert.Item, requests []cert.Request, now time.Time) judgedItem {
	one := judgedItem{Kind: it.Kind.String()}
	switch {
	case it.Request != nil:
		one.Name, one.Key = cert.Printable(it.Request.Subject.CommonName), cert.KeyWords(it.Request.PublicKey)
		one.Names = printable(it.Request.DNSNames)
	case it.Cert != nil:
		c := it.Cert
		one = judgedItem{one.Kind, cert.Name(c), cert.IssuerOf(c), printable(c.DNSNames), cert.Serial(c), cert.Fingerprint(c), c.NotAfter.UTC().Format(time.RFC3339), cert.DaysLeft(c, now), cert.KeyWords(c.PublicKey), ""}
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

// print is the verdict for people: what each file is, then each finding in up to four lines.
func (j judged) print(out io.Writer) error {
	var b strings.Builder
	for _, f := range j.Files {
		for _, it := range f.Items {
			fmt.Fprintf(&b, "%-24s %-13s %s", f.Name, it.Kind, it.Name)
			if it.Until != "" {
				fmt.Fprintf(&b, ", issued by %s, %s, %d days left", it.Issuer, it.Key, it.Days)
			}
			if it.Fits != "" {
				fmt.Fprintf(&b, ", fits %s", it.Fits)
			}
			b.WriteString("\n")
		}
		if f.Error != "" {
			fmt.Fprintf(&b, "%-24s %s\n", f.Name, f.Error)
		}
	}
	for _, x := range j.Findings {
		head := x.What
		if x.File != "" {
			head = x.File + ": " + head
		}
		fmt.Fprintf(&b, "\n%s: %s\n", x.Severity, head)
		for _, l := range []struct{ before, text string }{{"the node would say: ", x.Says}, {"", x.Cause}, {"-> ", x.Cure}} {
			if l.text != "" {
				fmt.Fprintf(&b, "    %s%s\n", l.before, l.text)
			}
		}
		if x.Rule != "" {
			fmt.Fprintf(&b, "    rule %s\n", x.Rule)
		}
	}
	words := "sound: a node would take this"
	switch {
	case !j.OK:
		words = "not sound: see the faults above; nothing was uploaded anywhere"
	case !j.application():
		words = "nothing is at fault, but there is no application certificate among these files"
	}
	fmt.Fprintf(&b, "\n%s\n", words)
	_, err := io.WriteString(out, b.String())
	return err
}

func (j judged) application() bool {
	for _, f := range j.Files {
		for _, it := range f.Items {
			if it.Kind == cert.Application.String() {
				return true
			}
		}
	}
	return false
}
