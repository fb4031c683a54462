package steps

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Markdown is the report for people and tickets. Words of nodes and certificates are escaped.
func (r Report) Markdown() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Certificate change: %s\n\n", md(r.Change))
	if r.Lab {
		b.WriteString("LAB: simulated nodes, nothing real was changed.\n\n")
	}
	fmt.Fprintf(&b, "Outcome: %s. Path: %s. Program: uccx-tui %s.\n", r.Outcome, md(r.Path), md(r.Program))
	fmt.Fprintf(&b, "Journal: %d entries, the last at %s, head %s.\n\n## Owed\n\n", r.Entries, r.Last.UTC().Format(time.RFC3339), r.Head)
	if len(r.Owed) == 0 {
		b.WriteString("Nothing.\n")
	}
	for _, o := range r.Owed {
		fmt.Fprintf(&b, "- %s\n", md(o))
	}
	for _, n := range r.Nodes {
		n.markdown(&b)
	}
	if len(r.Trust) > 0 {
		b.WriteString("\n## Who must trust whom\n\n| certificate of | into tomcat-trust of | now | after this change | why |\n| --- | --- | --- | --- | --- |\n")
	}
	for _, t := range r.Trust {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", md(t.From), md(t.Into), t.Now, t.Then, t.Why())
	}
	b.WriteString("\n## CA certificates\n\n")
	for _, c := range r.CAs {
		fmt.Fprintf(&b, "- %s, issued by %s, serial %s, until %s\n  SHA-256 %s\n", md(c.Name), md(c.Issuer), c.Serial, c.Until, c.Fingerprint)
	}
	b.WriteString("\n## Answers\n\n")
	for _, a := range r.Answers {
		fmt.Fprintf(&b, "- %s%s: %s%s\n", inFront(a.Node), md(strings.ReplaceAll(a.Text, "%s", "...")), md(a.Answer), behind(a.Rule))
	}
	b.WriteString("\n## Steps\n\n")
	for _, s := range r.Steps {
		fmt.Fprintf(&b, "- %d %s%s: %s", s.Number, inFront(s.Node), s.Title, s.State)
		if !s.At.IsZero() {
			fmt.Fprintf(&b, ", %s, %s", s.At.Format(time.RFC3339), md(s.By))
		}
		if s.Found {
			b.WriteString(", was so already")
		}
		if s.What != "" {
			fmt.Fprintf(&b, ", %s", md(s.What))
		}
		b.WriteString(behind(strings.Join(s.Rules, " ")) + "\n")
	}
	return []byte(b.String())
}

func (n ReportNode) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n%s %s %s\n", md(n.FQDN), md(n.Product), md(n.Role), md(n.Version))
	if n.HostKey != "" {
		fmt.Fprintf(b, "SSH host key %s\n", md(n.HostKey))
	}
	for _, c := range []struct {
		when string
		cert *ReportCert
	}{{"before", n.Before}, {"after", n.After}} {
		if c.cert != nil {
			fmt.Fprintf(b, "%-7s %s, issued by %s, serial %s, until %s\n", c.when, md(c.cert.Name), md(c.cert.Issuer), c.cert.Serial, c.cert.Until)
		}
	}
	b.WriteString("\n| port | address | serial before | serial now | until | state |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, p := range n.Addresses {
		fmt.Fprintf(b, "| %d | %s | %s | %s | %s | %s |\n", p.Port, md(p.Name), p.Before, p.After, p.Until, p.State)
	}
	for _, f := range n.Findings {
		fmt.Fprintf(b, "\n- %s: %s%s", f.Severity, md(f.What), behind(f.Rule))
	}
}

// Why is where a trust comes from.
func (t ReportTrust) Why() string {
	text := t.Source
	if len(t.Rules) > 0 {
		text = strings.Join(t.Rules, " ") + ", " + text
	}
	if t.Guess {
		text += ", a guess"
	}
	return text
}

func inFront(node string) string {
	if node == "" {
		return ""
	}
	return md(node) + " "
}

func behind(rule string) string {
	if rule == "" {
		return ""
	}
	return " (" + rule + ")"
}

