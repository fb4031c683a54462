// Package probe looks at the certificate on each port of nodes, without logging in.
package probe

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/describe"
)

// printProbed prints one line or object for each address, then, for people, each certificate that is served, once.
func printProbed(out io.Writer, all []*Port, want expectation, asJSON bool) error {
	var b strings.Builder
	sound := true
	for _, p := range all {
		sound = sound && p.sound(len(want.cas) > 0)
		if !asJSON {
			fmt.Fprintf(&b, "%-28s %5d %-13s %s\n", cert.Printable(p.Host), p.Port, p.Name, p.words())
			continue
		}
		data, err := json.Marshal(p)
		if err != nil {
			return err
		}
		b.Write(append(data, '\n'))
	}
	if !asJSON {
		describeServed(&b, all, want)
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return err
	}
	if !sound {
		return exitcode.Only(exitcode.Refused)
	}
	return nil
}

// words is an address in one line.
func (p *Port) words() string {
	if p.Error != "" {
		return p.Error
	}
	text := fmt.Sprintf("serial %s  %d days  %s", p.Serial, p.Days, p.TLS)
	for _, x := range p.Findings {
		if x.Severity == cert.Fault.String() {
			return text + "  REFUSED by clients: " + x.What
		}
	}
	switch {
	case !p.NameFits:
		text += "  WRONG NAME: " + vos.Shorten(strings.Join(p.Names, ", "), vos.MaxField)
	case p.Days < 0:
		text += "  EXPIRED"
	case p.Expected != nil && !*p.Expected:
		text += "  DIFFERENT from the expected certificate: was the node restarted?"
	case p.Expected != nil:
		text += "  name OK, certificate as expected"
	default:
		text += "  name OK"
	}
	return text
}

// describeServed shows each certificate once, with the ports that serve it.
func describeServed(b *strings.Builder, all []*Port, want expectation) {
	seen := map[string]bool{}
	for _, p := range all {
		if p.leaf == nil || seen[p.Fingerprint+p.ChainWords] {
			continue
		}
		seen[p.Fingerprint+p.ChainWords] = true
		var at []string
		for _, other := range all {
			if other.Fingerprint == p.Fingerprint && other.ChainWords == p.ChainWords {
				at = append(at, fmt.Sprintf("%s:%d", cert.Printable(other.Host), other.Port))
			}
		}
		fmt.Fprintf(b, "\n%s\n    %-10s %s\n", vos.Shorten(p.Subject, vos.MaxField), "ports", strings.Join(at, ", "))
		for _, l := range describe.Certificate(p.leaf, want.now) {
			fmt.Fprintf(b, "    %-10s %s\n", l.Label, vos.Shorten(l.Text, vos.MaxWords))
		}
		fmt.Fprintf(b, "    %-10s %s\n", "chain", vos.Shorten(p.ChainWords, vos.MaxWords))
		fmt.Fprintf(b, "    %-10s %s\n    %-10s %s\n", "EKU", p.Usage.Uses(), "notice", p.Usage.Means)
		for _, x := range p.Findings {
			x.Write(b)
		}
	}
}
