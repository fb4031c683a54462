package vos

import (
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// field cuts a line of the form "Name   : value".
func field(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, ":")
	return strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value), ok
}

var (
	zoneWord  = regexp.MustCompile(`\(([A-Za-z_]+(?:/[A-Za-z0-9_+\-]+)*)\)`)
	uptimeDay = regexp.MustCompile(`up\s+(?:(\d+)\s+days?,?\s*)?(?:(\d+):(\d+)|(\d+)\s*min)?`)
	diskLine  = regexp.MustCompile(`(?i)^\s*Disk/(\w+)\s+(\d+)K\s+(\d+)K`)
)

// dateForms are the forms of the Date line that were seen.
var dateForms = []string{"Mon Jan 2, 2006 15:04:05", "Mon Jan _2, 2006 15:04:05", "Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006", "2006-01-02 15:04:05"}

// ParseStatus reads show status: host, clock, version, boot time and disks.
func ParseStatus(text string) (About, error) {
	var a About
	var date, up string
	zone := time.UTC
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if m := diskLine.FindStringSubmatch(line); m != nil {
			total, _ := strconv.ParseInt(m[2], 10, 64)
			free, _ := strconv.ParseInt(m[3], 10, 64)
			a.Disks = append(a.Disks, Disk{strings.ToLower(m[1]), total << 10, free << 10})
			continue
		}
		if strings.Contains(line, " up ") && uptimeDay.MatchString(line) && up == "" {
			up = line
			continue
		}
		switch name, value, _ := field(line); name {
		case "host name", "hostname":
			a.Host = value
		case "date":
			date = value
		case "time zone", "timezone":
			zone, a.ZoneKnown = zoneOf(value)
		case "product ver", "product version":
			a.Version = value
		}
	}
	if a.Host == "" && date == "" {
		return a, fmt.Errorf("show status: neither host name nor date in the answer")
	}
	a.Now = parseDate(date, zone)
	if d, ok := uptime(up); ok && !a.Now.IsZero() {
		a.Boot = a.Now.Add(-d).Truncate(time.Minute)
	}
	return a, nil
}

func zoneOf(value string) (*time.Location, bool) {
	name := value
	if m := zoneWord.FindStringSubmatch(value); m != nil {
		name = m[1]
	}
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" {
		return time.UTC, false
	}
	return loc, true
}

func parseDate(value string, zone *time.Location) time.Time {
	value = strings.Join(strings.Fields(value), " ")
	for _, form := range dateForms {
		if t, err := time.ParseInLocation(form, value, zone); err == nil {
			return t
		}
	}
	return time.Time{}
}

// uptime reads "00:36:33 up 79 days, 12:45,  1 user" and "up 5 min": it is exact to the minute.
func uptime(line string) (time.Duration, bool) {
	m := uptimeDay.FindStringSubmatch(line)
	if m == nil || m[1]+m[2]+m[4] == "" {
		return 0, false
	}
	n := func(s string) time.Duration { v, _ := strconv.Atoi(s); return time.Duration(v) }
	return n(m[1])*24*time.Hour + n(m[2])*time.Hour + n(m[3])*time.Minute + n(m[4])*time.Minute, true
}

var dnsLine = regexp.MustCompile(`(?i)(primary|secondary)\s*:\s*(\S+)`)

// ParseNetwork reads show network eth0: address, DNS servers and domain.
func ParseNetwork(text string) (ip, domain string, dns []string) {
	for line := range strings.Lines(text) {
		name, value, _ := field(line)
		switch {
		case strings.HasPrefix(name, "ip address") || strings.HasPrefix(name, "ipv4 address"):
			ip, _, _ = strings.Cut(value, " ")
		case name == "domain" || name == "domain name":
			domain = strings.Trim(value, ".")
		case name == "primary" || name == "secondary":
			for _, m := range dnsLine.FindAllStringSubmatch(line, -1) {
				if net.ParseIP(m[2]) != nil {
					dns = append(dns, m[2])
				}
			}
		}
	}
	if strings.EqualFold(domain, "not configured") || strings.EqualFold(domain, "none") {
		domain = ""
	}
	return ip, domain, dns
}

// ParseCluster reads show network cluster: one node a line, the table below it is passed over.
func ParseCluster(text string) []Member {
	var all []Member
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) < 4 || net.ParseIP(f[0]) == nil {
			continue
		}
		m := Member{IP: f[0], FQDN: f[1], Host: f[2]}
		switch strings.ToLower(f[3]) {
		case "publisher", "primary":
			m.Role = Publisher
		case "subscriber", "secondary":
			m.Role = Subscriber
		}
		if len(f) > 4 {
			m.Product = f[4]
		}
		if len(f) > 6 {
			m.State = strings.Join(f[6:], " ")
		}
		all = append(all, m)
	}
	return all
}

var serviceLine = regexp.MustCompile(`^\s*(\S.*?)\s*\[([A-Za-z ]+)\]\s*(.*?)\s*$`)

// ParseServices reads utils service list.
func ParseServices(text string) []Service {
	var all []Service
	for line := range strings.Lines(text) {
		if m := serviceLine.FindStringSubmatch(strings.TrimRight(line, "\r\n")); m != nil {
			all = append(all, Service{m[1], strings.ToUpper(m[2]), m[3]})
		}
	}
	return all
}

// ParseTrust reads show cert list trust (or own, or show csr list): "store/file.pem: description", one a line.
func ParseTrust(text string) []TrustFile {
	var all []TrustFile
	for line := range strings.Lines(text) {
		name, about, _ := strings.Cut(strings.TrimSpace(line), ": ")
		name = strings.TrimSuffix(name, ":")
		store, file, ok := strings.Cut(name, "/")
		if !ok || store == "" || file == "" || strings.ContainsAny(store, " \t:") || !isCertFile(file) {
			continue
		}
		all = append(all, TrustFile{store, file, strings.TrimSpace(about)})
	}
	return all
}

func isCertFile(name string) bool {
	name = strings.ToLower(name)
	for _, end := range []string{".pem", ".der", ".csr", ".crt", ".cer"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

var versionLine = regexp.MustCompile(`(?i)active (?:master|uccx|\w+)?\s*version:\s*(\S+)`)

// ParseVersion reads show version active, or show uccx version.
func ParseVersion(text string) string {
	if m := versionLine.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

var (
	certBegin    = regexp.MustCompile(`-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----`)
	certEnd      = regexp.MustCompile(`-----END (?:X509 |TRUSTED )?CERTIFICATE-----`)
	requestBegin = regexp.MustCompile(`-----BEGIN [A-Z ]*REQUEST-----`)
	requestEnd   = regexp.MustCompile(`-----END [A-Z ]*REQUEST-----`)
)

// ParsePEM cuts the first certificate out of what show cert printed: the text before it is never read (vos-facts 1.5).
func ParsePEM(text string) ([]byte, bool) { return cutPEM(text, certBegin, certEnd) }

// ParseRequest cuts the request out of what show csr own printed, whatever its markers call it.
func ParseRequest(text string) ([]byte, bool) { return cutPEM(text, requestBegin, requestEnd) }
