package form

import (
	"cmp"
	"errors"
	"net"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// listed is what one entry of a pasted list says about a node.
type listed struct {
	fqdn, address, ports string
	product              vos.Product // "": it does not say
	role                 vos.Role    // "": it does not say
	way                  string      // how it is reached: manual, rest; "": it does not say
}

// Paste takes a pasted list of nodes where a node is asked for. It returns how many nodes were added; 0 without an error: the
// text is no list, and belongs into the field.
func (s *Form) Paste(text string) (added int, err error) {
	if !s.asked.list {
		return 0, nil
	}
	if list, _ := readList(text); len(list) == 1 && s.Text() && strings.TrimSpace(text) == list[0].fqdn {
		return 0, nil
	}
	if added, err = s.values.addList(s.theme, text, s.asked.line-nodeLine(0)); err == nil && added > 0 {
		s.to(len(s.fields(s.theme)) - 1)
	}
	return added, err
}

// AddList adds a list of nodes behind those that there are: one a line or several, with commas, semicolons, tabs or blanks between
// them, or the cells of a table with the product, role and address of each. It returns how many were added; 0 without an
// error: the text is no list. With an error nothing is added.
func (v *Values) AddList(t layout.Theme, text string) (added int, err error) {
	return v.addList(t, text, len(v.there()))
}

// addList adds a list behind the first at nodes; those that stand behind them stay.
func (v *Values) addList(t layout.Theme, text string, at int) (added int, err error) {
	list, strange := readList(text)
	switch {
	case len(list) == 0:
		return 0, nil
	case strange != "":
		return 0, errors.New(t.Say("The list was not added: %s is not a name, product, role or address.", cert.Printable(layout.Line(strange))))
	}
	var all, behind []node
	for i, n := range v.there() {
		switch {
		case i < at:
			all = append(all, n)
		case n.name() != "":
			behind = append(behind, n)
		}
	}
	return len(list), v.fill(t, append(append(all, made(list)...), behind...))
}

// fill makes these the nodes of the change. A node of a product that is usually trusted and not changed becomes a peer where
// there are others. With an error nothing is changed.
func (v *Values) fill(t layout.Theme, all []node) error {
	now := NewValues(v.name, v.path)
	now.extra, now.base = slices.Clone(v.extra), v.base
	peer := func(n node) bool { return kinds()[n.kind].product.Traits().Peer }
	if slices.ContainsFunc(all, func(n node) bool { return !peer(n) }) {
		for _, n := range all {
			if peer(n) {
				now.extra = append(now.extra, extra{kind: extraPeers, node: n})
			}
		}
		all = slices.DeleteFunc(all, peer)
	}
	if len(all) > MaxNodes || len(now.extra) > MaxExtra {
		return tooMany(t)
	}
	copy(now.nodes[:], all)
	err := error(nil)
	for i := range slices.Backward(all) { // of two with one name the second is named
		err = cmp.Or(err, now.checkName(t, &now.nodes[i], now.nodes[i].fqdn))
	}
	for i := range now.extra {
		if x := &now.extra[i]; x.kind == extraPeers {
			err = cmp.Or(err, now.checkName(t, &x.node, x.node.fqdn))
		}
	}
	if err == nil {
		*v = now
	}
	return err
}

func tooMany(t layout.Theme) error {
	return errors.New(t.Say("The form accepts at most %d nodes. For more, write a solution file: uccx-tui help solutions", MaxNodes))
}

// made are the nodes of a list. What an entry does not say is taken from the name and the order: the first node of a product is
// its publisher, the next its subscriber, and one that is left alone is a single node.
func made(list []listed) []node {
	count := map[vos.Product]int{}
	for i := range list {
		if list[i].product == "" {
			list[i].product = guessed(list[i].fqdn)
		}
		count[list[i].product]++
	}
	seen := map[vos.Product]int{}
	all := make([]node, len(list))
	for i, l := range list {
		role := l.role
		switch {
		case role != "":
		case seen[l.product]%2 == 0 && seen[l.product]+1 == count[l.product]:
			role = vos.Standalone
		case seen[l.product]%2 == 0:
			role = vos.Publisher
		default:
			role = vos.Subscriber
		}
		seen[l.product]++
		list[i].role = role
		all[i] = node{fqdn: l.fqdn, address: strings.Join(strings.Fields(l.address+" "+l.ports+" "+l.way), " "), kind: kindIndex(l.product, role)}
	}
	return publishersFirst(all, list)
}

// publishersFirst puts a subscriber behind the next publisher of its product where none stands before it.
func publishersFirst(all []node, list []listed) []node {
	has := map[vos.Product]bool{}
	var sorted, waiting []node
	for i, n := range all {
		p := list[i].product
		if list[i].role == vos.Subscriber && !has[p] {
			waiting = append(waiting, n)
			continue
		}
		sorted = append(sorted, n)
		if list[i].role == vos.Publisher && !has[p] {
			has[p] = true
			sorted = append(sorted, slices.DeleteFunc(slices.Clone(waiting), func(w node) bool { return kinds()[w.kind].product != p })...)
			waiting = slices.DeleteFunc(waiting, func(w node) bool { return kinds()[w.kind].product == p })
		}
	}
	return append(sorted, waiting...)
}

// kindIndex is the kind of that product and role; a role that the product does not have is its first one.
func kindIndex(p vos.Product, r vos.Role) int {
	all := kinds()
	if i := slices.IndexFunc(all, func(k kindOf) bool { return k.product == p && k.role == r }); i >= 0 {
		return i
	}
	return slices.IndexFunc(all, func(k kindOf) bool { return k.product == p })
}

// guessed is the product that a host name speaks of, the first one of the table where it speaks of none: the person sees it and can change it.
func guessed(fqdn string) vos.Product {
	host := strings.ToLower(layout.Short(fqdn))
	best, found := vos.Products()[0], ""
	for _, p := range vos.Products() {
		for _, word := range append([]string{string(p)}, p.Facts().Aliases...) {
			if strings.Contains(host, word) && len(word) > max(len(found), 2) {
				best, found = p, word
			}
		}
	}
	return best
}

// readList reads the entries of a list; strange is the first word that says nothing about a node.
func readList(text string) (all []listed, strange string) {
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || isHeading(line) {
			continue
		}
		got, odd := readEntries(cells(line))
		if odd != "" && strange == "" {
			strange = odd
		}
		all = append(all, got...)
	}
	return all, strange
}

