package read

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// MaxFile is the largest file that is read, in bytes: a CA's reply has some thousands.
const MaxFile = 1 << 20

// file is a file that is being read.
type file struct {
	cert.File
	room  *room // of the whole file that was chosen, with all that is packed in it
	depth int   // how many archives and mails it lies in
}

// Parse finds out by content what is in a file: PEM, also as word processors, mail programs, web pages and APIs leave it,
// DER, PKCS#7, CSRs, bare base64, and all of these in mails, documents and archives. Each part that is none of these has its
// reason in Troubles.
func Parse(name string, data []byte) cert.File {
	f := &file{File: cert.File{Name: name}, room: newRoom()}
	switch {
	case limit(data) < len(data) && limit(data) == MaxFile:
		f.trouble(large(data), name, msg.T("is larger than 1 MiB: not a CA reply"), msg.T("Select the files that the CA sent."))
	case limit(data) < len(data):
		f.trouble(cert.Damaged, name, msg.T("is larger than 16 MiB: not a CA reply"), msg.T(unpackFirst))
	default:
		f.content(data)
	}
	f.finish()
	return f.File
}

// Text reads a text that was pasted or typed: PEM whose line ends may be lost, and all else that a text may be. Bytes that are
// no text are left out.
func Text(name, text string) cert.File {
	f := &file{File: cert.File{Name: name}, room: newRoom()}
	if data := []byte(strings.ToValidUTF8(text, "")); len(bytes.TrimSpace(data)) > 0 && !f.text(data) {
		f.named(data, name)
	}
	f.finish()
	return f.File
}

// large is the weight of a file that is too large: a manual or a picture, or perhaps a bundle.
func large(data []byte) cert.Weight {
	if data[0] == 0x30 || bytes.Contains(data, []byte(begin)) {
		return cert.Damaged
	}
	return cert.Letter
}

// unnumbered names no block in a file that has only one.
func (f *file) unnumbered() {
	first, second := fmt.Sprintf("%s, block 1", f.Name), fmt.Sprintf("%s, block 2", f.Name)
	sources := make([]*string, 0, len(f.Items)+len(f.Troubles))
	for i := range f.Items {
		sources = append(sources, &f.Items[i].Source)
	}
	for i := range f.Troubles {
		sources = append(sources, &f.Troubles[i].Source)
	}
	if slices.ContainsFunc(sources, func(s *string) bool { return strings.HasPrefix(*s, second) }) {
		return
	}
	for _, s := range sources {
		if *s == first {
			*s = f.Name
		}
	}
}

// finish says in one line what the file has no items for.
func (f *file) finish() {
	f.unnumbered()
	if n := f.certificates(); n > 1 {
		f.shaped(msg.T("%d certificates in one file", n).String())
	}
	if len(f.Items) == 0 && len(f.Troubles) == 0 {
		f.trouble(cert.Letter, f.Name, msg.T("contains no certificate"), msg.Text{})
	}
	if len(f.Items) > 0 || slices.ContainsFunc(f.Troubles, func(t cert.Trouble) bool { return t.Weight != cert.Letter }) { // letters beside them need no word
		f.Troubles = slices.DeleteFunc(f.Troubles, func(t cert.Trouble) bool { return t.Weight == cert.Letter })
	}
	f.Other = true
	var all []string
	for _, t := range f.Troubles {
		words := t.What.String()
		if t.Source != f.Name {
			words = strings.TrimPrefix(strings.TrimPrefix(t.Source, f.Name+", "), f.Name+": ") + " " + words
		}
		if !t.Cure.IsZero() && t.Weight == cert.Damaged {
			words += ": " + strings.ToLower(t.Cure.String()[:1]) + strings.TrimSuffix(t.Cure.String()[1:], ".")
		}
		f.Other = f.Other && t.Weight != cert.Damaged
		all = append(all, cert.Printable(words))
	}
	if more := len(all) - maxLine; more > 0 {
		all = append(all[:maxLine], msg.T("and %d more", more).String())
	}
	if len(all) > 0 {
		f.Err = errors.New(strings.Join(all, "; "))
	}
}

