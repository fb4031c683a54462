package report

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Redacted is the report as it may be given away: names of people, accounts and machines of theirs, addresses, and names of
// hosts that are no part of the change are taken out. With pseudonyms the names of nodes, of certificates and of the change
// are replaced too, each by the same word throughout, and so are serials and fingerprints of certificates and host keys, and
// the time of day at which a certificate ends: with these a public certificate is found in logs that everybody can read.
// Without pseudonyms they stay. The sums of the journal always stay: with them the whole report can be found.
func (r Report) Redacted(pseudonyms bool) Report {
	w := newWords(pseudonyms)
	for i, who := range r.People {
		w.Person(who, fmt.Sprintf("person %d", i+1))
	}
	for _, account := range r.accounts {
		w.add(account, "[account]")
	}
	w.Hosts(r)
	if pseudonyms {
		w.change(r)
	}
	copied := reflect.New(reflect.TypeOf(r)).Elem()
	copied.Set(reflect.ValueOf(r))
	clean := w.walk(copied).Interface().(Report)
	clean.voice = r.voice
	for i := range clean.Answers { // certificates of others, which no list here names: their serials cannot be told from other words
		if pseudonyms {
			clean.Answers[i].About = nil
		}
	}
	return clean
}

// Person takes out who wrote: "ada@jump", the folders of ada, and jump, where that is no word of English ("root" is one).
func (w *words) Person(who, by string) {
	w.add(who, by)
	owner, host, _ := strings.Cut(who, "@")
	for _, home := range []string{"/home/", "/Users/", `\Users\`} {
		w.add(home+owner, home+by)
	}
	if strings.ContainsAny(host, "0123456789-.") {
		w.add(host, "their machine")
	}
}

// Hosts tells which hosts the report is about, and below which domains any other name is one of theirs.
func (w *words) Hosts(r Report) {
	for _, fqdn := range r.hosts() {
		w.named[strings.ToLower(fqdn)] = true
		_, domain, _ := strings.Cut(fqdn, ".")
		for ; strings.Contains(domain, "."); _, domain, _ = strings.Cut(domain, ".") {
			if !slices.Contains(w.domains, strings.ToLower(domain)) {
				w.domains = append(w.domains, strings.ToLower(domain))
			}
		}
	}
	for _, x := range r.Expires { // names of certificates
		w.named[strings.ToLower(x.Name)] = true
	}
}

// hosts returns the nodes of the report and those that they must trust, each once.
func (r Report) hosts() []string {
	var all []string
	add := func(fqdn string) {
		if fqdn != "" && !slices.ContainsFunc(all, func(o string) bool { return strings.EqualFold(o, fqdn) }) {
			all = append(all, fqdn)
		}
	}
	for _, node := range r.Nodes {
		add(node.FQDN)
	}
	for _, t := range r.Trust {
		add(t.From)
		add(t.Into)
	}
	for _, x := range r.Expires {
		for _, of := range x.Of {
			add(of)
		}
	}
	return all
}

// change gives the nodes, the certificates and the change names that tell nothing.
func (w *words) change(r Report) {
	w.add(r.Change, "the change")
	for _, fqdn := range r.hosts() {
		as := w.host(fqdn)
		short, _, _ := strings.Cut(fqdn, ".")
		if !usualWord(short) {
			w.add(short, strings.TrimSuffix(as, ".example"))
		}
	}
	for _, domain := range w.domains {
		w.add(domain, "example")
	}
	for i, ca := range r.CAs {
		w.add(ca.Name, fmt.Sprintf("CA %d", i+1))
	}
	for _, x := range r.Expires {
		if x.CA {
			w.add(x.Name, fmt.Sprintf("CA %d", len(w.with)))
		}
	}
	for _, node := range r.Nodes {
		for _, c := range []*Cert{node.Before, node.After} {
			if c != nil && c.Issuer != c.Name {
				w.add(c.Issuer, "earlier CA")
			}
		}
		for _, p := range node.Addresses {
			w.hide("serial", p.Before)
			w.hide("serial", p.After)
		}
	}
	for _, x := range r.Expires {
		w.hide("serial", x.Serial)
	}
}

// usualWord reports whether a short name is a word of the program itself, such as a product: it tells nothing of a site, and
// with another in its place the report would say something else.
func usualWord(short string) bool {
	_, product := vos.ParseProduct(short)
	return product || slices.Contains([]string{"publisher", "subscriber", "standalone", "primary", "secondary", "tomcat", "node", "restart", "root",
		"server", "port", "address", "certificate", "the", "of", "and", "to", "is", "in", "on", "no", "done", "failed", "proven", "verified", "owed", "pending", "old", "new", "ca"}, strings.ToLower(short))
}

// exact are fields that stay as they are: words of the program, and numbers with dots or colons, which are no addresses.
var exact = []string{"Program", "Version", "First", "Head", "Rules", "Rule", "Path", "Product", "Role", "Outcome", "State", "Severity", "Code", "Risk", "Now", "Then", "Port", "Number", "ID", "Unit"}

// secret are fields that lead to a public certificate, or to one machine, and by which word they are replaced.
var secret = map[string]string{"Serial": "serial", "Fingerprint": "fingerprint", "HostKey": "key"}

// walk copies a value and replaces the words in every text of it.
func (w *words) walk(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		out.SetString(w.Clean(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(w.walk(v.Elem()))
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = reflect.Append(out, w.walk(v.Index(i)))
		}
	case reflect.Struct:
		switch of := v.Interface().(type) {
		case time.Time:
			return v
		case msg.Text:
			return reflect.ValueOf(w.sentence(of))
		}
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() { // not the accounts
				out.Field(i).Set(w.field(field.Name, v.Field(i)))
			}
		}
		if x, ok := out.Interface().(Expiry); ok && w.pseudonyms {
			x.From, x.Until = x.From.Truncate(24*time.Hour), x.Until.Truncate(24*time.Hour)
			out.Set(reflect.ValueOf(x))
		}
	default:
		return v
	}
	return out
}

// sentence replaces the words in the arguments of a sentence; where that is not all, in its English words.
func (w *words) sentence(t msg.Text) msg.Text {
	clean := w.Clean(t.String())
	if inside := t.Mapped(w.Clean); inside.String() == clean {
		return inside
	}
	return msg.English(clean)
}

// field copies one field of a structure.
func (w *words) field(name string, v reflect.Value) reflect.Value {
	as, isSecret := secret[name]
	switch {
	case slices.Contains(exact, name), isSecret && !w.pseudonyms, name == "Until" && !w.pseudonyms:
		return v
	case isSecret:
		return reflect.ValueOf(w.hide(as, v.String()))
	case w.pseudonyms && v.Kind() == reflect.String && (name == "Before" || name == "After"):
		return reflect.ValueOf(w.hide("serial", v.String()))
	case name == "Until" && v.Kind() == reflect.String:
		return reflect.ValueOf(dayOf(v.String()))
	}
	return w.walk(v)
}

// dayOf is a time (RFC 3339) without its time of day.
func dayOf(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return text
	}
	return at.UTC().Truncate(24 * time.Hour).Format(time.RFC3339)
}
