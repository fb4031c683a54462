package session

import "errors"

// errQuota never comes on Windows, which reports a full quota as a full disk.
var errQuota = errors.New("quota")

// syncDir: Windows has no such call; NTFS journals names by itself.
func syncDir(string) error { return nil }
