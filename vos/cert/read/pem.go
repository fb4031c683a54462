package read

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// begin is how every PEM block begins.
const begin = "-----BEGIN "

// mark is the byte order mark of UTF-8, which Windows editors put before a text.
const mark = "\xef\xbb\xbf"

// armor reads PEM that is sound from the first block to the last, with any text between blocks that holds no base64. It takes
// nothing from a file that is not, and reports false.
func (f *file) armor(data []byte) bool {
	body := bytes.TrimPrefix(data, []byte(mark))
	n := bytes.Count(body, []byte(begin))
	if n == 0 || n != bytes.Count(body, []byte("-----END ")) {
		return false
	}
	var blocks []*pem.Block
	for rest := body; ; {
		start := bytes.Index(rest, []byte(begin))
		if start < 0 {
			if suspicious(rest) {
				return false
			}
			break
		}
		block, after := pem.Decode(rest[start:])
		if block == nil || bytes.Count(rest[:len(rest)-len(after)], []byte(begin)) != 1 || suspicious(rest[:start]) {
			return false
		}
		blocks, rest = append(blocks, block), after
	}
	if len(body) != len(data) {
		f.shaped("a byte order mark")
	}
	if bytes.ContainsRune(body, '\r') {
		f.shaped(windowsEnds)
	}
	for i, b := range blocks {
		f.block(b.Type, b.Bytes, fmt.Sprintf("%s, block %d", f.Name, i+1))
	}
	return true
}

// suspicious reports whether text between blocks may hold a certificate that lost its marks.
func suspicious(text []byte) bool {
	run := 0
	for _, c := range text {
		if run++; !isBase64(rune(c)) {
			run = 0
		}
		if run == 60 { // the shortest line that programs write has 64
			return true
		}
	}
	return false
}

func isBase64(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/' || r == '='
}

// block reads what a PEM block holds, by its content; the label says only what its content cannot.
func (f *file) block(label string, data []byte, source string) {
	label = strings.Join(strings.Fields(strings.ToUpper(label)), " ")
	switch {
	case isSecret(label):
		f.item(cert.Item{Kind: cert.Key, Source: source})
	case !notHere(label).IsZero():
		f.trouble(cert.Beside, source, notHere(label), msg.Text{})
	case len(data) == 0:
		f.trouble(cert.Damaged, source, msg.T("is empty, or cut off"), msg.T(copyAgain))
	case label == "TRUSTED CERTIFICATE":
		f.shaped(label)
		if one, _, err := ber.First(data); err == nil { // trust settings follow the certificate
			data = one.Full
		}
		f.objects(data, source)
	default:
		f.objects(data, source)
	}
}

// isSecret: labels of private keys, with their blank or without it.
func isSecret(label string) bool {
	return strings.HasSuffix(strings.ReplaceAll(label, " ", ""), "PRIVATEKEY")
}

// notHere says what a label stands for that is neither certificate nor CSR; "" where its content has to tell.
func notHere(label string) msg.Text {
	switch squeezed := strings.ReplaceAll(label, " ", ""); {
	case strings.HasSuffix(squeezed, "PUBLICKEY"):
		return msg.T("is a public key, not a certificate")
	case strings.HasSuffix(squeezed, "PARAMETERS"):
		return msg.T("contains key parameters, not a certificate")
	case squeezed == "OCSPREQUEST":
		return msg.T("is an OCSP request, not a certificate")
	case squeezed == "OCSPRESPONSE":
		return msg.T("is an OCSP response, not a certificate")
	case strings.HasPrefix(squeezed, "PGP"):
		return msg.T("is PGP text, not a certificate")
	case strings.HasSuffix(squeezed, "CRL"):
		return msg.T(isCRL)
	case strings.HasPrefix(squeezed, "ATTRIBUTECERTIFICATE"):
		return msg.T("is an attribute certificate: it contains no key, and nodes do not accept it")
	}
	return msg.Text{}
}
