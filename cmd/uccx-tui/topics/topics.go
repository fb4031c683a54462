// Package topics shows the documents as help topics: uccx-tui help TOPIC.
package topics

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/docs"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Topic is one document.
type Topic struct {
	Name  string // as it is typed; no command has it
	file  string // its document
	Title string // what it is about, in one line
}

// All are the topics that are listed, by name.
func All() []Topic {
	return []Topic{
		{"exit-codes", "exit-codes.md", "Exit codes, and what to do"},
		{"dated-facts", "facts.md", "Dated facts: field notices, build numbers, browsers, public CAs"},
		{"first-deployment", "first-deployment.md", "Certificates of freshly installed nodes"},
		{"glossary", "glossary.md", "Terms of the field and of this program"},
		{"json", "json.md", "What --json prints, and what does not change"},
		{"keys", "keys.md", "Keys of the screens"},
		{"languages", "languages.md", "Languages: how one is chosen, and how to translate"},
		{"scenarios", "lab.md", "The lab, its scenarios, and classes"},
		{"lessons", "lessons.md", "What the lab scenarios teach"},
		{"nodes", "nodes.md", "What nodes print, and how uccx-tui reads it"},
		{"rehearsal", "rehearsal.md", "Rehearsing a change on simulated nodes"},
		{"reliability", "reliability.md", "What is promised, and which test proves it"},
		{"restarts", "restarts.md", "What must be restarted, with the source"},
		{"rules", "rules.md", "The rules that screens and reports cite"},
		{"solutions", "solutions.md", "Solution files, and jump hosts"},
		{"unattended", "unattended.md", "Running a change without a person"},
		{"verdict", "verdict.md", "What check says about a CA's files"},
		{"ways", "ways.md", "SSH, certificate API, and by hand"},
	}
}

// Text is the document of a topic.
func Text(name string) (string, error) {
	for _, t := range All() {
		if t.Name == name {
			data, err := docs.Files.ReadFile(t.file)
			return string(data), err
		}
	}
	return "", msg.Errorf("%q is not a help topic", name)
}

// File is the document of a topic, without its folder.
func (t Topic) File() string { return t.file }

// Commands are the topics for cobra, which lists what cannot be run as further help.
func Commands() []*cobra.Command {
	var all []*cobra.Command
	for _, t := range All() {
		c := &cobra.Command{Use: t.Name, Short: t.Title}
		c.SetHelpFunc(func(c *cobra.Command, _ []string) {
			if err := Print(c.OutOrStdout(), t.Name); err != nil {
				c.PrintErrln(err)
			}
		})
		all = append(all, c)
	}
	return all
}

// Print writes a document: as it stands, or laid out where the output is a terminal.
func Print(out io.Writer, name string) error {
	text, err := Text(name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, print.Manual(out, strings.TrimSpace(text)))
	return err
}
