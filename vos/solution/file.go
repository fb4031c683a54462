package solution

import (
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Limits of what is read: a file of a site is small.
const (
	MaxFile  = 1 << 20 // bytes
	maxNodes = 2000
)

// File is a solution file. Its zero values are what a file need not say.
type File struct {
	Name        string              // of the change; the session is found again by it
	Path        string              // id of a procedure; empty: "signed"
	Unit        string              // identity that is replaced; empty: "tomcat"
	Replace     []string            // FQDNs that get a new certificate; empty: all but neighbours
	User        string              // OS Administration account; empty: it is asked for, or given by a flag
	Solution    vos.Solution        // nodes in the order of the file, cluster by cluster
	Users       map[string]string   // FQDN -> account, where it is another than User
	MultiServer bool                // one certificate for both nodes of a UCCX pair (PRE-6)
	Keys        map[string][]string // FQDN -> fingerprints of SSH host keys that were compared with the node's console
	Certs       map[string][]string // FQDN -> SHA-256 of certificates of the API that were compared with OS Administration
	JumpKeys    []string            // fingerprints of SSH host keys of the jump host that were compared
	Legacy      map[string]bool     // FQDN -> SSH algorithms that are insecure today are allowed
}

// Problem is one thing that is wrong in a file.
type Problem struct {
	Line int // from 1; 0: of the whole file
	What msg.Text
}

// Text names the line first.
func (f Problem) Text() msg.Text {
	if f.Line == 0 {
		return f.What
	}
	return msg.T("line %d: %s", f.Line, f.What)
}

// Error is the same in English.
func (f Problem) Error() string { return f.Text().String() }

// Problems are all that is wrong in one file. Nothing was taken from it.
type Problems struct {
	File string
	All  []Problem
}

// Text has a line for each fault.
func (f *Problems) Text() msg.Text {
	lines := make([]msg.Text, len(f.All))
	for i, one := range f.All {
		lines[i] = msg.T("%s: %s", f.File, one)
	}
	lines = vos.ShortenLines(lines)
	return msg.Joined(append(lines, msg.T("Nothing was done. For examples: uccx-tui help solutions.")), "\n")
}

// Error is the same in English.
func (f *Problems) Error() string { return f.Text().String() }

// UserOf returns the account for a node, or "" where the file has none.
func (f File) UserOf(fqdn string) string {
	if user := f.Users[fqdn]; user != "" {
		return user
	}
	return f.User
}
