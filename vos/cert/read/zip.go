package read

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Bounds of an archive: what a CA sends stays far below them, and a hostile one ends at them.
const (
	MaxArchive   = 16 << 20 // of the archive itself, in bytes
	maxEntries   = 1000     // files in it
	maxUnpacked  = 32 << 20 // all files together, unpacked, in bytes
	maxZipNested = 2        // archives in archives
)

// IsArchive reports whether the bytes begin as a zip archive does.
func IsArchive(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// archive reads every file of a zip archive as if it lay in a folder.
func (f *file) archive(data []byte, source string, depth int, left *int64) {
	if depth > maxZipNested {
		f.trouble(errors.New("contains nested archives: unpack it first"))
		return
	}
	f.shaped("zip archive")
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		f.trouble(fmt.Errorf("cannot read the zip archive: %w", err))
		return
	}
	if len(z.File) > maxEntries {
		f.trouble(fmt.Errorf("holds more than %d files: unpack it and choose the CA's files", maxEntries))
		return
	}
	for _, e := range z.File {
		if !e.Mode().IsRegular() {
			continue
		}
		if inner, err := unpack(e, left); err != nil {
			f.trouble(fmt.Errorf("%s: %w", cert.Printable(e.Name), err))
		} else {
			f.packed(inner, source+": "+e.Name, depth, left)
		}
	}
}

// packed reads one file of an archive. A letter of the CA is passed over; what is damaged is not.
func (f *file) packed(data []byte, name string, depth int, left *int64) {
	if IsArchive(data) {
		f.archive(data, name, depth+1, left)
		return
	}
	got := Parse(name, data)
	f.Items = append(f.Items, got.Items...)
	for _, shape := range got.Forms {
		f.shaped(shape)
	}
	if got.Err != nil && !got.Other {
		f.trouble(fmt.Errorf("%s: %w", cert.Printable(name), got.Err))
	}
}

// lockedFlag is set where a file in an archive is encrypted.
const lockedFlag = 1

func unpack(e *zip.File, left *int64) ([]byte, error) {
	if e.Flags&lockedFlag != 0 {
		return nil, errors.New("password-protected: unpack the archive first")
	}
	r, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	limit := min(*left, int64(MaxFile))
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	*left -= int64(len(data))
	switch {
	case err != nil || int64(len(data)) <= limit:
		return data, err
	case limit < MaxFile:
		return nil, errors.New("the archive unpacks to more than 32 MiB: unpack it and choose the CA's files")
	case data[0] == 0x30 || bytes.Contains(data, []byte(begin)):
		return nil, errors.New("too large for a CA reply")
	}
	return nil, nil // a manual, a picture
}
