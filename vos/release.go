package vos

// Release is a version as a node prints it ("12.5.1.11001-348") or as documents write it ("12.5(1)SU3"); empty: unknown.
type Release string
