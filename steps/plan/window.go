package plan

import (
	"encoding/json"
	"fmt"
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

// InWords is a duration as people say it: seconds below a minute, else minutes, rounded up.
func InWords(d time.Duration) string {
	minutes := int((d + time.Minute - 1) / time.Minute)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60)
}

// Until returns when the window ends that was set last, or zero.
func (p *Plan) Until() time.Time {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.window.Until
}

func (p *fold) applyWindow(e session.Entry) error {
	var w Window
	if err := json.Unmarshal(e.Data, &w); err != nil {
		return err
	}
	p.window = w
	return nil
}
