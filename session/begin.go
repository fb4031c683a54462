package session

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// patience is how long another program may take to begin a session.
const patience = 20 * time.Second

// Beginning lets one program at a time look whether a session is there and begin it where it is not: two that were started
// in the same moment would begin two, and make two CSRs. It waits for the other. free ends it; it dies with the program.
func (h Home) Beginning() (free func() error, err error) {
	if err := makeDir(h.onDisk(), h.Dir); err != nil {
		return nil, err
	}
	path := filepath.Join(h.Dir, "beginning")
	if err := regular.Free(path); err != nil {
		return nil, said("cannot lock the session", path, err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	l := flock.New(path, flock.SetPermissions(0o600))
	ok, err := l.TryLockContext(ctx, retryEvery)
	switch {
	case ok:
		return l.Close, nil
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return nil, errors.Join(said("cannot lock the session", path, err), l.Close())
	}
	return nil, errors.Join(msg.Errorf("Another program has been creating a session for %s. Nothing was done. End that program, then try again.", patience), l.Close())
}
