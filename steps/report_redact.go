package steps

import (
	"fmt"
	"net/netip"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Redacted is the report as it may be given away: names of people, accounts and machines of theirs, and addresses are
// taken out. With pseudonyms the names of nodes, of certificates and of the change are replaced too, each by the same word
// throughout. Times, serials, fingerprints and the sums of the journal stay: with them the whole report can be found.
func (r Report) Redacted(pseudonyms bool) Report {
	w := newWords()
	for i, who := range r.People {
		w.person(who, fmt.Sprintf("person %d", i+1))
	}
	for _, account := range r.accounts {
		w.add(account, "[account]")
	}
	if pseudonyms {
		w.change(r)
	}
	copied := reflect.New(reflect.TypeOf(r)).Elem()
	copied.Set(reflect.ValueOf(r))
	return w.walk(copied).Interface().(Report)
}

// words are what is replaced, the longest first.
type words struct {
	with map[string]string
	long []string
	re   *regexp.Regexp
}

func newWords() *words { return &words{with: map[string]string{}} }

func (w *words) add(word, by string) {
	if len(word) < 2 || w.with[strings.ToLower(word)] != "" {
		return
	}
	w.with[strings.ToLower(word)] = by
	w.long = append(w.long, word)
}

// person takes out who wrote: "ada@jump", the folders of ada, and jump, where that is no word of English ("root" is one).
func (w *words) person(who, by string) {
	w.add(who, by)
	owner, host, _ := strings.Cut(who, "@")
	for _, home := range []string{"/home/", "/Users/", `\Users\`} {
		w.add(home+owner, home+by)
	}
	if strings.ContainsAny(host, "0123456789-.") {
		w.add(host, "their machine")
	}
}

// change gives the nodes, the certificates and the change names that tell nothing.
func (w *words) change(r Report) {
	w.add(r.Change, "the change")
	n := 0
	host := func(fqdn string) {
		n++
		short, domain, _ := strings.Cut(fqdn, ".")
		w.add(fqdn, fmt.Sprintf("node%d.example", n))
		w.add(short, fmt.Sprintf("node%d", n))
		w.add(domain, "example")
	}
	for _, node := range r.Nodes {
		host(node.FQDN)
	}
	for _, t := range r.Trust {
		for _, fqdn := range []string{t.From, t.Into} {
			if w.with[strings.ToLower(fqdn)] == "" {
				host(fqdn)
			}
		}
	}
	for i, ca := range r.CAs {
		w.add(ca.Name, fmt.Sprintf("CA %d", i+1))
	}
	for _, node := range r.Nodes {
		for _, c := range []*ReportCert{node.Before, node.After} {
			if c != nil && w.with[strings.ToLower(c.Issuer)] == "" && c.Issuer != c.Name {
				w.add(c.Issuer, "an earlier CA")
			}
		}
	}
}

// exact are fields that stay as they are: numbers with dots or colons, which are no addresses.
var exact = []string{"Program", "Version", "Until", "Serial", "Fingerprint", "First", "Head", "HostKey", "Rules"}

// walk copies a value and replaces the words in every text of it.
func (w *words) walk(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		out.SetString(w.clean(v.String()))
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
		if _, ok := v.Interface().(time.Time); ok {
			return v
		}
		for i := range v.NumField() {
			switch field := v.Type().Field(i); {
			case !field.IsExported(): // the accounts
			case slices.Contains(exact, field.Name):
				out.Field(i).Set(v.Field(i))
			default:
				out.Field(i).Set(w.walk(v.Field(i)))
			}
		}
	default:
		return v
	}
	return out
}

var addressLike = regexp.MustCompile(`[0-9A-Fa-f:.]*[.:][0-9A-Fa-f:.]+`)

func (w *words) clean(s string) string {
	if w.re == nil {
		slices.SortStableFunc(w.long, func(a, b string) int { return len(b) - len(a) })
		quoted := make([]string, 0, len(w.long))
		for _, word := range w.long {
			quoted = append(quoted, regexp.QuoteMeta(word))
		}
		w.re = regexp.MustCompile(`(?i)(^|[^\pL\pN])(` + strings.Join(append(quoted, `\z.`), "|") + `)($|[^\pL\pN])`)
	}
	for range 2 { // words that stand side by side share the sign between them
		s = w.re.ReplaceAllStringFunc(s, func(found string) string {
			parts := w.re.FindStringSubmatch(found)
			return parts[1] + w.with[strings.ToLower(parts[2])] + parts[3]
		})
	}
	return addressLike.ReplaceAllStringFunc(s, func(found string) string {
		bare := strings.TrimRight(found, ".:")
		if at, err := netip.ParseAddr(bare); err != nil || at.Is6() && strings.Count(bare, ":") < 2 {
			return found
		}
		return "[address]" + found[len(bare):]
	})
}
