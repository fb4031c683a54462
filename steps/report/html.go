package report

import (
	"bytes"
	"html/template"

	"github.com/uccx-tui/uccx-tui/vos/msg"

	"github.com/uccx-tui/uccx-tui/steps/titles"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// HTML is the report as one file without any other, which prints well on A4 and Letter.
func (r Report) HTML() []byte {
	var b bytes.Buffer
	t, err := template.New("report").Funcs(r.functions()).Parse(reportHTML)
	if err == nil {
		err = t.Execute(&b, r)
	}
	if err != nil { // the template is tested
		return []byte("<!doctype html><p>the report could not be drawn: " + template.HTMLEscapeString(err.Error()))
	}
	return b.Bytes()
}

// functions are those of the template: t is a sentence of the report, text one of the journal, word a word of it.
func (r Report) functions() template.FuncMap {
	return template.FuncMap{"lang": r.tag, "safe": cert.Printable, "t": r.say, "when": r.when,
		"text":  func(t msg.Text) string { return cert.Printable(r.told(t)) },
		"word":  func(s string) string { return cert.Printable(r.word(s)) },
		"title": func(s string) string { return cert.Printable(r.text(msg.English(s))) },
		"path":  func(id string) string { return r.text(msg.English(titles.OfPath(id))) },
		"local": func(s string) string { return cert.Printable(r.local(s)) },
		"asked": func(a Answer) string { return cert.Printable(r.asked(a)) },
		"join":  func(all []string) string { return cert.Printable(r.list(all)) },
		"day":   func(s string) string { return cert.Printable(s[:min(len(s), 10)]) },
		"took": func(s Step) string {
			if long := r.took(s); long > 0 {
				return r.inWords(long)
			}
			return ""
		}}
}

const reportHTML = `{{define "because"}}{{if ne .Severity "note"}}{{if not .Cause.IsZero}}<br><span class="soft">{{t "cause:"}}</span> {{text .Cause}}{{end}}{{if not .Next.IsZero}}<br><span class="soft">{{t "fix:"}}</span> {{text .Next}}{{end}}{{end}}{{end}}<!doctype html>
<html lang="{{lang}}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{t "Certificate change: %s" (safe .Change)}}</title>
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
<h1>{{t "Certificate change: %s" (safe .Change)}}</h1>
{{if .Lab}}<p class="lab">{{t "LAB: simulated nodes. No real node was changed."}}</p>{{end}}
<dl>
<dt>{{t "Outcome"}}<dd><b class="{{.Outcome}}">{{word .Outcome}}</b>
<dt>{{t "Path"}}<dd>{{safe (path .Path)}}
<dt>{{t "From, to"}}<dd>{{t "%s to %s (%s)" (when .Begun) (when .Last) .Lasted}}
{{if not .WindowEnd.IsZero}}<dt>{{t "Change window"}}<dd>{{t "ends %s" (when .WindowEnd)}}
{{end}}<dt>{{t "By"}}<dd>{{join .People}}
{{with .Next}}<dt>{{t "First to expire"}}<dd>{{text .First}}
{{end}}{{with .Zones}}<dt>{{t "Times"}}<dd>{{.}}
{{end}}<dt>{{t "Program"}}<dd>uccx-tui {{safe .Program}}
</dl>
<h2>{{t "Pending"}}</h2>
{{if .Owed}}<ul>{{range .Owed}}<li class="owed">{{text .}}{{end}}</ul>{{else}}<p>{{t "Nothing."}}{{end}}
{{with .Timeline}}<h2>{{t "Timeline"}}</h2>
<div class="draw"><svg viewBox="0 0 {{.Width}} {{.Height}}" role="img" aria-label="{{t "Timeline of the change"}}">
{{$w := .Width}}{{$h := .Height}}{{range .Lanes}}<line class="lane" x1="0" x2="{{$w}}" y1="{{.Y}}" y2="{{.Y}}" transform="translate(0 7)"/><text x="0" y="{{.Y}}">{{safe .Name}}</text>
{{end}}{{range .Bars}}<rect class="{{.Class}}" x="{{.X}}" y="{{.Y}}" width="{{.Width}}" height="{{.Height}}"><title>{{safe .Title}}</title></rect>
{{end}}{{range .Ticks}}<text class="axis" x="{{.X}}" y="{{$h}}" dy="-6" text-anchor="middle">{{.Text}}</text>
{{end}}{{range .Breaks}}<text class="axis" x="{{.X}}" y="{{$h}}" dy="-18" text-anchor="middle">// {{.Text}}</text>
{{end}}</svg></div>
<p class="small soft key"><b style="background:#7b93b5"></b>{{t "a step that changes the node"}}<b style="background:#d97706"></b>{{t "restart: its services are down"}}<b style="background:#a3160f"></b>{{t "refused, or result unknown. // is time in which nothing was done."}}
{{end}}<h2>{{t "Before and after"}}</h2>
{{range .Nodes}}<h3>{{safe .FQDN}}</h3>
<p class="soft">{{safe .Product}} {{safe .Role}} {{safe .Version}}{{if .HostKey}}, {{t "SSH host key"}} <code>{{safe .HostKey}}</code>{{end}}{{if .Legacy}}, {{t "insecure SSH algorithms were allowed"}}{{end}}
<dl>{{with .Before}}<dt>{{t "before"}}<dd>{{t "%s, issued by %s, until %s, serial" (safe .Name) (safe .Issuer) (local .Until)}} <code>{{safe .Serial}}</code>{{end}}
{{with .After}}<dt>{{t "after"}}<dd>{{t "%s, issued by %s, until %s, serial" (safe .Name) (safe .Issuer) (local .Until)}} <code>{{safe .Serial}}</code>{{end}}
{{with $.Downtime .FQDN}}<dt>{{t "out of service"}}<dd>{{.}}{{end}}</dl>
{{if .Addresses}}<table><thead><tr><th>{{t "port"}}<th>{{t "address"}}<th>{{t "state"}}<th>{{t "until"}}<th>{{t "serial before"}}<th>{{t "serial now"}}</tr></thead>
{{range .Addresses}}<tr><td class="n" data-t="{{t "port"}}">{{.Port}}<td>{{safe .Name}}<td class="t {{.State}}" data-t="{{t "state"}}">{{word .State}}<td class="t" data-t="{{t "until"}}">{{day .Until}}<td data-t="{{t "before"}}">{{with .Before}}<code>{{safe .}}</code>{{end}}<td data-t="{{t "now"}}">{{with .After}}<code>{{safe .}}</code>{{end}}</tr>
{{end}}</table>{{end}}
{{if .Findings}}<ul>{{range .Findings}}<li>{{text .When}}: <span class="{{safe .Severity}}">{{word .Severity}}</span>: {{text .What}} <span class="soft">{{safe .Rule}}</span>{{template "because" .}}{{end}}</ul>{{end}}
{{end}}{{if .Reply}}<h2>{{t "Warnings of the CA's reply"}}</h2>
<ul>{{range .Reply}}<li>{{text .When}}: <span class="{{safe .Severity}}">{{word .Severity}}</span>: {{text .What}} <span class="soft">{{safe .Rule}}</span>{{template "because" .}}{{end}}</ul>
{{end}}{{if .Trust}}<h2>{{t "Trust relations"}}</h2>
{{with .TrustPicture}}<div class="draw"><svg viewBox="0 0 {{.Width}} {{.Height}}" role="img" aria-label="{{t "Who must trust whom"}}">
<text class="axis" x="250" y="12" text-anchor="end">{{t "the certificate of"}}</text><text class="axis" x="550" y="12">{{t "must be in the tomcat-trust of"}}</text>
{{range .Lines}}<line class="{{.Class}}" x1="258" x2="542" y1="{{.Y1}}" y2="{{.Y2}}"><title>{{safe .Title}}</title></line>
{{end}}{{range .Left}}<text x="250" y="{{.Y}}" text-anchor="end">{{safe .Name}}</text>
{{end}}{{range .Right}}<text x="550" y="{{.Y}}">{{safe .Name}}</text>
{{end}}</svg></div>
<p class="small soft key"><b style="background:#0a6b2e"></b>{{t "holds"}}<b style="background:#1d4ed8"></b>{{t "fixed by this change"}}<b style="background:#a3160f"></b>{{t "missing"}}<b style="background:#c9c9c9"></b>{{t "not known"}}
{{end}}<table><thead><tr><th>{{t "certificate of"}}<th>{{t "into tomcat-trust of"}}<th>{{t "now"}}<th>{{t "after this change"}}<th>{{t "why"}}</tr></thead>
{{range .Trust}}<tr><td>{{safe .From}} {{safe .Unit}}<td data-t="{{t "into"}}">{{safe .Into}}<td class="{{.Now}}" data-t="{{t "now"}}">{{word .Now}}<td class="{{.Then}}" data-t="{{t "then"}}">{{word .Then}}<td class="small soft">{{text .Why}}</tr>
{{end}}</table>{{end}}
<h2>{{t "CA certificates"}}</h2>
{{range .CAs}}<p>{{t "%s, issued by %s, until %s" (safe .Name) (safe .Issuer) (local .Until)}}<br><span class="small">{{t "serial"}} <code>{{safe .Serial}}</code>, SHA-256 <code>{{safe .Fingerprint}}</code></span>{{else}}<p>{{t "None."}}{{end}}
<h2>{{t "Expiry"}}</h2>
<table><thead><tr><th>{{t "until"}}<th>{{t "certificate"}}<th>{{t "of"}}</tr></thead>
{{range .Expires}}<tr><td class="t">{{.Until.Format "2006-01-02"}}<td>{{safe .Name}}<td>{{join .Of}}</tr>
{{end}}</table>
{{if .Inventory}}<h2>{{t "Inventory"}}</h2>
<table class="small"><thead><tr><th>{{t "node"}}<th>{{t "certificate"}}<th>{{t "extended key usage"}}<th>{{t "key"}}<th>{{t "signature"}}<th>{{t "days left"}}<th>{{t "field notice"}}</tr></thead>
{{range .Inventory}}<tr><td>{{safe .Node}}<td data-t="{{t "certificate"}}">{{safe .Where}}, {{t "serial"}} <code>{{safe .Serial}}</code><td data-t="{{t "use"}}">{{text .Uses}}<td data-t="{{t "key"}}">{{safe .Key}}<td data-t="{{t "signature"}}">{{safe .Signature}}<td class="n" data-t="{{t "days"}}">{{.Days}}<td data-t="{{t "notice"}}">{{text .Means}}</tr>
{{end}}</table>
{{end}}<h2>{{t "Decisions"}}</h2>
<table class="small"><thead><tr><th>{{t "when"}}<th>{{t "who"}}<th>{{t "node"}}<th>{{t "question"}}<th>{{t "answer"}}<th>{{t "rule"}}</tr></thead>
{{range .Answers}}<tr><td class="t">{{when .At}}<td>{{safe .By}}<td>{{safe .Where}}<td>{{asked .}}{{range .About}}<br><span class="soft">{{text .}}</span>{{end}}<td data-t="{{t "answer"}}">{{safe .Answer}}{{if not .Why.IsZero}} <span class="soft">({{text .Why}})</span>{{end}}<td class="t">{{safe .Rule}}</tr>
{{end}}</table>
{{if .Readings}}<h2>{{t "Backup and replication"}}</h2>
{{range .Readings}}<p class="small">{{local .Node}}, {{when .At}}: <code>{{local .Command}}</code>: {{text .Words}}{{end}}{{end}}
{{if .Rehearsed}}<h2>{{t "Rehearsal"}}</h2>
{{range .Rehearsed}}<p class="small">{{text .}}{{end}}{{end}}
<h2>{{t "Steps"}}</h2>
<table class="small"><thead><tr><th>#<th>{{t "step"}}<th>{{t "node"}}<th>{{t "state"}}<th>{{t "when"}}<th>{{t "took"}}<th>{{t "who"}}<th>{{t "rules"}}</tr></thead>
{{range .Steps}}<tr><td class="n">{{.Number}}<td>{{title .Title}}{{if not .What.IsZero}}<br><span class="soft">{{text .What}}</span>{{end}}<td>{{safe .Node}}<td class="{{.State}}">{{word .State}}{{if .Found}}, {{t "already done"}}{{end}}<td class="t">{{when .At}}<td class="t" data-t="{{t "took"}}">{{took .}}<td>{{safe .By}}<td>{{range .Rules}}{{.}} {{end}}</tr>
{{end}}</table>
<h2>{{t "Rules"}}</h2>
<dl class="small">{{range .Rules}}<dt>{{.ID}}<dd>{{title .Text}}{{end}}</dl>
<h2>{{t "Journal"}}</h2>
<p>{{t "%d entries, each chained to the one before it by its checksum." .Entries}} {{t "Keep the head on another machine: uccx-tui verify NAME --expect HEAD then detects a journal that was rewritten."}}
<dl class="small"><dt>{{t "first, %s" (when .Begun)}}<dd><code>{{.First}}</code><dt>{{t "last, %s" (when .Last)}}<dd><code>{{.Head}}</code><dt>{{t "head"}}<dd><code>{{.HeadLine}}</code></dl>
</body>
</html>
`
