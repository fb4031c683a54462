// Package transcripts has the words of nodes, as docs/nodes.md has them: recorded, not made up. What no source shows is marked there.
// ${Name} stands for what differs from node to node; lines at the head of a file that begin with # say where its words are from.
package transcripts

import (
	"embed"
	"fmt"
	"os"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

//go:embed *.txt *.html *.toml
var files embed.FS

// Values are what is put into a transcript, by name.
type Values map[string]any

// rows are a value of several lines: a transcript for each of them.
type rows struct {
	name string
	all  []Values
}

// Rows is a value of several lines: the transcript of that name, once for each of the values.
func Rows(name string, all []Values) any { return rows{name, all} }

// Fill is what a node says, with values in it. A name that has no value is an error: a mistake of the lab.
func Fill(name string, v Values) (string, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return "", err
	}
	text := string(data)
	for strings.HasPrefix(text, "# ") {
		_, text, _ = strings.Cut(text, "\n")
	}
	return filled(name, text, v)
}

// filled is a text with values in it; name is whose.
func filled(name, text string, v Values) (string, error) {
	var failed error
	text = os.Expand(text, func(key string) string {
		switch one := v[key].(type) {
		case nil:
			failed = fmt.Errorf("the transcript %s has no value for %s", name, key)
		case rows:
			var b strings.Builder
			for _, row := range one.all {
				line, err := Fill(one.name, row)
				if err != nil {
					failed = err
				}
				b.WriteString(line)
			}
			return b.String()
		default:
			return fmt.Sprint(one)
		}
		return ""
	})
	return text, failed
}

// No is how a node says no to one thing.
type No struct {
	CLI   string `toml:"cli"`
	Page  string `toml:"page"`  // where the page says it in other words, and some releases of the CLI too
	Alone bool   `toml:"alone"` // without the line that follows most of them
}

// Refusals reads how nodes say no, by name.
func Refusals() (map[string]No, error) {
	data, err := files.ReadFile("refusals.toml")
	if err != nil {
		return nil, err
	}
	all := map[string]No{}
	return all, toml.Unmarshal(data, &all)
}

// Text is a refusal as the CLI prints it, with the line behind it; long: in the words of the page where it has its own.
func (n No) Text(v Values, long bool) (string, error) {
	words := n.CLI
	if long && n.Page != "" {
		words = n.Page
	}
	text, err := filled("refusals.toml", words, v)
	if !n.Alone {
		text += "\nExecuted command unsuccessfully"
	}
	return text + "\n", err
}
