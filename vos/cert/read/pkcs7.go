package read

import (
	"fmt"

	"github.com/smallstep/pkcs7"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/ber"
)

// pkcs7 reads the certificates of a PKCS#7 file. One that cannot be used does not hide the others.
func (f *file) pkcs7(data []byte, source string) {
	f.shaped("PKCS#7")
	if _, err := ber.Extent(data); err != nil {
		f.trouble(fmt.Errorf("%s: the PKCS#7 file cannot be read: %w", cert.Printable(source), err))
		return
	}
	if p7, err := pkcs7.Parse(data); err == nil {
		for i, c := range p7.Certificates {
			f.Items = append(f.Items, cert.Item{Kind: cert.Classify(c), Cert: c, Source: place(source, i)})
		}
		if len(p7.Certificates) == 0 {
			f.trouble(fmt.Errorf("%s: the PKCS#7 file contains no certificates", cert.Printable(source)))
		}
		return
	}
	raw := bagged(data)
	for i, c := range raw {
		f.der(c, place(source, i))
	}
	if len(raw) == 0 {
		f.trouble(fmt.Errorf("%s: a PKCS#7 file that cannot be read: it is damaged", cert.Printable(source)))
	}
}

func place(source string, i int) string { return fmt.Sprintf("%s, certificate %d", source, i+1) }

// bagged cuts the certificates out of PKCS#7 signedData, whatever else is wrong with it:
// SEQUENCE { OID, [0] { SEQUENCE { version, digests, content, [0] { certificate ... } ... } } }.
func bagged(data []byte) [][]byte {
	outer := ber.Inside(data)
	if len(outer) < 2 {
		return nil
	}
	signed := ber.Inside(outer[1])
	if len(signed) == 0 {
		return nil
	}
	for _, part := range ber.Inside(signed[0]) {
		if part[0] == 0xa0 {
			return ber.Inside(part)
		}
	}
	return nil
}
