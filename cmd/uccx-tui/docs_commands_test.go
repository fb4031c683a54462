package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/topics"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
)

// pages are all documents of the tree, by their path from its root. Decisions and the list of changes speak of their own time.
func pages(t *testing.T) map[string]string {
	t.Helper()
	all, root := map[string]string{}, filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		if err != nil || d.IsDir() || filepath.Ext(path) != ".md" || strings.Contains(rel, "testdata/") || strings.HasPrefix(rel, ".git/") || strings.HasPrefix(rel, "dist/") {
			return err
		}
		data, err := os.ReadFile(path)
		all[rel] = string(data)
		return err
	})
	if err != nil || len(all) < 30 {
		t.Fatalf("%d documents: %v", len(all), err)
	}
	return all
}

func present(all map[string]string) map[string]string {
	for name := range all {
		if strings.HasPrefix(name, "docs/adr/") || name == "CHANGELOG.md" {
			delete(all, name)
		}
	}
	return all
}

// snippets are the lines of code blocks, and the code within lines, of a document. Each code within a row of a table has the command of
// the row before it, where its first cell names one: "uccx-tui check --csr".
func snippets(page string) []string {
	var all []string
	block := false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			block = !block
			continue
		}
		if block {
			all = append(all, line)
			continue
		}
		spans := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(line, -1)
		row := regexp.MustCompile("^\\| `(uccx-tui [a-z ]+?)(?: [^a-z`][^`]*)?` \\|").FindStringSubmatch(line)
		for i, s := range spans {
			code := strings.ReplaceAll(s[1], `\|`, "|")
			if row != nil && i > 0 && strings.HasPrefix(code, "--") {
				code = row[1] + " " + code
			}
			all = append(all, code)
		}
	}
	return all
}

var ours = regexp.MustCompile(`(?:^|[\s(;&|'"=])(?:go run \./cmd/uccx-tui|uccx-tui)(?: |$)`)

// commands are the command lines of this program in a text, without its name: each up to what a shell ends it with.
func commands(text string) []string {
	var all []string
	for _, at := range ours.FindAllStringIndex(text, -1) {
		rest, _, _ := strings.Cut(text[at[1]:], " # ")
		if end := regexp.MustCompile(`[|;&<>\n]|[.,:)]( |$)`).FindStringIndex(rest); end != nil {
			rest = rest[:end[0]]
		}
		all = append(all, strings.TrimSpace(rest))
	}
	return all
}

// unknownIn says what of a command line does not exist, or "". Words in capitals, in brackets and in quotes stand for something.
func unknownIn(root *cobra.Command, line string) string {
	at := root
	words := strings.Fields(line)
	for i, word := range words {
		word = strings.Trim(word, `"'[]`)
		name, isFlag := strings.CutPrefix(word, "--")
		switch {
		case isFlag && name != "":
			name, _, _ = strings.Cut(name, "=")
			if !flagged(at, name) {
				return "--" + name + " of " + at.CommandPath()
			}
		case i > 0 && at == root: // an argument, or a flag before it
		case i == 0 && word != "" && unicode.IsLower(rune(word[0])):
			if at = child(root, word); at == nil {
				return word
			}
			if i+1 < len(words) && child(at, words[i+1]) != nil {
				at = child(at, words[i+1])
			}
		}
	}
	return ""
}

func child(c *cobra.Command, name string) *cobra.Command {
	for _, sub := range c.Commands() {
		if sub.Name() == name {
			return sub
		}
	}
	return nil
}

func flagged(c *cobra.Command, name string) bool {
	return name == "help" || name == "version" && !c.HasParent() || c.Flags().Lookup(name) != nil || c.PersistentFlags().Lookup(name) != nil || c.InheritedFlags().Lookup(name) != nil
}

// tree is the command line of the program, with those commands that cobra adds.
func tree() *cobra.Command {
	r := root(&wiring.App{})
	r.InitDefaultHelpCmd()
	r.InitDefaultCompletionCmd()
	return r
}

