// Package handshake reads the certificates that a TLS server sent where crypto/tls cannot: it gives a handshake up when
// crypto/x509 refuses one of them, before any hook sees it.
//
// A Tape records what the server sent, and the secret of the handshake, in memory; nothing is sent that crypto/tls would not
// send. That the server holds the key of what it sent is not proven.
package handshake

import (
	"bytes"
	"crypto/tls"
	"encoding/hex"
	"net"

	"golang.org/x/crypto/cryptobyte"
)

// maxTape is how much of what the server sends is kept, in bytes: a chain has some thousands.
const maxTape = 1 << 18

// Tape records one handshake. The zero value is ready.
type Tape struct {
	sent []byte
	log  bytes.Buffer // of secrets, as crypto/tls writes it
}

// Conn returns a connection that records what is read from another.
func (t *Tape) Conn(c net.Conn) net.Conn { return &taped{c, t} }

// Config returns a copy of a configuration whose handshake the tape can follow.
func (t *Tape) Config(c *tls.Config) *tls.Config {
	c = c.Clone()
	c.KeyLogWriter = &t.log
	return c
}

type taped struct {
	net.Conn
	tape *Tape
}

func (c *taped) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if room := maxTape - len(c.tape.sent); room > 0 {
		c.tape.sent = append(c.tape.sent, p[:min(n, room)]...)
	}
	return n, err
}

// Kinds of records and messages (RFC 8446, 5.1 and 4).
const (
	recordHandshake   = 22
	recordApplication = 23
	messageHello      = 2
	messageChain      = 11
	extensionVersions = 43
)

// Certificates are what the server sent, in DER and in its order, and the version of TLS that it chose. There are none where
// it sent none, or where the tape cannot be followed.
func (t *Tape) Certificates() (chain [][]byte, version uint16) {
	var clear, hidden []byte
	var suite uint16
	var open *opener
	records := cryptobyte.String(t.sent)
	for {
		var kind uint8
		var of uint16
		var body cryptobyte.String
		if !records.ReadUint8(&kind) || !records.ReadUint16(&of) || !records.ReadUint16LengthPrefixed(&body) {
			break
		}
		switch {
		case kind == recordHandshake:
			clear = append(clear, body...)
		case kind == recordApplication && open == nil:
			if version, suite = hello(clear); version != tls.VersionTLS13 {
				break
			}
			if open = newOpener(suite, t.secret()); open == nil {
				return nil, version
			}
			fallthrough
		case kind == recordApplication:
			if inner, text := open.record(body); inner == recordHandshake {
				hidden = append(hidden, text...)
			}
		}
	}
	if version, _ = hello(clear); version == tls.VersionTLS13 {
		return chainIn(hidden, true), version
	}
	return chainIn(clear, false), version
}

// secret is what the server's handshake is encrypted with in TLS 1.3; nil where there is none.
func (t *Tape) secret() []byte {
	for _, line := range bytes.Split(t.log.Bytes(), []byte("\n")) {
		f := bytes.Fields(line)
		if len(f) == 3 && string(f[0]) == "SERVER_HANDSHAKE_TRAFFIC_SECRET" {
			if secret, err := hex.DecodeString(string(f[2])); err == nil {
				return secret
			}
		}
	}
	return nil
}

// messages calls see with each handshake message.
func messages(data []byte, see func(kind uint8, body cryptobyte.String)) {
	s := cryptobyte.String(data)
	for {
		var kind uint8
		var body cryptobyte.String
		if !s.ReadUint8(&kind) || !s.ReadUint24LengthPrefixed(&body) {
			return
		}
		see(kind, body)
	}
}

// hello reads version and cipher suite of the last ServerHello: before it there may be one that asks for another key.
func hello(data []byte) (version, suite uint16) {
	messages(data, func(kind uint8, s cryptobyte.String) {
		var session, extensions cryptobyte.String
		var v, c uint16
		if kind != messageHello || !s.ReadUint16(&v) || !s.Skip(32) || !s.ReadUint8LengthPrefixed(&session) || !s.ReadUint16(&c) || !s.Skip(1) {
			return
		}
		version, suite = v, c
		if !s.ReadUint16LengthPrefixed(&extensions) {
			return
		}
		for {
			var id uint16
			var body cryptobyte.String
			if !extensions.ReadUint16(&id) || !extensions.ReadUint16LengthPrefixed(&body) {
				return
			}
			if id == extensionVersions && body.ReadUint16(&v) {
				version = v
			}
		}
	})
	return version, suite
}

// chainIn reads the Certificate message (RFC 5246, 7.4.2; in TLS 1.3 RFC 8446, 4.4.2).
func chainIn(data []byte, v13 bool) [][]byte {
	var chain [][]byte
	messages(data, func(kind uint8, s cryptobyte.String) {
		var context, list cryptobyte.String
		if kind != messageChain || v13 && !s.ReadUint8LengthPrefixed(&context) || !s.ReadUint24LengthPrefixed(&list) {
			return
		}
		for {
			var der, extensions cryptobyte.String
			if !list.ReadUint24LengthPrefixed(&der) || v13 && !list.ReadUint16LengthPrefixed(&extensions) {
				return
			}
			chain = append(chain, der)
		}
	})
	return chain
}
