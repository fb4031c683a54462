package read

import (
	"fmt"
	"strings"

	"github.com/smallstep/pkcs7"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// pkcs7 reads the certificates of a PKCS#7 file. One that cannot be used does not hide the others.
func (f *file) pkcs7(data []byte, source string) {
	if _, err := ber.Extent(data); err != nil {
		what := shortOf(data).String()
		if what == "" {
			what = err.Error()
		}
		f.trouble(cert.Damaged, source, msg.T("is a PKCS#7 file that cannot be read: %s", strings.TrimPrefix(what, "it ")), msg.T(copyAgain))
		return
	}
	raw, ok := bagged(data)
	if p7, err := pkcs7.Parse(data); err == nil { // it makes DER of BER
		raw, ok = nil, true
		for _, c := range p7.Certificates {
			raw = append(raw, c.Raw)
		}
	}
	for i, c := range raw {
		f.der(c, place(source, i))
	}
	switch {
	case len(raw) > 0:
		f.shaped("PKCS#7")
	case ok:
		f.trouble(cert.Damaged, source, msg.T("is a PKCS#7 file without certificates"), msg.T(certAlone))
	default:
		f.trouble(cert.Damaged, source, msg.T("is a PKCS#7 file that cannot be read: it is damaged"), msg.T(copyAgain))
	}
}

func place(source string, i int) string { return fmt.Sprintf("%s, certificate %d", source, i+1) }

// bagged cuts the certificates out of PKCS#7 signedData, whatever else is wrong with it:
// SEQUENCE { OID, [0] { SEQUENCE { version, digests, content, [0] { certificate ... } ... } } }. It reports whether the data
// has that shape.
func bagged(data []byte) (all [][]byte, ok bool) {
	outer := ber.Inside(data)
	if len(outer) < 2 {
		return nil, false
	}
	signed := ber.Inside(outer[1])
	if len(signed) == 0 {
		return nil, false
	}
	parts := ber.Inside(signed[0])
	for _, part := range parts {
		if part[0] == 0xa0 {
			for _, c := range ber.Inside(part) {
				if c[0] == 0x30 { // others are attribute certificates and the like
					all = append(all, c)
				}
			}
		}
	}
	return all, len(parts) > 2
}
