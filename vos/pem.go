package vos

import (
	"encoding/base64"
	"regexp"
	"strings"
)

// cutPEM returns the DER between two markers. It reads what encoding/pem would not: markers glued to other text, blanks
// in and around lines, and any marker words.
func cutPEM(text string, begin, end *regexp.Regexp) ([]byte, bool) {
	from := begin.FindStringIndex(text)
	if from == nil {
		return nil, false
	}
	text = text[from[1]:]
	to := end.FindStringIndex(text)
	if to == nil {
		return nil, false
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text[:to[0]]), ""))
	return der, err == nil && len(der) > 0
}
