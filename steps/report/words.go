package report

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// words are what is replaced in a report that is given away, and by what. It is made for one report.
type words struct {
	pseudonyms bool
	with       map[string]string // in small letters
	long       []string          // the same words, the longest first once re is made
	re         *regexp.Regexp
	named      map[string]bool   // names that may stay, in small letters: nodes, and names of certificates
	domains    []string          // of the nodes, in small letters
	hostLike   *regexp.Regexp    // a host below one of them
	strangers  map[string]string // hosts below these domains that are no nodes of the change
	hidden     map[string]string // serials, fingerprints and keys
	counts     map[string]int
}

func newWords(pseudonyms bool) *words {
	return &words{pseudonyms: pseudonyms, with: map[string]string{}, named: map[string]bool{}, strangers: map[string]string{},
		hidden: map[string]string{}, counts: map[string]int{}}
}

func (w *words) add(word, by string) {
	if len(word) < 2 || w.with[strings.ToLower(word)] != "" {
		return
	}
	w.with[strings.ToLower(word)] = by
	w.long = append(w.long, word)
}

// host is what a host is called in place of its name.
func (w *words) host(fqdn string) string {
	if by := w.with[strings.ToLower(fqdn)]; by != "" {
		return by
	}
	w.counts["node"]++
	w.add(fqdn, fmt.Sprintf("node%d.example", w.counts["node"]))
	return w.with[strings.ToLower(fqdn)]
}

// hide gives a number that leads to something public, such as a serial, a word in its place: the same for the same number.
func (w *words) hide(kind, number string) string {
	key := strings.ToUpper(number)
	if number == "" || w.hidden[key] != "" {
		return w.hidden[key]
	}
	w.counts[kind]++
	by := fmt.Sprintf("%s %d", kind, w.counts[kind])
	w.hidden[key] = by
	if kind == "serial" && len(number) > 5 { // a shorter one would be found in other numbers
		w.add(number, by)
	}
	return by
}

var (
	fingerprintLike = lazyregexp.MustCompile(`\b(?:[0-9A-Fa-f]{2}:){15,}[0-9A-Fa-f]{2}\b|\bSHA256:[A-Za-z0-9+/]{43}=?`)
	macLike         = lazyregexp.MustCompile(`(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}`)
	ipv6Like        = lazyregexp.MustCompile(`\[?[0-9A-Fa-f]*:[0-9A-Fa-f:]*:(?:[0-9A-Fa-f:]|[0-9.])*(?:%[\pL\pN_~.-]*[\pL\pN_~])?\]?(?:/\d{1,3})?`)
	ipv4Like        = lazyregexp.MustCompile(`\d+(?:\.\d+)+`)
)

// Clean replaces the words in one text. Numbers that must stay are put aside first.
func (w *words) Clean(s string) string {
	var aside []string
	s = strings.ReplaceAll(s, "\x00", `\x00`)
	s = fingerprintLike.ReplaceAllStringFunc(s, func(found string) string { // colons and digits, but no address
		if w.pseudonyms {
			found = w.hide("fingerprint", found)
		}
		aside = append(aside, found)
		return "\x00"
	})
	if w.hostLike == nil {
		w.hostLike = below(w.domains)
	}
	s = w.hostLike.ReplaceAllStringFunc(s, w.stranger)
	s = w.replace(s)
	s = ipv6Like.ReplaceAllStringFunc(s, sixth)
	s = macLike.ReplaceAllString(s, "[address]")
	s = fourth(s)
	for _, kept := range aside {
		s = strings.Replace(s, "\x00", kept, 1)
	}
	return s
}

// below matches the name of any host below a domain.
func below(domains []string) *regexp.Regexp {
	all := []string{`\z.`}
	for _, d := range slices.SortedFunc(slices.Values(domains), func(a, b string) int { return len(b) - len(a) }) {
		all = append(all, regexp.QuoteMeta(d))
	}
	return regexp.MustCompile(`(?i)[\pL\pN_-]+(?:\.[\pL\pN_-]+)*?\.(?:` + strings.Join(append(all[1:], all[0]), "|") + `)`)
}

// stranger takes out the name of a host that lies below a domain of the nodes and is none of them.
func (w *words) stranger(host string) string {
	small := strings.ToLower(host)
	if w.named[small] {
		return host
	}
	if w.strangers[small] == "" {
		w.strangers[small] = fmt.Sprintf("[host %d]", len(w.strangers)+1)
	}
	return w.strangers[small]
}

// replace puts the words in, each only where it stands for itself.
func (w *words) replace(s string) string {
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
	return s
}

// sixth takes out an address of IP version 6, with its zone, the length of its network, or brackets and a port behind it.
// What is found may begin with the end of a word: "at:fe80::1".
func sixth(found string) string {
	for head := 0; head < len(found); head++ {
		for _, tail := range []string{"", "]", ":", ".", "]:"} {
			text, ok := strings.CutSuffix(found[head:], tail)
			bare, _, _ := strings.Cut(strings.Trim(text, "[]"), "/")
			bare = strings.TrimSuffix(bare, "]")
			if at, err := netip.ParseAddr(bare); ok && err == nil && at.Is6() {
				return found[:head] + "[address]" + strings.Trim(tail, "]")
			}
		}
	}
	return found
}

// fourth takes out addresses of IP version 4, with their ports and the lengths of networks. Four numbers are one, also with
// leading zeros; more or fewer, such as a release or an object identifier, are not.
func fourth(s string) string {
	s = ipv4Like.ReplaceAllStringFunc(s, func(found string) string {
		parts := strings.Split(found, ".")
		for i, p := range parts {
			if parts[i] = strings.TrimLeft(p, "0"); parts[i] == "" {
				parts[i] = "0"
			}
		}
		if _, err := netip.ParseAddr(strings.Join(parts, ".")); err != nil || len(parts) != 4 {
			return found
		}
		return "[address]"
	})
	return addressTail.ReplaceAllString(s, "[address]")
}

// addressTail is what may stand behind an address that was taken out: its port, or the length of its network.
var addressTail = lazyregexp.MustCompile(`\[address\](?::\d{1,5}\b|/\d{1,3}\b)`)
