// Package reply judges what a CA sends back: which certificates were asked for, how the files answer them, and the
// letters that go to the CA.
package reply
