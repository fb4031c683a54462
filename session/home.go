package session

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/adrg/xdg"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// Home is the folder under which everything lies: sessions/NAME and labs/NAME.
type Home struct {
	Dir  string
	disk disk // nil: the operating system's
}

func (h Home) onDisk() disk {
	if h.disk == nil {
		return system{}
	}
	return h.disk
}

// DefaultHome is uccx-tui under the XDG state folder. It refuses an empty or relative HOME where XDG_STATE_HOME gives
// nothing, because sessions would end up in the root folder.
func DefaultHome() (Home, error) {
	xdg.Reload()
	state := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		home, err := os.UserHomeDir()
		if err != nil || !filepath.IsAbs(home) {
			return Home{}, msg.Errorf("No folder for sessions: HOME is empty or not an absolute path. Nothing was written. Set HOME or " +
				"XDG_STATE_HOME.")
		}
		state = xdg.StateHome
	}
	return Home{Dir: filepath.Join(state, "uccx-tui")}, nil
}

// LabDir returns the folder of a lab cluster.
func (h Home) LabDir(name string) string { return filepath.Join(h.Dir, "labs", safeName(name)) }

// SessionDir returns the folder of a session, there or not.
func (h Home) SessionDir(name string) string { return h.dir(name) }

func (h Home) sessions() string { return filepath.Join(h.Dir, "sessions") }

func (h Home) dir(name string) string { return filepath.Join(h.sessions(), safeName(name)) }

// safeName makes one folder name of what a person typed: letters, digits, "-", "_" and "."; never empty, never hidden.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			return r
		case r == ' ', r == '/', r == '\\':
			return '-'
		}
		return -1
	}, strings.TrimSpace(name))
	name = strings.Trim(name, ".-")
	name = strings.TrimRight(name[:min(len(name), 60)], ".-") // Windows drops a "." at the end
	if name == "" {
		return "session"
	}
	return name
}

// Portable gives a name of a folder or file that Windows reserves for a device another beginning, so that a session can be carried
// there from any system.
func Portable(name string) string {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToLower(strings.TrimRight(stem, " "))
	device := len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
	if device || slices.Contains([]string{"con", "prn", "aux", "nul", "conin$", "conout$"}, stem) {
		return "_" + name
	}
	return name
}

// portablePath is Portable for each part of a path inside a session, which has "/" or this system's separators.
func portablePath(rel string) string {
	parts := strings.Split(filepath.ToSlash(rel), "/")
	for i, part := range parts {
		parts[i] = Portable(part)
	}
	return filepath.FromSlash(strings.Join(parts, "/"))
}

// Create makes a session of that name, or name-2, name-3 where it is taken, and holds it.
func (h Home) Create(name string) (*Session, error) {
	d := h.onDisk()
	if err := makeDir(d, h.sessions()); err != nil {
		return nil, err
	}
	base := Portable(safeName(name))
	for i := 1; ; i++ {
		name = base
		if i > 1 {
			name = base + "-" + strconv.Itoa(i)
		}
		dir := h.dir(name)
		err := d.mkdir(dir)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return nil, said("the session folder cannot be created", dir, err)
		}
		if err := errors.Join(os.Chmod(dir, 0o700), d.syncDir(h.sessions())); err != nil {
			return nil, errors.Join(said("the session folder cannot be created", dir, err), regular.RemoveAll(dir))
		}
		s, err := openSession(d, name, dir)
		if err != nil { // nothing was promised in it: no half folder is left
			return nil, errors.Join(err, regular.RemoveAll(dir))
		}
		return s, nil
	}
}

func makeDir(d disk, dir string) error {
	if err := d.mkdirAll(dir); err != nil {
		return said("cannot create the folder", dir, err)
	}
	return nil
}

// Open takes a session up and holds it. Errors: *Held, *Damaged, *Fault, or that there is no such session.
func (h Home) Open(name string) (*Session, error) {
	if err := h.exists(name); err != nil {
		return nil, err
	}
	return openSession(h.onDisk(), safeName(name), h.dir(name))
}

// Unknown tells that there is no session of a name. Nothing was done.
type Unknown struct{ Name string }

// Text says where the names stand.
func (u *Unknown) Text() msg.Text {
	return msg.T("No session named %q. List sessions with: uccx-tui sessions", u.Name)
}

// Error is the same in English.
func (u *Unknown) Error() string { return u.Text().String() }

func (h Home) exists(name string) error {
	if at, err := os.Lstat(h.dir(name)); err == nil && !at.IsDir() {
		return said("cannot read the session", h.dir(name), regular.ErrSpecial)
	}
	if err := regular.Check(filepath.Join(h.dir(name), journalName)); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return &Unknown{name}
		}
		return said("cannot read the session", h.dir(name), err)
	}
	return nil
}

// Read returns the entries of a session without its lock and without touching it.
func (h Home) Read(name string) ([]Entry, error) {
	if err := h.exists(name); err != nil {
		return nil, err
	}
	path := filepath.Join(h.dir(name), journalName)
	data, err := regular.Read(path, maxFile)
	if err != nil {
		return nil, said("cannot read the journal", path, err)
	}
	entries, _, err := scan(path, data)
	return entries, err
}

// Info is one session of a list.
type Info struct {
	Name     string
	Dir      string
	Modified time.Time // of the last entry
	Held     *Holder   // the program that has it open, or nil
	Err      error     // why the folder cannot be read
}

// List returns all sessions, the last touched first. It reads no journal.
func (h Home) List() ([]Info, error) {
	dirs, err := os.ReadDir(h.sessions())
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, said("cannot list the sessions", h.sessions(), err)
	}
	var all []Info
	for _, d := range dirs {
		if !d.IsDir() || strings.HasPrefix(d.Name(), arriving) {
			continue
		}
		info := Info{Name: d.Name(), Dir: filepath.Join(h.sessions(), d.Name())}
		at, err := os.Lstat(filepath.Join(info.Dir, journalName))
		if err == nil && !at.Mode().IsRegular() {
			err = regular.ErrSpecial
		}
		switch {
		case errors.Is(err, os.ErrNotExist):
			continue // made, but nothing was ever promised in it
		case err != nil:
			info.Err = said("cannot read the journal", info.Dir, err)
		default:
			info.Modified = at.ModTime()
			info.Held = holderOf(info.Dir)
		}
		all = append(all, info)
	}
	sort.SliceStable(all, func(i, k int) bool { return all[i].Modified.After(all[k].Modified) })
	return all, nil
}
