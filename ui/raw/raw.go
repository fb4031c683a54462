// Package raw keeps a terminal from showing what is typed after a program was stopped and continues: the shell gives the terminal
// back with echo.
package raw

import (
	"os"
	"os/signal"
	"sync"

	"github.com/charmbracelet/x/term"
)

// Keep makes a terminal raw again whenever the program continues after it was stopped, and calls after, until stop is called. Where
// programs are not stopped (Windows) it does nothing.
func Keep(tty *os.File, after func()) (stop func()) {
	continued, ended := make(chan os.Signal, 1), make(chan struct{})
	notify(continued)
	var running sync.WaitGroup
	running.Go(func() {
		for {
			select {
			case <-continued:
				_, _ = term.MakeRaw(tty.Fd()) // it fails where the terminal is gone: then nothing is typed any more
				after()
			case <-ended:
				return
			}
		}
	})
	return func() {
		signal.Stop(continued)
		close(ended)
		running.Wait()
	}
}
