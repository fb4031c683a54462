package report

import (
	"bytes"
	"html/template"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/msg"

	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// HTML is the report as one file without any other, which prints well on A4 and Letter.
func (r Report) HTML() []byte {
	var b bytes.Buffer
	t, err := template.New("report").Funcs(template.FuncMap{"safe": cert.Printable, "path": titles.OfPath, "label": msg.Label, "when": r.when,
		"local": func(s string) string { return cert.Printable(r.local(s)) }, "took": func(s Step) string {
			if long := r.took(s); long > 0 {
				return titles.InWords(long)
			}
			return ""
		},
		"join": func(all []string) string { return cert.Printable(strings.Join(all, ", ")) }, "day": func(s string) string { return cert.Printable(s[:min(len(s), 10)]) }}).Parse(reportHTML)
	if err == nil {
		err = t.Execute(&b, r)
	}
	if err != nil { // the template is tested
		return []byte("<!doctype html><p>the report could not be drawn: " + template.HTMLEscapeString(err.Error()))
	}
	return b.Bytes()
}

const reportHTML = `{{define "because"}}{{if ne .Severity "note"}}{{with .Cause.String}}<br><span class="soft">cause:</span> {{safe .}}{{end}}{{with .Next.String}}<br><span class="soft">fix:</span> {{safe .}}{{end}}{{end}}{{end}}<!doctype html>
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
svg{width:100%;height:auto;font:11px system-ui,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}.draw{overflow-x:auto}.draw svg{min-width:36em}
.lane{stroke:var(--line);stroke-width:.5}.axis{fill:var(--soft);font-size:10px}rect.changes{fill:#7b93b5}rect.interrupts{fill:#d97706}rect.failed,rect.unsure{fill:var(--bad)}
line.holds{stroke:var(--good)}line.mended{stroke:#1d4ed8;stroke-width:2}line.missing{stroke:var(--bad);stroke-width:2;stroke-dasharray:5 3}line.unknown{stroke:var(--line);stroke-dasharray:2 3}
.key b{display:inline-block;width:1.4em;height:.7em;margin:0 .3em 0 1em}
@page{margin:16mm 14mm;@bottom-right{content:counter(page) " / " counter(pages)}}
@media screen and (max-width:44em){body{margin:1em auto;padding:0 .8em}dl{display:block}dd{margin:0 0 .4em}thead{display:none}table,tbody,tr,td{display:block}
tr{border-bottom:1px solid var(--line);padding:.4em 0}td,td.n,td.t{border:0;padding:.05em 0;text-align:left;white-space:normal}td:empty{display:none}td[data-t]::before{content:attr(data-t) ": ";color:var(--soft)}}
@media print{body{margin:0;max-width:none;padding:0;font-size:9pt}h2,h3{break-after:avoid}tr,dl,li{break-inside:avoid}thead{display:table-header-group}a{color:inherit}}
</style>
</head>
<body>
<h1>Certificate change: {{safe .Change}}</h1>
{{if .Lab}}<p class="lab">LAB: simulated nodes, nothing real was changed</p>{{end}}
<dl>
<dt>Outcome<dd><b class="{{.Outcome}}">{{label .Outcome}}</b>
<dt>Path<dd>{{safe (path .Path)}}
<dt>From, to<dd>{{when .Begun}} to {{when .Last}} ({{.Lasted}})
{{if not .WindowEnd.IsZero}}<dt>Change window<dd>ends {{when .WindowEnd}}
{{end}}<dt>By<dd>{{join .People}}
{{with .Next}}<dt>Next to expire<dd>{{safe .Name}} of {{join .Of}}, on {{.Until.Format "2006-01-02"}}
{{end}}{{with .Zones}}<dt>Times<dd>{{.}}
{{end}}<dt>Program<dd>uccx-tui {{safe .Program}}
</dl>
<h2>Pending</h2>
{{if .Owed}}<ul>{{range .Owed}}<li class="owed">{{local .String}}{{end}}</ul>{{else}}<p>Nothing.{{end}}
{{with .Timeline}}<h2>Timeline</h2>
<div class="draw"><svg viewBox="0 0 {{.Width}} {{.Height}}" role="img" aria-label="Timeline of the change">
{{$w := .Width}}{{$h := .Height}}{{range .Lanes}}<line class="lane" x1="0" x2="{{$w}}" y1="{{.Y}}" y2="{{.Y}}" transform="translate(0 7)"/><text x="0" y="{{.Y}}">{{safe .Name}}</text>
{{end}}{{range .Bars}}<rect class="{{.Class}}" x="{{.X}}" y="{{.Y}}" width="{{.Width}}" height="{{.Height}}"><title>{{safe .Title}}</title></rect>
{{end}}{{range .Ticks}}<text class="axis" x="{{.X}}" y="{{$h}}" dy="-6" text-anchor="middle">{{.Text}}</text>
{{end}}{{range .Breaks}}<text class="axis" x="{{.X}}" y="{{$h}}" dy="-18" text-anchor="middle">// {{.Text}}</text>
{{end}}</svg></div>
<p class="small soft key"><b style="background:#7b93b5"></b>a step that changes the node<b style="background:#d97706"></b>restart: its services are away<b style="background:#a3160f"></b>refused, or not known how it ended. // is time in which nothing was done.
{{end}}<h2>Before and after</h2>
{{range .Nodes}}<h3>{{safe .FQDN}}</h3>
<p class="soft">{{safe .Product}} {{safe .Role}} {{safe .Version}}{{if .HostKey}}, SSH host key <code>{{safe .HostKey}}</code>{{end}}{{if .Legacy}}, insecure SSH algorithms were allowed{{end}}
<dl>{{with .Before}}<dt>before<dd>{{safe .Name}}, issued by {{safe .Issuer}}, until {{local .Until}}, serial <code>{{safe .Serial}}</code>{{end}}
{{with .After}}<dt>after<dd>{{safe .Name}}, issued by {{safe .Issuer}}, until {{local .Until}}, serial <code>{{safe .Serial}}</code>{{end}}
{{with $.Downtime .FQDN}}<dt>out of service<dd>{{.}}{{end}}</dl>
{{if .Addresses}}<table><thead><tr><th>port<th>address<th>state<th>until<th>serial before<th>serial now</tr></thead>
{{range .Addresses}}<tr><td class="n" data-t="port">{{.Port}}<td>{{safe .Name}}<td class="t {{.State}}" data-t="state">{{label .State}}<td class="t" data-t="until">{{day .Until}}<td data-t="before">{{with .Before}}<code>{{safe .}}</code>{{end}}<td data-t="now">{{with .After}}<code>{{safe .}}</code>{{end}}</tr>
{{end}}</table>{{end}}
{{if .Findings}}<ul>{{range .Findings}}<li>{{local .When}}: <span class="{{safe .Severity}}">{{safe (label .Severity)}}</span>: {{local .What.String}} <span class="soft">{{safe .Rule}}</span>{{template "because" .}}{{end}}</ul>{{end}}
{{end}}{{if .Reply}}<h2>Warnings of the CA's reply</h2>
<ul>{{range .Reply}}<li>{{local .When}}: <span class="{{safe .Severity}}">{{safe (label .Severity)}}</span>: {{local .What.String}} <span class="soft">{{safe .Rule}}</span>{{template "because" .}}{{end}}</ul>
{{end}}{{if .Trust}}<h2>Trust relations</h2>
{{with .TrustPicture}}<div class="draw"><svg viewBox="0 0 {{.Width}} {{.Height}}" role="img" aria-label="Who must trust whom">
<text class="axis" x="250" y="12" text-anchor="end">the certificate of</text><text class="axis" x="550" y="12">belongs into the tomcat-trust of</text>
{{range .Lines}}<line class="{{.Class}}" x1="258" x2="542" y1="{{.Y1}}" y2="{{.Y2}}"><title>{{safe .Title}}</title></line>
{{end}}{{range .Left}}<text x="250" y="{{.Y}}" text-anchor="end">{{safe .Name}}</text>
{{end}}{{range .Right}}<text x="550" y="{{.Y}}">{{safe .Name}}</text>
{{end}}</svg></div>
<p class="small soft key"><b style="background:#0a6b2e"></b>holds<b style="background:#1d4ed8"></b>mended by this change<b style="background:#a3160f"></b>missing<b style="background:#c9c9c9"></b>not known
{{end}}<table><thead><tr><th>certificate of<th>into tomcat-trust of<th>now<th>after this change<th>why</tr></thead>
{{range .Trust}}<tr><td>{{safe .From}} {{safe .Unit}}<td data-t="into">{{safe .Into}}<td class="{{.Now}}" data-t="now">{{.Now}}<td class="{{.Then}}" data-t="then">{{.Then}}<td class="small soft">{{safe .Why}}</tr>
{{end}}</table>{{end}}
<h2>CA certificates</h2>
{{range .CAs}}<p>{{safe .Name}}, issued by {{safe .Issuer}}, until {{local .Until}}<br><span class="small">serial <code>{{safe .Serial}}</code>, SHA-256 <code>{{safe .Fingerprint}}</code></span>{{else}}<p>None.{{end}}
<h2>Expiry</h2>
<table><thead><tr><th>until<th>certificate<th>of</tr></thead>
{{range .Expires}}<tr><td class="t">{{.Until.Format "2006-01-02"}}<td>{{safe .Name}}<td>{{join .Of}}</tr>
{{end}}</table>
{{if .Inventory}}<h2>Inventory</h2>
<table class="small"><thead><tr><th>node<th>certificate<th>extended key usage<th>key<th>signature<th>days left<th>field notice</tr></thead>
{{range .Inventory}}<tr><td>{{safe .Node}}<td data-t="certificate">{{safe .Where}}, serial <code>{{safe .Serial}}</code><td data-t="use">{{safe .Uses}}<td data-t="key">{{safe .Key}}<td data-t="signature">{{safe .Signature}}<td class="n" data-t="days">{{.Days}}<td data-t="notice">{{safe .Means}}</tr>
{{end}}</table>
{{end}}<h2>Decisions</h2>
<table class="small"><thead><tr><th>when<th>who<th>node<th>question<th>answer<th>rule</tr></thead>
{{range .Answers}}<tr><td class="t">{{when .At}}<td>{{safe .By}}<td>{{safe .Where}}<td>{{safe .Asked}}<td data-t="answer">{{safe .Answer}}{{if .Why}} <span class="soft">({{safe .Why}})</span>{{end}}<td class="t">{{safe .Rule}}</tr>
{{end}}</table>
{{if .Readings}}<h2>Backup and replication</h2>
{{range .Readings}}<p class="small">{{local .Node}}, {{when .At}}: {{local .Command}}: {{local .Words}}{{end}}{{end}}
{{if .Rehearsed}}<h2>Rehearsal</h2>
{{range .Rehearsed}}<p class="small">{{local .String}}{{end}}{{end}}
<h2>Steps</h2>
<table class="small"><thead><tr><th>#<th>step<th>node<th>state<th>when<th>took<th>who<th>rules</tr></thead>
{{range .Steps}}<tr><td class="n">{{.Number}}<td>{{safe .Title}}{{if .What}}<br><span class="soft">{{local .What}}</span>{{end}}<td>{{safe .Node}}<td class="{{.State}}">{{label .State}}{{if .Found}}, already done{{end}}<td class="t">{{when .At}}<td class="t" data-t="took">{{took .}}<td>{{safe .By}}<td>{{range .Rules}}{{.}} {{end}}</tr>
{{end}}</table>
<h2>Rules</h2>
<dl class="small">{{range .Rules}}<dt>{{.ID}}<dd>{{safe .Text}}{{end}}</dl>
<h2>Journal</h2>
<p>{{.Entries}} entries, each chained to the one before it by its checksum. Keep the head outside of the machine that holds the session: uccx-tui verify NAME --expect HEAD then finds a journal that was written again.
<dl class="small"><dt>first, {{when .Begun}}<dd><code>{{.First}}</code><dt>last, {{when .Last}}<dd><code>{{.Head}}</code><dt>head<dd><code>{{.HeadLine}}</code></dl>
</body>
</html>
`
