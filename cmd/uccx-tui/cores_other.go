//go:build unix && !linux

package main

// notDumpable: the limit on core files must do here.
func notDumpable() {}
