package cert

import (
	"encoding/hex"
	"strings"
)

// ParseFingerprint reads a SHA-256 fingerprint of a certificate as people have it: 64 hexadecimal digits, with or without
// colons, blanks, and "SHA256:" before them. It returns it as Fingerprint writes it.
func ParseFingerprint(text string) (string, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	for _, prefix := range []string{"SHA256:", "SHA-256:", "SHA256=", "SHA256 FINGERPRINT="} {
		text = strings.TrimPrefix(text, prefix)
	}
	text = strings.NewReplacer(":", "", " ", "").Replace(text)
	if sum, err := hex.DecodeString(text); err != nil || len(sum) != 32 {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(text); i += 2 {
		if i > 0 {
			b.WriteByte(':')
		}
		b.WriteString(text[i : i+2])
	}
	return b.String(), true
}

// SameFingerprint reports whether what a person gave is this fingerprint.
func SameFingerprint(given, fingerprint string) bool {
	read, ok := ParseFingerprint(given)
	return ok && read == fingerprint
}
