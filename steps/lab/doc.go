// Package lab is what a session on simulated nodes has beside a real one: the nodes and their CA, lessons with hints and
// grade, a technician that plays by itself, rehearsals, and lessons that are learnt from sessions. It is the only package of
// steps that knows the simulator.
package lab
