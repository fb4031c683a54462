package cert

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
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
func (f *File) archive(data []byte, source string, depth int, left *int64) {
	if depth > maxZipNested {
		f.trouble(errors.New("holds archives in archives in archives: unpack it first"))
		return
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		f.trouble(fmt.Errorf("is a zip archive that cannot be read: %w", err))
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
		inner, err := unpack(e, left)
		if err != nil {
			f.trouble(fmt.Errorf("%s: %w", Printable(e.Name), err))
			continue
		}
		name := source + ": " + e.Name
		if IsArchive(inner) {
			f.archive(inner, name, depth+1, left)
			continue
		}
		got := Parse(name, inner) // what is no certificate in it, such as a letter, is passed over
		f.Items = append(f.Items, got.Items...)
	}
}

func unpack(e *zip.File, left *int64) ([]byte, error) {
	r, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	limit := min(*left, int64(MaxFile))
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	*left -= int64(len(data))
	if err == nil && int64(len(data)) > limit {
		err = errors.New("is larger than any reply of a CA")
	}
	return data, err
}
