package facts

import "strings"

// TestCA reports whether a name is one of a CA for tests: of an ACME server, of a developer's tool, or of a public CA.
func TestCA(name string) bool {
	name = strings.ToLower(name)
	for _, mark := range []string{"(staging)", "fake le ", "happy hacker fake ca", "pebble root ca", "pebble intermediate ca", "mkcert development ca", "minica root ca", "caddy local authority"} {
		if strings.Contains(name, mark) {
			return true
		}
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '(' || r == ')' || r == ',' || r == '_' })
	test, public := false, false
	for _, w := range words {
		switch w {
		case "test", "staging", "untrusted", "nonproduction":
			test = true
		case "digicert", "sectigo", "globalsign", "ssl.com", "buypass", "gts", "entrust", "zerossl", "harica", "google", "actalis", "certum", "encrypt":
			public = true
		}
	}
	return test && public
}
