package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/unattended"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

func runCommand(a *wiring.App) *cobra.Command {
	u := &unattended.Options{}
	c := &cobra.Command{
		Use:   "run (--solution FILE | SESSION)",
		Short: "Run a change unattended; flags answer the questions",
		Long: "Runs a change without prompts, one line per event. A question that no flag answers ends the run " +
			"with an exit code.\nRun the same command again to continue, also after a crash (uccx-tui help unattended).",
		Args: atMostOne,
		RunE: func(c *cobra.Command, args []string) error {
			if (u.Solution == "") == (len(args) == 0) {
				return usage(c, errors.New("run needs --solution FILE or a session name"))
			}
			return unattended.Run(a, u, strings.Join(args, ""))
		},
	}
	f := c.Flags()
	input.SolutionFlag(c, &u.Solution)
	f.StringVar(&u.Plan, "plan", "", "hash from uccx-tui plan; any other plan is refused")
	f.StringArrayVar(&u.Reply, "reply", nil, "file or folder of the CA's reply; also confirms that the CSRs were sent")
	f.StringSliceVar(&u.Restart, "restart", nil, "NODE,...: nodes that may be restarted now")
	f.StringSliceVar(&u.RestartAgain, "restart-again", nil, "NODE,...: restart these nodes again if a restart had no effect, or a port still presents an old certificate")
	f.StringSliceVar(&u.NewCSR, "new-csr", nil, "NODE,...: start over with a new CSR on nodes that refused their certificate")
	f.StringArrayVar(&u.Keys, "host-key", nil, "NODE=FINGERPRINT: SSH host key that you compared with the node's console")
	f.StringArrayVar(&u.Certs, "cert", nil, "NODE=FINGERPRINT: SHA-256 of the certificate of the node's API that you compared with OS Administration")
	f.StringSliceVar(&u.Trust, "trust", nil, "FINGERPRINT,...: SHA-256 of peer certificates that you compared with OS Administration of the peers")
	f.StringArrayVar(&u.Answers, "answer", nil, "QUESTION[@NODE]=VALUE: answer to any other question, for example findings@uccx1=yes or 'VER-*=later'")
	f.StringVar(&u.Until, "until", "", "end of the change window: 06:00, '2026-11-26 06:00' or 4h; steps that do not fit with a rollback "+
		"are not started")
	f.BoolVar(&u.Survey, "survey", false, "log in, read and check, then stop before anything is changed")
	f.BoolVar(&u.JSON, "json", false, "print one JSON object per line")
	f.BoolVar(&u.Again, "again", false, "start a new change even if one with this plan is finished")
	u.Add(c)
	takeOverFlag(a, c)
	return c
}
