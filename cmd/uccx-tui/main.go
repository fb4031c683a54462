//go:debug x509negativeserial=1

// Command uccx-tui guides a technician through the replacement of certificates on Cisco VOS nodes, step by step, and
// proves the result on the wire.
package main

import (
	"os"

	"github.com/mattn/go-runewidth"
)

// version is set by the linker (-ldflags "-X main.version=1.2.3").
var version = "dev"

func main() {
	noCores()
	if code, guarded := guard(os.Stdin, os.Stdout, os.Stderr); guarded {
		os.Exit(code)
	}
	runewidth.DefaultCondition.EastAsianWidth = false // lipgloss counts ambiguous cells as one; so must all others
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
