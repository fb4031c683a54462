package vos

import (
	"encoding/base64"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

var (
	certBlock    = lazyregexp.MustCompile(`(?s)-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----(.*?)-----END `)
	requestBlock = lazyregexp.MustCompile(`(?s)-----BEGIN [A-Z ]*REQUEST-----(.*?)-----END `)
)

// ParsePEM cuts the first certificate (DER) out of what show cert printed: the text before it is never read (docs/nodes.md 1.5).
func ParsePEM(text string) ([]byte, bool) { return cutPEM(text, certBlock) }

// ParseRequest cuts the request (DER) out of what show csr own printed, whatever its markers call it.
func ParseRequest(text string) ([]byte, bool) { return cutPEM(text, requestBlock) }

// cutPEM reads what encoding/pem would not: markers glued to other text, blanks in and around lines, and any marker
// words. Text around one DER object is no DER.
func cutPEM(text string, block *lazyregexp.Regexp) ([]byte, bool) {
	m := block.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(m[1]), ""))
	if err != nil {
		return nil, false
	}
	object, _, err := ber.First(der)
	if err != nil || object.Tag != 0x30 {
		return nil, false
	}
	return object.Full, true
}
