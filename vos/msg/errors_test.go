package msg

import (
	"errors"
	"io/fs"
	"testing"
)

// TestErrorf: an error of a person has the words and the wrapped errors of fmt.Errorf, and is a sentence with its arguments, those of
// the errors inside it as well.
func TestErrorf(t *testing.T) {
	inner := Errorf("the file %q cannot be read: %w", "a.toml", fs.ErrPermission)
	err := Errorf("session %s: %w", "x", errors.Join(inner, fs.ErrClosed))
	if err.Error() != "session x: the file \"a.toml\" cannot be read: permission denied\nfile already closed" || !errors.Is(err, fs.ErrPermission) || !errors.Is(err, fs.ErrClosed) {
		t.Errorf("%v", err)
	}
	if text := Of(Errorf("again: %w", inner)); text.Format != "again: %s" || text.String() != "again: "+inner.Error() || Of(text.Args[0].(error)).Format != "the file %q cannot be read: %s" {
		t.Errorf("%+v", text)
	}
	path := &fs.PathError{Op: "open", Path: "50%", Err: fs.ErrPermission}
	if text := Of(path); text.String() != "50%: permission denied" || len(text.Args) != 2 || text.Args[1] != fs.ErrPermission {
		t.Errorf("%+v", text)
	}
	if text := Of(fs.ErrClosed); text.String() != "file already closed" {
		t.Errorf("%+v", text)
	}
	if raw := Origins(kept{What: T("not done: %s", inner)}); string(raw) != `[{"f":"not done: %s","a":[{"f":"the file %q cannot be read: %s","a":["a.toml",{"f":"permission denied"}]}]}]` {
		t.Errorf("%s", raw)
	}
}
