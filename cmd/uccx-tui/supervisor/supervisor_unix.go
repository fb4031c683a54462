//go:build unix

package supervisor

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// leave ends all that a screen may have switched on: synchronized output, modified keys, the keyboard protocol, bracketed
// paste, focus and mouse reports, the alternate screen, a hidden cursor, colours.
const leave = "\x1b[?2026l\x1b[>4m\x1b[<u\x1b[?2004l\x1b[?1004l\x1b[?1000;1002;1003;1006l\x1b[?1049l\x1b[?25h\x1b[0m"

// Run runs this program as a child, where a person sits at a terminal, and returns its exit code. It returns false where
// there is no terminal to keep, or no child could be started.
func Run(in, out, errout *os.File) (code int, ok bool) {
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return 0, false
	}
	before, err := term.GetState(in.Fd())
	if err != nil {
		return 0, false
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT, syscall.SIGQUIT)
	w := &supervisor{}
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
	Within(Moment, w.ended.Wait)
	return w.restore(in, out, errout, before, state), true
}

// start starts the child with the pipes between the two.
func (w *supervisor) start(in, out, errout *os.File) (*os.Process, func(), error) {
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
	files, first := descriptors(in, out, nowhere, []*os.File{alive[0], words[1], crash[1], errout})
	pid, _, err := syscall.StartProcess(self, os.Args, &syscall.ProcAttr{Files: files,
		Env: append(os.Environ(), fmt.Sprintf("%s=%d:%d", childVar, os.Getpid(), first))})
	for _, f := range []*os.File{nowhere, alive[0], words[1], crash[1]} {
		_ = f.Close()
	}
	if err != nil {
		return nil, nil, err
	}
	child, err := os.FindProcess(pid)
	if err != nil {
		return nil, nil, err
	}
	w.ended.Add(2)
	go w.listen(words[0])
	go w.collect(crash[0])
	return child, func() { _ = alive[1].Close() }, nil
}

// descriptors lists what the child gets: its standard streams, every descriptor that was given to this program under its
// own number, and the private ones behind each other at the first numbers that are free. first is the number of the
// first private one.
func descriptors(in, out, nowhere *os.File, private []*os.File) (files []uintptr, first int) {
	files = []uintptr{in.Fd(), out.Fd(), nowhere.Fd()}
	free := 0
	for n := len(files); free < len(private); n++ {
		if inherited(n) {
			files, free = append(files, uintptr(n)), 0
			continue
		}
		files = append(files, closed)
		free++
	}
	first = len(files) - len(private)
	for i, f := range private {
		files[first+i] = f.Fd()
	}
	return files, first
}

// closed is no descriptor.
const closed = ^uintptr(0)

// inherited reports whether a descriptor was given to this program: those that it has opened itself are closed in a child.
func inherited(n int) bool {
	flags, err := unix.FcntlInt(uintptr(n), unix.F_GETFD, 0)
	return err == nil && flags&unix.FD_CLOEXEC == 0
}

// Given reports whether a descriptor was given to this program by its caller; its own, and those to its parent, were
// not.
func Given(n int) bool { return inherited(n) }

// restore puts the terminal back as it was, and says how to go on where the child did not.
func (w *supervisor) restore(in, out, errout *os.File, before *term.State, state *os.ProcessState) int {
	code, how := state.ExitCode(), msg.T("exit code %d", state.ExitCode())
	status, _ := state.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		code, how = 128+int(status.Signal()), msg.T("killed: %s", status.Signal())
	}
	w.mu.Lock()
	screen, crashed := w.screen, w.crash.Len() > 0
	w.mu.Unlock()
	if crashed {
		code, how = exitError, msg.T("it crashed")
	}
	if foreground(in) {
		_ = term.Restore(in.Fd(), before)
	}
	if screen || crashed || status.Signaled() {
		text := w.exitMessage(how)
		Within(Moment, func() { // a terminal that stands still takes no more words
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

// Join takes up the child's end of the pipes. Where no parent of ours has started this program, whatever the environment
// says, it is empty.
func Join() Child {
	said := os.Getenv(childVar)
	_ = os.Unsetenv(childVar)
	var parent, first int
	if n, err := fmt.Sscanf(said, "%d:%d", &parent, &first); n != 2 || err != nil || fmt.Sprintf("%d:%d", parent, first) != said || parent != os.Getppid() || first < 3 {
		return Child{}
	}
	for i, want := range []bool{true, true, true, false} {
		if !inherited(first+i) || want && !isPipe(first+i) {
			return Child{}
		}
	}
	for i := range 4 {
		syscall.CloseOnExec(first + i)
	}
	crash := os.NewFile(uintptr(first+2), "crash")
	_ = debug.SetCrashOutput(crash, debug.CrashOptions{})
	_ = crash.Close() // the runtime has its own copy
	return Child{os.NewFile(uintptr(first), "alive"), os.NewFile(uintptr(first+1), "words"), os.NewFile(uintptr(first+3), "errors")}
}

func isPipe(n int) bool {
	var is unix.Stat_t
	return unix.Fstat(n, &is) == nil && is.Mode&unix.S_IFMT == unix.S_IFIFO
}

// orphaned returns when the parent is gone.
func (c Child) orphaned() {
	_, _ = c.alive.Read(make([]byte, 1))
}

// NoCores keeps the memory of this process, with its passwords, out of core dumps.
func NoCores() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	notDumpable()
}
