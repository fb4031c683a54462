package vos

import "fmt"

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
	User     string
	Password Secret
}
