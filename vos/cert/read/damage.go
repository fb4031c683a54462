package read

import (
	"bytes"
	"unicode/utf8"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// undone takes back what a transfer in text mode did to DER, where that can be done without a guess: the result is one whole
// object, of the length that it promises itself.
func undone(data []byte) (der []byte, how string) {
	if len(data) < 2 || data[0] != 0x30 && !bytes.HasPrefix(data, []byte(mark)) {
		return nil, ""
	}
	if one := bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")); len(one) < len(data) && isObject(one) {
		return one, "DER with line ends changed by a transfer in text mode"
	}
	if one := narrowed(bytes.TrimPrefix(data, []byte(mark))); one != nil && isObject(one) {
		return one, "DER rewritten as UTF-8 by a text editor or mail gateway"
	}
	return nil, ""
}

// isObject: one whole object that is a certificate, a CSR or PKCS#7.
func isObject(data []byte) bool {
	one, rest, err := ber.First(data)
	if err != nil || len(bytes.TrimSpace(rest)) > 0 {
		return false
	}
	if _, err := cert.FromDER(one.Full); err == nil {
		return true
	}
	_, err = cert.RequestFromDER(one.Full)
	return err == nil || isPKCS7(one.Full)
}

// narrowed turns UTF-8 back into the bytes that were taken for Latin-1 or Windows-1252; nil where they were not.
func narrowed(data []byte) []byte {
	if !utf8.Valid(data) {
		return nil
	}
	out := make([]byte, 0, len(data))
	for _, r := range string(data) {
		b, ok := byteOf(r)
		if !ok {
			return nil
		}
		out = append(out, b)
	}
	if len(out) == len(data) {
		return nil
	}
	return out
}

// high are the letters that Windows-1252 has where Latin-1 has control characters, from 0x80 on.
const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"

func byteOf(r rune) (byte, bool) {
	if r < 0x100 {
		return byte(r), true
	}
	b := byte(0x80)
	for _, h := range high {
		if h == r {
			return b, true
		}
		b++
	}
	return 0, false
}

// fromWindows reads Windows-1252.
func fromWindows(data []byte) string {
	table := []rune(high)
	out := make([]rune, 0, len(data))
	for _, b := range data {
		if b >= 0x80 && b < 0xa0 {
			out = append(out, table[b-0x80])
		} else {
			out = append(out, rune(b))
		}
	}
	return string(out)
}

// Attributes of names, as every certificate and CSR holds them: no byte of them has its highest bit set, so that they outlive
// what damages the others.
var (
	nameOID      = []byte{0x06, 0x03, 0x55, 0x04}
	extensionOID = []byte{0x06, 0x03, 0x55, 0x1d}
)

// spoilt says how a certificate was damaged that cannot be mended; "" where the bytes were none.
func spoilt(data []byte) msg.Text {
	data = bytes.TrimPrefix(data, []byte(mark))
	if len(data) < 64 || data[0] != 0x30 || !bytes.Contains(data, nameOID) && !bytes.Contains(data, extensionOID) {
		return msg.Text{}
	}
	highest := 0
	for _, b := range data {
		if b >= 0x80 {
			highest++
		}
	}
	switch {
	case bytes.Count(data, []byte("\xef\xbf\xbd")) > 4:
		return msg.T("a text editor or mail gateway replaced bytes in it with U+FFFD")
	case highest == 0:
		return msg.T("a text editor or a transfer in text mode replaced bytes in it (with ? or others)")
	case missingBytes(data) > 0 && missingBytes(data) <= bytes.Count(data, []byte("\n")) && !bytes.Contains(data, []byte("\r\n")):
		return msg.T("a transfer in text mode removed line ends, or the file was cut off")
	case missingBytes(data) > 0:
		return msg.Text{}
	}
	return msg.T("its parts do not fit together: a text editor or a transfer in text mode changed it")
}
