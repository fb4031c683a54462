package input

import (
	"errors"
	"log/slog"
	"os"
	"runtime"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// DebugLog opens the file of --debug, which only this user may read, and returns the log that is appended to it: a JSON object a line,
// about connections and handshakes. It is given no password, and what nodes say is escaped.
func DebugLog(path string) (*slog.Logger, error) {
	switch err := Writable(path); {
	case errors.Is(err, ErrSpecialFile):
		return nil, exitcode.With(exitcode.Usage, msg.Errorf("--debug: %s is not a regular file. Nothing was done.", cert.Printable(path)))
	case err != nil:
		return nil, exitcode.With(exitcode.Usage, msg.Errorf("--debug: cannot write the file: %w. Nothing was done.", err))
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, exitcode.With(exitcode.Usage, msg.Errorf("--debug: cannot write the file: %w. Nothing was done.", err))
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		err = exitcode.With(exitcode.Usage, msg.Errorf("--debug: %s may be read by others (mode %04o). Nothing was done. Run chmod 600, or name a new file.", cert.Printable(path), info.Mode().Perm()))
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return slog.New(slog.NewJSONHandler(escaped{f}, nil)), nil
}

// escaped writes a whole line of JSON with escapes.
type escaped struct{ to *os.File }

func (e escaped) Write(line []byte) (int, error) {
	if _, err := e.to.Write(cert.PrintableJSON(line)); err != nil {
		return 0, err
	}
	return len(line), nil
}
