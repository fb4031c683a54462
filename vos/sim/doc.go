// Package sim is the lab: clusters of any product on loopback, with an SSH CLI, TLS ports, disks and a CA.
//
// It replaces the wire, not the driver: what it answers comes from recorded transcripts (folder transcripts), never from
// the words that the drivers use. A cluster lives in a folder and outlives the program that serves it.
package sim
