package vos

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
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
	User     string
	Password Secret
}

// Redact takes the password out of a text that came from elsewhere: as it is, as JSON and URLs write it, and as it goes
// over the wire to an API. Text that a parser is to read must not come here: a short password may stand in a certificate.
func (l Login) Redact(text string) string {
	if l.Password.Empty() {
		return text
	}
	word := l.Password.Reveal()
	quoted, _ := json.Marshal(word)
	for _, form := range []string{
		base64.StdEncoding.EncodeToString([]byte(l.User + ":" + word)), base64.URLEncoding.EncodeToString([]byte(l.User + ":" + word)),
		base64.StdEncoding.EncodeToString([]byte(word)), word, strings.Trim(string(quoted), `"`), url.QueryEscape(word), url.PathEscape(word),
	} {
		text = strings.ReplaceAll(text, form, stars)
	}
	return text
}
