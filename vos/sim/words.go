package sim

import "sync"

// words are what a command is answered with in place of its own answer.
type words struct {
	mu   sync.Mutex
	text string
}

// set has the command that is being typed answered with a text.
func (w *words) set(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text = text
}

// take returns the text, once; "" where the command is answered with its own.
func (w *words) take() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := w.text
	w.text = ""
	return text
}
