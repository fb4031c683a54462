package input

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/session"
)

// ErrOfState: what is written over a file of the state folder, such as a journal, is lost for the change.
var ErrOfState = errors.New("it is in the state folder, where the sessions are")

// Writable refuses a file that a person named to be written, where it is no regular file, or lies in the state folder. What is
// not there yet may be written.
func Writable(path string) error {
	if at, err := os.Stat(path); err == nil && !at.Mode().IsRegular() { // to open a pipe may take for ever
		return &os.PathError{Op: "open", Path: path, Err: ErrSpecialFile}
	}
	home, err := session.DefaultHome()
	if err != nil {
		return nil // without a state folder nothing lies in it
	}
	state, file := followed(home.Dir), followed(path)
	if rel, err := filepath.Rel(state, file); err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return &os.PathError{Op: "open", Path: path, Err: ErrOfState}
	}
	return nil
}

// followed is a path without links; of one that is not there, its folder is.
func followed(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(real, filepath.Base(path))
	}
	return path
}
