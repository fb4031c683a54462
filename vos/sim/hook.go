package sim

// Moment is a point in the life of one command.
type Moment int

// Before: the line was typed, nothing was done. After: it was done, and its answer was not sent yet.
const (
	Before Moment = iota
	After
)

// Event tells a hook where a node stands.
type Event struct {
	Node   string // FQDN
	Moment Moment
	N      int    // number of the command on this node since Start, from 1
	Line   string // as typed
}

// Verdict is what a hook wants to happen.
type Verdict int

// Go: nothing. Cut: the SSH connection, or that of a request, ends here; before a command it is not done, after it the answer is lost.
// CutHalf: the same, after half of the answer was sent; before a command it is like Cut.
const (
	Go Verdict = iota
	Cut
	CutHalf
)

// Hook sets what is asked before and after each command; nil asks nothing. It is called from many goroutines.
func (c *Cluster) Hook(f func(Event) Verdict) { c.hook.Store(&f) }
