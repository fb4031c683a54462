package vos

import (
	"fmt"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/errno"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// How much of a node's words is kept, in bytes. A node may print without end; what a person reads, and what is written to
// disk, has an end.
const (
	MaxWords      = 2 << 10   // in an error, which goes into the journal
	MaxTranscript = 256 << 10 // of one answer, in the transcript
	MaxField      = 512       // in one field of an answer: a name, a version, a state
	MaxFaults     = 100       // faults of one file that are printed
	MaxEntries    = 5_000     // entries of one list: services, files of a trust store, members, name servers
)

// Shorten cuts a text to at most size bytes, and says how much is left out.
func Shorten(text string, size int) string {
	if len(text) <= size {
		return text
	}
	for size > 0 && !utf8.RuneStart(text[size]) {
		size--
	}
	return fmt.Sprintf("%s ... (+%d bytes)", text[:size], len(text)-size)
}

// ShortenLines cuts each line of a text to MaxWords bytes, and says how many are left out where there are more than MaxFaults.
func ShortenLines(lines []msg.Text) []msg.Text {
	all := make([]msg.Text, 0, min(len(lines), MaxFaults+1))
	for i, line := range lines {
		if i == MaxFaults {
			return append(all, msg.T("... (%d more)", len(lines)-i))
		}
		if text := line.String(); len(text) > MaxWords {
			line = msg.Verbatim(Shorten(text, MaxWords))
		}
		all = append(all, line)
	}
	return all
}

// Words makes words that came from a node fit to be shown and kept: without the password, and with an end.
func (a Access) Words(n Node, text string, size int) string {
	return Shorten(a.Redact(n, text), size)
}

// Redact takes the password out of words that came from a node. The names of the node stay.
func (a Access) Redact(n Node, text string) string {
	return a.Login.Redact(text, n.FQDN, n.Short(), n.Address)
}

// Record gives the transcript what was typed or printed, without the password.
func (a Access) Record(n Node, typed bool, text string) {
	if text = strings.Trim(text, "\n"); a.Transcript != nil && text != "" {
		a.Transcript(typed, a.Words(n, text, MaxTranscript))
	}
}

// Accept tells that the node has taken the account.
func (a Access) Accept() {
	if a.Accepted != nil {
		a.Accepted()
	}
}

// OutOfFiles reports whether an error means that this machine has no file descriptor left: it says nothing of a node.
func OutOfFiles(err error) bool {
	return errno.Is(err, syscall.EMFILE) || errno.Is(err, syscall.ENFILE)
}
