// Package certs tells which certificates a plan knows: what nodes hold, what the CA has sent, and what neighbours
// present.
package certs
