package contact

// exportPage is an export as people read it: one file that needs nothing else.
const exportPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Everything kept about {{.Contact.Name}}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1d21; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dt { color: #5b6470; } dd { margin: 0; overflow-wrap: anywhere; }
ol { list-style: none; padding: 0; } li { border-top: 1px solid #d9dde2; padding: .6rem 0; } small { color: #5b6470; } p { margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
<h1 dir="auto">Everything kept about {{or .Contact.Name .Contact.Phone .Contact.BSUID}}</h1>
<p><small>Exported {{when .ExportedAt}}. The same is in data.json, for programs.</small></p>
<h2>What is known</h2>
<dl>
{{with .Contact.Phone}}<dt>Phone</dt><dd>{{.}}</dd>{{end}}
{{with .Contact.BSUID}}<dt>WhatsApp user id</dt><dd>{{.}}</dd>{{end}}
{{with .Contact.Email}}<dt>Email</dt><dd>{{.}}</dd>{{end}}
{{with .Contact.Locale}}<dt>Language</dt><dd>{{.}}</dd>{{end}}
<dt>Marketing consent</dt><dd>{{.Contact.OptIn.State}}{{with .Contact.OptIn.Source}}, {{.}}{{end}}{{with .Contact.OptIn.Evidence}}: <span dir="auto">{{.}}</span>{{end}}{{with .Contact.OptIn.At}} ({{when .}}){{end}}</dd>
{{with .Contact.Suppressed}}<dt>Blocked</dt><dd dir="auto">{{.Reason}} ({{when .At}})</dd>{{end}}
{{range $key, $value := .Contact.Fields}}<dt>{{label $key}}</dt><dd dir="auto">{{$value}}</dd>{{end}}
{{if .Contact.Tags}}<dt>Tags and lists</dt><dd>{{range $i, $tag := .Contact.Tags}}{{if $i}}, {{end}}<span dir="auto">{{$tag.Name}}</span>{{end}}</dd>{{end}}
<dt>Contact since</dt><dd>{{when .Contact.CreatedAt}}</dd>
</dl>
{{if .Former}}<h2>Contacts that were merged into this one</h2>
<ul>{{range .Former}}<li dir="auto">{{.Name}} {{.Phone}} {{.BSUID}} {{.Email}}</li>{{end}}</ul>{{end}}
<h2>What happened</h2>
<ol>
{{range .Timeline}}<li><strong dir="auto">{{.Title}}</strong>{{with .State}} <small>({{.}})</small>{{end}}<br>
<small>{{when .At}}{{with .By}}{{with .Name}}, {{.}}{{end}}{{end}}</small>
{{with .Text}}<p dir="auto">{{.}}</p>{{end}}
{{range .Changes}}<p dir="auto">{{label .Field}}: {{.From}} → {{.To}}</p>{{end}}</li>
{{end}}</ol>
{{range .Parts}}<h2>{{.Title}}</h2>
<ol>{{range .Rows}}<li><dl>{{range .}}<dt>{{.Name}}</dt><dd dir="auto">{{.Text}}</dd>{{end}}</dl></li>
{{end}}</ol>
{{end}}</html>
`
