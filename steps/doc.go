// Package steps is the knowledge: what has to be done, in which order, and how to see that it has been.
//
// A procedure is a slice of rows (Step), read from top to bottom as a technician would review it. The state of a
// change is the fold of its journal: Plan.Apply is the only way to move, and has no I/O and no clock. Runner looks,
// writes "began", acts, looks again and writes the end, so that a beginning without an end means that
// the result is unknown, and the node is checked before anything is done twice.
package steps
