package session

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// Limits of what is read from a file that another person sent. It is held in memory until all of it was looked at.
const (
	MaxBundle   = 256 << 20 // bytes
	bundleFiles = 20000
)

const (
	bundleFormat = 1
	manifestName = "uccx-tui.json" // the first file
	sealName     = "SEAL"          // the last: SHA-256, hex, of all bytes before it
)

// Bundle is a session as one file: a tar archive that is the same for the same content, byte by byte.
type Bundle struct {
	Name    string  // of the session where it was packed
	Program string  // version that packed it
	Entries []Entry // of its journal
	files   map[string][]byte
	packed  int // entries that it held when it was read
}

type manifest struct {
	Format  int    `json:"format"`
	Name    string `json:"name"`
	Program string `json:"program"`
}

// Pack writes an open session as one file: journal, CSRs, certificates, transcripts, reports. also are more folders by
// the name below which they are packed, such as the disks of a lab. Locks and half-written files are left out.
func (s *Session) Pack(program string, also map[string]string) ([]byte, error) {
	b := Bundle{Name: s.name, Program: program, files: map[string][]byte{}}
	if err := b.gather("", s.dir); err != nil {
		return nil, err
	}
	for prefix, dir := range also {
		if err := b.gather(prefix+"/", dir); err != nil {
			return nil, err
		}
	}
	return b.encode()
}

// gather reads all files of a folder.
func (b *Bundle) gather(prefix, dir string) error {
	total, refused := int64(0), error(nil)
	err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(dir, at)
		if err != nil {
			return err
		}
		if slices.Contains([]string{lockName, holderName, takingName}, d.Name()) || strings.HasPrefix(d.Name(), tempMark) {
			return nil
		}
		name := prefix + filepath.ToSlash(rel)
		if why := refusedName(name); !why.IsZero() {
			refused = msg.Errorf("%q %s. Nothing was written. Move it out of the session folder.", name, why)
			return refused
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if total += info.Size(); total > MaxBundle/2 {
			refused = msg.Errorf("the session is larger than %d MB. Nothing was written.", MaxBundle>>21)
			return refused
		}
		b.files[name], err = regular.Read(at, maxFile)
		return err
	})
	if err != nil && refused == nil {
		return said("cannot export the session", dir, err)
	}
	return refused
}

// refusedName says why a file of that name is neither packed nor unpacked: what people and systems could take for
// something else is not let through.
func refusedName(name string) msg.Text {
	if base := path.Base(name); name == manifestName || name == sealName || base == lockName || base == holderName || base == takingName || len(name) > 250 {
		return msg.T("is not a valid file name for a session")
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.Trim(part, ".") == "" || strings.HasPrefix(part, ".") {
			return msg.T("points outside the session folder, or is hidden")
		}
		for _, r := range part {
			if r <= ' ' || r >= 0x7f || strings.ContainsRune(`\:*?"<>|`, r) {
				return msg.T("contains a character that session files never use")
			}
		}
	}
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return msg.T("points outside the session folder")
	}
	return msg.Text{}
}

// encode makes the file: the manifest, all files in order, the seal; no times, owners or rights.
func (b *Bundle) encode() ([]byte, error) {
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	put := func(name string, data []byte) error {
		err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(data)), ModTime: time.Unix(0, 0), Format: tar.FormatPAX})
		if err == nil {
			_, err = w.Write(data)
		}
		return errors.Join(err, w.Flush())
	}
	head, err := json.Marshal(manifest{bundleFormat, b.Name, b.Program})
	if err == nil {
		err = put(manifestName, append(head, '\n'))
	}
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		err = errors.Join(err, put(name, b.files[name]))
	}
	err = errors.Join(err, put(sealName, []byte(sumOf(buf.Bytes())+"\n")), w.Close())
	if err != nil {
		return nil, msg.Errorf("the session cannot be packed: %w", err)
	}
	return buf.Bytes(), nil
}

// BadBundle tells why a file that another person sent is refused. Nothing was written.
type BadBundle struct {
	File string // within the archive; may be empty
	Why  msg.Text
}

// Text names the place within the archive.
func (r *BadBundle) Text() msg.Text {
	if r.File == "" {
		return msg.T("%s: nothing was written", r.Why)
	}
	return msg.T("%q in it %s: nothing was written", r.File, r.Why)
}

// Error is the same in English.
func (r *BadBundle) Error() string { return r.Text().String() }

// ReadBundle reads a file that Pack made, and looks at all of it before it returns: names, seal, the chain of the
// journal, every file that the journal names, every line of the transcripts. The files below the prefixes in beside are of
// another kind, and their logs have no sums. Errors are *BadBundle or of reading.
func ReadBundle(r io.Reader, beside ...string) (*Bundle, error) {
	data, err := bounded(r, MaxBundle)
	if err != nil {
		return nil, err
	}
	b := &Bundle{files: map[string][]byte{}}
	if err := b.decode(data); err != nil {
		return nil, err
	}
	again, err := b.encode()
	if err != nil {
		return nil, &BadBundle{"", msg.Of(err)}
	}
	if !bytes.Equal(again, data) { // the seal, every header, and whatever stands between or behind
		return nil, &BadBundle{"", msg.T("the file was changed after the export")}
	}
	return b, b.check(beside)
}

// bounded reads a file of at most so many bytes. One that is larger is not read where its size is known.
func bounded(r io.Reader, most int64) ([]byte, error) {
	large := &BadBundle{"", msg.T("is larger than %d MB", most>>20)}
	if f, ok := r.(*os.File); ok {
		if at, err := f.Stat(); err == nil && at.Size() > most {
			return nil, large
		}
	}
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, msg.Errorf("the export cannot be read: %w. Nothing was imported.", err)
	case int64(len(data)) > most:
		return nil, large
	}
	return data, nil
}