// content reads bytes of any kind.
func (f *file) content(data []byte) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		f.trouble(cert.Letter, f.Name, msg.T("is empty"), msg.Text{})
	case f.packed(data):
	case isBinary(bytes.TrimPrefix(data, []byte(mark))) && f.binary(bytes.TrimPrefix(data, []byte(mark))):
	case !f.armor(data) && !f.text(data):
		f.named(data, f.Name)
	}
}

// isBinary reports whether bytes may be DER, whole or damaged.
func isBinary(data []byte) bool {
	return len(data) > 1 && data[0] == 0x30 && (data[1] >= 0x80 || wholeDER(data))
}

// binary reads DER objects, and those that were damaged on their way; it reports whether the bytes were that.
func (f *file) binary(data []byte) bool {
	if !wholeDER(data) && bytes.Contains(data, []byte(begin)) {
		return false // PEM may begin with anything
	}
	if mended, how := undone(data); mended != nil && !wholeDER(data) {
		f.shaped(how)
		data = mended
	}
	before := len(f.Items) + len(f.Troubles)
	if f.objects(data, f.Name); f.certificates() > 0 {
		f.shaped("DER")
	}
	return len(f.Items)+len(f.Troubles) > before
}

// objects reads DER objects that stand one behind the other; what follows the last one, such as a line end, is passed over.
func (f *file) objects(data []byte, source string) {
	base := source
	for n := 2; ; n++ {
		one, rest, err := ber.First(data)
		if err != nil || one.Tag != 0x30 {
			f.der(data, source)
			return
		}
		before := len(f.Items)
		f.der(one.Full, source)
		if rest = bytes.Trim(rest, " \t\r\n\x00\x1a"); len(rest) == 0 || len(f.Items) == before {
			return
		}
		data, source = rest, fmt.Sprintf("%s, part %d", base, n)
	}
}

// der tells by its content what a DER (or BER) object is.
func (f *file) der(der []byte, source string) {
	if isPKCS7(der) {
		f.pkcs7(der, source)
		return
	}
	if c, err := cert.FromDER(der); err == nil {
		f.item(cert.Item{Kind: cert.Classify(c), Cert: c, Source: source})
		return
	}
	if r, err := cert.RequestFromDER(der); err == nil {
		f.item(cert.Item{Kind: cert.CSR, Request: r, Source: source})
		return
	}
	if isKey(der) {
		f.item(cert.Item{Kind: cert.Key, Source: source})
		return
	}
	f.named(der, source)
}

// item keeps a thing once: mails hold their text twice, and documents their drafts.
func (f *file) item(it cert.Item) {
	if it.Cert != nil && f.depth > 0 && slices.ContainsFunc(f.Items, func(o cert.Item) bool { return o.Cert != nil && o.Cert.Equal(it.Cert) }) {
		return
	}
	f.Items = append(f.Items, it)
}

// wholeDER reports whether the bytes are one DER object from the first to the last.
func wholeDER(data []byte) bool {
	var one asn1.RawValue
	rest, err := asn1.Unmarshal(data, &one)
	return err == nil && data[0] == 0x30 && len(bytes.TrimSpace(rest)) == 0
}

// certificates counts those in the file.
func (f *file) certificates() int {
	n := 0
	for _, it := range f.Items {
		if it.Cert != nil {
			n++
		}
	}
	return n
}

// shaped notes a form that no node takes.
func (f *file) shaped(words string) {
	if !slices.Contains(f.Forms, words) {
		f.Forms = append(f.Forms, words)
	}
}

// maxTroubles bounds how many parts of one file are named one by one, maxLine how many of them in one line.
const (
	maxTroubles = 1000
	maxLine     = 20
)

func (f *file) trouble(w cert.Weight, source string, what, cure msg.Text) {
	if len(f.Troubles) < maxTroubles {
		f.Troubles = append(f.Troubles, cert.Trouble{Weight: w, Source: source, What: what, Cure: cure})
	}
}
