//go:build release

package main

import (
	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/packaging"
)

// packagingCommands writes what packages hold besides the program: docs/dev/releasing.md.
func packagingCommands(root *cobra.Command) []*cobra.Command {
	return []*cobra.Command{{Use: "packaging DIR", Hidden: true, Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		return packaging.Write(root, args[0])
	}}}
}
