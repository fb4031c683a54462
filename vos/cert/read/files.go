package read

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Bounds of folders: how many files are read of one that was chosen, and how deep its folders are looked into.
const (
	maxFiles   = 20000
	maxFolders = 8
)

// Files reads files and whole folders, with the folders in them, for the verdict. A file or folder in a folder that cannot be
// read is in the result, with the reason as its Err; only a path that is not there at all, or too much for one reply, is an
// error.
func Files(paths []string) ([]cert.File, error) {
	var all []cert.File
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			return nil, msg.Errorf("%s cannot be read: %w. Nothing was loaded. Check the path and its permissions.", cert.Printable(p), cause(err))
		case info.Mode().IsRegular():
			all = append(all, readFile(p, filepath.Base(p)))
		case !info.IsDir(): // a pipe would never end
			return nil, msg.Errorf("%s is not a file or a folder. Nothing was loaded. Check the path.", cert.Printable(p))
		default:
			w := walk{top: p, left: maxFiles}
			if err := w.folder("", maxFolders); err != nil {
				return nil, err
			}
			all = append(all, w.files...)
		}
	}
	return all, nil
}

// walk reads one folder.
type walk struct {
	top   string
	left  int // how many files it may still have
	files []cert.File
}

// folder reads the files of a folder below the top, and then the folders in it.
func (w *walk) folder(below string, depth int) error {
	at := filepath.Join(w.top, below)
	entries, err := os.ReadDir(at)
	if err != nil && below == "" {
		return msg.Errorf("Folder %s cannot be read: %w. Nothing was loaded. Check its permissions.", cert.Printable(at), cause(err))
	}
	if err != nil {
		w.files = append(w.files, unread(below, msg.T("is a folder that cannot be read: %s", cause(err)), msg.T("Check its permissions.")))
		return nil
	}
	var folders []string
	for _, e := range entries {
		name := filepath.Join(below, e.Name())
		switch at := filepath.Join(w.top, name); {
		case e.IsDir() && e.Name() != "__MACOSX":
			folders = append(folders, name)
		case isFile(at, e):
			if w.left--; w.left < 0 {
				return msg.Errorf("%s contains more than %d files. Select the CA's files one by one.", cert.Printable(w.top), maxFiles)
			}
			w.files = append(w.files, readFile(at, name))
		}
	}
	for _, name := range folders {
		if depth == 0 {
			w.files = append(w.files, unread(name, msg.T("is a folder nested too deep, and was not searched"), msg.T("Select its files.")))
			continue
		}
		if err := w.folder(name, depth-1); err != nil {
			return err
		}
	}
	return nil
}

// unread is a file or folder of which nothing is known but its name.
func unread(name string, what, cure msg.Text) cert.File {
	f := file{File: cert.File{Name: name}}
	f.trouble(cert.Damaged, name, what, cure)
	f.finish()
	return f.File
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

func readFile(at, name string) cert.File {
	f, err := os.Open(at)
	if err != nil {
		return unread(name, msg.T("cannot be read: %s", cause(err)), msg.T("Check its permissions."))
	}
	defer f.Close()
	if at, err := f.Stat(); err == nil && at.Size() == 0 { // some files of the system have no length, and never end
		return Parse(name, nil)
	}
	head := make([]byte, HeadSize)
	n, _ := io.ReadFull(f, head)
	rest, err := io.ReadAll(io.LimitReader(f, int64(Limit(head[:n])+1-n)))
	if err != nil {
		return unread(name, msg.T("cannot be read: %s", cause(err)), msg.T("Check the disk."))
	}
	return Parse(name, append(head[:n], rest...))
}
