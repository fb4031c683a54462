//go:build !release

package main

import "github.com/spf13/cobra"

// packagingCommands are there only where the program is built for a release (tag release).
func packagingCommands(*cobra.Command) []*cobra.Command { return nil }
