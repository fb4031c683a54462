package read

import (
	"errors"
	"fmt"

	"github.com/smallstep/pkcs7"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// maxNesting bounds how deep a BER object may be nested. A PKCS#7 reply of a CA has about a dozen levels; reading a
// hostile one takes time with the square of its depth.
const maxNesting = 64

var errBER = errors.New("it is damaged, or was cut off")

// element is the outer shape of one BER object at the begin of some bytes.
type element struct {
	tag     byte // class, constructed bit and number, as it stands in the first byte
	content int  // where the content begins
	length  int  // of the content; -1 where it is indefinite
}

func (e element) constructed() bool { return e.tag&0x20 != 0 }

// head reads the tag and the length of a BER object.
func head(ber []byte) (element, error) {
	if len(ber) < 2 {
		return element{}, errBER
	}
	e := element{tag: ber[0], content: 1}
	if ber[0]&0x1f == 0x1f { // a tag of several bytes
		for e.content < len(ber) && ber[e.content]&0x80 != 0 {
			e.content++
		}
		e.content++
	}
	if e.content >= len(ber) {
		return element{}, errBER
	}
	l := int(ber[e.content])
	e.content++
	switch n := l & 0x7f; {
	case l < 0x80:
		e.length = l
	case n == 0:
		e.length = -1
	case n > 4 || e.content+n > len(ber):
		return element{}, errBER
	default:
		for _, b := range ber[e.content : e.content+n] {
			e.length = e.length<<8 | int(b)
		}
		e.content += n
		if e.length < 0 { // where an int has 32 bits
			return element{}, errBER
		}
	}
	if e.length > len(ber)-e.content || e.length < 0 && !e.constructed() {
		return element{}, errBER
	}
	return e, nil
}

// extent is how many bytes the first BER object takes, with everything in it looked at down to a depth.
func extent(ber []byte, depth int) (int, error) {
	e, err := head(ber)
	if err != nil || !e.constructed() {
		return e.content + e.length, err
	}
	if depth == 0 {
		return 0, fmt.Errorf("it is nested deeper than %d levels: no reply of a CA is", maxNesting)
	}
	_, end, err := parts(ber, e, depth)
	return end, err
}

// parts are the objects in a constructed BER object, and where it ends.
func parts(ber []byte, e element, depth int) ([][]byte, int, error) {
	var all [][]byte
	at, end := e.content, e.content+e.length
	if e.length < 0 {
		end = len(ber)
	}
	for at < end {
		if e.length < 0 && end-at >= 2 && ber[at] == 0 && ber[at+1] == 0 {
			return all, at + 2, nil
		}
		n, err := extent(ber[at:end], depth-1)
		if err != nil {
			return all, 0, err
		}
		all = append(all, ber[at:at+n])
		at += n
	}
	if e.length < 0 {
		return all, 0, errBER // its end mark is missing
	}
	return all, end, nil
}

// inside are the objects in a constructed BER object.
func inside(ber []byte) [][]byte {
	e, err := head(ber)
	if err != nil || !e.constructed() {
		return nil
	}
	all, _, _ := parts(ber, e, maxNesting)
	return all
}

// pkcs7 reads the certificates of a PKCS#7 file. One that cannot be used does not hide the others.
func (f *file) pkcs7(ber []byte, source string) {
	f.shaped("PKCS#7")
	if _, err := extent(ber, maxNesting); err != nil {
		f.trouble(fmt.Errorf("%s: a PKCS#7 file that cannot be read: %w", cert.Printable(source), err))
		return
	}
	if p7, err := pkcs7.Parse(ber); err == nil {
		for i, c := range p7.Certificates {
			f.Items = append(f.Items, cert.Item{Kind: cert.Classify(c), Cert: c, Source: place(source, i)})
		}
		if len(p7.Certificates) == 0 {
			f.trouble(fmt.Errorf("%s: a PKCS#7 file without certificates", cert.Printable(source)))
		}
		return
	}
	raw := bagged(ber)
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
func bagged(ber []byte) [][]byte {
	outer := inside(ber)
	if len(outer) < 2 {
		return nil
	}
	signed := inside(outer[1])
	if len(signed) == 0 {
		return nil
	}
	for _, part := range inside(signed[0]) {
		if part[0] == 0xa0 {
			return inside(part)
		}
	}
	return nil
}
