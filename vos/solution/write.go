package solution

import (
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"unicode"

	"github.com/uccx-tui/uccx-tui/vos"
)

// Format writes a file as people would: what is usual is left out.
func Format(f File) []byte {
	var b strings.Builder
	b.WriteString("# A solution for uccx-tui; uccx-tui help solutions explains it. No password belongs here.\n\n")
	field(&b, "name", f.Name)
	field(&b, "path", f.Path)
	if f.Unit != "tomcat" {
		field(&b, "unit", f.Unit)
	}
	field(&b, "user", f.User)
	if f.MultiServer {
		b.WriteString("multi_server = true\n")
	}
	list(&b, "replace", f.Replace)
	field(&b, "proxy", f.Solution.Route.Proxy)
	field(&b, "jump", f.Solution.Route.Jump)
	list(&b, "jump_keys", f.JumpKeys)
	for _, n := range f.Solution.Nodes() {
		f.writeNode(&b, n)
	}
	for _, n := range f.Solution.Peers {
		f.writeNode(&b, n)
		b.WriteString("neighbour = true\n")
	}
	for _, t := range f.Solution.Targets {
		b.WriteString("\n[[target]]\n")
		field(&b, "host", t.Host)
		if t.Port != 0 {
			fmt.Fprintf(&b, "port = %d\n", t.Port)
		}
		field(&b, "dial", t.Dial)
	}
	return []byte(b.String())
}

func (f File) writeNode(b *strings.Builder, n vos.Node) {
	b.WriteString("\n[[node]]\n")
	field(b, "fqdn", n.FQDN)
	field(b, "product", string(n.Product))
	if n.Role != vos.Standalone {
		field(b, "role", string(n.Role))
	}
	field(b, "address", n.Address)
	if len(n.Ports) > 0 {
		var pairs []string
		for _, port := range slices.Sorted(maps.Keys(n.Ports)) {
			_, to, _ := net.SplitHostPort(n.Ports[port])
			pairs = append(pairs, fmt.Sprintf("%d = %s", port, to))
		}
		fmt.Fprintf(b, "ports = { %s }\n", strings.Join(pairs, ", "))
	}
	field(b, "user", f.Users[n.FQDN])
	list(b, "host_keys", f.Keys[n.FQDN])
	list(b, "certs", f.Certs[n.FQDN])
	if f.Legacy[n.FQDN] {
		b.WriteString("legacy = true\n")
	}
	field(b, "way", string(n.Connection))
	field(b, "ca", n.CA)
}

func list(b *strings.Builder, key string, values []string) {
	if len(values) == 0 {
		return
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = quote(v)
	}
	fmt.Fprintf(b, "%s = [%s]\n", key, strings.Join(quoted, ", "))
}

func field(b *strings.Builder, key, value string) {
	if value != "" {
		fmt.Fprintf(b, "%s = %s\n", key, quote(value))
	}
}

// quote makes a TOML string: the escapes of JSON are among those of TOML. What cannot be shown is escaped.
func quote(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	var b strings.Builder
	for _, r := range string(data) {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// hidden reports whether a sign gives orders to a terminal, or cannot be seen.
func hidden(r rune) bool { return r != ' ' && !unicode.IsPrint(r) || unicode.Is(unicode.Cf, r) }
