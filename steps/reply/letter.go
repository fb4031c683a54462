package reply

import (
	"crypto/ecdsa"
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// letterFile is a CSR of the letter to the CA.
type letterFile struct {
	plan.OutFile
	csr *x509.CertificateRequest
	ec  bool // its key is an EC key: an RSA CA must not sign it (EC-3)
}

// letter is the text for the CA: what is wanted of which kind of CA, and what makes the nodes refuse a certificate.
func letter(p *plan.Plan, files []plan.OutFile, by msg.Localizer) string {
	rsa, ec := byKey(files)
	n := len(rsa) + len(ec)
	about := msg.N("1 certificate request for our contact center", "%d certificate requests for our contact center", n)
	if len(rsa) > 0 && len(ec) > 0 {
		about = msg.T("%s: RSA and EC", about)
	}
	sign := msg.N("please sign the attached certificate request (CSR) for our Cisco contact center.", "please sign the %d attached certificate requests (CSRs) for our Cisco contact center.", n)
	b := msg.Page{By: by}
	head(&b, p, about, sign, files)
	wanted(&b, p, files)
	foot(&b)
	return b.String()
}

// byKey are the requests of files, those with an EC key apart.
func byKey(files []plan.OutFile) (rsa, ec []letterFile) {
	for _, f := range files {
		csr := cert.RequestFromPEM(string(f.Data))
		if csr == nil {
			continue
		}
		if _, curve := csr.PublicKey.(*ecdsa.PublicKey); curve {
			ec = append(ec, letterFile{f, csr, true})
		} else {
			rsa = append(rsa, letterFile{f, csr, false})
		}
	}
	return rsa, ec
}

// head begins a letter: what it is about, by when an answer is needed, and whom to ask.
func head(b *msg.Page, p *plan.Plan, about, text msg.Text, files []plan.OutFile) {
	b.Say("Subject: %s (%s)\n\nHello,\n\n%s\n\nReply needed by: %s\nQuestions to:    [name, phone, email]\n\n", about, cert.Printable(p.Change().Name), text, deadline(p, files))
}

// foot ends a letter.
func foot(b *msg.Page) { b.Say("\nThank you.\n[name, team]\n") }

// wanted are the requests of a letter, with what each certificate needs and what is to be sent back.
func wanted(b *msg.Page, p *plan.Plan, files []plan.OutFile) {
	rsa, ec := byKey(files)
	both := len(rsa) > 0 && len(ec) > 0
	if both {
		b.Say("A server with two requests has one with an RSA key and one with an elliptic curve (EC) key.\n\nPART A: REQUESTS FOR AN RSA CA\n\n")
	} else {
		b.Say("REQUESTS\n\n")
	}
	for i, f := range rsa {
		requestLines(b, p, i+1, f)
	}
	if both {
		b.Say("PART B: REQUESTS FOR AN EC CA\n\n")
	}
	for i, f := range ec {
		requestLines(b, p, len(rsa)+i+1, f)
	}
	if len(ec) > 0 {
		notByRSA(b, p, ec, both)
	}
	needs(b, p, rsa, ec)
}

// notByRSA says which requests no RSA CA may sign, and what happens then on the servers that they are for (EC-3).
func notByRSA(b *msg.Page, p *plan.Plan, ec []letterFile, both bool) {
	chat := slices.ContainsFunc(ec, func(f letterFile) bool {
		n, _ := p.Node(f.Node)
		return n.Product.Traits().Chat
	})
	switch {
	case both && chat:
		b.Say("Do not sign the requests of part B with an RSA CA. The servers do not use such a\ncertificate, and chat stops working. If you have no EC CA, sign part A only and tell us.\n\n")
	case both:
		b.Say("Do not sign the requests of part B with an RSA CA. The servers do not use such a\ncertificate. If you have no EC CA, sign part A only and tell us.\n\n")
	case chat:
		b.Say("Do not sign these requests with an RSA CA. The servers do not use such a\ncertificate, and chat stops working. If you have no EC CA, sign nothing and tell us.\n\n")
	default:
		b.Say("Do not sign these requests with an RSA CA. The servers do not use such a\ncertificate. If you have no EC CA, sign nothing and tell us.\n\n")
	}
}

// deadline is when the certificates are needed: before the change window ends, or before the first of the present ones expires;
// a blank to be filled in where neither is known, and where this change has regenerated them: those last for years.
func deadline(p *plan.Plan, files []plan.OutFile) msg.Text {
	if until := p.Until(); !until.IsZero() {
		return msg.Time(until.UTC(), msg.Minute)
	}
	var first time.Time
	for _, f := range files {
		s := p.Survey(f.Node)
		if s == nil || certs.Regenerated(p, f.Node, p.Change().Main()) != "" {
			continue
		}
		own := cert.FromPEM(s.Identity)
		if own != nil && (first.IsZero() || own.NotAfter.Before(first)) {
			first = own.NotAfter
		}
	}
	switch _, last, _ := p.Entries(); {
	case first.IsZero():
		return msg.T("[date, time and time zone]")
	case first.Before(last):
		return msg.T("as soon as possible (a current certificate has expired)")
	}
	return msg.T("%s (the first of the current certificates expires then)", msg.Time(first.UTC(), msg.Minute))
}

// requestLines are one request of the letter.
func requestLines(b *msg.Page, p *plan.Plan, number int, f letterFile) {
	names := msg.List(f.csr.DNSNames)
	if len(f.csr.DNSNames) == 0 { // made without the attribute (PRE-8): the FQDN is demanded of the certificate
		names = msg.T("add %s (the request contains no SAN)", f.Node)
	}
	b.Say("%d. %s\n   Server:      %s\n   Common name: %s\n   SAN (DNS):   %s\n   Key:         %s\n   Sign with:   %s\n\n", number, f.Name,
		msg.And(serversOf(p, f.Node)).Mapped(cert.Printable), cert.Printable(f.csr.Subject.CommonName), names.Mapped(cert.Printable), cert.KeyWords(f.csr.PublicKey), signer(p, f))
}

// serversOf are the nodes for which one certificate is made.
func serversOf(p *plan.Plan, fqdn string) []string {
	n, ok := p.Node(fqdn)
	if !ok {
		return []string{fqdn}
	}
	return p.Scope().Together(n)
}

// signer is the kind of CA that a request goes to: a public one where the solution says so of the node, or a first deployment of all (PRE-7).
func signer(p *plan.Plan, f letterFile) msg.Text {
	internet := slices.ContainsFunc(serversOf(p, f.Node), func(fqdn string) bool {
		n, _ := p.Node(fqdn)
		return n.CA == vos.PublicCA
	})
	public := p.Scope().CA == vos.PublicCA
	switch {
	case f.ec && internet:
		return msg.T("a public EC CA (ECDSA signature; customers use this server from the internet)")
	case f.ec && public:
		return msg.T("a public EC CA (ECDSA signature)")
	case f.ec:
		return msg.T("an EC CA (ECDSA signature)")
	case internet:
		return msg.T("a public RSA CA (customers use this server from the internet)")
	case public:
		return msg.T("a public RSA CA")
	}
	return msg.T("an RSA CA")
}

// needs is what each certificate needs, by the kinds of keys that are asked for.
func needs(b *msg.Page, p *plan.Plan, rsa, ec []letterFile) {
	b.Say(`WHAT EACH CERTIFICATE NEEDS

- SAN:                 exactly the names listed above. Do not add names (for example www.)
                       and do not remove any. The servers refuse a certificate with
                       different names.
- Common name:         as in the request.
- Key:                 the key in the request. Do not create a new key.
- Wildcards:           none.
- Extended Key Usage:  server authentication and client authentication.
`)
	usage := msg.T("as in the request")
	if len(ec) == 0 {
		usage = msg.T("as in the request (Digital Signature, Key Encipherment,\n                       Data Encipherment)")
	}
	b.Say("- Key Usage:           %s.\n- Critical extensions: only Key Usage and Basic Constraints.\n", usage)
	both := len(rsa) > 0 && len(ec) > 0
	if both {
		b.Say("- Signature, part A:   SHA-256 or stronger, RSA PKCS#1 v1.5 (not RSASSA-PSS).\n")
		b.Say("- Signature, part B:   ECDSA with SHA-256 or stronger.\n")
	}
	if len(rsa) > 0 && !both {
		b.Say("- Signature:           SHA-256 or stronger, RSA PKCS#1 v1.5 (not RSASSA-PSS).\n")
	}
	if len(ec) > 0 && !both {
		b.Say("- Signature:           ECDSA with SHA-256 or stronger.\n")
	}
	day := msg.T("[date of the change]")
	if until := p.Until(); !until.IsZero() {
		day = msg.Time(until.UTC(), msg.Day)
	}
	b.Say("- Validity:            valid on %s.\n", day)
	b.Say("\nIf your CA no longer issues client authentication, please tell us before you sign.\n\n")
	sendBack(b)
}

// sendBack is what the CA sends.
func sendBack(b *msg.Page) {
	b.Say(`WHAT TO SEND BACK

- One certificate for each request.
- The root certificate and every intermediate certificate of each chain.
- PEM or DER files. A p7b or zip file with all certificates is also fine.
- No private keys and no .pfx or .p12 files.
`)
}
