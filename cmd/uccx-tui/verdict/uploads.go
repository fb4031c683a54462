package verdict

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/aia"
	"github.com/uccx-tui/uccx-tui/vos/msg"
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
	f := aia.New(func(url, of string) {
		fmt.Fprintln(err, "uccx-tui: "+j.say.Say("downloading the issuer of %s from %s", of, url))
	})
	var got []cert.Finding
	for range maxRounds {
		before := len(files)
		for _, gap := range v.Gaps {
			fetched, errs := f.Issuers(ctx, gap.Of)
			for _, e := range errs {
				fmt.Fprintln(err, "uccx-tui: "+cert.Printable(j.say.Say("not downloaded: %s", e)))
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
	j.printMissing(b)
	if len(j.Uploads) > 0 {
		fmt.Fprintf(b, "\n%s\n", j.say.Say("Upload in this order:"))
	}
	for i, u := range j.Uploads {
		u.print(b, j.say, j.plan.Uploads[i].Kind)
	}
	for i, x := range j.There {
		if i == 0 {
			fmt.Fprintf(b, "\n%s\n", j.say.Say("Already in tomcat-trust:"))
		}
		fmt.Fprintf(b, "    %s\n", j.say.Say("%s %s, for %s", j.plan.There[i].Kind, x.Name, msg.List(x.Nodes)))
	}
	for i, x := range j.Behind {
		if i == 0 {
			fmt.Fprintf(b, "\n%s\n", j.say.Say("Do not upload:"))
		}
		fmt.Fprintf(b, "    %s: ", x.Source)
		if !x.What.IsZero() {
			fmt.Fprintf(b, "%s: ", j.say.T(x.What))
		}
		fmt.Fprintf(b, "%s\n", j.say.T(x.Why))
	}
	for i, path := range j.Written {
		if i == 0 {
			fmt.Fprintf(b, "\n%s\n", j.say.Say("Written:"))
		}
		fmt.Fprintf(b, "    %s\n", path)
	}
}

// printMissing names the issuers that chains lack, and where they may be had.
func (j *Verdict) printMissing(b *strings.Builder) {
	for i, m := range j.Missing {
		if i == 0 {
			fmt.Fprintf(b, "\n%s\n", j.say.Say("Missing issuers:"))
		}
		fmt.Fprintf(b, "    %s\n", j.say.Say("%s, issuer of %s", m.Issuer, m.Of))
		for _, a := range m.Addresses {
			fmt.Fprintf(b, "        %s\n", j.say.Say("%s (download with --fetch)", a))
		}
		if m.Page != "" {
			fmt.Fprintf(b, "        %s\n", j.say.Say("public root: %s", m.Page))
		}
		if m.Fingerprint != "" {
			fmt.Fprintf(b, "        SHA-256 %s\n", m.Fingerprint)
		}
	}
}

func (u Upload) print(b *strings.Builder, say lang.Localizer, kind cert.Kind) {
	line := fmt.Sprintf("%3d. %-12s %s %s", u.Number, u.Store, print.Column(say.T(kind.Text()), kindColumn(say, 12)), u.Name)
	if u.Source != "" {
		line = say.T(msg.Both(msg.Verbatim(line), msg.T("from %s", u.Source)))
	}
	b.WriteString(line + "\n")
	nodes := msg.List(u.Nodes)
	where := msg.T("for %s", nodes)
	switch {
	case len(u.Nodes) == 0 && u.Store == "tomcat-trust":
		where = msg.T("on the publisher or primary of each cluster: it replicates")
	case len(u.Nodes) == 0:
		where = msg.Text{}
	case u.Store == "tomcat-trust":
		where = msg.T("for %s: on the publisher or primary only, it replicates", nodes)
	case u.Shared:
		where = msg.T("for %s: one certificate for the cluster, on the publisher only", nodes)
	}
	if len(u.Held) > 0 {
		where = msg.T("%s; already in tomcat-trust of %s", where, msg.List(u.Held))
	}
	if !where.IsZero() {
		fmt.Fprintln(b, "     "+say.T(where))
	}
}