// md makes a text safe for Markdown and terminals: nothing in it is a control character, a tag, a table or a link.
func md(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "`", "'", "[", `\[`, "]", `\]`, "*", `\*`).Replace(cert.Printable(s))
}

// HTML is the report as one file without any other, which prints well.
func (r Report) HTML() []byte {
	var b bytes.Buffer
	t, err := template.New("report").Funcs(template.FuncMap{"safe": cert.Printable, "when": func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}}).Parse(reportHTML)
	if err == nil {
		err = t.Execute(&b, r)
	}
	if err != nil { // the template is tested
		return []byte("<!doctype html><p>the report could not be drawn: " + template.HTMLEscapeString(err.Error()))
	}
	return b.Bytes()
}

const reportHTML = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Certificate change: {{safe .Change}}</title>
<style>
body{font:11pt/1.4 sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#111}
h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em;border-bottom:1px solid #999}
table{border-collapse:collapse;width:100%;font-size:.9em}td,th{text-align:left;padding:.15em .6em .15em 0;border-bottom:1px solid #ddd;vertical-align:top}
code{font-size:.85em;overflow-wrap:anywhere}.owed{font-weight:bold}tr{break-inside:avoid}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}}
</style>
<h1>Certificate change: {{safe .Change}}</h1>
{{if .Lab}}<p>LAB: simulated nodes, nothing real was changed.{{end}}
<p>Outcome: <b>{{.Outcome}}</b>. Path: {{safe .Path}}. Program: uccx-tui {{safe .Program}}.<br>
Journal: {{.Entries}} entries, the last at {{when .Last}}, head <code>{{.Head}}</code>.
<h2>Owed</h2>
{{if .Owed}}<ul class="owed">{{range .Owed}}<li>{{safe .}}{{end}}</ul>{{else}}<p>Nothing.{{end}}
{{range .Nodes}}<h2>{{safe .FQDN}}</h2>
<p>{{safe .Product}} {{safe .Role}} {{safe .Version}}{{if .HostKey}}<br>SSH host key <code>{{safe .HostKey}}</code>{{end}}
{{with .Before}}<br>before: {{safe .Name}}, issued by {{safe .Issuer}}, serial <code>{{.Serial}}</code>, until {{.Until}}{{end}}
{{with .After}}<br>after: {{safe .Name}}, issued by {{safe .Issuer}}, serial <code>{{.Serial}}</code>, until {{.Until}}{{end}}
<table><tr><th>port<th>address<th>serial before<th>serial now<th>until<th>state</tr>
{{range .Addresses}}<tr><td>{{.Port}}<td>{{safe .Name}}<td><code>{{.Before}}</code><td><code>{{.After}}</code><td>{{.Until}}<td>{{.State}}</tr>
{{end}}</table>
{{if .Findings}}<ul>{{range .Findings}}<li>{{.Severity}}: {{safe .What}} {{.Rule}}{{end}}</ul>{{end}}
{{end}}{{if .Trust}}<h2>Who must trust whom</h2>
<table><tr><th>certificate of<th>into tomcat-trust of<th>now<th>after this change<th>why</tr>
{{range .Trust}}<tr><td>{{safe .From}}<td>{{safe .Into}}<td>{{.Now}}<td>{{.Then}}<td>{{.Why}}</tr>
{{end}}</table>{{end}}
<h2>CA certificates</h2>
<ul>{{range .CAs}}<li>{{safe .Name}}, issued by {{safe .Issuer}}, serial <code>{{.Serial}}</code>, until {{.Until}}<br><code>{{.Fingerprint}}</code>{{end}}</ul>
<h2>Answers</h2>
<table>{{range .Answers}}<tr><td>{{safe .Node}}<td>{{safe .Text}}<td>{{safe .Answer}}<td>{{.Rule}}</tr>{{end}}</table>
<h2>Steps</h2>
<table>{{range .Steps}}<tr><td>{{.Number}}<td>{{safe .Title}}<td>{{safe .Node}}<td>{{.State}}{{if .Found}}, was so already{{end}}<td>{{when .At}}<td>{{safe .By}}<td>{{safe .What}}<td>{{range .Rules}}{{.}} {{end}}</tr>
{{end}}</table>
</html>
`
