package ui

import (
	"path/filepath"
	"sort"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// chooser picks the files that the CA sent. What a file is, it finds by the content, not by the name. Folders and files
// are read by commands (chooserdir.go), never while a key is answered.
type chooser struct {
	list
	dir      string
	listed   bool // a folder was listed; until then it climbs up to one that opens
	entries  []entry
	read     int                  // how many entries were looked into
	chosen   map[string]bool      // paths
	known    map[string]cert.File // what the chosen files of other folders hold
	touched  bool                 // a person chose; nothing is preselected any more
	verdict  cert.Reply
	judged   bool
	typing   bool   // a path is typed
	path     []rune // as typed so far
	hint     string // what else the typed path could become
	pasting  pasting
	pasted   []cert.File
	err      string // in a line of its own; the old list stays
	requests []cert.Request
	why      bool // all findings instead of the list
	whyAt    list // the line of them that is on top
}

// entry is one line of a folder.
type entry struct {
	name string
	dir  bool
	file *cert.File // nil until it was looked into
}

func newChooser(f *face, dir string) (*chooser, tea.Cmd) {
	c := &chooser{chosen: map[string]bool{}, known: map[string]cert.File{}, requests: reply.Requests(f.plan)}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	c.dir = dir
	return c, openFolder(dir)
}

// writes reports whether letters are text now.
func (c *chooser) writes() bool { return c.typing || c.pasting.on }

func (c *chooser) keys(f *face) []binding {
	switch {
	case c.typing:
		return []binding{{"enter", "open", "Opens the folder or selects the file.", ""}, {"tab", "complete", "Completes the path.", ""},
			{"ctrl+u", "clear", "Clears the line.", ""}, {"esc", "back to list", "Returns to the list.", ""}}
	case c.pasting.on:
		return []binding{{"enter", "use this text", "Adds the pasted text as a file.", ""}, {"esc", "back to list", "Returns to the list and discards the text.", ""}}
	case c.why:
		return []binding{{"any key", "back to list", "Returns to the list.", ""}, {"up/down", "scroll", "Scrolls the findings.", ""}}
	}
	enter := binding{"enter", "load selected files", "Loads the selected files as the CA's reply.", ""}
	if c.at < len(c.entries) && c.entries[c.at].dir {
		enter = binding{"enter", "open", "Opens the folder.", ""}
	} else if !c.verdict.OK() {
		enter.label, enter.help = "show errors", "Shows the errors in the selected files."
	}
	wrong := []binding{{"f", "findings", "Shows all findings on the selected files.", ""}, {"m", "letter to the CA", "Writes a letter with the corrections for the CA to the outbox.", ""}}
	all := []binding{enter, {"space", "select", "Selects or clears the file.", ""}}
	if c.judged && !c.verdict.OK() {
		all, wrong = append(all, wrong...), nil
	}
	all = append(all, []binding{{"i", "inspect", "Shows the content of the file.", ""}, {"a", "all", "Selects all files in this folder that contain certificates.", ""},
		{"/", "path", "Lets you type the path of a folder or file.", ""}, {"v", "paste", "Lets you paste PEM text. You can also paste without pressing this key.", ""}}...)
	if len(c.pasted) > 0 {
		all = append(all, binding{"x", "discard pasted", "Discards the pasted texts.", ""})
	}
	return append(append(all, wrong...), binding{"?", "help", "Explains this screen.", ""}, binding{"esc", "back", "Goes back. Nothing is loaded.", ""})
}

func (c *chooser) update(f *face, msg tea.Msg) (wish, tea.Cmd) {
	switch m := msg.(type) {
	case folder:
		return nil, c.opened(f, m)
	case contents:
		return nil, c.learnt(f, m)
	case completed:
		c.complete(f, m)
		return nil, nil
	case tea.PasteMsg:
		return nil, c.paste(f, m.Content)
	}
	k := key(msg)
	switch {
	case k == "":
		return nil, nil
	case c.pasting.on:
		c.typePaste(f, msg, k)
		return nil, nil
	case c.typing:
		return nil, c.typePath(msg, k)
	}
	c.err = ""
	if c.why {
		c.why = c.whyAt.move(k, c.whyLines(f), 10)
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
		c.typing, c.hint, c.path = true, "", []rune(strings.TrimSuffix(c.dir, string(filepath.Separator))+string(filepath.Separator))
	case "v":
		c.pasting.begin("", f.now)
	case "-": // a PEM text that a terminal types key by key
		c.pasting.begin("-", f.now)
	case "x":
		if len(c.pasted) > 0 {
			c.pasted = nil
			c.judge(f)
		}
	case "f":
		c.explain()
	case "i":
		if c.at < len(c.entries) && c.entries[c.at].file != nil {
			return f.detailsOf(c.entries[c.at].name, *c.entries[c.at].file), nil
		}
	case "m":
		c.judge(f)
		return writeFix{c.verdict, c.files()}, nil
	case "backspace", "left":
		return nil, openFolder(filepath.Dir(c.dir))
	case "a":
		c.all(f)
	case "space":
		c.toggle(f)
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

// toggle chooses the file at the mark, or leaves it out. What holds nothing says so.
func (c *chooser) toggle(f *face) {
	if c.at >= len(c.entries) || c.entries[c.at].dir {
		return
	}
	e := c.entries[c.at]
	p := filepath.Join(c.dir, e.name)
	switch {
	case e.file == nil:
		c.err = f.Say("not read yet")
		return
	case len(e.file.Items) == 0 && !c.chosen[p]:
		c.err = f.Say("%s cannot be selected: it %s", layout.Quoted(e.name), trouble(*e.file))
		return
	}
	c.touched = true
	c.chosen[p] = !c.chosen[p]
	c.judge(f)
}

func (c *chooser) explain() { c.why, c.whyAt.at = true, 0 }

// takeThem gives the chosen files over, or the reason why not.
func (c *chooser) takeThem(f *face) wish {
	if c.read < len(c.entries) {
		c.err = f.Say("Reading files: %d of %d", c.read, len(c.entries))
		return nil
	}
	c.judge(f)
	if !c.verdict.OK() {
		c.explain()
		return nil
	}
	return taken{c.files()}
}

// writeFix is the wish for a text that tells the CA what it must mend.
type writeFix struct {
	verdict cert.Reply
	files   []cert.File
}

// taken is the wish that these files be the CA's reply.
type taken struct{ files []cert.File }

// opened shows another folder. One that cannot be opened is named; the old list stays.
func (c *chooser) opened(f *face, m folder) tea.Cmd {
	if m.err != nil {
		c.err = f.Say("%s cannot be opened: %s", cert.Printable(m.dir), cert.Printable(cause(m.err)))
		if up := filepath.Dir(c.dir); !c.listed && m.dir == c.dir && up != c.dir {
			c.dir = up
			return openFolder(up)
		} else if !c.listed && m.dir != c.dir {
			return openFolder(c.dir)
		}
		return nil
	}
	if c.listed {
		c.err = ""
	}
	c.leave(m)
	from := c.dir
	c.dir, c.entries, c.read, c.at, c.listed = m.dir, m.entries, 0, 0, true
	if len(c.entries) > 1 {
		c.at = 1
	}
	for i, e := range c.entries {
		if m.choose != "" && e.name == m.choose || m.choose == "" && e.dir && filepath.Join(c.dir, e.name) == from && e.name != ".." {
			c.at = i
		}
	}
	if m.choose != "" {
		c.chosen[filepath.Join(c.dir, m.choose)], c.touched = true, true
	}
	return c.look()
}

// leave keeps what a person chose in the folder that is left, and forgets what is no longer there in the one that comes.
func (c *chooser) leave(m folder) {
	if !c.touched {
		clear(c.chosen)
	}
	for _, e := range c.entries {
		if p := filepath.Join(c.dir, e.name); e.file != nil && c.chosen[p] {
			c.known[p] = *e.file
		}
	}
	here := map[string]bool{}
	for _, e := range m.entries {
		here[e.name] = true
	}
	for p := range c.chosen {
		if filepath.Dir(p) == m.dir && !here[filepath.Base(p)] {
			delete(c.chosen, p)
		}
	}
}

// learnt keeps what the files hold, and goes on reading.
func (c *chooser) learnt(f *face, m contents) tea.Cmd {
	if m.dir != c.dir || m.from != c.read || m.from+len(m.files) > len(c.entries) {
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

// all chooses every file of this folder that holds something, or none where all are chosen already.
func (c *chooser) all(f *face) {
	c.touched = true
	on := false
	for _, e := range c.entries {
		on = on || e.file != nil && len(e.file.Items) > 0 && !c.chosen[filepath.Join(c.dir, e.name)]
	}
	for _, e := range c.entries {
		if e.file != nil && len(e.file.Items) > 0 {
			c.chosen[filepath.Join(c.dir, e.name)] = on
		}
	}
	c.judge(f)
}

// files are the chosen ones, by path: of this folder as they were read, of others as they were when it was left; and
// what was pasted.
func (c *chooser) files() []cert.File {
	all := append([]cert.File{}, c.pasted...)
	here := map[string]*cert.File{}
	for _, e := range c.entries {
		here[filepath.Join(c.dir, e.name)] = e.file
	}
	var paths []string
	for p, on := range c.chosen {
		if on {
			paths = append(paths, p)
		}
	}
	sort.Strings(paths)
	for _, p := range paths {
		if file := here[p]; file != nil {
			all = append(all, *file)
		} else if file, ok := c.known[p]; ok {
			all = append(all, file)
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

// judge asks for the verdict on the chosen files; faults come first in it.
func (c *chooser) judge(f *face) {
	c.verdict = reply.Verdict(f.plan, c.files(), f.now)
	sort.SliceStable(c.verdict.Findings, func(i, k int) bool {
		return c.verdict.Findings[i].Severity > c.verdict.Findings[k].Severity
	})
	c.judged = true
}
