package uploads

import (
	"errors"
	"io/fs"
	"os"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Write writes each upload of the plan as one PEM file with "\n" line ends into a folder, which it makes where it is
// missing, and returns the names. A file that is there is overwritten only where that is asked for; otherwise nothing is
// written at all. The files are public: everyone may read them.
func (p Plan) Write(dir string, overwrite bool) (names []string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, msg.Errorf("the folder cannot be created: %w. Nothing was written. Check the path and your permissions.", bare(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, msg.Errorf("the folder cannot be opened: %w. Nothing was written. Check the path and your permissions.", bare(err))
	}
	defer root.Close()
	for _, u := range p.Uploads {
		_, err := root.Lstat(u.FileName())
		switch {
		case errors.Is(err, fs.ErrNotExist) || err == nil && overwrite:
		case err == nil:
			return nil, msg.Errorf("%s exists already. Nothing was written. Use another folder, or --overwrite.", u.FileName())
		default:
			return nil, msg.Errorf("%s: %w. Nothing was written. Check your permissions.", u.FileName(), bare(err))
		}
	}
	for _, u := range p.Uploads {
		if err := put(root, u, overwrite); err != nil {
			return names, msg.Errorf("%s: %w. %d of %d files were written. Free some space, then use --overwrite.", u.FileName(), bare(err), len(names), len(p.Uploads))
		}
		names = append(names, u.FileName())
	}
	return names, nil
}

// put writes one file; a link of that name is replaced, never followed.
func put(root *os.Root, u Upload, overwrite bool) error {
	if overwrite {
		if err := root.Remove(u.FileName()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	f, err := root.OpenFile(u.FileName(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(cert.PEM(u.Cert))
	return errors.Join(err, f.Chmod(0o644), f.Close())
}

// bare strips the path, which may hold escapes, from an error of the file system.
func bare(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
