package read

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Bounds of archives and mails: what a CA sends stays far below them, and a hostile one ends at them.
const (
	MaxArchive  = 16 << 20 // of the file itself, in bytes
	maxEntries  = 1000     // files in it
	maxUnpacked = 32 << 20 // all files together, unpacked, in bytes
	maxNested   = 4        // archives and mails in archives and mails
)

// HeadSize is how many bytes of a file tell how large it may be.
const HeadSize = 512

// Limit is the largest size in bytes that a file with such a begin is read with: archives, mails and documents may be larger
// than certificates.
func Limit(head []byte) int {
	for _, magic := range []string{"PK\x03\x04", "\x1f\x8b", "BZh", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return MaxArchive
		}
	}
	if isTar(head) || isMail(head) {
		return MaxArchive
	}
	return MaxFile
}

func limit(data []byte) int { return Limit(data[:min(len(data), HeadSize)]) }

// room is what may still be unpacked of one file.
type room struct{ bytes, files int }

func newRoom() *room { return &room{maxUnpacked, maxEntries} }

var errRoom = errors.New("the archive unpacks to more than 32 MiB")

// take reads one packed file within its bounds. What is larger than a file may be is passed over where it is no certificate.
func (r *room) take(from io.Reader) ([]byte, error) {
	bound := min(r.bytes, MaxArchive)
	data, err := io.ReadAll(io.LimitReader(from, int64(bound)+1))
	r.bytes -= len(data)
	switch {
	case err != nil:
		return nil, err
	case len(data) > bound:
		return nil, errRoom
	}
	return data, nil
}

// packed reads archives, documents and mails of Outlook; it reports whether the bytes are one.
func (f *file) packed(data []byte) bool {
	read := (func([]byte))(nil)
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		read = f.zip
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		read = f.gzip
	case bytes.HasPrefix(data, []byte("BZh")) && len(data) > 10:
		read = f.bzip2
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		read = f.ole
	case isTar(data):
		read = f.tar
	default:
		return false
	}
	if f.depth >= maxNested {
		f.trouble(cert.Damaged, f.Name, msg.T("contains archives that are nested too deep"), msg.T(unpackFirst))
		return true
	}
	read(data)
	return true
}

// isTar: the magic of tar, which stands behind the first name.
func isTar(head []byte) bool { return len(head) >= 262 && string(head[257:262]) == "ustar" }

// inner reads what is packed in the file as if it lay in a folder.
func (f *file) inner(name string, data []byte) *file {
	one := &file{File: cert.File{Name: name}, room: f.room, depth: f.depth + 1}
	if f.room.files--; f.room.files < 0 {
		if f.room.files == -1 {
			f.trouble(cert.Damaged, f.Name, msg.T("contains more than %d files", maxEntries), msg.T("Unpack it, and select the CA's files."))
		}
		return one
	}
	if len(data) > limit(data) {
		one.trouble(large(data), name, msg.T("is too large for a CA reply"), msg.T("Select the files that the CA sent."))
	} else {
		one.content(data)
	}
	for _, it := range one.Items {
		f.item(it)
	}
	f.Troubles = append(f.Troubles, one.Troubles...)
	for _, form := range one.Forms {
		f.shaped(form)
	}
	return one
}

// refused names a packed file that could not be read.
func (f *file) refused(name string, err error) {
	what := msg.T("cannot be read: %s", err)
	if errors.Is(err, errRoom) {
		what = msg.T("is left out: %s", err)
	}
	f.trouble(cert.Damaged, name, what, msg.T("Unpack it, and select the CA's files."))
}

func (f *file) zip(data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		f.trouble(cert.Damaged, f.Name, msg.T("is a zip archive that cannot be read: %s", err), msg.T(copyInBinary))
		return
	}
	if f.document(z) {
		return
	}
	f.shaped("zip archive")
	if len(z.File) > maxEntries {
		f.trouble(cert.Damaged, f.Name, msg.T("contains more than %d files", maxEntries), msg.T("Unpack it, and select the CA's files."))
		return
	}
	for _, e := range z.File {
		if !e.Mode().IsRegular() || litter(e.Name) {
			continue
		}
		name := f.Name + ": " + e.Name
		switch inner, err := f.room.unzip(e); {
		case errors.Is(err, errRoom):
			f.refused(name, err)
			return
		case err != nil:
			f.refused(name, err)
		default:
			f.inner(name, inner)
		}
	}
}

// litter is what macOS packs beside each file.
func litter(name string) bool {
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(path.Base(name), "._")
}

// lockedFlag is set where a file in an archive is encrypted.
const lockedFlag = 1

func (r *room) unzip(e *zip.File) ([]byte, error) {
	if e.Flags&lockedFlag != 0 {
		return nil, errors.New("it is protected by a password")
	}
	from, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer from.Close()
	return r.take(from)
}

