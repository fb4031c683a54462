package terminal

import (
	"os"
	"reflect"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// How often the screen is drawn. A key is answered within one frame; over a slow line several changes go out together.
const (
	frameHere = 4 * time.Millisecond
	frameFar  = 8 * time.Millisecond
	restAfter = 60 * time.Millisecond // without a message
	resting   = time.Second
)

// frame is how long a change may wait to be drawn.
func frame() time.Duration {
	if os.Getenv("SSH_TTY") != "" {
		return frameFar
	}
	return frameHere
}

// pace lets the draw timer of Bubble Tea beat fast only while something happens, and once a second else: a program that
// waits for a person for days must not wake the machine sixty times a second. The library has no such setting
// (docs/adr/0017); where its timer is not found, the program draws as the library does.
type pace struct {
	mu     sync.Mutex
	ticker *time.Ticker // the library's
	frame  time.Duration
	last   time.Time // of the last message or drawing
	awake  bool
	rest   *time.Timer
}

// timerOf is the draw timer of a program that runs, or nil.
func timerOf(p *tea.Program) *time.Ticker {
	f := reflect.ValueOf(p).Elem().FieldByName("ticker")
	if !f.IsValid() || f.Type() != reflect.TypeFor[*time.Ticker]() || f.IsNil() {
		return nil
	}
	return (*time.Ticker)(f.UnsafePointer())
}

// touch tells that something happens. It is called in the loop of the program, before a message is handled and when a
// view is made of it.
func (p *pace) touch(program *tea.Program) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = time.Now()
	if p.ticker == nil {
		if p.ticker = timerOf(program); p.ticker == nil {
			return
		}
		p.rest = time.AfterFunc(restAfter, p.quiet)
	}
	if !p.awake {
		p.awake = true
		p.ticker.Reset(p.frame)
		p.rest.Reset(restAfter)
	}
}

// quiet slows the timer down once nothing has happened for a while.
func (p *pace) quiet() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if left := restAfter - time.Since(p.last); left > 0 {
		p.rest.Reset(left)
		return
	}
	p.awake = false
	p.ticker.Reset(resting)
}

// stop ends the timer's rests: the library's own ends with its program.
func (p *pace) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rest != nil {
		p.rest.Stop()
	}
}
