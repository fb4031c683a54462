//go:build release

package main

import (
	"errors"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/packaging"
)

// packagingCommands writes what packages hold besides the program: docs/dev/releasing.md.
func packagingCommands(root *cobra.Command) []*cobra.Command {
	return []*cobra.Command{{Use: "packaging DIR VERSION SECONDS", Hidden: true, Args: cobra.ExactArgs(3), RunE: func(_ *cobra.Command, args []string) error {
		since, err := strconv.ParseInt(args[2], 10, 64)
		if err != nil || since <= 0 { // of no commit
			return errors.Join(err, strconv.ErrRange)
		}
		return packaging.Write(root, args[0], packaging.Release{Version: args[1], At: time.Unix(since, 0).UTC(), Maintainer: os.Getenv("MAINTAINER")})
	}}}
}
