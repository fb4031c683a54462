//go:build unix

package raw

import (
	"os"
	"os/signal"
	"syscall"
)

func notify(c chan<- os.Signal) { signal.Notify(c, syscall.SIGCONT) }
