package vos

import (
	"fmt"

	"github.com/uccx-tui/uccx-tui/vos/redact"
)

// Secret is a password. It prints, marshals and formats as stars; only Reveal gives it away.
type Secret struct{ bytes *[]byte }

// NewSecret keeps its own copy of the words.
func NewSecret(words string) Secret {
	b := []byte(words)
	return Secret{&b}
}

// Reveal returns the words. Call it where they go to a node, and nowhere else.
func (s Secret) Reveal() string {
	if s.bytes == nil {
		return ""
	}
	return string(*s.bytes)
}

// Empty reports whether there is nothing to reveal.
func (s Secret) Empty() bool { return s.bytes == nil || len(*s.bytes) == 0 }

// Wipe overwrites the words; all copies of the Secret are empty afterwards.
func (s Secret) Wipe() {
	if s.bytes != nil {
		clear(*s.bytes)
		*s.bytes = (*s.bytes)[:0]
	}
}

const stars = "********"

// String gives stars.
func (s Secret) String() string { return stars }

// GoString gives stars.
func (s Secret) GoString() string { return stars }

// Format gives stars for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(stars)) }

// MarshalText gives stars, so that no encoder writes the words.
func (s Secret) MarshalText() ([]byte, error) { return []byte(stars), nil }

// Login is an OS Administration account.
type Login struct {
	User, First string // First: FQDN of the node for which it was typed, and is tried first; empty: for any
	Password    Secret
}

// Redact takes the password out of words of a node. It is called where a driver takes words from the wire, and on nothing
// that the program itself says. The words of own (the names of the node), the user's name, and certificates and requests in
// PEM stay: they are known anyway, and are read on.
func (l Login) Redact(text string, own ...string) string {
	if l.Password.Empty() {
		return text
	}
	return redact.Secret{User: l.User, Password: l.Password.Reveal(), Own: append(own, "tomcat", "tomcat-trust", "tomcat-ECDSA"), Keeps: isPEM}.Words(text)
}

// isPEM reports whether a block is a certificate or a request.
func isPEM(block string) bool {
	_, certificate := ParsePEM(block)
	_, request := ParseRequest(block)
	return certificate || request
}
