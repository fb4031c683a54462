package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/ui/pages"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/manual"
	"github.com/uccx-tui/uccx-tui/vos/rest"
	"github.com/uccx-tui/uccx-tui/vos/ssh"
)

// door wires the rooms together: it alone knows which driver, which folder and which cluster are used.
type door struct {
	in      *os.File
	out     *print.Output // for text and JSON
	screen  *os.File      // the same, where a terminal is needed
	errout  *os.File
	plain   bool
	signals *supervisor.Signals
	known   knownKeys // what needs no question
	version string    // of this program, for journals and reports
	asIs    bool      // the state folder is used although others may write to it
	force   bool      // take a session over that is held, or was handed over
	parent  supervisor.Child
	clock   func() time.Time // nil: the clock of this machine

	mu   sync.Mutex
	name string // of the session that was opened last

	hinted bool // it was said how to go on
}

// opened notes which session a person would go on with.
func (d *door) opened(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.name = name
	d.parent.Opened(name)
}

// hint says how to go on with what is not finished, once the screens are gone.
func (d *door) hint(o standing.Outcome) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.name != "" && o != standing.Proven && !d.hinted {
		d.hinted = true
		supervisor.Within(supervisor.Moment, func() { fmt.Fprintln(d.errout, "uccx-tui: "+supervisor.ResumeHint(d.name)) })
	}
}

// pending says what is owed and what is unsure, once the screens are gone.
func (d *door) pending(o standing.Outcome) {
	d.mu.Lock()
	name := d.name
	d.mu.Unlock()
	if name == "" || o == standing.Proven {
		return
	}
	_, p, err := sessionPlan(name)
	if err != nil {
		return // the session says so itself when it is opened
	}
	lines := []string{pages.Pending(p, lang.Tongue{})}
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			if t.State == plan.Unsure || t.State == plan.Running {
				lines = append(lines, strings.TrimSpace("unknown: "+row.Step.Title+" "+t.Task.Node))
			}
		}
	}
	supervisor.Within(supervisor.Moment, func() {
		for _, line := range lines {
			if line != "" {
				fmt.Fprintln(d.errout, "uccx-tui: "+cert.Printable(line))
			}
		}
	})
}

// lines reports whether the plain face is used.
func (d *door) lines() bool {
	return d.plain || os.Getenv("TERM") == "dumb" || !term.IsTerminal(d.in.Fd()) || !term.IsTerminal(d.screen.Fd())
}

// app is what the faces need from the door.
func (d *door) app() app.App {
	return app.App{Say: lang.Tongue{}, Version: d.version, Sessions: d.sessions, Begin: d.fromForm, Learn: d.learn, Report: d.report,
		Lab:     func() (*app.Work, error) { return d.beginLab(lab.Options{Name: "lab"}) },
		Lessons: lab.Lessons, Lesson: func(name string) (*app.Work, error) {
			s, err := lab.FindScenario(name, openFile)
			if err != nil {
				return nil, err
			}
			return d.beginLab(lab.Options{Pairs: 1, Scenario: &s})
		},
		Rehearse: func(w *app.Work) (plan.Rehearsal, error) { return d.rehearse(w, nil) },
		Resume:   d.open, Renew: d.renew, TakeOver: d.takeOver, Hold: d.signals.Hold, Guarded: d.parent.Supervised()}
}

// interactive shows the home screen, or goes straight to a session.
func (d *door) interactive(w *app.Work) error {
	ctx, cancel := d.context()
	defer cancel()
	if d.lines() {
		d.signals.Last(func() { d.hint(standing.Open) })
		o, err := line.Run(ctx, d.app(), w, d.in, d.out)
		if ctx.Err() != nil {
			d.hint(o)
		}
		return d.ended(w, o, errors.Join(err, d.graded(w, err)))
	}
	d.parent.ScreenOn()
	o, err := ui.Run(ctx, d.app(), w, d.in, d.screen)
	d.parent.ScreenOff()
	d.pending(o)
	d.hint(o)
	return d.ended(w, o, errors.Join(err, d.graded(w, err)))
}

