package kit

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Rules returns the rules that the client kit serves.
func Rules() []string {
	return []string{"SELF-1", "SELF-4", "CLI-1", "CLI-2", "CLI-3", "CLI-4", "CLI-5", "CLI-6", "CLI-7", "CLI-8", "EC-4", "TRB-3"}
}

// Kit is what the people who look after the PCs of agents and supervisors need, as files: what to trust, how to
// distribute it, what people will meet, and what to tell them.
type Kit struct {
	Folder string // "kit-" and a part of its hash: the same kit has the same folder
	Files  []plan.OutFile
}

// Of makes the kit of a change, its texts in the language of a Localizer; nil: English. now is for certificates that have expired.
func Of(p *plan.Plan, now time.Time, by msg.Localizer) Kit {
	trust, missing := kitTrust(p)
	prompts := Forecast(p, now)
	name := cert.Printable(p.Change().Name)
	files := []plan.OutFile{
		{Name: "read-me.txt", Data: []byte(kitReadMe(by, name, trust, missing))},
		{Name: "who-is-asked-what.txt", Data: []byte(kitForecast(by, name, prompts))},
		{Name: "urls.txt", Data: []byte(kitURLs(prompts))},
		{Name: "browsers.txt", Data: []byte(kitBrowsers(by, trust, prompts))},
		{Name: "note-to-agents.txt", Data: []byte(kitNote(by, p.Nodes(), prompts, ending(p, now)))},
	}
	if len(trust) > 0 {
		files = append(files,
			plan.OutFile{Name: "windows/group-policy.txt", Data: crlf(kitPolicy(by, trust))},
			plan.OutFile{Name: "windows/install-roots.ps1", Data: crlf(kitScript(trust))},
			plan.OutFile{Name: "firefox/policies.json", Data: kitFirefox(trust)})
	}
	for _, t := range trust {
		files = append(files, plan.OutFile{Name: "roots/" + t.name + ".pem", Data: cert.PEM(t.cert)}, plan.OutFile{Name: "roots/" + t.name + ".cer", Data: t.cert.Raw})
	}
	sum := sha256.New()
	for i, f := range files {
		if !strings.HasPrefix(f.Name, "roots/") {
			f.Data = printedLines(f.Data)
			files[i].Data = f.Data
		}
		fmt.Fprintf(sum, "%s %d\n", f.Name, len(f.Data))
		sum.Write(f.Data)
	}
	return Kit{"kit-" + hex.EncodeToString(sum.Sum(nil))[:8], files}
}

// believed is one certificate that PCs must believe.
type believed struct {
	name string // of its files, safe on every system
	cert *x509.Certificate
	self bool // the certificate of a node itself, not of a CA
	of   string
	unit string // of the node
}

// kitTrust returns what PCs must believe for every node of the change: the root above each certificate that it presents, or a
// self-signed certificate itself. missing are nodes of which it is not known yet.
func kitTrust(p *plan.Plan) (held []believed, missing []string) {
	seen := map[string]bool{}
	for _, n := range p.Nodes() {
		n.Release = release.Of(p, n)
		main := p.Change().Main()
		all := []believed{{cert: certs.IdentityOf(p, n.FQDN), unit: main}}
		if second := presentedECDSA(p, n); second != nil && main != change.UnitECDSA {
			all = append(all, believed{cert: second, unit: change.UnitECDSA})
		}
		for _, one := range all {
			if one.cert == nil || one.unknown(p, n) || !one.above(p, n) {
				missing = append(missing, n.FQDN)
				break // without tomcat nothing is known of tomcat-ECDSA either
			}
			if one.name = kitName(one.cert); !seen[one.name] {
				seen[one.name] = true
				held = append(held, one)
			}
		}
	}
	return held, missing
}

// presentedECDSA is the tomcat-ECDSA that a node presents to clients beside tomcat (EC-3), or nil.
func presentedECDSA(p *plan.Plan, n vos.Node) *x509.Certificate {
	if !slices.ContainsFunc(release.FactsOf(p, n).Ports, func(port vos.Port) bool { return port.ECDSA }) && !slices.Contains(p.Surveyed().ServesECDSA, n.FQDN) {
		return nil
	}
	return certs.ECDSAIdentity(p, n)
}

// unknown reports whether the change gives the node another certificate for the unit, which is not here yet.
func (one *believed) unknown(p *plan.Plan, n vos.Node) bool {
	row := one.unit // as rows name it
	if row == p.Change().Main() {
		row = ""
	}
	is, done := trust.ReplacingUnit(p, n.FQDN, row)
	return is && !done && certs.LeafOf(p, n.FQDN, one.unit) == nil
}

// above takes the root above the certificate of a node, unless it is self-signed. ok is false where the chain is not known.
func (one *believed) above(p *plan.Plan, n vos.Node) (ok bool) {
	if one.self, one.of = certs.SelfMade(one.cert), n.FQDN; one.self {
		return true
	}
	roots, others := certs.Authorities(p)
	pool := append(append([]*x509.Certificate{}, roots...), others...)
	if s := p.Survey(n.FQDN); s != nil {
		pool = append(pool, cert.AllFromPEM(s.Chain)...)
	}
	c, err := cert.Build(one.cert, pool)
	if err != nil || len(c.CAs) == 0 {
		return false
	}
	one.cert = c.CAs[len(c.CAs)-1]
	return true
}

// kitName makes a file name of a certificate: letters, digits and hyphens, and the beginning of its fingerprint.
func kitName(c *x509.Certificate) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		case r == ' ', r == '.', r == '-', r == '_':
			return '-'
		}
		return -1
	}, cert.Name(c))
	return strings.Trim(name[:min(len(name), 40)], "-") + "-" + sha256Of(c)[:8]
}

// sha256Of is the fingerprint as Windows prints it: hexadecimal, without colons.
func sha256Of(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}

// ending is when the change window ends, in the zone of now; zero where none was set, or the last one is long over.
func ending(p *plan.Plan, now time.Time) time.Time {
	const day = 24 * time.Hour
	if end := p.Until(); !end.IsZero() && end.Add(day).After(now) {
		return end.In(now.Location())
	}
	return time.Time{}
}

// printedLines is a text file in which nothing gives orders to a terminal: names of nodes and of certificates are in it.
func printedLines(data []byte) []byte {
	lines := strings.Split(string(data), "\n")
	for i, l := range lines {
		bare, cr := strings.CutSuffix(l, "\r")
		lines[i] = cert.Printable(bare)
		if cr {
			lines[i] += "\r"
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

func crlf(text string) []byte { return []byte(strings.ReplaceAll(text, "\n", "\r\n")) }

// kitFirefox is the enterprise policy: take the roots of the system, and those files by name.
func kitFirefox(trust []believed) []byte {
	var names []string
	for _, t := range trust {
		names = append(names, t.name+".pem")
	}
	policy := map[string]any{"policies": map[string]any{"Certificates": map[string]any{"ImportEnterpriseRoots": true, "Install": names}}}
	data, err := json.MarshalIndent(policy, "", "  ")
	if err != nil { // nothing in it can fail
		return nil
	}
	return append(data, '\n')
}
