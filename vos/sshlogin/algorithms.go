package sshlogin

import (
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
)

// algorithms lists what is offered: all that the library calls secure, and what nodes of 8.x to 12.x still need, with
// which nothing is in danger: HMAC with SHA-1 is not broken, and is the documented default of nodes (docs/nodes.md 1.1). SHA-1 in
// a key exchange or in the signature of a host key, and all else that is insecure, only where a person allowed it.
func algorithms(legacy bool) (kex, ciphers, macs []string) {
	s := ssh.SupportedAlgorithms()
	kex = with(s.KeyExchanges, ssh.KeyExchangeDH16SHA512, ssh.KeyExchangeDHGEXSHA256)
	ciphers, macs = s.Ciphers, with(s.MACs, ssh.HMACSHA1)
	if legacy {
		i := ssh.InsecureAlgorithms()
		kex, ciphers, macs = with(kex, i.KeyExchanges...), with(ciphers, i.Ciphers...), with(macs, i.MACs...)
	}
	return kex, ciphers, macs
}

// hostKeys puts the algorithms of the pinned key first, so that a server with several keys shows the one that is known. Host
// certificates are not requested: their fingerprint cannot be compared with what a console shows.
func hostKeys(pinned *Key, legacy bool) []string {
	all := ssh.SupportedAlgorithms().HostKeys
	if legacy {
		all = with(all, ssh.InsecureAlgorithms().HostKeys...)
	}
	all = slices.DeleteFunc(all, func(name string) bool { return strings.Contains(name, "-cert-v01@") })
	var first []string
	switch {
	case pinned == nil:
		return all
	case pinned.Type == ssh.KeyAlgoRSA:
		first = []string{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSA}
	default:
		first = []string{pinned.Type}
	}
	return with(slices.DeleteFunc(first, func(name string) bool { return !slices.Contains(all, name) }), all...)
}

// Insecure reports whether a server that shares no algorithm would share one of those that Login.Legacy allows.
func Insecure(err *ssh.AlgorithmNegotiationError) bool {
	i := ssh.InsecureAlgorithms()
	old := slices.Concat(i.KeyExchanges, i.Ciphers, i.MACs, i.HostKeys)
	return slices.ContainsFunc(err.RequestedAlgorithms, func(a string) bool { return slices.Contains(old, a) })
}

func with(all []string, more ...string) []string {
	out := slices.Clone(all)
	for _, s := range more {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