// cells are the cells of a line, without their quotes.
func cells(line string) []string {
	separator := ""
	for _, one := range []string{"\t", ";", ","} {
		if strings.Contains(line, one) {
			separator = one
			break
		}
	}
	parts := []string{line}
	if separator != "" {
		parts = strings.Split(line, separator)
	}
	for i := range parts {
		parts[i] = strings.Trim(strings.TrimSpace(parts[i]), `"'`)
	}
	return parts
}

// isHeading reports whether a line names columns: a name is among them, and no full name of a node.
func isHeading(line string) bool {
	first := strings.ToLower(cells(line)[0])
	return slices.Contains([]string{"fqdn", "name", "node", "nodes", "host", "hostname", "server", "full name", "host name"}, first)
}

// readEntries reads the nodes of a line: each full name begins one, and what stands beside it belongs to it.
func readEntries(cells []string) (all []listed, strange string) {
	var early listed // what stands before the first name
	now := &early
	take := func(text string) bool {
		word := strings.ToLower(strings.TrimSpace(text))
		switch {
		case word == "":
		case vos.CheckFQDN(word) == nil && net.ParseIP(word) == nil:
			var one listed
			if now == &early {
				one = early
			}
			one.fqdn = word
			all = append(all, one)
			now = &all[len(all)-1]
		default:
			return now.says(word)
		}
		return true
	}
	for _, cell := range cells {
		if take(cell) {
			continue
		}
		for _, word := range strings.Fields(cell) {
			if !take(word) && strange == "" {
				strange = word
			}
		}
	}
	return all, strange
}

// says takes a word that is no name; false: it says nothing about a node.
func (l *listed) says(word string) bool {
	if i := slices.IndexFunc(kinds(), func(k kindOf) bool { return strings.EqualFold(k.label.String(), word) }); i >= 0 {
		l.product, l.role = kinds()[i].product, kinds()[i].role
		return true
	}
	if p, ok := vos.ParseProduct(word); ok {
		l.product = p
		return true
	}
	if role, ok := roleWords()[word]; ok {
		l.role = role
		return true
	}
	if way, err := vos.ParseConnection(word); err == nil {
		l.way = string(way)
		return true
	}
	if net.ParseIP(word) != nil {
		l.address = word
		return true
	}
	if host, _, err := net.SplitHostPort(word); err == nil && net.ParseIP(host) != nil {
		l.address = word
		return true
	}
	if _, ports, err := ParseAddress("x " + word); err == nil && ports != nil {
		l.ports += " " + word
		return true
	}
	return false
}

// roleWords are the words for places in a cluster.
func roleWords() map[string]vos.Role {
	return map[string]vos.Role{"publisher": vos.Publisher, "pub": vos.Publisher, "primary": vos.Publisher, "first": vos.Publisher,
		"subscriber": vos.Subscriber, "sub": vos.Subscriber, "secondary": vos.Subscriber, "second": vos.Subscriber,
		"standalone": vos.Standalone, "single": vos.Standalone}
}
