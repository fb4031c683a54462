package read

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// foreign makes TestForeign fetch what it needs from the module proxy, and fail where it cannot.
var foreign = flag.Bool("foreign", false, "fetch the test data of other projects through the module proxy")

// linted is the module whose test data is read: a thousand certificates that each break one rule, or keep it. It is no
// dependency: the test takes it from the module cache, into which .ci/run fetches it, and compares its sum.
const (
	linted    = "github.com/zmap/zlint/v3@v3.6.7"
	lintedSum = "h1:ETRdgQ0MpcoyZqGGhBINCWnlFJ8TmmFotX9ezjzQRsU="
)

// cached is the folder of a module in the module cache; "" where it is not there, and may not be fetched.
func cached(t *testing.T, module, sum string) string {
	t.Helper()
	c := exec.Command("go", "mod", "download", "-json", module)
	c.Dir, c.Env = t.TempDir(), append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	if !*foreign {
		c.Env = append(c.Env, "GOPROXY=off")
	}
	out, err := c.Output()
	var got struct{ Dir, Sum string }
	if err != nil || json.Unmarshal(out, &got) != nil || got.Dir == "" {
		return ""
	}
	if got.Sum != sum {
		t.Fatalf("%s: sum %s, want %s", module, got.Sum, sum)
	}
	return got.Dir
}

// authority finds in the bytes of a certificate that it says it is a CA: Basic Constraints with a BOOLEAN that is not 0.
var authority = regexp.MustCompile(`(?s)\x06\x03\x55\x1d\x13(?:\x01\x01.)?\x04.\x30.\x01\x01[^\x00]`)

// TestForeign: of certificates that others made to be odd, each is an item or has a named reason, and each is a CA where it
// says so.
func TestForeign(t *testing.T) {
	dirs := map[string]int{}
	if root, err := exec.Command("go", "env", "GOROOT").Output(); err == nil {
		dirs[filepath.Join(strings.TrimSpace(string(root)), "src", "crypto", "x509", "testdata")] = 400
	}
	if at := cached(t, linted, lintedSum); at != "" {
		dirs[filepath.Join(at, "testdata")] = 1000
	} else if *foreign {
		t.Fatalf("%s cannot be fetched", linted)
	} else {
		t.Logf("%s is not in the module cache: go test -run TestForeign -args -foreign fetches it", linted)
	}
	for dir, least := range dirs {
		if _, err := os.Stat(dir); err != nil {
			t.Logf("%s is not here", dir)
			continue
		}
		begun, n := time.Now(), 0
		err := filepath.WalkDir(dir, func(at string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(at)
			if err != nil {
				return err
			}
			n += foreignFile(t, d.Name(), data)
			return nil
		})
		if err != nil || n < least {
			t.Errorf("%s: %d certificates, %v", dir, n, err)
		}
		t.Logf("%d certificates of %s in %v", n, dir, time.Since(begun).Round(time.Millisecond))
	}
}

// foreignFile reads one file, and returns how many certificates it holds.
func foreignFile(t *testing.T, name string, data []byte) int {
	t.Helper()
	f := Parse(name, data)
	wholesome(t, f)
	blocks := max(bytes.Count(data, []byte(begin)), 1)
	if n := len(f.Items) + len(f.Troubles); n != blocks && !strings.HasSuffix(name, ".md") && !strings.HasSuffix(name, ".json") {
		t.Errorf("%s: %d blocks, %d items, %v", name, blocks, len(f.Items), f.Err)
	}
	for _, tr := range f.Troubles {
		if tr.Weight == cert.Damaged {
			t.Errorf("%s: %v", name, f.Err)
		}
	}
	n := 0
	for _, it := range f.Items {
		if it.Cert == nil {
			continue
		}
		n++
		ca := it.Kind == cert.Root || it.Kind == cert.Intermediate
		if says := authority.Match(it.Cert.Raw); says != ca && it.Cert.Version > 2 {
			t.Errorf("%s: %s, says CA %v", it.Source, it.Kind, says)
		}
	}
	return n
}
