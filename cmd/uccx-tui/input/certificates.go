// Package input opens what the command line names: files, solution files, sessions.
package input

import (
	"crypto/x509"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Certificates reads all certificates of files and folders.
func Certificates(paths []string) ([]*x509.Certificate, error) {
	files, err := read.Files(paths)
	var all []*x509.Certificate
	for _, f := range files {
		for _, it := range f.Items {
			if it.Cert != nil {
				all = append(all, it.Cert)
			}
		}
	}
	if err == nil && len(paths) > 0 && len(all) == 0 {
		err = msg.Errorf("%s: no certificates found. Nothing was checked.", cert.Printable(strings.Join(paths, ", ")))
	}
	return all, err
}
