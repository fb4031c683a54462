package supervisor

import "golang.org/x/sys/unix"

// notDumpable also keeps other programs of the same user from attaching to this one.
func notDumpable() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }
