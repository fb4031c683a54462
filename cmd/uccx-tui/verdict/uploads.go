package verdict

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/aia"
)

// WriteUploads writes the files that go up.
func (j *Verdict) WriteUploads(dir string, overwrite bool) error {
	switch {
	case j.requests:
		return errors.New("these are only CSRs. Nothing was written. Give the files that the CA sent.")
	case !j.OK:
		return errors.New("there are errors. Nothing was written. Fix the errors first.")
	case len(j.plan.Uploads) == 0:
		return errors.New("no certificate is to be uploaded. Nothing was written. Give an application certificate and its chain.")
	}
	names, err := j.plan.Write(dir, overwrite)
	for _, n := range names {
		j.Written = append(j.Written, cert.Printable(filepath.Join(dir, n)))
	}
	return err
}

// maxRounds bounds how far up a chain is fetched.
const maxRounds = 6

// Fetch asks for missing issuers where the certificates say that they are, judges again with them, and shows what it does
// on err. The files that were fetched are shown and Verdict like the others.
func (j *Verdict) Fetch(ctx context.Context, err io.Writer, files []cert.File, requests []cert.Request, base cert.Request, v cert.Verdict) ([]cert.File, cert.Verdict) {
	f := aia.New(func(url, of string) { fmt.Fprintf(err, "uccx-tui: downloading the issuer of %s from %s\n", of, url) })
	var got []cert.Finding
	for range maxRounds {
		before := len(files)
		for _, gap := range v.Gaps {
			fetched, errs := f.Issuers(ctx, gap.Of)
			for _, e := range errs {
				fmt.Fprintf(err, "uccx-tui: not downloaded: %s\n", cert.Printable(e.Error()))
			}
			for _, file := range fetched {
				got = append(got, cert.Fetched(file, gap.Of)...)
			}
			files = append(files, fetched...)
		}
		if len(files) == before {
			break
		}
		v = j.Judge(files, requests, base)
	}
	v.Findings = append(v.Findings, got...)
	return files, v
}

// printPlan says which certificate goes where, in which order, and what stays behind.
func (j *Verdict) printPlan(b *strings.Builder) {
	for i, m := range j.Missing {
		if i == 0 {
			b.WriteString("\nMissing issuers:\n")
		}
		fmt.Fprintf(b, "    %s, issuer of %s\n", m.Issuer, m.Of)
		for _, a := range m.Addresses {
			fmt.Fprintf(b, "        %s (download with --fetch)\n", a)
		}
		if m.Page != "" {
			fmt.Fprintf(b, "        public root: %s\n", m.Page)
		}
		if m.Fingerprint != "" {
			fmt.Fprintf(b, "        SHA-256 %s\n", m.Fingerprint)
		}
	}
	if len(j.Uploads) > 0 {
		b.WriteString("\nUpload in this order:\n")
	}
	for _, u := range j.Uploads {
		u.print(b)
	}
	for i, x := range j.There {
		if i == 0 {
			b.WriteString("\nAlready in tomcat-trust:\n")
		}
		fmt.Fprintf(b, "    %s %s, for %s\n", x.Kind, x.Name, strings.Join(x.Nodes, ", "))
	}
	for i, x := range j.Behind {
		if i == 0 {
			b.WriteString("\nDo not upload:\n")
		}
		fmt.Fprintf(b, "    %s: ", x.Source)
		if x.What != "" {
			fmt.Fprintf(b, "%s: ", x.What)
		}
		fmt.Fprintf(b, "%s\n", x.Why)
	}
	for i, path := range j.Written {
		if i == 0 {
			b.WriteString("\nWritten:\n")
		}
		fmt.Fprintf(b, "    %s\n", path)
	}
}

func (u Upload) print(b *strings.Builder) {
	fmt.Fprintf(b, "%3d. %-12s %-12s %s", u.Number, u.Store, u.Kind, u.Name)
	if u.Source != "" {
		fmt.Fprintf(b, ", from %s", u.Source)
	}
	b.WriteString("\n")
	where := "     for " + strings.Join(u.Nodes, ", ")
	switch {
	case len(u.Nodes) == 0 && u.Store == "tomcat-trust":
		where = "     on the publisher or primary of each cluster: it replicates"
	case len(u.Nodes) == 0:
		where = ""
	case u.Store == "tomcat-trust":
		where += ": on the publisher or primary only, it replicates"
	case u.Shared:
		where += ": one certificate for the cluster, on the publisher only"
	}
	if len(u.Held) > 0 {
		where += "; already in tomcat-trust of " + strings.Join(u.Held, ", ")
	}
	if where != "" {
		fmt.Fprintln(b, where)
	}
}
