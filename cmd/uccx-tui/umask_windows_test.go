package main_test

// permissive: Windows has no umask.
func permissive() {}
