// Package files lets a person pick the files that a CA sent: a folder is listed, each file is told by its content, and the
// chosen ones are judged, all outside of Update.
package files

import (
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Chooser picks the files that the CA sent. What a file is, it finds by the content, not by the name. Folders and files are
// read, and the chosen ones judged, by commands, never while a key is answered.
type Chooser struct {
	widget.List
	theme    layout.Theme
	requests []cert.Request
	chain    bool                           // it picks what completes chains; no request is answered
	verdict  func([]cert.File) cert.Verdict // takes its time: called by commands alone
	now      time.Time
	Partly   func([]cert.File, cert.Verdict) bool // whether a person is asked about files that are not all right; nil: never

	dir     string
	listed  bool // a folder was listed; until then it climbs up to one that opens
	entries []entry
	read    int                  // how many entries were looked into
	chosen  map[string]bool      // paths
	known   map[string]cert.File // what the chosen files of other folders hold
	touched bool                 // a person chose; nothing is preselected any more
	pasted  []cert.File
	err     string // in a line of its own; the old list stays

	found  cert.Verdict // the verdict on the chosen files, its faults first
	partly bool         // a person is asked about them, although not all is right
	asked  int          // how often the files that are chosen have changed
	judged int          // for which of them the verdict is; 0: none yet
	taking bool         // Enter was pressed while they are judged
	given  bool         // they were given to be taken, and are being written down

	path    *widget.Field // a path is typed
	hint    string        // what else the typed path could become
	pasting widget.Paste
	why     bool // all findings instead of the list
	page    widget.Page
}

// entry is one line of a folder.
type entry struct {
	name string
	dir  bool
	file *cert.File // nil until it was looked into
}

// New is a chooser of the files that answer some requests. verdict judges them; it is called outside of Update.
func New(t layout.Theme, requests []cert.Request, verdict func([]cert.File) cert.Verdict, now time.Time) *Chooser {
	return &Chooser{theme: t, requests: requests, verdict: verdict, now: now, chosen: map[string]bool{}, known: map[string]cert.File{}}
}

// NewChain is a chooser of the CA certificates that complete the chains of servers: no request is answered.
func NewChain(t layout.Theme, verdict func([]cert.File) cert.Verdict, now time.Time) *Chooser {
	c := New(t, nil, verdict, now)
	c.chain = true
	return c
}

// Mode is what the keys of a chooser are for.
type Mode int

// The list is there; a path is typed; a text is typed in place of a file; all findings are shown.
const (
	Listing Mode = iota
	Path
	Pasting
	Why
)

// Mode returns what the keys are for now.
func (c *Chooser) Mode() Mode {
	switch {
	case c.path != nil:
		return Path
	case c.pasting.On():
		return Pasting
	case c.why:
		return Why
	}
	return Listing
}

// ToList leaves what is typed, or the findings.
func (c *Chooser) ToList() {
	c.path, c.why, c.err = nil, false, ""
	c.pasting.End()
}

// Page is the page of all findings.
func (c *Chooser) Page() *widget.Page { return &c.page }

// Rows are the entries as a list has them.
func (c *Chooser) Rows(w int) widget.Rows {
	column := -1
	line := func(i int) string {
		if column < 0 {
			column = names(c, w)
		}
		return c.row(i, w, column)
	}
	return widget.Rows{N: len(c.entries), Line: line, Text: func(i int) string { return c.entries[i].name }}
}

// at is the selected entry, or nil.
func (c *Chooser) at() *entry {
	if i := c.Clamp(len(c.entries)); i >= 0 {
		return &c.entries[i]
	}
	return nil
}

// AtFolder reports whether a folder is selected.
func (c *Chooser) AtFolder() bool { e := c.at(); return e != nil && e.dir }

// Faulty reports whether the verdict on the chosen files has faults.
func (c *Chooser) Faulty() bool { return c.judged > 0 && !c.found.OK() }

// Pasted is how many texts were pasted in place of files.
func (c *Chooser) Pasted() int { return len(c.pasted) }

// Verdict is the verdict on the chosen files; ok is false while it is being made.
func (c *Chooser) Verdict() (v cert.Verdict, ok bool) {
	return c.found, c.judged == c.asked && c.judged > 0
}

// Selected is the selected file, where it was read.
func (c *Chooser) Selected() (name string, file cert.File, ok bool) {
	e := c.at()
	if e == nil || e.file == nil {
		return "", cert.File{}, false
	}
	return e.name, *e.file, true
}

// Message takes what commands found, and pastes. It returns the files where they are to be taken as the CA's reply.
func (c *Chooser) Message(msg tea.Msg) (take []cert.File, cmd tea.Cmd) {
	switch m := msg.(type) {
	case folder:
		return nil, c.opened(m)
	case contents:
		return nil, c.learnt(m)
	case completed:
		complete(c, m)
	case picked:
		return nil, pick(c, m)
	case judgement:
		return c.know(m), nil
	case tea.PasteMsg:
		return nil, c.paste(m.Content)
	}
	return nil, nil
}

// TypePath begins to type a path.
func (c *Chooser) TypePath() {
	c.hint, c.err = "", ""
	c.path = widget.NewField(prefilled(c.dir)).Limit(4096)
}

// prefilled is what the field for a path begins with in a folder.
func prefilled(dir string) string {
	return strings.TrimSuffix(dir, string(filepath.Separator)) + string(filepath.Separator)
}

// Type takes a key into the path that is typed.
func (c *Chooser) Type(k tea.KeyPressMsg) {
	c.path.Update(k)
	c.hint = ""
}

// Complete fills the typed path up as far as there is only one way to go.
func (c *Chooser) Complete() tea.Cmd { return completion(c.path.Text()) }

// Go opens the typed folder, or the folder of the typed file with the file chosen.
func (c *Chooser) Go() tea.Cmd {
	typed := c.path.Text()
	c.path = nil
	// A path that is pasted behind the folder that the field begins with is meant alone.
	if rest, ok := strings.CutPrefix(typed, prefilled(c.dir)); ok && (filepath.IsAbs(strings.Trim(rest, `'"`)) || strings.HasPrefix(rest, "~")) {
		typed = rest
	}
	return goTo(typed)
}

// Parent opens the folder above.
func (c *Chooser) Parent() tea.Cmd { return Open(filepath.Dir(c.dir)) }

// Enter opens the selected folder, or takes the chosen files: at once where they are judged, else when they are.
func (c *Chooser) Enter() (take []cert.File, cmd tea.Cmd) {
	if c.AtFolder() {
		return nil, Open(filepath.Join(c.dir, c.at().name))
	}
	c.err = ""
	if !c.Ready() {
		c.err = c.theme.Say("Reading files: %d of %d", c.read, len(c.entries))
		return nil, nil
	}
	if len(c.Chosen()) == 0 {
		c.err = c.theme.Say("No file is selected. Press Space on a file, or A for all.")
		return nil, nil
	}
	c.taking = true
	if _, ok := c.Verdict(); !ok {
		return nil, c.judge()
	}
	return c.know(judgement{c.asked, c.found, c.partly}), nil
}

// Ready reports whether the files of the folder were read, and none are being taken: Enter works.
func (c *Chooser) Ready() bool { return c.listed && c.read == len(c.entries) && !c.given }

// Refused tells that the files that were given were not taken.
func (c *Chooser) Refused() { c.given = false }

// judgement is the verdict on files that were chosen.
type judgement struct {
	asked  int
	found  cert.Verdict
	partly bool
}

// judge lets a command judge the chosen files: signatures are verified, and their trust stores searched.
func (c *Chooser) judge() tea.Cmd {
	c.asked++
	asked, verdict, all, some := c.asked, c.verdict, c.Chosen(), c.Partly
	return func() tea.Msg {
		found := verdict(all)
		partly := some != nil && !found.OK() && some(all, found)
		sort.SliceStable(found.Findings, func(i, k int) bool { return found.Findings[i].Severity > found.Findings[k].Severity })
		return judgement{asked, found, partly}
	}
}

// know keeps a verdict, unless other files are chosen by now.
func (c *Chooser) know(j judgement) (take []cert.File) {
	if j.asked != c.asked {
		return nil
	}
	c.found, c.judged, c.partly = j.found, j.asked, j.partly
	if !c.taking {
		return nil
	}
	if c.taking = false; !c.found.OK() && !c.partly {
		c.Explain()
		return nil
	}
	c.given = true
	return c.Chosen()
}

// Explain shows all findings.
func (c *Chooser) Explain() {
	c.why = true
	c.page.Top()
}

// DropPasted forgets the pasted texts.
func (c *Chooser) DropPasted() tea.Cmd {
	c.pasted = nil
	return c.judge()
}

// Toggle chooses the selected file, or leaves it out. What holds nothing says so.
func (c *Chooser) Toggle() tea.Cmd {
	e := c.at()
	c.err = ""
	if e == nil || e.dir {
		return nil
	}
	p := filepath.Join(c.dir, e.name)
	switch {
	case e.file == nil:
		c.err = c.theme.Say("not read yet")
		return nil
	case len(e.file.Items) == 0 && !c.chosen[p]:
		c.err = c.theme.Say("%s cannot be selected: it %s", layout.Quoted(e.name), Trouble(*e.file))
		return nil
	}
	c.touched, c.taking = true, false
	c.chosen[p] = !c.chosen[p]
	return c.judge()
}

// opened shows another folder. One that cannot be opened is named; the old list stays.
func (c *Chooser) opened(m folder) tea.Cmd {
	if m.err != nil {
		c.err = c.theme.Say("%s cannot be opened: %s", cert.Printable(m.dir), cert.Printable(c.theme.Error(cause(m.err))))
		if up := filepath.Dir(c.dir); !c.listed && m.dir == c.dir && up != c.dir {
			c.dir = up
			return Open(up)
		} else if !c.listed && m.dir != c.dir {
			return Open(c.dir)
		}
		return nil
	}
	if c.listed {
		c.err = ""
	}
	c.leave(m)
	from := c.dir
	c.dir, c.entries, c.read, c.listed = m.dir, m.entries, 0, true
	c.taking, c.why = false, false
	c.EndFilter(false)
	c.Select(0)
	if len(c.entries) > 1 {
		c.Select(1)
	}
	for i, e := range c.entries {
		if m.choose != "" && e.name == m.choose || m.choose == "" && e.dir && filepath.Join(c.dir, e.name) == from && e.name != ".." {
			c.Select(i)
		}
	}
	if m.choose != "" {
		c.chosen[filepath.Join(c.dir, m.choose)], c.touched = true, true
	}
	return c.look()
}

// leave keeps what a person chose in the folder that is left, and forgets what is no longer there in the one that comes.
func (c *Chooser) leave(m folder) {
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
func (c *Chooser) learnt(m contents) tea.Cmd {
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
	switch {
	case c.touched:
	case c.chain:
		return completing(c)
	default:
		c.preselect()
	}
	return c.judge()
}

// picked are the files of a folder that hold a CA certificate which completes a chain.
type picked struct {
	dir   string
	names []string
}

// completing lets a command find the files of the folder which complete chains.
func completing(c *Chooser) tea.Cmd {
	verdict, found, all := c.verdict, picked{dir: c.dir}, []cert.File{}
	for _, e := range c.entries {
		if e.file != nil {
			all = append(all, *e.file)
		}
	}
	return func() tea.Msg {
		v := verdict(all)
		needed := map[string]bool{}
		for _, ca := range append(v.Roots, v.Intermediates...) {
			needed[cert.Fingerprint(ca)] = true
		}
		for _, f := range all {
			if slices.ContainsFunc(f.Items, func(it cert.Item) bool { return it.Cert != nil && needed[cert.Fingerprint(it.Cert)] }) {
				found.names = append(found.names, filepath.Base(f.Name))
			}
		}
		return found
	}
}

// pick chooses the files that complete chains, unless a person has chosen or left the folder by now.
func pick(c *Chooser, m picked) tea.Cmd {
	if m.dir == c.dir && !c.touched {
		for _, name := range m.names {
			c.chosen[filepath.Join(c.dir, name)] = true
		}
	}
	return c.judge()
}

// preselect chooses what may belong to the reply: the certificates that answer a request, and all CAs beside them.
func (c *Chooser) preselect() {
	fits := false
	for _, e := range c.entries {
		fits = fits || e.file != nil && answers(c.requests, *e.file) != ""
	}
	if !fits {
		return
	}
	for _, e := range c.entries {
		if e.file == nil {
			continue
		}
		for _, it := range e.file.Items {
			if it.Kind == cert.Root || it.Kind == cert.Intermediate || answers(c.requests, *e.file) != "" {
				c.chosen[filepath.Join(c.dir, e.name)] = true
			}
		}
	}
}

// answers returns the node whose request a file answers, or "".
func answers(requests []cert.Request, file cert.File) string {
	for _, it := range file.Items {
		if it.Cert == nil {
			continue
		}
		for _, r := range requests {
			if cert.KeyID(r.CSR.PublicKey) == cert.KeyID(it.Cert.PublicKey) {
				return r.Node
			}
		}
	}
	return ""
}

// All chooses every file of this folder that holds something, or none where all are chosen already.
func (c *Chooser) All() tea.Cmd {
	c.touched, c.taking = true, false
	on := false
	for _, e := range c.entries {
		on = on || e.file != nil && len(e.file.Items) > 0 && !c.chosen[filepath.Join(c.dir, e.name)]
	}
	for _, e := range c.entries {
		if e.file != nil && len(e.file.Items) > 0 {
			c.chosen[filepath.Join(c.dir, e.name)] = on
		}
	}
	return c.judge()
}

// Chosen are the chosen files, by path: of this folder as they were read, of others as they were when it was left; and
// what was pasted.
func (c *Chooser) Chosen() []cert.File {
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
func elsewhere(chosen map[string]bool, dir string) int {
	n := 0
	for p, on := range chosen {
		if on && filepath.Dir(p) != dir {
			n++
		}
	}
	return n
}
