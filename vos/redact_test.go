package vos

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"html"
	"math/big"
	"net/url"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
)

// everyByte writes each byte of a text in one form.
func everyByte(format, text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		fmt.Fprintf(&b, format, c)
	}
	return b.String()
}

// everyRune writes each character of a text in one form.
func everyRune(format, text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, format, r)
	}
	return b.String()
}

func asJSON(text string) string {
	data, _ := json.Marshal(text)
	return strings.Trim(string(data), `"`)
}

// formsOf are the encodings in which a node may give a password back.
func formsOf(user, word string) map[string]string {
	forms := map[string]string{
		"as it is": word, "JSON": asJSON(word), "query": url.QueryEscape(word), "path": url.PathEscape(word), "HTML": html.EscapeString(word),
		"percent, all": everyByte("%%%02X", word), "percent, all, small": everyByte("%%%02x", word),
		"HTML, all decimal": everyRune("&#%d;", word), "HTML, all hexadecimal": everyRune("&#x%x;", word), "JSON, all": everyRune(`\u%04x`, word),
		"HTML in JSON": asJSON(html.EscapeString(word)), "JSON in HTML": html.EscapeString(asJSON(word)), "HTML twice": html.EscapeString(html.EscapeString(word)),
		"HTML in a query": url.QueryEscape(html.EscapeString(word)), "percent twice": url.QueryEscape(url.QueryEscape(word)),
		"XML": strings.NewReplacer(`"`, "&quot;", "'", "&apos;", "&", "&amp;", "<", "&lt;").Replace(word),
	}
	for name, e := range map[string]*base64.Encoding{"base64": base64.StdEncoding, "base64 of URLs": base64.URLEncoding, "bare base64": base64.RawStdEncoding} {
		forms[name] = e.EncodeToString([]byte(word))
		forms[name+", with the user"] = e.EncodeToString([]byte(user + ":" + word))
		forms[name+", in a body"] = e.EncodeToString([]byte(`{"user":"` + user + `","password":"` + word + `"}`))
		forms[name+", escaped"] = url.QueryEscape(e.EncodeToString([]byte(user + ":" + word)))
	}
	return forms
}

// TestRedact: a password is taken out of the words of a node in every form in which it could come back.
func TestRedact(t *testing.T) {
	for _, word := range []string{`p"w/ä 1`, `S3cret-Canary!"&<77`, `\\back\slash`, "plainword", "100%&amp;x", "a+b=c/d", "пароль-1"} {
		login := Login{User: "administrator", Password: NewSecret(word)}
		for name, form := range formsOf(login.User, word) {
			for _, text := range []string{"a " + form + " b", "x" + form + "y", form + form, "(" + form + ")" + form, strings.Repeat(form+"\n", 3)} {
				got := login.Redact(text)
				if strings.Contains(got, form) || !strings.Contains(got, "********") {
					t.Errorf("%s of %q stays in %q", name, word, got)
				}
				if again := login.Redact(got); again != got {
					t.Errorf("%q is changed once more to %q", got, again)
				}
			}
			if got := login.Redact("a " + form + " b"); got != "a ******** b" && !strings.Contains(name, "escaped") {
				t.Errorf("%s of %q leaves %q", name, word, got)
			}
		}
	}
	if got := (Login{}).Redact("nothing to hide"); got != "nothing to hide" {
		t.Error(got)
	}
}

// TestRedactKeeps: names that are known anyway stay, a short password is taken out as a word of its own alone, and what a
// parser must read is whole.
func TestRedactKeeps(t *testing.T) {
	for _, c := range []struct{ word, text, want string }{
		{"x", "uccx1.lab.example says x, (x) and =x; x", "uccx1.lab.example says ********, (********) and =********; ********"},
		{"x", "exit, box, x1, _x", "exit, box, x1, _x"},
		{"Cisco", "Cisco Tomcat, CiscoUCCX, Cisco", "******** Tomcat, CiscoUCCX, ********"},
		{"uccx1.lab", "uccx1.lab.example uccx1.lab UCCX1.lab.example", "uccx1.lab.example ******** UCCX1.lab.example"},
		{"administrator", "user administrator", "user administrator"},
		{"tomcat-trust", "tomcat-trust/a.pem", "tomcat-trust/a.pem"},
		{"secret-1", "user administrator, password secret-1", "user administrator, password ********"},
	} {
		login := Login{User: "administrator", Password: NewSecret(c.word)}
		if got := login.Redact(c.text, "uccx1.lab.example", "uccx1"); got != c.want {
			t.Errorf("%q in %q gives %q, not %q", c.word, c.text, got, c.want)
		}
	}
	key := certtest.Key(t)
	one := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der := certtest.DER(t, one, nil, key.Public(), key)
	block := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	part := strings.Split(block, "\n")[2][10:20] // of its base64
	login := Login{User: "administrator", Password: NewSecret(part)}
	if got, want := login.Redact(part+"\n"+block+"\n"+part+"\n"+block), "********\n"+block+"\n********\n"+block; got != want {
		t.Errorf("%q", got)
	}
	if got := login.Redact("-----BEGIN CERTIFICATE-----\n" + part + "\n-----END CERTIFICATE-----\n"); strings.Contains(got, part) {
		t.Errorf("what is no certificate is kept: %q", got)
	}
}

// TestRedactCost: the cost grows with the text alone, whatever a node has made of it.
func TestRedactCost(t *testing.T) {
	login := Login{User: "administrator", Password: NewSecret(`\\\\%%%%&&&&`)}
	for _, unit := range []string{`\`, "%", "&", "%5c", "-----BEGIN CERTIFICATE-----", "-----END x", "uccx1 ", `\\\\%%%%&&&& `} {
		cost := func(times int) float64 {
			text := strings.Repeat(unit, times)
			return testing.AllocsPerRun(1, func() { login.Redact(text, "uccx1") })
		}
		if few, many := cost(1<<9), cost(1<<12); many > 10*few+200 {
			t.Errorf("%q: eight times the text costs %.0f allocations in place of %.0f", unit, many, few)
		}
	}
}
