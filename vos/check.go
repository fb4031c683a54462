package vos

import (
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

var hostForm = lazyregexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)

// CheckHost says what is wrong with a host name or an IP address at which a node is dialled, in English. An IPv6 address may
// have a zone.
func CheckHost(text string) error {
	at, err := netip.ParseAddr(text)
	if err == nil && (at.Zone() == "" || hostForm.MatchString(at.Zone())) || len(text) <= 253 && hostForm.MatchString(text) {
		return nil
	}
	return msg.Errorf("%q is not a host name or an IP address", text)
}

// CheckDial says what is wrong with a "host:port" at which something is dialled, in English.
func CheckDial(text string) error {
	host, port, err := net.SplitHostPort(text)
	if err != nil {
		return msg.Errorf("%q is not host:port", text)
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return msg.Errorf("%q: %q is not a port", text, port)
	}
	return CheckHost(host)
}

// CheckPlace says what is wrong with where a node is dialled: its address, empty for the FQDN, and its other ports.
func CheckPlace(address string, ports map[int]string) error {
	if address != "" {
		if err := CheckHost(address); err != nil {
			return err
		}
	}
	for port, to := range ports {
		if port < 1 || port > 65535 {
			return msg.Errorf("%d is not a port", port)
		}
		if err := CheckDial(to); err != nil {
			return err
		}
	}
	return nil
}

// Check says what is wrong with a node as a file or a journal describes it, in English: it is held to what a solution file
// is held to.
func (n Node) Check() error {
	if err := CheckFQDN(n.FQDN); err != nil {
		return msg.Errorf("%q: %w", n.FQDN, err)
	}
	if p, ok := ParseProduct(string(n.Product)); !ok || p != n.Product {
		return msg.Errorf("%s: %q is not a product", n.FQDN, n.Product)
	}
	if !slices.Contains([]Role{Publisher, Subscriber, Standalone}, n.Role) {
		return msg.Errorf("%s: %q is not a role", n.FQDN, n.Role)
	}
	if _, err := ParseConnection(string(n.Connection)); err != nil {
		return msg.Errorf("%s: %w", n.FQDN, err)
	}
	if len(n.Release) > 80 || !releaseForm.MatchString(string(n.Release)) {
		return msg.Errorf("%s: %q is not a release", n.FQDN, n.Release)
	}
	if err := CheckPlace(n.Address, n.Ports); err != nil {
		return msg.Errorf("%s: %w", n.FQDN, err)
	}
	return nil
}

var releaseForm = lazyregexp.MustCompile(`^[A-Za-z0-9 ().,_+-]*$`)

// Check says what is wrong with a solution as a file or a journal describes it, in English.
func (s Solution) Check() error {
	all := s.Nodes()
	if len(all) == 0 {
		return errors.New("it has no nodes")
	}
	if err := s.Route.Check(); err != nil {
		return err
	}
	for _, n := range append(slices.Clone(all), s.Peers...) {
		if err := n.Check(); err != nil {
			return err
		}
	}
	for _, t := range s.Targets {
		if err := CheckFQDN(t.Host); err != nil {
			return msg.Errorf("target %q: %w", t.Host, err)
		}
		if t.Port < 0 || t.Port > 65535 {
			return msg.Errorf("target %s: %d is not a port", t.Host, t.Port)
		}
		if t.Dial != "" {
			if err := CheckDial(t.Dial); err != nil {
				return msg.Errorf("target %s: %w", t.Host, err)
			}
		}
	}
	return nil
}
