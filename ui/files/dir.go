package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// folder is the answer to the question what is in a folder.
type folder struct {
	dir     string
	entries []entry
	choose  string // the file that was typed, to be chosen
	err     error
}

// contents is what a batch of files holds.
type contents struct {
	dir   string
	from  int
	files []cert.File
}

// completed is what a typed path can become.
type completed struct {
	typed, path string
	others      []string // where there are several
}

var errNoFile = errors.New("not a file or a folder")

// Open lists a folder: folders first, then files, by name. What is neither is left out: a pipe would never end.
func Open(dir string) tea.Cmd {
	return func() tea.Msg {
		all, err := os.ReadDir(dir)
		if err != nil {
			return folder{dir: dir, err: err}
		}
		m := folder{dir: dir}
		for _, e := range all {
			mode := e.Type()
			if mode&fs.ModeSymlink != 0 {
				mode = aim(filepath.Join(dir, e.Name()))
			}
			if mode.IsDir() || mode.IsRegular() {
				m.entries = append(m.entries, entry{name: e.Name(), dir: mode.IsDir()})
			}
		}
		sort.SliceStable(m.entries, func(i, k int) bool { return m.entries[i].dir && !m.entries[k].dir })
		m.entries = append([]entry{{name: "..", dir: true}}, m.entries...)
		return m
	}
}

// aim is what a link leads to. One that leads nowhere is listed as a file, which then says why it cannot be read.
func aim(path string) fs.FileMode {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Mode().Type()
}

// batch is how many files are looked into before the screen is told: the first screenful comes first.
const batch = 25

// look reads the next batch of files.
func (c *Chooser) look() tea.Cmd {
	from, dir := c.read, c.dir
	names := slices.Clone(c.entries[from:min(from+batch, len(c.entries))])
	return func() tea.Msg {
		m := contents{dir: dir, from: from}
		for _, e := range names {
			var file cert.File
			if !e.dir {
				file = readOne(filepath.Join(dir, e.name))
			}
			m.files = append(m.files, file)
		}
		return m
	}
}

// readOne reads one file. What is no file any more is one that holds nothing, with the reason.
func readOne(path string) cert.File {
	none := cert.File{Name: filepath.Base(path)}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		none.Err = msg.Errorf("cannot be read: %s", cause(err))
		return none
	case !info.Mode().IsRegular():
		none.Err = errNoFile
		return none
	}
	files, err := read.Files([]string{path})
	if err != nil || len(files) != 1 {
		none.Err = errors.Join(err, errNoFile)
		return none
	}
	return files[0]
}

// cause is the reason of an error of the file system, without the path, which may hold escapes.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// Start opens the folder in which downloads usually are, or the home folder.
func Start() tea.Cmd {
	return func() tea.Msg {
		dir := "."
		if home, err := os.UserHomeDir(); err == nil {
			dir = home
			if info, err := os.Stat(filepath.Join(home, "Downloads")); err == nil && info.IsDir() {
				dir = filepath.Join(home, "Downloads")
			}
		}
		if abs, err := filepath.Abs(dir); err == nil {
			dir = abs
		}
		return Open(dir)()
	}
}

// OpenMade opens a folder that is made first, by something that takes its time.
func OpenMade(made func() (dir string, err error)) tea.Cmd {
	return func() tea.Msg {
		dir, err := made()
		if err != nil {
			return folder{dir: dir, err: err}
		}
		return Open(dir)()
	}
}

// goTo opens a folder, or the folder of a file with the file chosen.
func goTo(typed string) tea.Cmd {
	return func() tea.Msg {
		path := unhome(unquote(typed))
		info, err := os.Stat(path)
		switch {
		case err != nil:
			return folder{dir: path, err: err}
		case info.IsDir():
			return Open(path)()
		case !info.Mode().IsRegular():
			return folder{dir: path, err: errNoFile}
		}
		m, _ := Open(filepath.Dir(path))().(folder)
		m.choose = filepath.Base(path)
		return m
	}
}

// unquote takes off what terminals put around a file that is dragged into them.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	for _, q := range []string{"'", `"`} {
		if len(s) > 1 && strings.HasPrefix(s, q) && strings.HasSuffix(s, q) {
			return s[1 : len(s)-1]
		}
	}
	return s
}

// unhome makes a path absolute; ~ is the home folder.
func unhome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			path = home + rest
		}
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// completion fills a path up as far as there is only one way to go.
func completion(typed string) tea.Cmd {
	return func() tea.Msg {
		m := completed{typed: typed, path: typed}
		head, tail := filepath.Split(typed)
		all, err := os.ReadDir(unhome(head))
		if err != nil {
			return m
		}
		common, isDir := "", false
		for _, e := range all {
			if !strings.HasPrefix(e.Name(), tail) || tail == "" && strings.HasPrefix(e.Name(), ".") {
				continue
			}
			isDir = e.IsDir() || e.Type()&fs.ModeSymlink != 0 && aim(filepath.Join(unhome(head), e.Name())).IsDir()
			if len(m.others) == 0 {
				common = e.Name()
			}
			common = shared(common, e.Name())
			m.others = append(m.others, e.Name())
		}
		if len(m.others) == 0 {
			return m
		}
		m.path = head + common
		if len(m.others) == 1 {
			m.others = nil
			if isDir {
				m.path += string(filepath.Separator)
			}
		}
		return m
	}
}

// shared is the beginning that two names have in common, in whole characters.
func shared(a, b string) string {
	for i, r := range a {
		if !strings.HasPrefix(b[min(i, len(b)):], string(r)) {
			return a[:i]
		}
	}
	return a
}

// complete takes a completion, unless more was typed meanwhile.
func complete(c *Chooser, m completed) {
	if c.path == nil || c.path.Text() != m.typed {
		return
	}
	c.path.SetText(m.path)
	c.hint = ""
	if len(m.others) > 0 {
		c.hint = c.theme.Say("%d matches: %s", len(m.others), cert.Printable(strings.Join(m.others[:min(len(m.others), 20)], "  ")))
	}
}
