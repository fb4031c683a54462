package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/vos/facts"
)

func factsCommand(a *wiring.App) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "facts [WORD...]",
		Short: "Print dated facts with sources: field notices, build numbers, browsers, public CAs",
		RunE: func(c *cobra.Command, words []string) error {
			found := facts.Find(words)
			if len(found) == 0 {
				return exitcode.With(exitcode.Refused, errors.New("no fact contains these words. uccx-tui facts prints all facts."))
			}
			if asJSON {
				return print.FactsJSON(c.OutOrStdout(), found)
			}
			return print.FactsText(print.People(c.OutOrStdout()), a.Say, found)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return c
}
