package ui

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// chooser picks the files that the CA sent. What a file is, it finds by the content, not by the name.
type chooser struct {
	list
	dir      string
	entries  []entry
	read     int             // how many entries were looked into
	chosen   map[string]bool // paths
	touched  bool            // a person chose; nothing is preselected any more
	verdict  cert.Reply
	judged   bool
	path     []rune // the path that is typed
	typing   bool
	err      string // in a line of its own; the old list stays
	requests []cert.Request
	why      bool // all findings instead of the list
	pasted   []cert.File
}

// entry is one line of a folder.
type entry struct {
	name string
	dir  bool
	file *cert.File // nil until it was looked into
}

// folder is the answer to the question what is in a folder.
type folder struct {
	dir     string
	entries []entry
	err     error
}

// contents is what a batch of files holds.
type contents struct {
	dir   string
	from  int
	files []cert.File
}

func newChooser(f *face, dir string) (*chooser, tea.Cmd) {
	c := &chooser{chosen: map[string]bool{}, requests: steps.Requests(f.plan)}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	c.dir = dir
	return c, openFolder(dir)
}

// openFolder lists a folder: folders first, then files, by name.
func openFolder(dir string) tea.Cmd {
	return func() tea.Msg {
		all, err := os.ReadDir(dir)
		if err != nil {
			return folder{dir: dir, err: err}
		}
		m := folder{dir: dir}
		for _, e := range all {
			is := e.IsDir()
			if e.Type()&os.ModeSymlink != 0 {
				info, err := os.Stat(filepath.Join(dir, e.Name()))
				is = err == nil && info.IsDir()
			} else if !is && !e.Type().IsRegular() {
				continue // a pipe or a device would never end
			}
			m.entries = append(m.entries, entry{name: e.Name(), dir: is})
		}
		sort.SliceStable(m.entries, func(i, k int) bool { return m.entries[i].dir && !m.entries[k].dir })
		m.entries = append([]entry{{name: "..", dir: true}}, m.entries...)
		return m
	}
}

// batch is how many files are looked into before the screen is told.
const batch = 100

// look reads the next batch of files.
func (c *chooser) look() tea.Cmd {
	from, dir := c.read, c.dir
	to := min(from+batch, len(c.entries))
	names := make([]entry, to-from)
	copy(names, c.entries[from:to])
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

func readOne(path string) cert.File {
	files, err := steps.ReadFiles([]string{path})
	if err != nil || len(files) != 1 {
		return cert.File{Name: filepath.Base(path), Err: err}
	}
	return files[0]
}

func (c *chooser) keys(f *face) []binding {
	if c.typing {
		return []binding{{"enter", "go there", "Opens the folder, or chooses the file.", ""}, {"tab", "complete", "Completes the path.", ""}, {"esc", "back", "Goes back to the list.", ""}}
	}
	if c.why {
		return []binding{{"any key", "back to the list", "Goes back to the list.", ""}}
	}
	enter := binding{"enter", "take these", "Takes the chosen files as the CA's reply.", ""}
	if c.at < len(c.entries) && c.entries[c.at].dir {
		enter = binding{"enter", "open", "Opens the folder.", ""}
	} else if !c.verdict.OK() {
		enter.label, enter.help = "why not", "Shows what is wrong with the chosen files."
	}
	return []binding{enter, {"space", "choose", "Chooses the file, or leaves it out.", ""}, {"a", "all", "Chooses all files of this folder that hold something.", ""},
		{"/", "path", "Types the path of a folder or file. A PEM text can be pasted at any time.", ""}, {"m", "mail to the CA", "Writes into the outbox what the CA must mend.", ""}, {"f", "findings", "Shows all that there is to say about the chosen files.", ""},
		{"?", "help", "Explains this screen.", ""}, {"esc", "back", "Goes back; nothing is taken.", ""}}
}

func (c *chooser) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	switch m := msg.(type) {
	case folder:
		return nil, c.opened(f, m)
	case contents:
		return nil, c.learnt(f, m)
	case tea.PasteMsg:
		c.paste(f, m.Content)
		return nil, nil
	}
	k := key(msg)
	if k == "" {
		return nil, nil
	}
	if c.typing {
		return nil, c.typePath(msg, k)
	}
	c.err = ""
	if c.why {
		c.why = false
		return nil, nil
	}
	if c.move(k, len(c.entries), 10) {
		return nil, nil
	}
	return c.press(f, k)
}

func (c *chooser) press(f *face, k string) (wish, tea.Cmd) {
	switch k {
	case "/":
		c.typing, c.path = true, []rune(c.dir+string(filepath.Separator))
	case "f":
		c.why = true
	case "m":
		c.judge(f)
		return writeFix{c.verdict}, nil
	case "backspace", "left":
		return nil, openFolder(filepath.Dir(c.dir))
	case "a":
		c.all(f)
	case "space":
		if c.at < len(c.entries) && !c.entries[c.at].dir {
			p := filepath.Join(c.dir, c.entries[c.at].name)
			c.chosen[p] = !c.chosen[p]
			c.touched = true
			c.judge(f)
		}
	case "enter", "right":
		if c.at < len(c.entries) && c.entries[c.at].dir {
			return nil, openFolder(filepath.Join(c.dir, c.entries[c.at].name))
		}
		if k == "enter" {
			return c.takeThem(f), nil
		}
	}
	return nil, nil
}

// takeThem gives the chosen files over, or the reason why not.
func (c *chooser) takeThem(f *face) wish {
	c.judge(f)
	if !c.verdict.OK() {
		c.why = true
		return nil
	}
	return taken{c.files()}
}

// writeFix is the wish for a text that tells the CA what it must mend.
type writeFix struct{ verdict cert.Reply }

// taken is the wish that these files be the CA's reply.
type taken struct{ files []cert.File }

