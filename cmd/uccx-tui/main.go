//go:debug x509negativeserial=1

// Command uccx-tui guides a technician through the replacement of certificates on Cisco VOS nodes, step by step, and
// proves the result on the wire.
package main

import (
	"os"
	"runtime/debug"
	_ "time/tzdata" // nodes name their time zones: Windows, and a container of one file, have no list of them

	"github.com/mattn/go-runewidth"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/version"
)

// linked is the version of a release, set by the linker (-ldflags "-X main.linked=1.2.3"); empty: see built.
var linked string

// built is how this program was built; its String is what journals, reports and exported sessions hold.
func built() version.Build {
	info, _ := debug.ReadBuildInfo()
	return version.Of(linked, info)
}

func main() {
	supervisor.NoCores()
	parent := supervisor.Join()
	if !parent.Supervised() {
		if code, ok := supervisor.Run(os.Stdin, os.Stdout, os.Stderr); ok {
			os.Exit(code)
		}
	}
	runewidth.DefaultCondition.EastAsianWidth = false // lipgloss counts ambiguous cells as one; so must all others
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, parent.Errors(os.Stderr), parent))
}
