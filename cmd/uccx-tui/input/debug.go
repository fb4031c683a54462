package input

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"runtime"
	"sync"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// DebugLog opens the file of --debug, which only this user may read, and returns the log that is appended to it: a JSON object a line,
// about connections and handshakes. It is given no password, and what nodes say is escaped. lost returns why a line could not be written,
// or nil; it is asked at the end.
func DebugLog(path string) (log *slog.Logger, lost func() error, err error) {
	var f *os.File
	if err = Writable(path); err == nil {
		f, err = regular.Open(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND) // a link that another user made may lead to any file of this one
	}
	switch {
	case errors.Is(err, ErrSpecialFile), errors.Is(err, regular.ErrSpecial):
		return nil, nil, exitcode.With(exitcode.Usage, msg.Errorf("--debug: %s is not a regular file. Nothing was done.", cert.Printable(path)))
	case err != nil:
		return nil, nil, exitcode.With(exitcode.Usage, msg.Errorf("--debug: cannot write the file: %w. Nothing was done.", err))
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		err = exitcode.With(exitcode.Usage, msg.Errorf("--debug: %s may be read by others (mode %04o). Nothing was done. Run chmod 600, or name a new file.", cert.Printable(path), info.Mode().Perm()))
	}
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	to := &escaped{to: f}
	return slog.New(slog.NewJSONHandler(to, nil)), func() error {
		if err := to.first(); err != nil {
			return msg.Errorf("--debug: %s is not complete: %w. The change itself is not affected.", cert.Printable(path), err)
		}
		return nil
	}, nil
}

// escaped writes a whole line of JSON with escapes, and keeps the first error: slog drops it. After it nothing is written,
// so that the file ends with a whole line or a part of one.
type escaped struct {
	to io.Writer

	mu  sync.Mutex
	err error
}

// Write implements io.Writer.
func (e *escaped) Write(line []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err == nil {
		_, e.err = e.to.Write(cert.PrintableJSON(line))
	}
	return len(line), e.err
}

func (e *escaped) first() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.err
}
