package plan

import (
	"fmt"
	"unique"

	"github.com/uccx-tui/uccx-tui/vos"
)

// intern lets nodes that run the same services hold one list of them.
func (p *fold) intern(s *Seen) {
	if len(s.Services) == 0 {
		return
	}
	key := fmt.Sprint(s.Services)
	if p.alike[key] == nil {
		p.alike[key] = append([]vos.Service{}, s.Services...)
	}
	s.Services = p.alike[key]
}

// shared lets the words that many nodes say alike, and the certificate that a node serves on every port, stand once in
// memory, however many nodes and folds of the journal hold them.
func (s *Seen) shared() {
	for _, text := range []*string{&s.Identity, &s.ECDSA, &s.CSR} {
		share(text)
	}
	for _, texts := range [][]string{s.Chain, s.Uploads, s.Files, s.Missing} {
		shareAll(texts)
	}
	for i := range s.Services {
		share(&s.Services[i].Name)
		share(&s.Services[i].State)
		share(&s.Services[i].Reason)
	}
	for i := range s.Trust {
		share(&s.Trust[i].Store)
		share(&s.Trust[i].File)
		share(&s.Trust[i].About)
	}
	for i := range s.Served {
		share(&s.Served[i].PEM)
		share(&s.Served[i].Serial)
		share(&s.Served[i].Version)
		share(&s.Served[i].Until)
		share(&s.Served[i].Error)
		shareAll(s.Served[i].Names)
	}
	for i := range s.Store {
		share(&s.Store[i].File)
		share(&s.Store[i].PEM)
	}
	for i := range s.Peers {
		share(&s.Peers[i].PEM)
		shareAll(s.Peers[i].Chain)
	}
	for i := range s.Findings {
		share(&s.Findings[i].What.Format)
		share(&s.Findings[i].Next.Format)
	}
	s.Served, s.Findings, s.Readings, s.Peers = fitted(s.Served), fitted(s.Findings), fitted(s.Readings), fitted(s.Peers)
}

// fitted is a list without the room that reading left behind its end.
func fitted[T any](all []T) []T {
	if len(all) == cap(all) {
		return all
	}
	return append(make([]T, 0, len(all)), all...)
}

func share(text *string) { *text = unique.Make(*text).Value() }

func shareAll(texts []string) {
	for i := range texts {
		share(&texts[i])
	}
}