// decode takes the archive apart. Whatever is odd in it is refused.
func (b *Bundle) decode(data []byte) error {
	r := tar.NewReader(bytes.NewReader(data))
	folded := map[string]bool{}
	room := int64(len(data)) // what is in it cannot be more than it is itself
	for n := 0; ; n++ {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		switch {
		case err != nil:
			return &BadBundle{"", msg.T("not a session file, or damaged")}
		case n > bundleFiles:
			return &BadBundle{"", msg.T("the file contains too many entries")}
		case h.Typeflag != tar.TypeReg:
			return &BadBundle{h.Name, msg.T("is a link or another special file")}
		case h.Size < 0 || h.Size > room:
			return &BadBundle{h.Name, msg.T("is larger than the export file")}
		case (n == 0) != (h.Name == manifestName):
			return &BadBundle{h.Name, msg.T("is in place of the session description: not a session file")}
		case folded[strings.ToLower(h.Name)]:
			return &BadBundle{h.Name, msg.T("is listed twice")}
		}
		folded[strings.ToLower(h.Name)] = true
		room -= h.Size
		content, err := io.ReadAll(r)
		if err != nil {
			return &BadBundle{h.Name, msg.T("is damaged: %s", err)}
		}
		if err := b.file(h.Name, content); err != nil {
			return err
		}
	}
	if !folded[manifestName] {
		return &BadBundle{"", msg.T("the file is empty")}
	}
	for name := range b.files {
		for dir := path.Dir(strings.ToLower(name)); dir != "."; dir = path.Dir(dir) {
			if folded[dir] {
				return &BadBundle{name, msg.T("is inside another file")}
			}
		}
	}
	return nil
}

func (b *Bundle) file(name string, content []byte) error {
	switch name {
	case manifestName:
		var m manifest
		if err := json.Unmarshal(content, &m); err != nil {
			return &BadBundle{name, msg.T("is not a session description")}
		}
		if m.Format > bundleFormat {
			return &BadBundle{"", msg.T("exported by a newer uccx-tui (%s, format %d; this one reads format %d). Use that version.", m.Program, m.Format, bundleFormat)}
		}
		b.Name, b.Program = m.Name, m.Program
		return nil
	case sealName:
		return nil // it is compared when the file is rebuilt
	}
	if why := refusedName(name); !why.IsZero() {
		return &BadBundle{name, why}
	}
	b.files[name] = content
	return nil
}

// check compares the content with itself: the chain of the journal, and all that hangs on it.
func (b *Bundle) check(beside []string) error {
	data, ok := b.files[journalName]
	if !ok {
		return &BadBundle{"", msg.T("the file contains no journal")}
	}
	entries, whole, err := scan(journalName, data)
	if err != nil {
		return &BadBundle{journalName, msg.T("is damaged: %s", err)}
	}
	if whole != len(data) || len(entries) == 0 {
		return &BadBundle{journalName, msg.T("is incomplete")}
	}
	b.Entries, b.packed = entries, len(entries)
	for rel, sum := range namedIn(entries) {
		if content, ok := b.files[rel]; !ok || sumOf(content) != sum {
			return &BadBundle{rel, msg.T("is missing, or differs from the journal")}
		}
	}
	for name, content := range b.files {
		if strings.HasSuffix(name, ".log") && !below(name, beside) && len(badLines(content)) > 0 {
			return &BadBundle{name, msg.T("has changed lines")}
		}
	}
	return nil
}

// below reports whether a file lies below one of the prefixes.
func below(name string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix+"/") })
}

// Has reports whether files below a prefix were packed.
func (b *Bundle) Has(prefix string) bool {
	for name := range b.files {
		if strings.HasPrefix(name, prefix+"/") {
			return true
		}
	}
	return false
}

// Extract writes the files below a prefix into a new folder; one that is there already is an error.
func (b *Bundle) Extract(prefix, dir string) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return said("cannot create the folder", dir, err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return said("cannot create the folder", dir, err)
	}
	return b.write(dir, func(name string) (string, bool) { return strings.CutPrefix(name, prefix+"/") })
}

// write puts the files for which to gives a name below a folder.
func (b *Bundle) write(dir string, to func(name string) (string, bool)) error {
	for _, name := range slices.Sorted(maps.Keys(b.files)) {
		rel, ok := to(name)
		if !ok {
			continue
		}
		at := filepath.Join(dir, filepath.FromSlash(path.Clean(rel)))
		if err := makeDir(system{}, filepath.Dir(at)); err != nil {
			return err
		}
		if err := writeWhole(system{}, at, b.files[name]); err != nil {
			return said("cannot write the file", at, err)
		}
	}
	return nil
}

// Add puts an entry of this program behind the last one, so that it arrives together with the rest.
func (b *Bundle) Add(kind string, data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return msg.Errorf("journal: the data of %s cannot be written as JSON: %w", kind, err)
	}
	last, m := b.Entries[len(b.Entries)-1], me()
	e := Entry{Seq: last.Seq + 1, Time: time.Now().UTC(), Who: m.Owner + "@" + m.Host, Kind: kind, Data: raw, Texts: msg.Origins(data), Prev: last.Sum}
	line, err := e.line()
	if err != nil {
		return msg.Errorf("journal: the entry cannot be written as JSON: %w", err)
	}
	b.files[journalName] = append(slices.Clip(b.files[journalName]), line...)
	b.Entries = append(b.Entries, e)
	return nil
}
