package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/uccx-tui/uccx-tui/vos/regular"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

const (
	lockName   = "lock"
	holderName = "holder.json"
)

// tries is how often a lock is tried for before it counts as held, since a list of sessions takes it for a moment; blink is
// the time between two of them.
const (
	tries      = 50
	retryEvery = 20 * time.Millisecond
)

// Holder is who has a session open.
type Holder struct {
	Owner string    `json:"owner"`
	Host  string    `json:"host"`
	PID   int       `json:"pid"`
	Since time.Time `json:"since"`
}

// Held tells that another program has the session open. Only the lock of the operating system decides that; it dies
// with its holder. A program that was suspended (Ctrl-Z, a frozen line) still holds.
type Held struct {
	Name   string
	Holder Holder
}

// EndCommand is what a person types to end the holder.
func (h Holder) EndCommand() string { return endCommand(runtime.GOOS, h.PID) }

func endCommand(system string, pid int) string {
	if system == "windows" {
		return strings.Join([]string{"taskkill", "/PID", strconv.Itoa(pid)}, " ")
	}
	return "kill " + strconv.Itoa(pid)
}

// Text says who, where, since when, and what to do.
func (h *Held) Text() msg.Text {
	return msg.T("session %s is held by %s on %s, PID %d, since %s (%s). Nothing was touched. End that program (if it is suspended: fg, or %s), then try again. If you cannot, take the session over on the home screen, or with resume --take-over",
		h.Name, msg.English(h.Holder.Owner), msg.English(h.Holder.Host), h.Holder.PID, h.Holder.Since.Local().Format(time.DateTime), msg.Elapsed(time.Since(h.Holder.Since)), h.Holder.EndCommand())
}

// Error is the same in English.
func (h *Held) Error() string { return h.Text().String() }

// hold takes the lock of a session folder.
func hold(d disk, name, dir string) (*flock.Flock, error) {
	l, ok, err := lockOf(dir, time.Sleep)
	if err != nil {
		return nil, said("cannot lock the session", filepath.Join(dir, lockName), err)
	}
	if !ok {
		return nil, &Held{name, readHolder(dir)}
	}
	if err := announce(d, dir, me()); err != nil {
		return nil, errors.Join(said("cannot record the owner of the lock", dir, err), l.Unlock())
	}
	return l, nil
}

// holderOf returns who holds a session, or nil. It takes the lock for a moment to see.
func holderOf(dir string) *Holder {
	path := filepath.Join(dir, lockName)
	if err := regular.Check(path); err != nil {
		return nil
	}
	l := flock.New(path, flock.SetPermissions(0o600))
	ok, err := l.TryRLock()
	if err == nil && ok {
		_ = l.Unlock()
		return nil
	}
	if err != nil {
		return nil
	}
	h := readHolder(dir)
	return &h
}

func readHolder(dir string) Holder {
	h := Holder{Owner: "another person", Host: "this machine"}
	data, err := regular.Read(filepath.Join(dir, holderName), maxHolder)
	if err == nil {
		_ = json.Unmarshal(data, &h)
	}
	return h
}

// Stopped reports whether the holder is a process of this machine that was suspended (Ctrl-Z, kill -STOP). False where
// that cannot be told.
func (h Holder) Stopped() bool {
	if host, err := os.Hostname(); err != nil || host != h.Host {
		return false
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(h.PID) + "/stat")
	_, state, ok := strings.Cut(string(stat[bytes.LastIndexByte(stat, ')')+1:]), " ")
	return err == nil && ok && strings.HasPrefix(state, "T")
}

// me is this program as others see it.
func me() Holder {
	h := Holder{Owner: "unknown", Host: "unknown", PID: os.Getpid(), Since: time.Now().UTC()}
	if u, err := user.Current(); err == nil {
		h.Owner = u.Username
	}
	if host, err := os.Hostname(); err == nil {
		h.Host = host
	}
	return h
}
