package e2e_test

// permissive: Windows has no umask.
func permissive() {}
