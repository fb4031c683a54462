package reply

import (
	"crypto/rsa"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Verdicts is the folder of the session in which the verdicts on replies lie that were not taken.
const Verdicts = "verdicts"

// Refusal is one finding of such a verdict.
type Refusal struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Node     string `json:"node,omitempty"`
	What     string `json:"what"`
	Detail   string `json:"detail,omitempty"` // which of its kinds it is, for programs: one of the words below
}

// Kinds of what is wrong with a reply, beside the code of the rule.
const (
	DetailAdded   = "added"   // a name that the CSR has not
	DetailDropped = "dropped" // a name of the CSR is not there
	DetailBig     = "4096"    // the certificate is for a key of 4096 bits or more, which no CSR has
	DetailRoot    = "root"    // intermediates came, and not the root
)

// Refusals are the findings of a verdict on files, with what the files themselves tell of each.
func Refusals(p *plan.Plan, v cert.Verdict, files []cert.File) []Refusal {
	all := make([]Refusal, 0, len(v.Findings))
	for _, f := range v.Findings {
		all = append(all, Refusal{f.Code, f.Severity.String(), f.Node, f.What.String(), detailOf(p, f, files)})
	}
	return all
}

// detailOf looks at the certificate that a finding is about, and at its CSR.
func detailOf(p *plan.Plan, f cert.Finding, files []cert.File) string {
	leaf := itemOf(f.File, files)
	switch f.Code {
	case "san", "fqdn":
		return namesOff(p, f.Node, leaf)
	case "key-mismatch":
		if key, ok := publicKey(leaf).(*rsa.PublicKey); ok && key.N.BitLen() >= 4096 {
			return DetailBig
		}
	case "chain":
		for _, file := range files {
			for _, it := range file.Items {
				if it.Cert != nil && cert.Classify(it.Cert) == cert.Intermediate {
					return DetailRoot
				}
			}
		}
	}
	return ""
}

func publicKey(c *x509.Certificate) any {
	if c == nil {
		return nil
	}
	return c.PublicKey
}

func itemOf(source string, files []cert.File) *x509.Certificate {
	for _, file := range files {
		for _, it := range file.Items {
			if it.Cert != nil && (it.Source == source || file.Name == source) && !it.Cert.IsCA {
				return it.Cert
			}
		}
	}
	return nil
}

// namesOff says how the names of a certificate differ from those of its CSR: a name that was added counts more.
func namesOff(p *plan.Plan, node string, leaf *x509.Certificate) string {
	if leaf == nil {
		return ""
	}
	for _, q := range Requests(p) {
		if q.Node != node || q.CSR == nil {
			continue
		}
		lacks := func(all []string, name string) bool {
			return !slices.ContainsFunc(all, func(o string) bool { return strings.EqualFold(o, name) })
		}
		if slices.ContainsFunc(leaf.DNSNames, func(name string) bool { return lacks(q.CSR.DNSNames, name) }) {
			return DetailAdded
		}
		if slices.ContainsFunc(q.CSR.DNSNames, func(name string) bool { return lacks(leaf.DNSNames, name) }) {
			return DetailDropped
		}
	}
	return ""
}
