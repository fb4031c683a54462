//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// leave ends all that a screen may have switched on: synchronized output, modified keys, the keyboard protocol, bracketed
// paste, focus and mouse reports, the alternate screen, a hidden cursor, colours.
const leave = "\x1b[?2026l\x1b[>4m\x1b[<u\x1b[?2004l\x1b[?1004l\x1b[?1000;1002;1003;1006l\x1b[?1049l\x1b[?25h\x1b[0m"

// guard runs this program as a child, where a person sits at a terminal, and returns its exit code. It returns false
// where there is nothing to guard: no terminal, or this is the child.
func guard(in, out, errout *os.File) (code int, ok bool) {
	if os.Getenv(underVar) != "" || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return 0, false
	}
	before, err := term.GetState(in.Fd())
	if err != nil {
		return 0, false
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT, syscall.SIGQUIT)
	w := &ward{}
	child, closeAlive, err := w.start(in, out, errout)
	if err != nil { // without a parent, then: all works but the last resort
		signal.Stop(signals)
		return 0, false
	}
	defer closeAlive()
	go func() {
		for sig := range signals {
			_ = child.Signal(sig)
		}
	}()
	state, err := child.Wait()
	if err != nil {
		return exitError, true
	}
	within(moment, w.ended.Wait)
	return w.restore(in, out, errout, before, state), true
}

// start starts the child with the pipes between the two.
func (w *ward) start(in, out, errout *os.File) (*os.Process, func(), error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	var ends [3][2]*os.File
	for i := range ends {
		if ends[i][0], ends[i][1], err = os.Pipe(); err != nil {
			return nil, nil, err
		}
	}
	nowhere, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return nil, nil, err
	}
	alive, words, crash := ends[0], ends[1], ends[2]
	child, err := os.StartProcess(self, os.Args, &os.ProcAttr{Env: append(os.Environ(), underVar+"=1"),
		Files: []*os.File{in, out, nowhere, alive[0], words[1], crash[1], errout}})
	for _, f := range []*os.File{nowhere, alive[0], words[1], crash[1]} {
		_ = f.Close()
	}
	if err != nil {
		return nil, nil, err
	}
	w.ended.Add(2)
	go w.listen(words[0])
	go w.collect(crash[0])
	return child, func() { _ = alive[1].Close() }, nil
}

// restore puts the terminal back as it was, and says how to go on where the child did not.
func (w *ward) restore(in, out, errout *os.File, before *term.State, state *os.ProcessState) int {
	code, how := state.ExitCode(), fmt.Sprintf("exit code %d", state.ExitCode())
	status, _ := state.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		code, how = 128+int(status.Signal()), "killed: "+status.Signal().String()
	}
	w.mu.Lock()
	screen, crashed := w.screen, w.crash.Len() > 0
	w.mu.Unlock()
	if crashed {
		code, how = exitError, "it crashed"
	}
	if foreground(in) {
		_ = term.Restore(in.Fd(), before)
	}
	if screen || crashed || status.Signaled() {
		text := w.farewell(how)
		within(moment, func() { // a terminal that stands still takes no more words
			if screen {
				_, _ = io.WriteString(out, leave)
			}
			_, _ = io.WriteString(errout, text)
		})
	}
	return code
}

// foreground reports whether this terminal is ours: a shell that has taken it back must not be disturbed.
func foreground(tty *os.File) bool {
	group, err := unix.IoctlGetInt(int(tty.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}

// underParent takes up the child's end. In a program without a parent it is empty.
func underParent() under {
	if os.Getenv(underVar) == "" {
		return under{}
	}
	_ = os.Unsetenv(underVar)
	for _, fd := range []int{aliveFile, wordsFile, crashFile, errorFile} {
		syscall.CloseOnExec(fd)
	}
	crash := os.NewFile(crashFile, "crash")
	_ = debug.SetCrashOutput(crash, debug.CrashOptions{})
	_ = crash.Close() // the runtime has its own copy
	return under{os.NewFile(aliveFile, "alive"), os.NewFile(wordsFile, "words"), os.NewFile(errorFile, "errors")}
}

// orphaned returns when the parent is gone.
func (u under) orphaned() {
	_, _ = u.alive.Read(make([]byte, 1))
}

// noCores keeps the memory of this process, with its passwords, out of core dumps.
func noCores() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	notDumpable()
}
