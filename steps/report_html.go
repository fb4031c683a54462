package steps

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// HTML is the report as one file without any other, which prints well on A4 and Letter.
func (r Report) HTML() []byte {
	var b bytes.Buffer
	t, err := template.New("report").Funcs(template.FuncMap{"safe": cert.Printable, "path": PathTitle, "when": when,
		"join": func(all []string) string { return cert.Printable(strings.Join(all, ", ")) }, "day": func(s string) string { return cert.Printable(s[:min(len(s), 10)]) }}).Parse(reportHTML)
	if err == nil {
		err = t.Execute(&b, r)
	}
	if err != nil { // the template is tested
		return []byte("<!doctype html><p>the report could not be drawn: " + template.HTMLEscapeString(err.Error()))
	}
	return b.Bytes()
}

const reportHTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Certificate change: {{safe .Change}}</title>
<style>
:root{--ink:#1a1a1a;--soft:#595959;--line:#c9c9c9;--good:#0a6b2e;--bad:#a3160f}
body{font:10.5pt/1.45 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);margin:2.5em auto;max-width:64em;padding:0 1.5em}
h1{font-size:1.6em;margin:0 0 .2em}h2{font-size:1.15em;margin:2em 0 .5em;padding-bottom:.2em;border-bottom:1px solid var(--line)}
h3{font-size:1em;margin:1.6em 0 .3em}p{margin:.3em 0}ul{margin:.3em 0;padding-left:1.3em}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1.2em;margin:.8em 0}dt{color:var(--soft)}dd{margin:0}
table{border-collapse:collapse;width:100%;margin:.5em 0}th,td{text-align:left;vertical-align:top;padding:.25em .9em .25em 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}td.n{text-align:right;white-space:nowrap}td.t{white-space:nowrap}
code{font:.88em ui-monospace,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.lab{border:2px solid var(--ink);padding:.3em .7em;font-weight:600;display:inline-block}
.proven,.holds{color:var(--good)}.old,.missing,.failed,.unsure,.fault,.owed{color:var(--bad);font-weight:600}
.small{font-size:.88em}.soft{color:var(--soft)}
@page{margin:16mm 14mm}
@media print{body{margin:0;max-width:none;padding:0;font-size:9pt}h2,h3{break-after:avoid}tr,dl,li{break-inside:avoid}thead{display:table-header-group}a{color:inherit}}
</style>
</head>
<body>
<h1>Certificate change: {{safe .Change}}</h1>
{{if .Lab}}<p class="lab">LAB: simulated nodes, nothing real was changed</p>{{end}}
<dl>
<dt>Outcome<dd><b class="{{.Outcome}}">{{.Outcome}}</b>
<dt>Path<dd>{{safe (path .Path)}}
<dt>From, to<dd>{{when .Begun}} to {{when .Last}}
<dt>By<dd>{{join .People}}
{{with .Next}}<dt>Next to expire<dd>{{safe .Name}} of {{join .Of}}, on {{.Until.Format "2006-01-02"}}
{{end}}<dt>Program<dd>uccx-tui {{safe .Program}}
</dl>
<h2>Owed</h2>
{{if .Owed}}<ul>{{range .Owed}}<li class="owed">{{safe .}}{{end}}</ul>{{else}}<p>Nothing.{{end}}
<h2>Before and after</h2>
{{range .Nodes}}<h3>{{safe .FQDN}}</h3>
<p class="soft">{{safe .Product}} {{safe .Role}} {{safe .Version}}{{if .HostKey}}, SSH host key <code>{{safe .HostKey}}</code>{{end}}{{if .Legacy}}, insecure SSH algorithms were allowed{{end}}
<dl>{{with .Before}}<dt>before<dd>{{safe .Name}}, issued by {{safe .Issuer}}, until {{day .Until}}, serial <code>{{safe .Serial}}</code>{{end}}
{{with .After}}<dt>after<dd>{{safe .Name}}, issued by {{safe .Issuer}}, until {{day .Until}}, serial <code>{{safe .Serial}}</code>{{end}}</dl>
{{if .Addresses}}<table><thead><tr><th>port<th>address<th>serial before<th>serial now<th>until<th>state</tr></thead>
{{range .Addresses}}<tr><td class="n">{{.Port}}<td>{{safe .Name}}<td><code>{{safe .Before}}</code><td><code>{{safe .After}}</code><td class="t">{{day .Until}}<td class="t {{.State}}">{{.State}}</tr>
{{end}}</table>{{end}}
{{if .Findings}}<ul>{{range .Findings}}<li><span class="{{safe .Severity}}">{{safe .Severity}}</span>: {{safe .What}} <span class="soft">{{safe .Rule}}</span>{{end}}</ul>{{end}}
{{end}}{{if .Trust}}<h2>Who must trust whom</h2>
<table><thead><tr><th>certificate of<th>into tomcat-trust of<th>now<th>after this change<th>why</tr></thead>
{{range .Trust}}<tr><td>{{safe .From}} {{.Unit}}<td>{{safe .Into}}<td class="{{.Now}}">{{.Now}}<td class="{{.Then}}">{{.Then}}<td class="small soft">{{.Why}}</tr>
{{end}}</table>{{end}}
<h2>CA certificates</h2>
{{range .CAs}}<p>{{safe .Name}}, issued by {{safe .Issuer}}, until {{day .Until}}<br><span class="small">serial <code>{{safe .Serial}}</code>, SHA-256 <code>{{safe .Fingerprint}}</code></span>{{else}}<p>None.{{end}}
<h2>Expiry</h2>
<table><thead><tr><th>until<th>certificate<th>of</tr></thead>
{{range .Expires}}<tr><td class="t">{{.Until.Format "2006-01-02"}}<td>{{safe .Name}}<td>{{join .Of}}</tr>
{{end}}</table>
<h2>Decisions</h2>
<table class="small"><thead><tr><th>when (UTC)<th>who<th>node<th>question<th>answer<th>rule</tr></thead>
{{range .Answers}}<tr><td class="t">{{when .At}}<td>{{safe .By}}<td>{{safe .Node}}<td>{{safe .Text}}<td>{{safe .Answer}}{{if .Why}} <span class="soft">({{safe .Why}})</span>{{end}}<td class="t">{{safe .Rule}}</tr>
{{end}}</table>
{{if .Rehearsed}}<h2>Rehearsal</h2>
{{range .Rehearsed}}<p class="small">{{safe .}}{{end}}{{end}}
<h2>Steps</h2>
<table class="small"><thead><tr><th>#<th>step<th>node<th>state<th>when (UTC)<th>who<th>rules</tr></thead>
{{range .Steps}}<tr><td class="n">{{.Number}}<td>{{safe .Title}}{{if .What}}<br><span class="soft">{{safe .What}}</span>{{end}}<td>{{safe .Node}}<td class="{{.State}}">{{.State}}{{if .Found}}, was so{{end}}<td class="t">{{when .At}}<td>{{safe .By}}<td>{{range .Rules}}{{.}} {{end}}</tr>
{{end}}</table>
<h2>Rules cited</h2>
<dl class="small">{{range .Rules}}<dt>{{.ID}}<dd>{{safe .Text}}{{end}}</dl>
<h2>Journal</h2>
<p>{{.Entries}} entries, each chained to the one before it by its sum.
<dl class="small"><dt>first, {{when .Begun}}<dd><code>{{.First}}</code><dt>last, {{when .Last}}<dd><code>{{.Head}}</code></dl>
</body>
</html>
`