// TestDocsCommands: every command and flag that a document, an example or a sentence of the program names exists.
func TestDocsCommands(t *testing.T) {
	r, seen := tree(), 0
	every := map[string]bool{}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) { every[f.Name] = true })
		for _, sub := range c.Commands() {
			walk(sub)
		}
		for _, line := range commands(c.Example) {
			seen++
			if what := unknownIn(r, line); what != "" {
				t.Errorf("the example of %s names %s", c.CommandPath(), what)
			}
		}
	}
	r.PersistentFlags().VisitAll(func(f *pflag.Flag) { every[f.Name] = true })
	walk(r)
	for page, text := range present(pages(t)) {
		for _, code := range snippets(text) {
			if name, ok := strings.CutPrefix(code, "--"); ok && name != "" && name[0] != '-' { // a flag alone
				if name = regexp.MustCompile(`^[a-z-]+`).FindString(name); name != "help" && name != "version" && !every[name] {
					t.Errorf("%s names --%s, which no command has", page, name)
				}
			}
			if first, rest, _ := strings.Cut(code, " "); strings.HasPrefix(rest, "--") && child(r, first) != nil { // `run --survey`
				code = "uccx-tui " + code
			}
			for _, line := range commands(code) {
				seen++
				if what := unknownIn(r, line); what != "" {
					t.Errorf("%s: %q: there is no %s", page, code, what)
				}
			}
		}
	}
	sentences, err := os.ReadFile(filepath.Join("..", "..", "ui", "lang", "po", "uccx-tui.pot"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^msgid "(.*)"$`).FindAllStringSubmatch(strings.ReplaceAll(string(sentences), "\"\n\"", ""), -1) {
		for _, line := range commands(strings.NewReplacer(`\n`, "\n", `\"`, `"`).Replace(m[1])) {
			if word, _, _ := strings.Cut(line, " "); child(r, strings.Trim(word, `"`)) == nil && !strings.HasPrefix(word, "--") {
				continue // the name of the program in a sentence
			}
			seen++
			if what := unknownIn(r, line); what != "" {
				t.Errorf("the sentence %q names %s", m[1], what)
			}
		}
	}
	for line, want := range map[string]string{"resume HQ --take-over": "", "report ada --format md": "", "lab graed": "", "chekc x": "chekc", "run --solutoin x": "--solutoin of uccx-tui run", "COMMAND --help": ""} {
		if got := unknownIn(r, line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
	if seen < 200 {
		t.Errorf("only %d command lines were seen", seen)
	}
}

// TestDocsTopics: every document of docs/ that is for its users is a help topic, so that its manual page exists; the others are listed here.
func TestDocsTopics(t *testing.T) {
	developers := []string{"dependencies.md", "screens.md", "speed.md", "languages.md"}
	for page := range pages(t) {
		name, ok := strings.CutPrefix(page, "docs/")
		if !ok || strings.Contains(name, "/") || slices.Contains(developers, name) {
			continue
		}
		if !slices.ContainsFunc(topics.All(), func(topic topics.Topic) bool { return topic.File() == name }) {
			t.Errorf("%s is no help topic", page)
		}
	}
}

// slug is the anchor that a heading gets (GitHub's rule).
func slug(heading string) string {
	heading = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`).ReplaceAllString(heading, "$1")
	return strings.Map(func(c rune) rune {
		switch {
		case unicode.IsLetter(c), unicode.IsDigit(c), c == '-', c == '_':
			return unicode.ToLower(c)
		case c == ' ':
			return '-'
		}
		return -1
	}, strings.TrimSpace(heading))
}

func anchors(page string) map[string]bool {
	all, block := map[string]bool{}, false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			block = !block
		}
		if heading := strings.TrimLeft(line, "#"); !block && heading != line && strings.HasPrefix(heading, " ") {
			all[slug(heading)] = true
		}
	}
	return all
}

// TestDocsLinks: every link of a document leads to a file of the tree, and to a heading that is there.
func TestDocsLinks(t *testing.T) {
	all, seen := pages(t), 0
	for page, text := range all {
		for _, m := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(regexp.MustCompile("(?s)```.*?```|`[^`\n]*`").ReplaceAllString(text, ""), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			seen++
			file, anchor, _ := strings.Cut(m[1], "#")
			to := page
			if file != "" {
				to = filepath.ToSlash(filepath.Join(filepath.Dir(page), file))
			}
			if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(to))); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			} else if anchor != "" && !anchors(all[to])[anchor] {
				t.Errorf("%s links to %s: no heading has that anchor", page, m[1])
			}
		}
	}
	if seen < 90 || slug("Who must trust whom (TRB-2), `x`") != "who-must-trust-whom-trb-2-x" {
		t.Errorf("%d links", seen)
	}
}

// TestDocsPaths: every file, folder and package that a document names in code is in the tree.
func TestDocsPaths(t *testing.T) {
	path, seen := regexp.MustCompile(`^(?:bash |sudo bash )?(\.?/?(?:cmd|docs|session|steps|ui|vos|\.ci|\.github)/[\w./-]+)$`), 0
	words := regexp.MustCompile(`(?:^|\s)(\./(?:cmd|session|steps|ui|vos)[\w/-]*)`)
	for page, text := range present(pages(t)) {
		for _, code := range snippets(text) {
			var named []string
			if m := path.FindStringSubmatch(code); m != nil {
				named = append(named, m[1])
			}
			if strings.HasPrefix(code, "go ") {
				for _, m := range words.FindAllStringSubmatch(code, -1) {
					named = append(named, m[1])
				}
			}
			for _, name := range named {
				if regexp.MustCompile(`(^|/)[A-Z]+[./]`).MatchString(name+"/") && !strings.Contains(name, "README") { // TAG.po: a name that a person chooses
					continue
				}
				seen++
				if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(strings.TrimSuffix(name, "/...")))); err != nil {
					t.Errorf("%s names %s, which is not there", page, name)
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d paths were seen", seen)
	}
}