// document reads the text of a word processor's document, or of a spreadsheet; it reports whether the archive is one.
func (f *file) document(z *zip.Reader) bool {
	texts := map[string]msg.Text{"word/document.xml": msg.T("a Word document"), "content.xml": msg.T("an OpenDocument document"), "xl/sharedStrings.xml": msg.T("an Excel document")}
	for _, e := range z.File {
		what := texts[e.Name]
		if what.IsZero() || what.String() == "an OpenDocument document" && !hasFile(z, "mimetype") {
			continue
		}
		data, err := f.room.unzip(e)
		if err != nil {
			f.refused(f.Name, err)
			return true
		}
		text, forms := tidied(fromHTML(strings.ReplaceAll(string(data), "_x000D_", "\n")))
		one := f.reading(text, append(forms, what.String()))
		if one.Items == nil && one.Troubles == nil {
			f.trouble(cert.Damaged, f.Name, msg.T("is %s that contains no certificate", what), msg.T(certAsFile))
			return true
		}
		f.Items, f.Troubles = append(f.Items, one.Items...), append(f.Troubles, one.Troubles...)
		for _, form := range one.Forms {
			f.shaped(form)
		}
		return true
	}
	return false
}

const certAsFile = "Ask the CA for the certificate as a separate file."

func hasFile(z *zip.Reader, name string) bool {
	for _, e := range z.File {
		if e.Name == name {
			return true
		}
	}
	return false
}

func (f *file) gzip(data []byte) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		var inner []byte
		if inner, err = f.room.take(z); err == nil {
			f.shaped("gzip")
			f.inner(f.Name, inner)
			return
		}
	}
	f.trouble(cert.Damaged, f.Name, msg.T("is a gzip file that cannot be read: %s", err), msg.T(copyInBinary))
}

func (f *file) bzip2(data []byte) {
	inner, err := f.room.take(bzip2.NewReader(bytes.NewReader(data)))
	if err != nil {
		f.trouble(cert.Damaged, f.Name, msg.T("is a bzip2 file that cannot be read: %s", err), msg.T(copyInBinary))
		return
	}
	f.shaped("bzip2")
	f.inner(f.Name, inner)
}

func (f *file) tar(data []byte) {
	f.shaped("tar archive")
	t := tar.NewReader(bytes.NewReader(data))
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			f.trouble(cert.Damaged, f.Name, msg.T("is a tar archive that cannot be read completely: %s", err), msg.T(copyInBinary))
			return
		}
		if h.Typeflag != tar.TypeReg || litter(h.Name) {
			continue
		}
		inner, err := f.room.take(t)
		if err != nil {
			f.refused(f.Name+": "+h.Name, err)
			return
		}
		f.inner(f.Name+": "+h.Name, inner)
	}
}

// Streams of a mail of Outlook (MS-OXMSG): the bytes of an attachment, its long and its short name, and the text.
const (
	attachmentData = "__substg1.0_37010102"
	longName       = "__substg1.0_3707001F"
	mailText       = "__substg1.0_1000001F"
	mailTextOld    = "__substg1.0_1000001E"
)

// ole reads a mail that Outlook saved, or another compound file of Microsoft's.
func (f *file) ole(data []byte) {
	streams, names := f.streams(data)
	before := len(f.Items)
	for _, at := range slices.Sorted(maps.Keys(streams)) {
		one := streams[at]
		switch path.Base(at) {
		case attachmentData:
			name := names[path.Dir(at)]
			if name == "" {
				name = "attachment"
			}
			f.inner(f.Name+": "+name, one)
		case mailText, mailTextOld:
			f.reads(one)
		}
	}
	if len(streams) == 0 || len(f.Items) == before {
		f.reads(data)
	}
	if len(f.Items) == before {
		f.trouble(cert.Damaged, f.Name, msg.T("is an Outlook message (.msg) or another Microsoft Office document"), msg.T("Open it, and save its attachments as files."))
		return
	}
	f.shaped("an Outlook message")
	if len(streams) == 0 {
		f.trouble(cert.Damaged, f.Name, msg.T("is an Outlook message whose parts cannot be separated: only its text was read"), msg.T("Open it, and save its attachments as files."))
	}
}

// reads takes what a text holds where it holds something; what else it is does not matter.
func (f *file) reads(data []byte) {
	text, _, _ := decoded(data)
	text, _ = tidied(text)
	one := f.reading(text, nil)
	for _, it := range one.Items {
		f.item(it)
	}
}

// maxStreams bounds how many streams of a compound file are looked at.
const maxStreams = 5000

// streams are the streams of a compound file that matter, by their path, and the names of the attachments by theirs.
func (f *file) streams(data []byte) (streams map[string][]byte, names map[string]string) {
	streams, names = map[string][]byte{}, map[string]string{}
	doc, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return streams, names
	}
	for range maxStreams {
		e, err := doc.Next()
		if err != nil {
			return streams, names
		}
		at := path.Join(append(append([]string{}, e.Path...), e.Name)...)
		switch e.Name {
		case attachmentData, mailText, mailTextOld, longName:
		default:
			continue
		}
		one, err := f.room.take(e)
		if err != nil {
			continue
		}
		if e.Name == longName {
			names[path.Dir(at)] = fromUTF16(one)
			continue
		}
		streams[at] = one
	}
	return streams, names
}

func fromUTF16(data []byte) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i])|uint16(data[i+1])<<8)
	}
	return string(utf16.Decode(units))
}
