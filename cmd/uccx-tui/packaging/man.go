//go:build release

package packaging

import (
	"regexp"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/topics"
)

// forMan makes a document fit for a manual page of 80 columns: a table becomes a list with an entry a row, and a link to a document
// the name of its page.
func forMan(markdown string) string {
	var out, table []string
	code := false
	for _, line := range append(strings.Split(markdown, "\n"), "") {
		code = code != strings.HasPrefix(line, "```")
		if !code && strings.HasPrefix(line, "|") {
			table = append(table, line)
			continue
		}
		if len(table) > 0 {
			out, table = append(out, listed(table)...), nil
		}
		if !code {
			line = unlinked(line)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// listed is a table as a list of definitions: the first cell of a row, and below it the others with their headings.
func listed(table []string) []string {
	if len(table) < 3 { // a heading without a row
		return nil
	}
	heads, out := cells(table[0]), []string{""}
	for _, row := range table[2:] {
		of := cells(row)
		term := of[0]
		if term == "" {
			term = "(" + heads[0] + ")"
		}
		var about []string
		for i, cell := range of[1:] {
			switch {
			case cell == "":
			case len(of) == 2 || i+1 >= len(heads):
				about = append(about, cell)
			default:
				about = append(about, "*"+heads[i+1]+"*: "+cell)
			}
		}
		if len(about) == 0 {
			about = []string{"-"}
		}
		out = append(out, unlinked(term), ": "+unlinked(strings.Join(about, ". ")), "")
	}
	return out
}

// cells splits a row of a table; `\|` is no border.
func cells(row string) []string {
	row = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(row), "|"), "|")
	of := strings.Split(strings.ReplaceAll(row, `\|`, "\x00"), "|")
	for i, cell := range of {
		of[i] = strings.TrimSpace(strings.ReplaceAll(cell, "\x00", "|"))
	}
	return of
}

var link = regexp.MustCompile(`!?\[([^\]]+)\]\(([^)\s]+)\)`)

// unlinked keeps the words of a link, and names the page of a document that has one. Addresses of the web stay.
func unlinked(line string) string {
	return link.ReplaceAllStringFunc(line, func(whole string) string {
		m := link.FindStringSubmatch(whole)
		words, to := m[1], m[2]
		if strings.Contains(to, "://") {
			return whole
		}
		file, _, _ := strings.Cut(to, "#")
		at := slices.IndexFunc(topics.All(), func(t topics.Topic) bool { return t.File() == file })
		if at < 0 {
			return words
		}
		page := "uccx-tui-" + topics.All()[at].Name + "(7)"
		if words == file || words == "docs/"+file {
			return page
		}
		return words + " (" + page + ")"
	})
}
