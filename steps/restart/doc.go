// Package restart is the table of restarts: what must be restarted on which product, for which reason, and what is
// typed for it.
package restart