// ended says what is left, after the screen is gone.
func (d *door) ended(w *app.Work, o standing.Outcome, err error) error {
	if w != nil {
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return err
	}
	return exitcode.OfOutcome(o)
}

// context ends at the first signal.
func (d *door) context() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		select {
		case <-d.signals.Ended():
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

func (d *door) sessions() ([]app.Listed, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	infos, err := home.List()
	if err != nil {
		return nil, err
	}
	all := make([]app.Listed, 0, len(infos))
	for _, info := range infos {
		all = append(all, listed(home, info))
	}
	return all, nil
}

func listed(home session.Home, info session.Info) app.Listed {
	l := app.Listed{Name: info.Name, Held: info.Held, Err: info.Err, Wrote: info.Modified}
	if l.Held != nil {
		l.Stopped = l.Held.Stopped()
	}
	if l.Err != nil {
		return l
	}
	entries, err := home.Read(info.Name)
	if err != nil {
		l.Err = err
		return l
	}
	p, err := steps.Fold(entries)
	if err != nil {
		l.Err = err
		return l
	}
	l.Lab, l.Where, l.Opened = p.Change().Lab != nil, standing.WhereIs(p), entries[0].Time
	return l
}

// begin opens a new session on real nodes.
func (d *door) begin(c plan.Change) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	s, err := home.Create(c.Name)
	if err != nil {
		return nil, err
	}
	c.Program, c.Plan = d.version, plan.Version
	if _, err := s.Append(plan.KindOpened, "", "", c); err != nil {
		return nil, errors.Join(err, s.Discard())
	}
	return d.work(home, s, nil)
}

// open takes a session up again: the one named, or the newest that is not finished.
func (d *door) open(name string) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	if name == "" {
		if name, err = d.newest(); err != nil {
			return nil, err
		}
	}
	var from *session.Holder
	s, err := home.Open(name)
	if err != nil && d.force {
		s, from, err = taken(home, name, err)
	}
	if err != nil {
		return nil, err
	}
	return d.takeUp(home, s, from, !d.force)
}

