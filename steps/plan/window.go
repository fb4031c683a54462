package plan

import (
	"time"

	"github.com/uccx-tui/uccx-tui/session"
)

// Window is when a change window ends; zero: there is none. It is the Data of KindWindow.
type Window struct {
	Until time.Time `json:"until"`
}

// Longest is how far ahead a time without a day may lie. Who says 06:00 at 06:05 means a window that is over, not one until
// tomorrow.
const Longest = 18 * time.Hour

// Until returns when the window ends that was set last, or zero.
func (p *Plan) Until() time.Time {
	return reading(p, func(f *fold) time.Time { return f.window.Until })
}

func (p *fold) applyWindow(e session.Entry) error {
	p.window = Window{}
	return e.Read(&p.window)
}
