package read

import (
	"bytes"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// MaxFile is the largest file that is read, in bytes: a CA's reply has some thousands.
const MaxFile = 1 << 20

// file is a file that is being read.
type file struct{ cert.File }

// Parse finds out by content what is in a file: PEM (several, with text around), DER (several), PKCS#7 in PEM, DER or BER,
// CSRs, bare base64, UTF-16 texts of these, and zip archives.
func Parse(name string, data []byte) cert.File {
	f := file{cert.File{Name: name}}
	if IsArchive(data) && len(data) <= MaxArchive {
		left := int64(maxUnpacked)
		f.archive(data, name, 1, &left)
	} else if len(data) > MaxFile {
		f.Err = errors.New("larger than 1 MiB: not a CA reply")
		f.Other = data[0] != 0x30 && !bytes.Contains(data, []byte(begin)) // a manual, a picture
	} else {
		text := plain(data)
		if len(text) != len(data) {
			f.shaped("UTF-16")
		}
		f.read(text)
	}
	if n := f.certificates(); n > 1 {
		f.shaped(fmt.Sprintf("%d certificates in one file", n))
	}
	if len(f.Items) == 0 && f.Err == nil {
		f.Err, f.Other = errors.New("contains no certificate"), true
	}
	return f.File
}

func (f *file) read(data []byte) {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		f.Err, f.Other = errors.New("is empty"), true
	case bytes.Contains(data, []byte(begin)) && !wholeDER(data): // DER may hold these words in a name
		f.pem(data)
	default:
		shape := "DER"
		if der := bare(data); der != nil {
			data, shape = der, "base64 without BEGIN and END lines"
		}
		if f.objects(data); f.certificates() > 0 {
			f.shaped(shape)
		}
	}
}

// pem reads every block; a bad one does not hide the good ones, and is not passed over in silence.
func (f *file) pem(data []byte) {
	if bytes.HasPrefix(data, []byte(mark)) {
		f.shaped("a byte order mark")
	}
	if bytes.ContainsRune(data, '\r') {
		f.shaped("Windows line ends")
	}
	data = normal(data)
	for n := 1; ; n++ {
		block, rest := pem.Decode(data)
		if bad := bytes.Count(data[:len(data)-len(rest)], []byte(begin)); block != nil && bad > 1 || block == nil && bytes.Contains(data, []byte(begin)) {
			f.trouble(fmt.Errorf("block %d is truncated or not PEM: copy the whole file again", n))
			n += max(bad-1, 0)
		}
		if block == nil {
			return
		}
		f.block(block, fmt.Sprintf("%s, block %d", f.Name, n))
		data = rest
	}
}

func (f *file) block(b *pem.Block, source string) {
	switch {
	case strings.HasSuffix(b.Type, "PRIVATE KEY"):
		f.Items = append(f.Items, cert.Item{Kind: cert.Key, Source: source})
	case strings.HasSuffix(b.Type, "REQUEST"):
		f.request(b.Bytes, source)
	case b.Type == "TRUSTED CERTIFICATE":
		f.shaped(b.Type)
		f.trusted(b.Bytes, source)
	case b.Type == "CERTIFICATE" || b.Type == "X509 CERTIFICATE" || b.Type == "PKCS7" || b.Type == "CMS":
		f.der(b.Bytes, source)
	}
}

// trusted reads OpenSSL's TRUSTED CERTIFICATE: a certificate with trust settings behind it.
func (f *file) trusted(der []byte, source string) {
	var raw asn1.RawValue
	if _, err := asn1.Unmarshal(der, &raw); err != nil {
		f.trouble(fmt.Errorf("%s: is no certificate: %w", cert.Printable(source), err))
		return
	}
	f.der(raw.FullBytes, source)
}

// objects reads DER objects that stand one behind the other; what follows the last one, such as a line end, is passed over.
func (f *file) objects(data []byte) {
	source := f.Name
	for n := 2; ; n++ {
		var one asn1.RawValue
		rest, err := asn1.Unmarshal(data, &one)
		if err != nil || data[0] != 0x30 {
			f.der(data, source)
			return
		}
		before := len(f.Items)
		f.der(one.FullBytes, source)
		if rest = bytes.Trim(rest, " \t\r\n\x00\x1a"); len(rest) == 0 || len(f.Items) == before {
			return
		}
		data, source = rest, fmt.Sprintf("%s, part %d", f.Name, n)
	}
}

// der tells by its content what a DER (or BER) object is.
func (f *file) der(der []byte, source string) {
	if isPKCS7(der) {
		f.pkcs7(der, source)
		return
	}
	if c, err := cert.FromDER(der); err == nil {
		f.Items = append(f.Items, cert.Item{Kind: cert.Classify(c), Cert: c, Source: source})
		return
	}
	if r, err := cert.RequestFromDER(der); err == nil {
		f.Items = append(f.Items, cert.Item{Kind: cert.CSR, Request: r, Source: source})
		return
	}
	if isKey(der) {
		f.Items = append(f.Items, cert.Item{Kind: cert.Key, Source: source})
		return
	}
	f.other(der)
}

func (f *file) request(der []byte, source string) {
	r, err := cert.RequestFromDER(der)
	if err != nil {
		f.trouble(fmt.Errorf("%s: the CSR cannot be read: %w", cert.Printable(source), err))
		return
	}
	f.Items = append(f.Items, cert.Item{Kind: cert.CSR, Request: r, Source: source})
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

func (f *file) trouble(err error) {
	if f.Err == nil || f.Other {
		f.Err, f.Other = err, false
	}
}
