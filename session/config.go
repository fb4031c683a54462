package session

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"github.com/adrg/xdg"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// SolutionsDir is the folder of solution files: uccx-tui/solutions under the XDG configuration folder. Like DefaultHome
// it refuses an empty or relative HOME where XDG_CONFIG_HOME gives nothing.
func SolutionsDir() (string, error) {
	xdg.Reload()
	config := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(config) {
		home, err := os.UserHomeDir()
		if err != nil || !filepath.IsAbs(home) {
			return "", msg.Errorf("No folder for solution files: HOME is empty or not an absolute path. Nothing was written. Set HOME " +
				"or XDG_CONFIG_HOME.")
		}
		config = xdg.ConfigHome
	}
	return filepath.Join(config, "uccx-tui", "solutions"), nil
}

// SaveSolution writes a solution file under its name, or name-2, name-3 where that holds other bytes, and returns its path:
// a file that is there is never written over.
func SaveSolution(name string, data []byte) (path string, err error) {
	dir, err := SolutionsDir()
	if err != nil {
		return "", err
	}
	if err := makeDir(system{}, dir); err != nil {
		return "", err
	}
	for i := 1; ; i++ {
		path = filepath.Join(dir, Portable(safeName(name))+".toml")
		if i > 1 {
			path = filepath.Join(dir, Portable(safeName(name)+"-"+strconv.Itoa(i))+".toml")
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) {
			if there, err := os.ReadFile(path); err == nil && string(there) == string(data) {
				return path, nil
			}
			continue
		}
		if err == nil {
			_, err = f.Write(data)
			err = errors.Join(err, f.Sync(), f.Close())
		}
		if err == nil {
			return path, nil
		}
		return path, said("the solution file cannot be written", path, err)
	}
}
