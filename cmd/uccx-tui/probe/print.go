// Package probe looks at the certificate on each port of nodes, without logging in.
package probe

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/verdict"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/describe"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// printProbed prints one line or object for each address, then, for people, each certificate that is served, once.
func printProbed(out io.Writer, say lang.Localizer, all []*Port, want expectation, asJSON bool) error {
	var b strings.Builder
	sound := true
	for _, p := range all {
		sound = sound && p.sound(len(want.cas) > 0)
		if !asJSON {
			fmt.Fprintf(&b, "%s %5d %s %s\n", print.Column(cert.Printable(p.Host), 28), p.Port, print.Column(p.Name, 13), p.words(say))
			continue
		}
		data, err := json.Marshal(p)
		if err != nil {
			return err
		}
		b.Write(append(data, '\n'))
	}
	if !asJSON {
		describeServed(&b, say, all, want)
		out = print.People(out)
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
func (p *Port) words(say lang.Localizer) string {
	if !p.Error.IsZero() {
		return say.T(p.Error)
	}
	text := say.Say("serial %s  %s  %s", p.Serial, msg.N("1 day", "%d days", p.Days), p.TLS) + "  "
	for _, x := range p.Findings {
		if x.Severity == cert.Fault.String() {
			return text + say.Say("REFUSED by clients: %s", x.What)
		}
	}
	switch {
	case !p.NameFits:
		return text + say.Say("WRONG NAME: %s", vos.Shorten(strings.Join(p.Names, ", "), vos.MaxField))
	case p.Days < 0:
		return text + say.Say("EXPIRED")
	case p.Expected != nil && !*p.Expected:
		return text + say.Say("DIFFERENT from the expected certificate: was the node restarted?")
	case p.Expected != nil:
		return text + say.Say("name OK, certificate as expected")
	}
	return text + say.Say("name OK")
}

// describeServed shows each certificate once, with the ports that serve it.
func describeServed(b *strings.Builder, say lang.Localizer, all []*Port, want expectation) {
	seen := map[string]bool{}
	for _, p := range all {
		if p.leaf == nil || seen[p.Fingerprint+p.ChainWords.String()] {
			continue
		}
		seen[p.Fingerprint+p.ChainWords.String()] = true
		var at []string
		for _, other := range all {
			if other.Fingerprint == p.Fingerprint && other.ChainWords.String() == p.ChainWords.String() {
				at = append(at, fmt.Sprintf("%s:%d", cert.Printable(other.Host), other.Port))
			}
		}
		fmt.Fprintf(b, "\n%s\n", vos.Shorten(p.Subject, vos.MaxField))
		lines := append([]describe.Line{{Label: "ports", Text: msg.Verbatim(strings.Join(at, ", "))}}, describe.Certificate(p.leaf, want.now)...)
		verdict.Lines(b, say, append(lines, describe.Line{Label: "chain", Text: p.ChainWords}, describe.Line{Label: "EKU", Text: p.Usage.Uses()},
			describe.Line{Label: "notice", Text: p.Usage.Means}))
		for _, x := range p.Findings {
			x.Write(b, say)
		}
	}
}
