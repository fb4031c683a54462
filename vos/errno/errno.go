// Package errno compares errors with the numbers of the operating system. On Unix that is errors.Is; Windows has numbers of its own for the
// network, the disk and pipes, which errors.Is does not take for those of Unix.
package errno

import (
	"errors"
	"runtime"
	"slices"
	"syscall"
)

// Is reports whether err is what Unix calls want, on the system that this program runs on. A jump host's words are the numbers of Unix on
// all systems.
func Is(err error, want syscall.Errno) bool { return on(runtime.GOOS, err, want) }

func on(system string, err error, want syscall.Errno) bool {
	if errors.Is(err, want) || system != "windows" {
		return errors.Is(err, want)
	}
	var is syscall.Errno
	return errors.As(err, &is) && slices.Contains(windows(want), is)
}

// windows returns the numbers that Windows has for one of Unix (winsock2.h and winerror.h): those of the function that was called, and those
// that the completion of an overlapped call tells.
func windows(want syscall.Errno) []syscall.Errno {
	switch want {
	case syscall.ECONNREFUSED:
		return []syscall.Errno{10061, 1225} // WSAECONNREFUSED, ERROR_CONNECTION_REFUSED
	case syscall.ECONNRESET:
		return []syscall.Errno{10054, 10053, 64, 1236} // WSAECONNRESET, WSAECONNABORTED, ERROR_NETNAME_DELETED, ERROR_CONNECTION_ABORTED
	case syscall.ETIMEDOUT:
		return []syscall.Errno{10060, 121} // WSAETIMEDOUT, ERROR_SEM_TIMEOUT
	case syscall.EHOSTUNREACH:
		return []syscall.Errno{10065, 1232} // WSAEHOSTUNREACH, ERROR_HOST_UNREACHABLE
	case syscall.ENETUNREACH:
		return []syscall.Errno{10051, 1231} // WSAENETUNREACH, ERROR_NETWORK_UNREACHABLE
	case syscall.EPIPE:
		return []syscall.Errno{109, 232} // ERROR_BROKEN_PIPE, ERROR_NO_DATA: the reader closed its end
	case syscall.ENOSPC:
		return []syscall.Errno{112, 39} // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL
	case syscall.EDQUOT:
		return []syscall.Errno{1295} // ERROR_DISK_QUOTA_EXCEEDED
	case syscall.EROFS:
		return []syscall.Errno{19} // ERROR_WRITE_PROTECT
	case syscall.EMFILE:
		return []syscall.Errno{4, 10024} // ERROR_TOO_MANY_OPEN_FILES, WSAEMFILE
	case syscall.ENFILE:
		return []syscall.Errno{1450, 10055} // ERROR_NO_SYSTEM_RESOURCES, WSAENOBUFS
	}
	return nil
}