func (c *chooser) opened(f *face, m folder) tea.Cmd {
	if m.err != nil {
		c.err = f.say("%s cannot be opened: %s", cert.Printable(m.dir), cert.Printable(cause(m.err)))
		return nil
	}
	c.dir, c.entries, c.read, c.at, c.err = m.dir, m.entries, 0, 0, ""
	if len(c.entries) > 1 {
		c.at = 1
	}
	return c.look()
}

func cause(err error) string {
	if pe, ok := err.(*os.PathError); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

// learnt keeps what the files hold, and goes on reading.
func (c *chooser) learnt(f *face, m contents) tea.Cmd {
	if m.dir != c.dir || m.from != c.read {
		return nil
	}
	for i := range m.files {
		c.entries[m.from+i].file = &m.files[i]
	}
	c.read += len(m.files)
	if c.read < len(c.entries) {
		return c.look()
	}
	if !c.touched {
		c.preselect()
	}
	c.judge(f)
	return nil
}

// preselect chooses what may belong to the reply: the certificates that answer a request, and all CAs beside them.
func (c *chooser) preselect() {
	fits := false
	for _, e := range c.entries {
		fits = fits || e.file != nil && c.fits(*e.file) != ""
	}
	if !fits {
		return
	}
	for _, e := range c.entries {
		if e.file == nil {
			continue
		}
		for _, it := range e.file.Items {
			if it.Kind == cert.Root || it.Kind == cert.Intermediate || c.fits(*e.file) != "" {
				c.chosen[filepath.Join(c.dir, e.name)] = true
			}
		}
	}
}

// fits returns the node whose request a file answers, or "".
func (c *chooser) fits(file cert.File) string {
	for _, it := range file.Items {
		if it.Cert == nil {
			continue
		}
		for _, r := range c.requests {
			if cert.KeyID(r.CSR.PublicKey) == cert.KeyID(it.Cert.PublicKey) {
				return r.Node
			}
		}
	}
	return ""
}

func (c *chooser) all(f *face) {
	c.touched = true
	on := true
	for _, e := range c.entries {
		if e.file != nil && len(e.file.Items) > 0 && c.chosen[filepath.Join(c.dir, e.name)] {
			on = false
		}
	}
	for _, e := range c.entries {
		if e.file != nil && len(e.file.Items) > 0 {
			c.chosen[filepath.Join(c.dir, e.name)] = on
		}
	}
	c.judge(f)
}

// files are the chosen ones: of this folder as they were read, others anew, and what was pasted.
func (c *chooser) files() []cert.File {
	all := append([]cert.File{}, c.pasted...)
	var paths []string
	for p, on := range c.chosen {
		if on {
			paths = append(paths, p)
		}
	}
	sort.Strings(paths)
	known := map[string]*cert.File{}
	for _, e := range c.entries {
		known[filepath.Join(c.dir, e.name)] = e.file
	}
	for _, p := range paths {
		if file := known[p]; file != nil {
			all = append(all, *file)
		} else {
			all = append(all, readOne(p))
		}
	}
	return all
}

// elsewhere counts the chosen files that are not in this folder.
func (c *chooser) elsewhere() int {
	n := 0
	for p, on := range c.chosen {
		if on && filepath.Dir(p) != c.dir {
			n++
		}
	}
	return n
}

func (c *chooser) judge(f *face) {
	c.verdict = cert.Judge(c.requests, c.files(), nil, f.now)
	c.judged = true
}

// paste takes a PEM text in place of a file.
func (c *chooser) paste(f *face, text string) {
	if c.typing {
		c.path = append(c.path, []rune(strings.TrimSpace(text))...)
		return
	}
	file := cert.Parse(f.say("pasted text %d", len(c.pasted)+1), []byte(text))
	if len(file.Items) == 0 {
		c.err = f.say("the pasted text is not a certificate")
		return
	}
	c.pasted = append(c.pasted, file)
	c.touched = true
	c.judge(f)
}

// typePath edits the path line.
func (c *chooser) typePath(msg tea.Msg, k string) tea.Cmd {
	switch k {
	case "esc":
		c.typing = false
	case "backspace":
		if len(c.path) > 0 {
			c.path = c.path[:len(c.path)-1]
		}
	case "ctrl+u":
		c.path = nil
	case "tab":
		c.path = []rune(complete(string(c.path)))
	case "enter":
		c.typing = false
		return c.goTo(string(c.path))
	default:
		if p, ok := msg.(tea.KeyPressMsg); ok && p.Text != "" && len(c.path) < 4096 {
			c.path = append(c.path, []rune(p.Text)...)
		}
	}
	return nil
}

// goTo opens a folder, or the folder of a file with the file chosen.
func (c *chooser) goTo(path string) tea.Cmd {
	if rest, ok := strings.CutPrefix(path, "~"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = home + rest
		}
	}
	path = filepath.Clean(path)
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		c.chosen[path], c.touched = true, true
		return openFolder(filepath.Dir(path))
	}
	return openFolder(path)
}

// complete fills a path up as far as it is the only one.
func complete(path string) string {
	all, err := filepath.Glob(escapeGlob(path) + "*")
	if err != nil || len(all) == 0 {
		return path
	}
	common := all[0]
	for _, p := range all[1:] {
		for !strings.HasPrefix(p, common) {
			common = common[:len(common)-1]
		}
	}
	if len(all) == 1 {
		if info, err := os.Stat(common); err == nil && info.IsDir() {
			common += string(filepath.Separator)
		}
	}
	if len(common) < len(path) {
		return path
	}
	return common
}

func escapeGlob(s string) string {
	return strings.NewReplacer("[", "\\[", "*", "\\*", "?", "\\?", "\\", "\\\\").Replace(s)
}
