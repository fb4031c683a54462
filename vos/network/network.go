// Package network reads what a node says of names and of time: whether its DNS servers know a name or an address, and whether
// its clock follows an NTP server.
package network

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// DialogueHost asks a node to resolve a name, or an address (Unified CM CLI reference). Neither changes the node.
func DialogueHost(nameOrAddress string) vos.Dialogue {
	return vos.Dialogue{Line: "utils network host " + nameOrAddress}
}

// DialogueNTP asks a node whether its clock follows an NTP server.
func DialogueNTP() vos.Dialogue { return vos.Dialogue{Line: "utils ntp status"} }

// What a person types to put names and time right. The program types none of these: each may cut the network or restart the
// node.
const (
	SetHost   = "set network hostname"
	SetDomain = "set network domain"
	SetDNS    = "set network dns primary"
	AddNTP    = "utils ntp server add"
)

// Answer is what a node found for a name or an address.
type Answer struct {
	Local    []string // in its own table of hosts: addresses, or names
	External []string // at its DNS servers
	Read     bool     // the output had the part of the DNS servers; without it nothing is known of them
}

var (
	hostPart   = lazyregexp.MustCompile(`(?i)^\s*(local|external)\s+resolution\s*:?\s*$`)
	hostLocal  = lazyregexp.MustCompile(`(?i)^\s*\S+\s+resolves\s+(?:locally\s+)?to\s+(\S+)\s*$`)
	hostAnswer = lazyregexp.MustCompile(`(?i)^\s*\S+\s+(?:has(?:\s+IPv6)?\s+address|domain\s+name\s+pointer)\s+(\S+)\s*$`)
)

// ParseHost reads utils network host: two parts, what the node's own table of hosts says and what its DNS servers say.
func ParseHost(text string) Answer {
	var a Answer
	external := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := hostPart.FindStringSubmatch(line); m != nil {
			external = strings.EqualFold(m[1], "external")
			a.Read = a.Read || external
			continue
		}
		m := hostAnswer.FindStringSubmatch(line)
		if m == nil {
			m = hostLocal.FindStringSubmatch(line)
		}
		switch {
		case m == nil || !word(m[1]):
		case external:
			a.External = append(a.External, strings.TrimSuffix(m[1], "."))
		default:
			a.Local = append(a.Local, strings.TrimSuffix(m[1], "."))
		}
	}
	return a
}

// maxWord is how long a name or an address is at most.
const maxWord = 253

// word reports whether a text is a name or an address: what goes on a command line again is nothing else.
func word(s string) bool {
	return len(s) <= maxWord && (net.ParseIP(s) != nil || vos.CheckHost(strings.TrimSuffix(s, ".")) == nil)
}

// Addresses are the answers that are addresses, each once.
func Addresses(all []string) []string {
	var some []string
	for _, s := range all {
		if net.ParseIP(s) != nil && !slices.Contains(some, s) {
			some = append(some, s)
		}
	}
	return some
}

// NTP is how a node's clock follows an NTP server.
type NTP struct {
	Known   bool   // the output tells
	Running bool   // the daemon
	Synced  bool   // it follows a server
	Server  string // the one that it follows
	Stratum int    // of the node itself, 1 to 15; 0: not told. The server's is one less
}

var (
	ntpSynced   = lazyregexp.MustCompile(`(?im)^\s*synchroni[sz]ed to (?:NTP server|local net|UHF radio|\S+)\s*(?:\(([^)\s]*)\))?.*?\bstratum\s+(\d{1,2})`)
	ntpUnsynced = lazyregexp.MustCompile(`(?im)^\s*(?:un|not\s+)synchroni[sz]ed`)
	ntpRunning  = lazyregexp.MustCompile(`(?im)^\s*(?:ntpd|chronyd)\b.*\bis\s+running`)
	ntpStopped  = lazyregexp.MustCompile(`(?im)^\s*(?:ntpd|chronyd)\b.*\b(?:is\s+)?(?:stopped|not\s+running|dead)|unable to talk to NTP daemon`)
	ntpPeer     = lazyregexp.MustCompile(`(?m)^\*(\S+)\s+\S+\s+(\d{1,2})\s`)
)

// ParseNTP reads utils ntp status.
func ParseNTP(text string) NTP {
	text = strings.ReplaceAll(text, "\r", "")
	n := NTP{Running: ntpRunning.MatchString(text)}
	switch {
	case ntpStopped.MatchString(text):
		return NTP{Known: true}
	case ntpUnsynced.MatchString(text):
		n.Known = true
		return n
	}
	if m := ntpSynced.FindStringSubmatch(text); m != nil {
		n.Known, n.Running, n.Synced, n.Server = true, true, true, m[1]
		n.Stratum, _ = strconv.Atoi(m[2])
		return n
	}
	if m := ntpPeer.FindStringSubmatch(text); m != nil {
		n.Known, n.Running, n.Synced, n.Server = true, true, true, m[1]
		above, _ := strconv.Atoi(m[2])
		n.Stratum = above + 1
		return n
	}
	n.Known = n.Running && strings.Contains(text, "remote") // it lists servers, and follows none
	return n
}
