package vos

import (
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ProductFacts is one row of the product table: all that the program knows of a product, whatever its release. The releases
// stand in it; what other products must trust and what documents say of restarts stand in the tables of steps/trust and
// steps/restart.
type ProductFacts struct {
	ID      Product
	Title   string   // in sentences
	Former  string   // its title before Renamed; empty: it had no other
	Renamed Release  // the first release with the present title
	Label   string   // in lists of choices
	Aliases []string // other names, in small letters and without separators
	Roles   []Role   // places that a node can have; where it can stand alone, Standalone is among them
	Primary bool     // its guides say primary and secondary for publisher and subscriber
	Traits
	Marks    []string        // parts of names of services by which it is told, in small letters
	Commands []string        // commands that it has beside those of the platform
	Own      []string        // identities that it lists; empty: tomcat, ipsec and, where the release has it, tomcat-ECDSA
	API      Release         // the first release that has the certificate API for certain; empty: no document says
	Token    string          // what show network cluster calls it. Guess [I], but for Unified CM and Emergency Responder
	COP      string          // the COP file that keeps tomcat-ECDSA back (EC-6); Guess [I]: its name
	Listed   []ListedService // services that it lists beside those of the platform
	Restart  RestartFacts    // where steps/restart has no row of its own for it
	Releases func() []Facts  // oldest first; the table itself, made once: to be read only
}

// Traits are what rules ask of a product.
type Traits struct {
	Pair    bool // publisher and subscriber may share a certificate that names these two alone (PRE-6)
	Scripts bool // its scripts call HTTPS servers (REL-3)
	Records bool // calls are recorded, searched and played
	Chat    bool // customers reach it from the internet (PRE-7)
	Peer    bool // usually trusted and not changed; its critical extensions break logins (TRB-1)
}

// ListedService is a service that a product lists (utils service list).
type ListedService struct {
	Name  string
	Off   string // why it is stopped; empty: it runs
	Ports []int  // TLS ports behind which it stands. Guess [I], but for what the guides name
}

// RestartFacts is how a product is restarted for a new certificate.
type RestartFacts struct {
	Services []string // full names; empty: the whole node
	Lost     string   // what people lose meanwhile
	Alone    string   // the same of a node that stands alone; empty: Lost is true of it too
	Source   string
	Others   string // what documents of related products say instead; empty: nothing
	Guess    bool   // no document says it: say so where it is shown
}

// productRow returns the row of a product.
func productRow(p Product) (ProductFacts, bool) {
	for _, row := range products {
		if row.ID == p {
			return row, true
		}
	}
	return ProductFacts{}, false
}

// Products returns the ids of all products, in the order of the table.
func Products() []Product {
	all := make([]Product, len(products))
	for i := range products {
		all[i] = products[i].ID
	}
	return all
}

// ProductList is the ids of all products, for flags and errors: "uccx, ccp, ... or vvb".
func ProductList() msg.Text {
	return msg.Or(Products())
}

// APIProducts is the products for which a document names the certificate API, with the first release that has it: "Unified CM, ... and
// Emergency Responder 14 and later"; those of one release stand together.
func APIProducts() msg.Text {
	var groups []msg.Text
	var from []Release
	labels := map[Release][]string{}
	for _, row := range products {
		if row.API == "" {
			continue
		}
		if labels[row.API] == nil {
			from = append(from, row.API)
		}
		labels[row.API] = append(labels[row.API], row.Label)
	}
	for _, r := range from {
		groups = append(groups, msg.T("%s %s and later", msg.And(labels[r]), strings.TrimSuffix(string(r), ".0")))
	}
	return msg.Joined(groups, "; ")
}

// Facts returns the row of a product; its slices are the caller's own. Of an unknown product all is zero.
func (p Product) Facts() ProductFacts {
	row, _ := productRow(p)
	row.Aliases, row.Roles, row.Marks, row.Commands = slices.Clone(row.Aliases), slices.Clone(row.Roles), slices.Clone(row.Marks), slices.Clone(row.Commands)
	row.Own, row.Listed, row.Restart.Services = slices.Clone(row.Own), slices.Clone(row.Listed), slices.Clone(row.Restart.Services)
	return row
}

// Traits returns what rules ask of a product; none for an unknown one.
func (p Product) Traits() Traits {
	row, _ := productRow(p)
	return row.Traits
}

// Title is how the product is called at a release.
func (p Product) Title(r Release) string {
	row, ok := productRow(p)
	switch {
	case !ok:
		return string(p)
	case row.Former != "" && r.Known() && r.Before(row.Renamed):
		return row.Former
	}
	return row.Title
}

// ParseProduct reads the name of a product as people write it.
func ParseProduct(name string) (Product, bool) {
	name = strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "").Replace(name))
	for _, row := range products {
		if string(row.ID) == name || slices.Contains(row.Aliases, name) {
			return row.ID, true
		}
	}
	return "", false
}

// ProductOf tells a product by the services that a node lists; ok is false where none of them tells. The order of the table
// counts: a UCCX node runs services of Finesse and CUIC too, and CUIC may share its node with Live Data.
func ProductOf(all []Service) (p Product, ok bool) {
	for _, row := range products {
		for _, m := range row.Marks {
			for _, s := range all {
				if strings.Contains(strings.ToLower(s.Name)+" ", m) && s.Reason != "Service Not Activated" {
					return row.ID, true
				}
			}
		}
	}
	return "", false
}

// releases is the release table, product by product.
func releases() []Facts {
	var all []Facts
	for _, row := range products {
		all = append(all, row.Releases()...)
	}
	return all
}

// newest is the last release that the table was made for: beyond it everything is a guess from the last row.
const newest = "15.9"

// Lookup returns what is true of a product at a release: the last row that begins at or before it. An unknown release
// takes the newest row, a release older than all rows the oldest, both with Known false. ok is false for an unknown product.
func Lookup(p Product, r Release) (f Facts, ok bool) {
	f, ok = lookup(p, r)
	return f.copied(), ok
}

// ECDSAOf is the part that elliptic curve certificates play for a product at a release, as Lookup tells it.
func ECDSAOf(p Product, r Release) (part ECDSA, ok bool) {
	f, ok := lookup(p, r)
	return f.ECDSA.Value, ok
}

func lookup(p Product, r Release) (f Facts, ok bool) {
	product, known := productRow(p)
	if !known {
		return Facts{}, false
	}
	for _, row := range product.Releases() {
		if ok && r.Known() && r.Before(row.From) {
			continue
		}
		row.Known = r.Known() && !r.Before(row.From) && !Release(newest).Before(r)
		f, ok = row, true
	}
	return f, ok
}

// copied is a row that may be changed: the table stays as it is.
func (f Facts) copied() Facts {
	f.Units.Value, f.Ports, f.KeyBits.Value, f.Services = slices.Clone(f.Units.Value), slices.Clone(f.Ports), slices.Clone(f.KeyBits.Value), slices.Clone(f.Services)
	return f
}
