package session

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
)

// SolutionsDir is the folder of solution files: uccx-tui/solutions under the XDG configuration folder. Like DefaultHome
// it refuses an empty or relative HOME where XDG_CONFIG_HOME gives nothing.
func SolutionsDir() (string, error) {
	xdg.Reload()
	config := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(config) {
		home, err := os.UserHomeDir()
		if err != nil || !filepath.IsAbs(home) {
			return "", fmt.Errorf("HOME is empty or no full path: there is no place for solution files, nothing was written; set HOME or XDG_CONFIG_HOME to a folder of yours")
		}
		config = xdg.ConfigHome
	}
	return filepath.Join(config, "uccx-tui", "solutions"), nil
}

// SaveSolution writes a solution file under its name and returns its path. A file is never overwritten: one that holds
// other bytes is left as it is, and its path is returned with kept false.
func SaveSolution(name string, data []byte) (path string, kept bool, err error) {
	dir, err := SolutionsDir()
	if err != nil {
		return "", false, err
	}
	if err := makeDir(system{}, dir); err != nil {
		return "", false, err
	}
	path = filepath.Join(dir, safeName(name)+".toml")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if os.IsExist(err) {
		there, err := os.ReadFile(path)
		return path, err == nil && string(there) == string(data), err
	}
	if err == nil {
		_, err = f.Write(data)
		if err := f.Sync(); err != nil {
			return path, false, said("the solution file cannot be written", path, err)
		}
		if closed := f.Close(); err == nil {
			err = closed
		}
	}
	if err != nil {
		return path, false, said("the solution file cannot be written", path, err)
	}
	return path, true, nil
}
