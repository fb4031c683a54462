//go:build race

package e2e_test

// raced says that these tests have the race detector; the program that they build has it too.
const raced = true
