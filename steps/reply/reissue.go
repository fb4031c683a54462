package reply

import (
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
