//go:build release

// Package packaging writes what a package holds besides the program: man pages, completions and the licences of what is linked.
// It is built only with the tag release, so that the program does not carry it.
package packaging

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/topics"
)

// Release is what is packed.
type Release struct {
	Version    string
	At         time.Time // of the commit, UTC: two runs are equal
	Maintainer string    // "Name <address>"
}

// Write fills a folder: man, the same compressed in gz with Debian's changelog, completions and THIRD_PARTY_NOTICES. root is the command
// line of the program.
func Write(root *cobra.Command, dir string, r Release) error {
	for _, sub := range []string{"man", "gz", "completions"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			return err
		}
	}
	if err := manPages(root, filepath.Join(dir, "man"), r.At); err != nil {
		return err
	}
	if err := compressed(filepath.Join(dir, "man"), filepath.Join(dir, "gz")); err != nil {
		return err
	}
	log := fmt.Sprintf("uccx-tui (%s) unstable; urgency=medium\n\n  * %s\n\n -- %s  %s\n", r.Version, "CHANGELOG.md", r.Maintainer, r.At.Format(time.RFC1123Z))
	if err := compress(filepath.Join(dir, "gz", "changelog.gz"), []byte(log)); err != nil {
		return err
	}
	if err := completions(root, filepath.Join(dir, "completions")); err != nil {
		return err
	}
	text, err := notices()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "THIRD_PARTY_NOTICES"), text, 0o644)
}

// manPages writes a page a command (section 1), and a page a help topic (section 7).
func manPages(root *cobra.Command, dir string, at time.Time) error {
	root.DisableAutoGenTag = true
	if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Date: &at, Source: "uccx-tui", Manual: "uccx-tui"}, dir); err != nil {
		return err
	}
	for _, topic := range topics.All() {
		text, err := topics.Text(topic.Name)
		if err != nil {
			return err
		}
		head := fmt.Sprintf("%% UCCX-TUI-%s 7 %q \"uccx-tui\" \"uccx-tui\"\n\n# NAME\n\nuccx-tui-%s - %s\n\n", strings.ToUpper(topic.Name), at.Format("January 2006"), topic.Name, topic.Title)
		page := filepath.Join(dir, "uccx-tui-"+topic.Name+".7")
		if err := os.WriteFile(page, md2man.Render([]byte(head+forMan(text))), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compressed writes each file of a folder into another one, as gzip.
func compressed(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		if err := compress(filepath.Join(to, e.Name()+".gz"), text); err != nil {
			return err
		}
	}
	return nil
}

// compress writes a file as gzip without a name and a time.
func compress(path string, text []byte) error {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

func completions(root *cobra.Command, dir string) error {
	for shell, write := range map[string]func(string) error{
		"bash": func(f string) error { return root.GenBashCompletionFileV2(f, true) },
		"zsh":  root.GenZshCompletionFile,
		"fish": func(f string) error { return root.GenFishCompletionFile(f, true) },
		"ps1":  root.GenPowerShellCompletionFileWithDesc,
	} {
		if err := write(filepath.Join(dir, "uccx-tui."+shell)); err != nil {
			return err
		}
	}
	return nil
}

// notices are the licences of Go and of all modules that are linked on any system, by module.
func notices() ([]byte, error) {
	dirs := map[string]string{} // "path version" -> folder
	for _, system := range []string{"linux", "windows", "darwin"} {
		c := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/uccx-tui")
		c.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0", "GOFLAGS=")
		out, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		for line := range strings.Lines(string(out)) {
			if name, dir, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				dirs[name] = dir
			}
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	dirs["Go (standard library)"] = strings.TrimSpace(string(root))
	var b bytes.Buffer
	b.WriteString("uccx-tui is linked with the following modules. Each is used under its licence, which follows its name.\n")
	names := make([]string, 0, len(dirs))
	for name := range dirs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		texts, err := licences(dirs[name])
		if err != nil {
			return nil, err
		}
		if len(texts) == 0 {
			return nil, fmt.Errorf("%s has no licence file: check it before a release", name)
		}
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), name, strings.Join(texts, "\n\n"))
	}
	return b.Bytes(), nil
}

// licences reads the licence and notice files of a module.
func licences(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, e := range entries {
		name := strings.ToUpper(e.Name())
		if e.IsDir() || !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "COPYING") && !strings.HasPrefix(name, "NOTICE") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, strings.TrimSpace(string(text)))
	}
	return all, nil
}
