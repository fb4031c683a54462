//go:build unix

package e2e_test

import "syscall"

// permissive lets this process, and the programs it starts, make files that all may read, unless they take care.
func permissive() { syscall.Umask(0) }
