package reply

import (
	"crypto/x509"
	"maps"
	"slices"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Reissue is how files compare with the reply that was taken.
type Reissue struct {
	Differs   []string // nodes with another certificate for the same key, where the one that was taken is not installed
	Installed []string // the same, where it is: the CSR is used up, and only a new one can be answered
}

// ReissueOf compares files with the reply that was taken; both lists are empty where none was.
func ReissueOf(p *plan.Plan, files []cert.File) Reissue {
	var r Reissue
	taken := p.Reply()
	if taken == nil {
		return r
	}
	for id, text := range taken.Leaves {
		leaf := cert.FromPEM(text)
		if leaf == nil || holds(files, text) || !answersKey(files, text) {
			continue
		}
		if certs.Installed(p, id) {
			r.Installed = append(r.Installed, id)
			continue
		}
		r.Differs = append(r.Differs, id)
	}
	slices.Sort(r.Differs)
	slices.Sort(r.Installed)
	return r
}

// Former returns the requests (Request.ID) that still wait for the CA, where files hold no other application certificate than the
// reply that was taken before, and at least one of them is for a key that no request has any more: they were given again while
// a new CSR is with the CA. None in any other case.
func Former(p *plan.Plan, files []cert.File) []string {
	taken := p.Reply()
	if taken == nil {
		return nil
	}
	open, keys := map[string]string{}, map[string]bool{}
	for _, r := range Requests(p) {
		keys[cert.KeyID(r.CSR.PublicKey)] = true
		open[cert.KeyID(r.CSR.PublicKey)] = r.ID()
	}
	old := false
	for _, f := range files {
		for _, it := range f.Items {
			if it.Cert == nil || it.Cert.IsCA {
				continue
			}
			id, known := inReply(*taken, it.Cert)
			if !known {
				return nil
			}
			old = old || !keys[cert.KeyID(it.Cert.PublicKey)] && !certs.Installed(p, id)
			delete(open, cert.KeyID(it.Cert.PublicKey))
		}
	}
	if !old {
		return nil
	}
	return slices.Sorted(maps.Values(open))
}

// inReply returns which request a certificate of a reply answered.
func inReply(r plan.Reply, c *x509.Certificate) (id string, ok bool) {
	for id, text := range r.Leaves {
		if leaf := cert.FromPEM(text); leaf != nil && leaf.Equal(c) {
			return id, true
		}
	}
	return "", false
}

// holds reports whether one of the files holds a certificate.
func holds(files []cert.File, text string) bool {
	want := cert.FromPEM(text)
	return slices.ContainsFunc(files, func(f cert.File) bool {
		return slices.ContainsFunc(f.Items, func(it cert.Item) bool { return it.Cert != nil && it.Cert.Equal(want) })
	})
}

// answersKey reports whether one of the files holds a certificate for the same key.
func answersKey(files []cert.File, text string) bool {
	want := cert.KeyID(cert.FromPEM(text).PublicKey)
	return slices.ContainsFunc(files, func(f cert.File) bool {
		return slices.ContainsFunc(f.Items, func(it cert.Item) bool { return it.Cert != nil && cert.KeyID(it.Cert.PublicKey) == want })
	})
}
