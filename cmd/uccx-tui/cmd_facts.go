package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/vos/facts"
)

// factOf is one fact as JSON.
type factOf struct {
	ID     string `json:"id"`
	Topic  string `json:"topic"`
	About  string `json:"about"`
	Text   string `json:"text"`
	Source string `json:"source"`
	Date   string `json:"date"` // of the source
	Link   string `json:"link,omitempty"`
}

func factsCommand() *cobra.Command {
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
				return factsJSON(c.OutOrStdout(), found)
			}
			return factsText(c.OutOrStdout(), found)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON array")
	return c
}

func factsJSON(out io.Writer, found []facts.Fact) error {
	all := []factOf{}
	for _, f := range found {
		all = append(all, factOf(f))
	}
	enc := json.NewEncoder(print.JSON{To: out})
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(all)
}

func factsText(out io.Writer, found []facts.Fact) error {
	var b strings.Builder
	topic := ""
	for _, f := range found {
		if f.Topic != topic {
			if topic != "" {
				b.WriteString("\n")
			}
			topic = f.Topic
			fmt.Fprintf(&b, "%s\n", strings.ToUpper(topic))
		}
		fmt.Fprintf(&b, "\n  %s (%s)\n    %s\n    source %s, %s\n", f.About, f.ID, f.Text, f.Source, f.Date)
		if f.Link != "" {
			fmt.Fprintf(&b, "    %s\n", f.Link)
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
