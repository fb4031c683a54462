//go:build unix && !linux

package supervisor

// notDumpable: the limit on core files must do here.
func notDumpable() {}