// takeUp goes on with an open session, which it closes where it cannot. One that was handed over to another machine is refused
// where here is set.
func (d *door) takeUp(home session.Home, s *session.Session, from *session.Holder, here bool) (*app.Work, error) {
	p, err := steps.Fold(s.Entries())
	if err == nil && here {
		err = elsewhere(s.Name(), p)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	w, err := d.reopen(home, s, p, from)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return w, nil
}

// takeOver opens a session that was shown to be held by from, on purpose; if it is free by now it is opened.
func (d *door) takeOver(name string, from session.Holder) (*app.Work, error) {
	home, err := session.DefaultHome()
	if err != nil {
		return nil, err
	}
	s, err := home.Open(name)
	holder := (*session.Holder)(nil)
	if held := (*session.Held)(nil); errors.As(err, &held) {
		holder = &from
		s, err = home.TakeOver(name, from)
	}
	if err != nil {
		return nil, err
	}
	return d.takeUp(home, s, holder, false)
}

// newest returns the session that "resume" means: the newest that is not proven; else the newest.
func (d *door) newest() (string, error) {
	all, err := d.sessions()
	if err != nil {
		return "", err
	}
	for _, l := range all {
		if l.Err == nil && l.Where.Outcome != standing.Proven {
			return l.Name, nil
		}
	}
	for _, l := range all {
		if l.Err == nil {
			return l.Name, nil
		}
	}
	if len(all) > 0 {
		return "", exitcode.With(exitcode.Damaged, all[0].Err)
	}
	return "", exitcode.With(exitcode.Usage, errors.New("No session to resume. Start one with: uccx-tui lab"))
}

func (d *door) reopen(home session.Home, s *session.Session, p *plan.Plan, from *session.Holder) (*app.Work, error) {
	if p.Change().Lab != nil {
		return d.reopenLab(home, s, p, from)
	}
	w, err := d.work(home, s, nil)
	if err != nil {
		return nil, err
	}
	return w, resumed(w, from, "")
}

// resumed writes that the session was taken up, or from whom it was taken, and lets the screens begin after that. folder is that
// of the lab, where the take-over gave it another.
func resumed(w *app.Work, from *session.Holder, folder string) error {
	err := error(nil)
	if from == nil {
		err = w.Runner.Resume()
	} else {
		err = w.Runner.Take(*from, folder)
	}
	if err != nil {
		return err
	}
	takeOver(w)
	return nil
}

// takeOver moves the entries that were written while the session was opened into what the face folds first.
func takeOver(w *app.Work) {
	for _, e := range w.Events.Take() {
		if e.Entry != nil {
			w.Entries = append(w.Entries, *e.Entry)
		}
	}
}

// work makes the engine of an open session. cluster is nil for real nodes.
func (d *door) work(home session.Home, s *session.Session, cluster *lab.Cluster) (*app.Work, error) {
	d.opened(s.Name())
	return openEngine(home, s, plan.World{Dialer: ways(ssh.Options{}), Known: d.known.of, Legacy: d.known.allows, KnownHosts: knownHosts, Lookup: net.DefaultResolver, Pace: plan.RealPace(), Program: d.version}, cluster)
}

// engine is the engine of an open session, in a world to which it adds the accounts and the transcripts.
func openEngine(home session.Home, s *session.Session, world plan.World, cluster *lab.Cluster) (*app.Work, error) {
	entries, err := home.Read(s.Name())
	if err != nil {
		return nil, err
	}
	lesson, err := cluster.Lesson(home, s.Name())
	if err != nil {
		return nil, err
	}
	logins := &logins{all: map[string]vos.Login{}}
	scripts := &transcripts{session: s, open: map[string]io.WriteCloser{}}
	world.Login, world.Refused, world.Transcript = logins.of, logins.forget, scripts.write
	if cluster != nil {
		cluster.World(&world, ways(ssh.Options{Lab: true}))
	}
	events := engine.NewEventQueue()
	memory := plan.Memory(s)
	if p, err := steps.Fold(entries); err == nil && p.Next().Finished {
		memory = engine.Quiet(s)
	}
	runner, err := steps.NewRunner(entries, memory, world, events.Put)
	if err != nil {
		return nil, err
	}
	thrifty(len(runner.Plan().Nodes()))
	w := &app.Work{Name: s.Name(), Dir: s.Dir(), Entries: entries, Runner: runner, Events: events,
		SetLogin: logins.set, HasLogin: logins.has}
	w.Close = sync.OnceValue(func() error {
		err := runner.Close()
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

// thrifty lets the memory grow with the nodes of a session rather than to twice what is in use: at most some 110 MB for a
// thousand. A set GOMEMLIMIT has priority.
func thrifty(nodes int) {
	const base, each = 56 << 20, 32 << 10
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(base + nodes*each))
	}
}

// ways are all ways into a node.
func ways(o ssh.Options) vos.Dialers {
	return vos.Dialers{SSH: ssh.New(o), REST: rest.New(rest.Options{}), Manual: manual.New()}
}

// transcripts writes what is typed and printed on each node, a file a node, a line a line, escaped.
type transcripts struct {
	session *session.Session
	mu      sync.Mutex
	open    map[string]io.WriteCloser
}

func (t *transcripts) write(node string, typed bool, text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.open[node]
	if f == nil {
		var err error
		if f, err = t.session.Log(filepath.Join("transcripts", fileName(node)+".log")); err != nil {
			return // the transcript is a help, not a promise: the journal is the promise
		}
		t.open[node] = f
	}
	mark := "< "
	if typed {
		mark = "> "
	}
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		fmt.Fprintf(&b, "%s %s%s\n", time.Now().UTC().Format(time.RFC3339), mark, cert.Printable(strings.TrimSuffix(line, "\n")))
	}
	_, _ = io.WriteString(f, b.String())
}

func (t *transcripts) close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var errs []error
	for _, f := range t.open {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}

// fileName makes a safe file name of a node's name.
func fileName(node string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, node)
}
