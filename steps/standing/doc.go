// Package standing judges how a change stands: what every address serves, what is owed, put off or broken, and the one
// word for it. Screens, reports and exit codes take it from here.
package standing
