package steps

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Questions whose answer is work on the web page of a node (OS Administration). In the lab the cluster has hands for it.
const (
	AskPageCSR    = "page-csr"    // a multi-server CSR is to be generated
	AskPageUpload = "page-upload" // the CA's certificate is to be uploaded
)

// lookSharedCSR: the publisher holds a CSR with the names of both nodes (PRE-6). It looks before anything is made or asked
// for, so that one which somebody waits for is not made anew. Where no way into the node can make one, a person is asked.
func lookSharedCSR(ctx context.Context, j *Job) (bool, error) {
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	j.Say("looking for a pending CSR")
	der, err := d.CSR(ctx, j.Unit)
	if err != nil {
		return false, err
	}
	if der != nil {
		j.Seen.CSR = string(cert.RequestPEM(der))
	}
	csr, own := cert.RequestFromPEM(j.Seen.CSR), j.Plan.Survey(j.Node.FQDN)
	if der == nil {
		if err := j.askUnseen(); err != nil {
			return false, err
		}
	}
	missing := sharedNames(j, csr)
	_, able := vos.SharerOf(d)
	switch {
	case able && (csr == nil || len(missing) == 0 && own != nil && own.CSR == j.Seen.CSR && j.Answered(AskPending) == newCSR):
		return false, nil
	case csr == nil || len(missing) > 0:
		return false, askPageCSR(j, csr, missing)
	case own == nil || own.CSR != j.Seen.CSR || j.Answered(AskPending) == useCSR:
		return true, nil // it was made since, or it is the one that was chosen
	case j.Answered(AskPending) == newCSR:
		return false, askPageCSR(j, csr, nil)
	}
	return false, askPending(j)
}

// actSharedCSR makes the request by the API.
func actSharedCSR(ctx context.Context, j *Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	s, able := vos.SharerOf(d)
	if !able {
		return askPageCSR(j, nil, nil)
	}
	j.Say("generating the CSR")
	return s.GenerateSharedCSR(ctx, j.Unit)
}

// wordsSharedCSR are what the API is sent, or where a person clicks.
func wordsSharedCSR(p *Plan, n vos.Node) []string {
	if byAPI(n) {
		return []string{"POST /platformcom/api/v1/certmgr/config/csr", "service: " + p.Change().Unit, "distribution: multi-server"}
	}
	return []string{n.AdminAddress(), "Security > Certificate Management > Generate CSR", "Certificate Purpose: " + p.Change().Unit, "Distribution: Multi-Server(SAN)"}
}

// wordsByPage are what the API is sent, or where a person clicks.
func wordsByPage(p *Plan, n vos.Node) []string {
	if byAPI(n) {
		return []string{"POST /platformcom/api/v1/certmgr/config/identity/certificates", "service: " + p.Change().Unit}
	}
	return []string{n.AdminAddress(), "Security > Certificate Management > Upload Certificate", "Certificate Purpose: " + p.Change().Unit}
}

// byAPI reports whether a node is entered by the certificate API, where it has one.
func byAPI(n vos.Node) bool { return n.Way == vos.WayREST || n.Way == vos.WayRESTManual }

// sharedNames returns which names of the pair a request does not hold.
func sharedNames(j *Job, csr *x509.CertificateRequest) []string {
	var missing []string
	for _, n := range j.Plan.Scope().cluster(j.Node) {
		if csr == nil || !slices.ContainsFunc(csr.DNSNames, func(name string) bool { return strings.EqualFold(name, n.FQDN) }) {
			missing = append(missing, n.FQDN)
		}
	}
	return missing
}

func askPageCSR(j *Job, csr *x509.CertificateRequest, missing []string) error {
	q := Question{ID: AskPageCSR, Kind: Choice, Rule: "PRE-6", Args: []string{j.Node.FQDN}, Needs: yes,
		Text: "Generate the multi-server CSR on the web page of %s.",
		Lines: []string{"https://" + j.Node.FQDN + ":8443/cmplatform", "Security > Certificate Management > Generate CSR",
			"Certificate Purpose: " + j.Unit, "Distribution: Multi-Server(SAN)", "Parent Domain: empty (PRE-8)",
			"the names of both UCCX nodes and no other; Generate"},
		Means:   "Then the node is looked at. The request is made once: a second one throws away the key of the first.",
		Options: []Option{{no, "Not yet"}, {yes, "It is generated: look"}}}
	if csr != nil && len(missing) > 0 {
		q.Means = "The CSR that the node holds lacks " + strings.Join(missing, ", ") + ". A new one throws its key away: be sure that nobody waits for it."
	}
	return &Ask{q}
}

// lookByPage: the node holds the CA's certificate. Until then it is asked for on the web page, where there is no API.
func lookByPage(ctx context.Context, j *Job) (bool, error) {
	leaf, so, err := lookHeld(ctx, j)
	if so || err != nil || j.Acted {
		return so, err
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return false, err
	}
	if err := guardCSR(ctx, j, d, leaf); err != nil {
		return false, err
	}
	if _, able := vos.SharerOf(d); able {
		return false, nil
	}
	return false, &Ask{Question{ID: AskPageUpload, Kind: Choice, Rule: "PRE-6", Args: []string{j.Node.FQDN}, Needs: yes,
		Text: "Upload the certificate on the web page of %s.",
		Lines: []string{"https://" + j.Node.FQDN + ":8443/cmplatform", "Security > Certificate Management > Upload Certificate",
			"Certificate Purpose: " + j.Unit, "Upload File: reply/" + j.Node.FQDN + ".pem in the session folder"},
		Means:   "The command line takes no multi-server certificate at this release. Then the node is looked at.",
		Options: []Option{{no, "Not yet"}, {yes, "It is uploaded: look"}}}}
}

// lookShared gives the publisher some time to pass the certificate and its key on to the other node.
func lookShared(ctx context.Context, j *Job) (bool, error) {
	_, so, err := lookHeld(ctx, j)
	if so || err != nil {
		return so, err
	}
	j.Say("waiting for the publisher to pass it on")
	if err := wait(ctx, j.World.Pace.Settle); err != nil {
		return false, err
	}
	if _, so, err = lookHeld(ctx, j); so || err != nil {
		return so, err
	}
	return false, &vos.Error{Class: vos.ErrRefused, Node: j.Node.FQDN, What: "the multi-server certificate has not arrived from the publisher",
		Means: "the node keeps its own certificate, as before (PRE-6)",
		Next:  "are Cisco Tomcat and Platform Administrative Web Service started on both nodes? then Enter looks again"}
}
