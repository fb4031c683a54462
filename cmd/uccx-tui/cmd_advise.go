package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/reach"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

func adviseCommand(a *wiring.App) *cobra.Command {
	var l look
	var asJSON bool
	c := &cobra.Command{
		Use:   "advise [TEXT...]",
		Short: "Explain an error: a message from a node, browser or log, or a CAA code",
		Long: "Explains an error: a message from a node, browser or log, a code (CAA1016, CSCvb58580), or some " +
			"words. Without TEXT, lists\nthe known symptoms. With -, reads from standard input. With --host or " +
			"--session, also runs checks; nothing is changed.",
		RunE: func(c *cobra.Command, args []string) error {
			doctor, err := l.doctor()
			if err != nil {
				return usage(c, err)
			}
			text := strings.Join(args, " ")
			if text == "-" {
				data, err := io.ReadAll(io.LimitReader(c.InOrStdin(), 1<<20))
				if err != nil {
					return err
				}
				text = string(data)
			}
			ctx, cancel := a.Context()
			defer cancel()
			if doctor != nil {
				if doctor.Probe, err = l.probe(ctx, a, doctor.Plan); err != nil {
					return err
				}
			}
			return advise(ctx, a, c.OutOrStdout(), text, doctor, asJSON)
		},
	}
	c.Flags().StringArrayVar(&l.hosts, "host", nil, "also check this host: NAME or PRODUCT=NAME, for example cucm=cm1.example.com (repeatable)")
	c.Flags().StringVar(&l.session, "session", "", "also use the facts of this session")
	accounts.RouteFlags(c, &l.route)
	c.Flags().StringArrayVar(&l.keys, "host-key", nil, "HOST=FINGERPRINT: SSH host key of the jump host that you compared")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per line")
	return c
}

// look is what advise looks at, and the way there.
type look struct {
	hosts   []string
	session string
	route   route.Route
	keys    []string
}

// doctor is what an adviser looks with; nil where neither host nor session is named.
func (l look) doctor() (*advice.Diagnosis, error) {
	if l.session == "" && len(l.hosts) == 0 {
		return nil, nil
	}
	doctor := &advice.Diagnosis{Now: time.Now()}
	for _, h := range l.hosts {
		product, host, ok := strings.Cut(h, "=")
		if !ok {
			product, host = string(vos.Products()[0]), h
		}
		p, known := vos.ParseProduct(product)
		if !known || host == "" {
			return nil, msg.Errorf("--host: use NAME or PRODUCT=NAME with %s", vos.ProductList())
		}
		if _, port, err := input.Host(host); err != nil || port != 0 {
			return nil, cmp.Or(err, errors.New("--host takes a name without a port"))
		}
		doctor.Hosts = append(doctor.Hosts, vos.Node{FQDN: host, Product: p})
	}
	if l.session == "" {
		return doctor, nil
	}
	_, plan, err := input.Session(l.session)
	doctor.Plan = plan
	return doctor, err
}

// probe looks at ports by the way of the flags or of the session. It is opened at once for hosts that were named, and for the nodes of a
// session when the first port is looked at: the facts of a session need no network.
func (l look) probe(ctx context.Context, a *wiring.App, p *plan.Plan) (func(context.Context, vos.Node, int) (vos.Served, error), error) {
	open := sync.OnceValues(func() (*reach.Path, error) { return l.path(ctx, a, p) }) // it ends with the program
	if len(l.hosts) > 0 {
		if _, err := open(); err != nil {
			return nil, err
		}
	}
	return func(ctx context.Context, n vos.Node, port int) (vos.Served, error) {
		path, err := open()
		if err != nil {
			return vos.Served{}, err
		}
		return path.Probe(ctx, n, port)
	}, nil
}

// path opens the way of the flags, else that of the session. A way from other hands is used only once a person said so in the session.
func (l look) path(ctx context.Context, a *wiring.App, p *plan.Plan) (*reach.Path, error) {
	if p != nil && l.route.Direct() {
		l.route = p.Change().Solution.Route
		pin, unasked, _ := plan.Route(p)
		if unasked && !l.route.Direct() {
			return nil, exitcode.With(exitcode.Confirm, msg.Errorf("Session %s was handed over and reaches its nodes through %s, which is not confirmed here. No node was "+
				"reached. Confirm it in the session: uccx-tui resume %s", cert.Printable(l.session), l.route.String(), cert.Printable(l.session)))
		}
		if pin != nil {
			l.keys = append(l.keys, pin.Fingerprint)
		}
	}
	path, _, err := accounts.Path(ctx, a, l.route, l.keys)
	return path, err
}

func advise(ctx context.Context, a *wiring.App, out io.Writer, text string, doctor *advice.Diagnosis, asJSON bool) error {
	found, exact := advice.FindIn(a.Say, text)
	if strings.TrimSpace(text) == "" {
		found = advice.All()
	}
	if len(found) == 0 {
		if u, ok := advice.UnknownIn(text); ok {
			return exitcode.With(exitcode.Refused, u)
		}
		return exitcode.With(exitcode.Refused, errors.New("No known symptom matches. List all with: uccx-tui advise"))
	}
	return print.Advice{Text: text, Found: found, Exact: exact, Doctor: doctor, Say: a.Say}.Write(ctx, out, asJSON)
}
