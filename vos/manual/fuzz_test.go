package manual_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// FuzzPaste: whatever is pasted, again and again, ends in an answer or in one of the four errors, and is asked for a
// bounded number of times.
func FuzzPaste(f *testing.F) {
	for _, s := range []string{status, "admin:show status\n" + status + "admin:", "\x1b[1m\x08\x08", "show cert list own\ntomcat/tomcat.pem: x\n", "/dev/null", "~/",
		"-----BEGIN CERTIFICATE-----\n", trusts, members, services, broken(trusts, 60), broken(members, 60),
		"admin:show csr own tomcat/tomcat.csr\n-----BEGIN CERTIFICATE REQUEST-----\nMAMCAQE=\n-----END CERTIFICATE REQUEST-----",
		"admin:show csr li\nst own\n\nadmin:set csr gen tomcat\nPress <enter> for 1 line, <sp\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ctx := context.Background()
		for _, do := range []func(vos.Driver) error{
			func(d vos.Driver) error { _, err := d.About(ctx); return err },
			func(d vos.Driver) error { _, err := d.CSR(ctx, "tomcat"); return err },
			func(d vos.Driver) error { _, err := d.TrustList(ctx, "tomcat"); return err },
			func(d vos.Driver) error { _, err := d.Members(ctx); return err },
			func(d vos.Driver) error { return d.GenerateCSR(ctx, "tomcat") },
			func(d vos.Driver) error { return d.Restart(ctx) },
		} {
			var e *vos.Error
			p := &person{gives: slices.Repeat([]string{text}, 12)}
			if err := do(driver(t, p)); err != nil && !errors.As(err, &e) {
				t.Errorf("%T %v", err, err)
			}
			if len(p.gives) == 0 {
				t.Errorf("asked %d times for the same", len(p.asked))
			}
		}
	})
}
