package steps

import (
	"context"
	"crypto/x509"
	"fmt"
	"path"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Outbox is the folder of a session in which the CSRs and the text for the CA lie.
const Outbox = "outbox"

// lookOutbox writes one file per CSR, named after its node, and the text for the CA.
func lookOutbox(_ context.Context, j *Job) (bool, error) {
	for _, f := range OutboxFiles(j.Plan) {
		at, err := j.Keep(path.Join(Outbox, f.Name), f.Data)
		if err != nil {
			return false, &vos.Error{Class: vos.ErrRefused, What: "the file for the CA could not be written", Err: err,
				Means: "nothing is changed on any node", Next: "make room or give back the right to write, then Enter tries again"}
		}
		j.Seen.Files = append(j.Seen.Files, at)
	}
	return true, nil
}

// OutFile is one file for the CA.
type OutFile struct {
	Name string
	Node string // FQDN; empty for the text
	Data []byte
}

// OutboxFiles returns what goes to the CA: a PEM request per node, and a text (UTF-8, "\n") that says what must not be changed.
func OutboxFiles(p *Plan) []OutFile {
	var files []OutFile
	for _, r := range Requests(p) {
		files = append(files, OutFile{fmt.Sprintf("%s_%s.csr", r.Node, r.Unit), r.Node, []byte(p.requested(r.Node, r.Unit))})
	}
	return append(files, OutFile{"to-the-ca.txt", "", []byte(letter(p, files))})
}

// letter is the text for the CA: what is wanted, and what makes the nodes refuse a certificate.
func letter(p *Plan, files []OutFile) string {
	var b strings.Builder
	b.WriteString("Please sign these certificate requests.\n\n")
	for _, f := range files {
		csr := cert.RequestFromPEM(string(f.Data))
		if csr == nil {
			continue
		}
		fmt.Fprintf(&b, "%s\n  subject      %s\n  names (SAN)  %s\n  key          %s\n\n", f.Name,
			cert.Printable(csr.Subject.String()), cert.Printable(strings.Join(csr.DNSNames, ", ")), keyWords(csr))
		if bare := cert.Parent(f.Node, csr); bare != "" {
			fmt.Fprintf(&b, "  The bare domain %s is among these names: please keep it too.\n\n", bare)
		}
	}
	b.WriteString(`Please
- sign with SHA-256 or stronger (plain RSA, not RSASSA-PSS), one certificate for each request;
- keep the names (SAN) exactly as requested: neither add nor drop any, no "www.", no bare
  domain. The node refuses a certificate whose names differ from its request (TRB-2);
- keep the key and the common name of each request, and use no wildcard;
- mark no extensions critical but Key Usage and Basic Constraints;
- put server authentication AND client authentication into Extended Key Usage;
- keep the key usages of the request, also Data Encipherment;
- send the root and every intermediate CA certificate along, as PEM or DER files.
`)
	for _, n := range p.Nodes() {
		if n.Product == vos.CCP {
			fmt.Fprintf(&b, "\nIf customers on the internet chat through %s, its certificate must come from a public CA (PRE-7).\n", n.FQDN)
		}
	}
	return b.String()
}

// RequestFindings says what is odd about the CSR of a node before it goes to the CA, where it can still be put right.
func RequestFindings(p *Plan, n vos.Node) []Finding {
	csr := cert.RequestFromPEM(p.CSR(n.FQDN))
	if csr == nil {
		return nil
	}
	var found []Finding
	for _, f := range cert.CheckRequest(request(p, n, p.Change().Unit, csr)) {
		found = append(found, one(f.Severity.String(), f.Rule, f.Cure, "%s: %s", n.Short(), f.What)...)
	}
	return found
}

func keyWords(csr *x509.CertificateRequest) string {
	return cert.KeyWords(csr.PublicKey)
}
