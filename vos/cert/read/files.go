package read

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// maxFiles is how many files of one folder are read.
const maxFiles = 20000

// Files reads files and whole folders (not below them) for the verdict. A file that cannot be read is in the result,
// with the reason as its Err; only a path that is not there at all is an error.
func Files(paths []string) ([]cert.File, error) {
	var all []cert.File
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w. Nothing was loaded. Check the path and its permissions.", cert.Printable(p), cause(err))
		}
		if info.Mode().IsRegular() {
			all = append(all, readFile(p))
			continue
		}
		if !info.IsDir() { // a pipe would never end
			return nil, fmt.Errorf("%s is not a file or a folder. Nothing was loaded. Check the path.", cert.Printable(p))
		}
		entries, err := os.ReadDir(p)
		if err != nil {
			return nil, fmt.Errorf("Folder %s cannot be read: %w. Nothing was loaded. Check its permissions.", cert.Printable(p), cause(err))
		}
		for i, e := range entries {
			if i == maxFiles {
				return nil, fmt.Errorf("%s contains more than %d files. Select the CA's files one by one.", cert.Printable(p), maxFiles)
			}
			if at := filepath.Join(p, e.Name()); isFile(at, e) {
				all = append(all, readFile(at))
			}
		}
	}
	return all, nil
}

// isFile reports whether an entry of a folder is a file, or a link to one.
func isFile(at string, e os.DirEntry) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(at)
	return err == nil && info.Mode().IsRegular()
}

// cause strips the path, which may hold escapes, from an error of the file system.
func cause(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func readFile(p string) cert.File {
	name := filepath.Base(p)
	f, err := os.Open(p)
	if err != nil {
		return cert.File{Name: name, Err: fmt.Errorf("cannot be read: %w", cause(err))}
	}
	defer f.Close()
	head := make([]byte, 4)
	n, _ := io.ReadFull(f, head)
	limit := int64(MaxFile)
	if IsArchive(head[:n]) {
		limit = MaxArchive
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1-int64(n)))
	data = append(head[:n], data...)
	if err != nil {
		return cert.File{Name: name, Err: fmt.Errorf("cannot be read: %w", cause(err))}
	}
	return Parse(name, data)
}
