// Package plan is the state of a change: the entries of its journal, the rows and tasks, and the fold that makes one of
// the other. It has no I/O and no clock.
package plan
