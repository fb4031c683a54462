package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/verdict"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// checkOptions are the flags of the check command.
type checkOptions struct {
	csrs, held                           []string
	node, product, release, unit, window string
	out                                  string // folder for the files that are to be uploaded
	overwrite, fetch, json               bool
}

func checkCommand(a *wiring.App) *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use:   "check PATH...",
		Short: "Check a CA's files: content, and whether a node would accept them (offline)",
		Long: "check shows what the files of a CA contain, whether a node would accept them, which certificate to upload where and in\n" +
			"which order, and which to leave out. The path - reads standard input. check works offline unless you give --fetch.",
		Args: atLeastOne(msg.Errorf("check needs the files or folders that the CA sent, or - for standard input")),
		RunE: func(c *cobra.Command, args []string) error {
			base, err := o.base()
			if err != nil {
				return usage(c, err)
			}
			if o.overwrite && o.out == "" {
				return usage(c, errors.New("--overwrite needs --out DIR"))
			}
			ctx, cancel := a.Context()
			defer cancel()
			return check(a, ctx, c, args, o, base)
		},
	}
	c.Flags().StringArrayVar(&o.csrs, "csr", nil, "CSR that you sent to the CA, or a folder (repeatable)")
	c.Flags().StringVar(&o.node, "node", "", "FQDN of the node, if there is no CSR")
	c.Flags().StringVar(&o.product, "product", "", a.Say.Say("product of the node: %s", vos.ProductList()))
	c.Flags().StringVar(&o.release, "release", "", "release of the node, for example \"12.5(1)SU3\", or as the node prints it")
	c.Flags().StringVar(&o.unit, "unit", "", "certificate name: tomcat or tomcat-ECDSA")
	c.Flags().StringVar(&o.window, "window", "", "day of the change, for example 2027-01-31; certificates that expire earlier are errors")
	c.Flags().StringArrayVar(&o.held, "held", nil, "current tomcat-trust certificates of the node, or a folder")
	c.Flags().StringVar(&o.out, "out", "", "folder to write the certificates to, one PEM file each, numbered in upload order")
	c.Flags().BoolVar(&o.overwrite, "overwrite", false, "with --out: replace existing files")
	c.Flags().BoolVar(&o.fetch, "fetch", false, "download missing issuers over HTTP from the addresses in the certificates (AIA)")
	c.Flags().BoolVar(&o.json, "json", false, "print one JSON object")
	return c
}

// base is what the flags tell of the node, whatever its CSR is.
func (o checkOptions) base() (cert.Request, error) {
	r := cert.Request{Node: o.node, Unit: o.unit}
	if o.unit != "" && o.unit != "tomcat" && o.unit != "tomcat-ECDSA" { // another one has rules that are not known here
		return r, msg.Errorf("--unit %q is not valid. Use tomcat or tomcat-ECDSA.", cert.Printable(o.unit))
	}
	if o.product != "" {
		p, ok := vos.ParseProduct(o.product)
		if !ok {
			return r, msg.Errorf("%q is not a product. Use one of: %s", cert.Printable(o.product), vos.ProductList())
		}
		r.Limits = vos.LimitsOf(p, vos.Release(o.release))
	}
	if o.release != "" && (o.product == "" || !vos.Release(o.release).Known()) {
		return r, msg.Errorf("--release %q is not valid. Use a release such as \"12.5(1)SU3\", together with --product.", cert.Printable(o.release))
	}
	if o.window != "" {
		at, err := time.Parse(time.DateOnly, o.window)
		if err != nil {
			return r, msg.Errorf("--window %q is not valid. Use a day such as 2027-01-31.", cert.Printable(o.window))
		}
		r.Window = at
	}
	return r, nil
}

// check judges files: as the answer to CSRs where these are given, as requests where there are only requests.
func check(a *wiring.App, ctx context.Context, c *cobra.Command, paths []string, o checkOptions, base cert.Request) error {
	files, err := filesOf(a, paths)
	if err != nil {
		return exitcode.With(exitcode.Refused, err)
	}
	if base.Held, err = input.Certificates(o.held); err != nil {
		return exitcode.With(exitcode.Refused, err)
	}
	requests, err := requestsOf(o, base)
	if err != nil {
		return exitcode.With(exitcode.Refused, err)
	}
	j := verdict.New(now(a), a.Say)
	reply := j.Judge(files, requests, base)
	if o.fetch {
		files, reply = j.Fetch(ctx, c.ErrOrStderr(), files, requests, base, reply)
	}
	j.Fill(files, requests, reply)
	var unwritten error
	if o.out != "" {
		unwritten = j.WriteUploads(o.out, o.overwrite)
	}
	err = j.Print(c.OutOrStdout(), o.json)
	if err == nil && !j.OK {
		err = exitcode.Only(exitcode.Refused)
	}
	if unwritten == nil {
		return err
	}
	return exitcode.With(exitcode.Refused, msg.Errorf("--out %s: %w", cert.Printable(o.out), unwritten))
}

// now is the time at which files are judged.
func now(a *wiring.App) time.Time {
	if a.Clock != nil {
		return a.Clock()
	}
	return time.Now()
}

// filesOf reads files and folders; "-" is standard input, once.
func filesOf(a *wiring.App, paths []string) ([]cert.File, error) {
	named := slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return p == "-" })
	if len(named) == len(paths) {
		return read.Files(paths)
	}
	data, err := io.ReadAll(io.LimitReader(a.In, read.MaxArchive+1))
	if err != nil {
		return nil, msg.Errorf("cannot read standard input: %w. Nothing was checked.", err)
	}
	one := read.Parse("standard input", data)
	if len(named) == 0 {
		return []cert.File{one}, nil
	}
	files, err := read.Files(named)
	return append(files, one), err
}

// requestsOf reads the CSRs that went to the CA.
func requestsOf(o checkOptions, base cert.Request) ([]cert.Request, error) {
	if len(o.csrs) == 0 {
		return nil, nil
	}
	files, err := read.Files(o.csrs)
	if err != nil {
		return nil, err
	}
	all := verdict.CSRsIn(files, base)
	if len(all) == 0 {
		return nil, errors.New("--csr: none of these files contains a CSR. Nothing was checked. Use the .csr files that you sent to " +
			"the CA.")
	}
	return all, nil
}
