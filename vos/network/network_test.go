package network

import (
	"reflect"
	"strings"
	"testing"
)

// TestParseHost: the forms that documents show, with both parts, with one, and with none found; and what no name is.
func TestParseHost(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Answer{
		"Local Resolution:\nuccx1.example.com resolves locally to 10.0.10.10\n\nExternal Resolution:\nuccx1.example.com has address 10.0.10.10\n": {
			Local: []string{"10.0.10.10"}, External: []string{"10.0.10.10"}, Read: true},
		"Local Resolution:\r\n10.0.10.10 resolves locally to uccx1.example.com\r\n\r\nExternal Resolution:\r\n10.10.0.10.in-addr.arpa domain name pointer uccx1.example.com.\r\n": {
			Local: []string{"uccx1.example.com"}, External: []string{"uccx1.example.com"}, Read: true},
		"Local Resolution:\n10.0.10.10 resolves locally to uccx2.example.com\n\nExternal Resolution:\nNo external servers found\n": {
			Local: []string{"uccx2.example.com"}, Read: true},
		"Local Resolution:\nNothing found\n\nExternal Resolution:\nHost ccp.example.com not found: 3(NXDOMAIN)\n": {Read: true},
		"External Resolution:\nx.example.com has address 10.0.0.1\nx.example.com has IPv6 address 2001:db8::1\nx.example.com has address \x1b[31m\n": {
			External: []string{"10.0.0.1", "2001:db8::1"}, Read: true},
		"Hostname lg-sub-4 resolves to 14.86.13.11\n":                             {},
		"Local Resolution:\n10.0.10.10 resolves locally to uccx2.example.com\n\n": {Local: []string{"uccx2.example.com"}},
		"": {},
		"External Resolution:\na has address " + strings.Repeat("x", 300): {Read: true},
	} {
		if got := ParseHost(text); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	if got := Addresses([]string{"10.0.0.1", "name", "10.0.0.1", "10.0.0.2"}); !reflect.DeepEqual(got, []string{"10.0.0.1", "10.0.0.2"}) {
		t.Errorf("%v", got)
	}
}

// TestParseNTP: a clock that follows a server, one that follows none, a daemon that is stopped, and an answer that tells nothing.
func TestParseNTP(t *testing.T) {
	t.Parallel()
	table := "     remote           refid      st t when poll reach   delay   offset  jitter\n====\n"
	for text, want := range map[string]NTP{
		"ntpd (pid 13337) is running...\n" + table + "*198.18.0.2 .GPS. 1 u 23 64 377 0.4 0.0 0.0\n\nsynchronised to NTP server (198.18.0.2) at stratum 2\n   time correct to within 30 ms\n": {
			Known: true, Running: true, Synced: true, Server: "198.18.0.2", Stratum: 2},
		"ntpd (pid 1) is running...\r\n" + table + "*10.0.0.1  10.9.9.9  4 u 2 64 377 0 0 0\r\n":                                       {Known: true, Running: true, Synced: true, Server: "10.0.0.1", Stratum: 5},
		"ntpd (pid 1) is running...\n" + table + " 10.0.0.1 .INIT. 16 u - 64 0 0 0 0\n\nunsynchronised\n   polling server every 8 s\n": {Known: true, Running: true},
		"ntpd (pid 1) is running...\n" + table + " 10.0.0.1 .INIT. 16 u - 64 0 0 0 0\n":                                                {Known: true, Running: true},
		"ntpd is stopped\n": {Known: true},
		"Unable to talk to NTP daemon. Is it running?\n": {Known: true},
		"Current time in UTC is : Mon Jan 1\n":           {},
	} {
		if got := ParseNTP(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
