// Package rehearsal sums up what came of playing a plan on simulated nodes: how long it takes, what is asked, and what
// would go wrong.
package rehearsal
