package cli

import "github.com/uccx-tui/uccx-tui/vos"

// What is read from an answer goes into journals and reports: a field, and a list, has an end.

func few[T any](all []T) []T { return all[:min(len(all), vos.MaxEntries)] }

// bound shortens fields where they stand.
func bound(fields ...*string) {
	for _, f := range fields {
		*f = vos.Shorten(*f, vos.MaxField)
	}
}

func bounded(a vos.About) vos.About {
	bound(&a.Host, &a.Domain, &a.IP, &a.Version)
	a.DNS, a.Disks = few(a.DNS), few(a.Disks)
	for i := range a.DNS {
		bound(&a.DNS[i])
	}
	for i := range a.Disks {
		bound(&a.Disks[i].Name)
	}
	return a
}

func boundServices(all []vos.Service) []vos.Service {
	all = few(all)
	for i := range all {
		bound(&all[i].Name, &all[i].State, &all[i].Reason)
	}
	return all
}

func boundMembers(all []vos.Member) []vos.Member {
	all = few(all)
	for i := range all {
		m := &all[i]
		bound(&m.IP, &m.FQDN, &m.Host, &m.Product, &m.State)
	}
	return all
}

// BoundTrust shortens what a node lists of a trust store. A name that is longer than any file has is left out: it could not
// be asked for.
func BoundTrust(all []vos.TrustFile) []vos.TrustFile {
	kept := all[:0]
	for _, f := range all {
		if len(f.Store) <= vos.MaxField && len(f.File) <= vos.MaxField && len(kept) < vos.MaxEntries {
			bound(&f.About)
			kept = append(kept, f)
		}
	}
	return kept
}

// BoundOwn shortens what a node lists of its identities.
func BoundOwn(all []vos.Own) []vos.Own {
	all = few(all)
	for i := range all {
		bound(&all[i].Unit, &all[i].About)
	}
	return all
}
