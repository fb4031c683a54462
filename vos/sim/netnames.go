package sim

import (
	"cmp"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// names of the site's DNS servers, as show network eth0 prints the first one.
const siteDNS = "198.18.0.2"

// recordOf is what the site's DNS servers know: the address of each node under the name that it should have, and back. They
// know nothing of a name that a node has given itself.
func recordOf(c *Cluster, query string) (answer string) {
	for _, n := range c.nodes {
		d := n.look()
		switch {
		case n.target != nil:
		case strings.EqualFold(query, n.fqdn), strings.EqualFold(query, n.host):
			if !d.NoRecord {
				return n.ip
			}
		case query == n.ip && d.PTR != noPTR:
			return cmp.Or(d.PTR, n.fqdn)
		}
	}
	return ""
}

// noPTR in place of the name of a PTR record: there is none.
const noPTR = "-"

// resolverOf is the DNS server that a node asks, "" where none is set.
func resolverOf(n *node) string {
	if d := n.look(); d.Resolver != "" || n.noDNS {
		return d.Resolver
	}
	return siteDNS
}

// utilsHost is utils network host: the node's own table of hosts, which has its cluster, then its DNS servers.
func utilsHost(s *session, args []string) error {
	if len(args) == 0 {
		return refuse("incomplete", nil)
	}
	query := strings.TrimSuffix(args[0], ".")
	inside, outside := "Nothing found", "No external servers found"
	asked := query
	for _, n := range s.n.g.nodes {
		called := n.called(n.look())
		switch {
		case query == n.ip:
			inside = query + " resolves locally to " + called
		case strings.EqualFold(query, called), strings.EqualFold(query, n.host):
			asked, inside = called, called+" resolves locally to "+n.ip
		}
	}
	record := ""
	if resolverOf(s.n) != "" {
		record = recordOf(s.n.c, query)
	}
	switch ip := net.ParseIP(query).To4(); {
	case record == "":
	case ip != nil:
		outside = fmt.Sprintf("%d.%d.%d.%d.in-addr.arpa domain name pointer %s.", ip[3], ip[2], ip[1], ip[0], record)
	default:
		outside = asked + " has address " + record
	}
	s.say("utils_network_host.txt", transcripts.Values{"Local": inside, "External": outside})
	return nil
}

// setDomain is set network domain: all certificates are made again, and the node restarts (Unified CM and IM and Presence guide
// to changing addresses and names).
func setDomain(s *session, args []string) error {
	if len(args) != 1 || !targetWord.MatchString(strings.ToLower(args[0])) {
		return refuse("incomplete", nil)
	}
	if err := s.confirm("set_network_domain.txt", "set_network_again.txt", transcripts.Values{"Product": strings.ToUpper(string(s.n.product))}); err != nil {
		return err
	}
	if err := rename(s.n, strings.ToLower(args[0])); err != nil {
		return err
	}
	s.then = s.n.goDown
	return nil
}

// rename gives a node a domain and new certificates, and writes down that it restarts. That restart is the command's, not one
// that a person has ordered.
func rename(n *node, domain string) error {
	return introduced(n, func(d *nodeDisk) error {
		d.Domain, d.Restarting = domain, true
		for _, unit := range n.units() {
			if d.Held[unit] == "" {
				continue
			}
			if err := n.renew(d, unit, n.now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// setDomainNow is the same at the console of the node; it ends when the node is back.
func setDomainNow(n *node, d Action) error {
	return atConsole(n, func() error { return rename(n, d.Name) })
}

// setDNS is set network dns primary.
func setDNS(s *session, args []string) error {
	if len(args) != 1 || net.ParseIP(args[0]) == nil {
		return refuse("incomplete", nil)
	}
	if err := s.confirm("set_network_dns.txt", "set_network_again.txt", nil); err != nil {
		return err
	}
	return s.n.change(func(d *nodeDisk) error { d.Resolver = args[0]; return nil })
}

// setRecord gives the site's DNS servers the records of a node: those that it should have, or what the action is about.
func setRecord(n *node, d Action) error {
	return n.change(func(disk *nodeDisk) error {
		disk.NoRecord, disk.PTR = d.Do == ActNoRecord, ""
		if d.Do == ActPTR {
			disk.PTR = cmp.Or(d.Name, noPTR)
		}
		return nil
	})
}

// ntpOf is what utils ntp status tells: a subscriber follows its publisher, all others the site's server.
func ntpOf(n *node) (server string, stratum int, synced bool) {
	server, stratum = siteDNS, 2
	if first := n.g.nodes[0]; first != n {
		server, stratum = first.ip, 3
	}
	return server, stratum, n.skew.Load() == 0 && !slices.ContainsFunc(n.g.nodes[:1], func(o *node) bool { return o.skew.Load() != 0 })
}
