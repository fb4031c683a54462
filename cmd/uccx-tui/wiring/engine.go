package wiring

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/input"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/reach"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/solution"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// work makes the engine of an open session. cluster is nil for real nodes.
func (a *App) work(home session.Home, s *session.Session, cluster *lab.Cluster) (*app.Work, error) {
	a.opened(s.Name())
	known := a.Known.Clone()
	file := solution.File{}
	if entries := s.Entries(); !a.Stated && remembers(entries) {
		if p, err := steps.Fold(entries); err == nil {
			if f, ok := remembered(s.Dir(), entries, p); ok {
				known.Add(f)
				file = f
			}
		}
	}
	w, err := openEngine(home, s, world.World{Known: known.Of, Legacy: known.Allows, KnownHosts: input.KnownHosts, Lookup: net.DefaultResolver, Pace: world.RealPace(), Program: a.Version, Words: a.Say}, cluster, file, a.Debug)
	if err == nil {
		w.User = file.UserOf
	}
	return w, err
}

// engine is the engine of an open session, in a world to which it adds the accounts and the transcripts.
func openEngine(home session.Home, s *session.Session, outside world.World, cluster *lab.Cluster, file solution.File, log *slog.Logger) (*app.Work, error) {
	entries, err := home.Read(s.Name())
	if err != nil {
		return nil, err
	}
	lesson, err := cluster.Lesson(home, s.Name(), outside.Words)
	if err != nil {
		return nil, err
	}
	logins := &logins{all: map[string]vos.Login{}, users: file.Users}
	scripts := &transcripts{session: s, nodes: map[string]*transcript{}}
	outside.Login, outside.Refused, outside.Untried, outside.Transcript = logins.loginOf, logins.forget, logins.skip, scripts.write
	events := engine.NewEventQueue()
	memory, way := world.Memory(s), route.Route{}
	if p, err := steps.Fold(entries); err == nil {
		way = p.Change().Solution.Route
		logins.jump = way.Host()
		if p.Next().Finished {
			memory = engine.Quiet(s)
		}
	}
	path, err := reach.New(way, os.Getenv, reach.Accounts{Of: logins.own, Forget: func(host string) { logins.forget(vos.Node{FQDN: host}) }}, log)
	if err != nil {
		return nil, err
	}
	if cluster != nil {
		cluster.World(&outside, reach.Direct(ssh.Options{Lab: true, Way: route.Way{Log: log}}))
	} else {
		path.Into(&outside)
	}
	runner, err := steps.NewRunner(entries, memory, outside, events.Put)
	if err != nil {
		return nil, err
	}
	setMemoryLimit(len(runner.Plan().Nodes()))
	w := &app.Work{Name: s.Name(), Dir: s.Dir(), Entries: entries, Runner: runner, Events: events,
		SetLogin: logins.set, HasLogin: logins.has, JumpHost: path.Needs}
	w.Close = sync.OnceValue(func() error {
		err := errors.Join(runner.Close(), path.Close())
		if cluster != nil {
			err = errors.Join(err, cluster.Close())
		}
		logins.wipe()
		return errors.Join(err, scripts.close(), s.Close())
	})
	if cluster != nil {
		w.SetLogin("", cluster.Login())
		w.Lab = cluster.Services(runner, s.Dir(), lesson)
	}
	return w, nil
}

// setMemoryLimit lets the memory grow with the nodes of a session rather than to twice what is in use. A thousand nodes that are read
// at the same time use some 125 MB: with a limit below that the garbage collector never rests. A set GOMEMLIMIT has priority.
func setMemoryLimit(nodes int) {
	const base, each = 56 << 20, 72 << 10
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(base + nodes*each))
	}
}

// transcripts writes what is typed and printed on each node, a file a node, a line a line, escaped. Nodes do not wait for each other.
type transcripts struct {
	session *session.Session
	mu      sync.Mutex
	nodes   map[string]*transcript
}

// transcript is that of one node; file is nil until something is written.
type transcript struct {
	mu   sync.Mutex
	file io.WriteCloser
}

func (t *transcripts) of(node string) *transcript {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.nodes[node] == nil {
		t.nodes[node] = &transcript{}
	}
	return t.nodes[node]
}

func (t *transcripts) write(node string, typed bool, text string) {
	one := t.of(node)
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.file == nil {
		var err error
		if one.file, err = t.session.Log(filepath.Join("transcripts", fileName(node)+".log")); err != nil {
			return // the transcript is a help, not a promise: the journal is the promise
		}
	}
	mark := "< "
	if typed {
		mark = "> "
	}
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		fmt.Fprintf(&b, "%s %s%s\n", time.Now().UTC().Format(time.RFC3339), mark, cert.Printable(strings.TrimSuffix(line, "\n")))
	}
	_, _ = io.WriteString(one.file, b.String())
}

func (t *transcripts) close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var errs []error
	for _, one := range t.nodes {
		errs = append(errs, one.close())
	}
	return errors.Join(errs...)
}

func (t *transcript) close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.file == nil {
		return nil
	}
	return t.file.Close()
}

// fileName makes a safe file name of a node's name.
func fileName(node string) string {
	return session.Portable(strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, node))
}
