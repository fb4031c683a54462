package e2e_test

import (
	"strings"
	"testing"
)

// TestAdviseAndKit: what is pasted leads to cause, cure, rule and row, from arguments and from the input, and looks at hosts.
func TestAdviseAndKit(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	for _, c := range []struct {
		args []string
		code int
		want []string
	}{
		{[]string{"advise"}, 0, []string{"upload\n", `  "CSR SAN and Certificate SAN does not match"`}},
		{[]string{"advise", "CAA1016"}, 0, []string{"TRB-2", "fix ", "source Cisco document 118855", "step   Load the CA's reply"}},
		{[]string{"advise", "--json", "CAA1016"}, 0, []string{`"id":"upload-san","exact":true`}},
		{[]string{"advise", "--host", "cucm=127.0.0.1", "Invalid User ID/Password"}, 0, []string{"not checked: 127.0.0.1:8443"}},
		{[]string{"advise", "--host", "toaster=x", "CAA1016"}, 2, []string{"cucm"}},
		{[]string{"advise", "--session", "none", "CAA1016"}, 2, []string{"No session named"}},
		{[]string{"kit"}, 2, []string{"needs a session name"}},
		{[]string{"kit", "none"}, 2, []string{"No session named"}},
		{[]string{"advise", "qqq zzz"}, 5, []string{"No known symptom matches"}},
		{[]string{"advise", "NET::ERR_CERT_TOMORROW"}, 5, []string{"NET::ERR_CERT_TOMORROW (Chrome and Edge) is not known here. Look it up at https://"}},
		{[]string{"advise", "--json", "0x80094801"}, 0, []string{`"id":"adcs-no-template","exact":true`, `certreq -submit -attrib`, `"link":"https://`}},
	} {
		out, errout, code := p.run(c.args...)
		if code != c.code {
			t.Errorf("%v: exit %d, want %d: %s", c.args, code, c.code, errout)
		}
		for _, want := range c.want {
			if !strings.Contains(out+errout, want) {
				t.Errorf("%v does not say %q:\n%s%s", c.args, want, out, errout)
			}
		}
	}
}
