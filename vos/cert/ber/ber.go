// Package ber cuts BER, and with it DER, into its elements. It takes what encoding/asn1 refuses: lengths that are longer
// than they need be, indefinite lengths, and values of any make.
package ber

import (
	"errors"
	"fmt"
)

// MaxNesting bounds how deep an object may be nested. A PKCS#7 reply of a CA has about a dozen levels; reading a hostile
// one takes time with the square of its depth.
const MaxNesting = 64

var errDamaged = errors.New("the file is damaged or truncated")

// Element is one BER object. Its slices share the bytes it was cut from.
type Element struct {
	Tag  byte   // class, constructed bit and number, as it stands in the first byte
	Body []byte // the content, without the end mark of an indefinite length
	Full []byte // the whole object
}

// Constructed reports whether it is made of other objects.
func (e Element) Constructed() bool { return e.Tag&0x20 != 0 }

// head is the outer shape of an object.
type head struct {
	tag     byte
	content int // where the content begins
	length  int // of the content; -1 where it is indefinite
}

func (h head) constructed() bool { return h.tag&0x20 != 0 }

// headOf reads the tag and the length of an object.
func headOf(data []byte) (head, error) {
	if len(data) < 2 {
		return head{}, errDamaged
	}
	h := head{tag: data[0], content: 1}
	if data[0]&0x1f == 0x1f { // a tag of several bytes
		for h.content < len(data) && data[h.content]&0x80 != 0 {
			h.content++
		}
		h.content++
	}
	if h.content >= len(data) {
		return head{}, errDamaged
	}
	l := int(data[h.content])
	h.content++
	switch n := l & 0x7f; {
	case l < 0x80:
		h.length = l
	case n == 0:
		h.length = -1
	case n > 4 || h.content+n > len(data):
		return head{}, errDamaged
	default:
		for _, b := range data[h.content : h.content+n] {
			h.length = h.length<<8 | int(b)
		}
		h.content += n
		if h.length < 0 { // where an int has 32 bits
			return head{}, errDamaged
		}
	}
	if h.length > len(data)-h.content || h.length < 0 && !h.constructed() {
		return head{}, errDamaged
	}
	return h, nil
}

// Extent is how many bytes the first object takes, with everything in it looked at. Its error says for a person what is
// wrong with "it".
func Extent(data []byte) (int, error) { return extent(data, MaxNesting) }

func extent(data []byte, depth int) (int, error) {
	h, err := headOf(data)
	if err != nil || !h.constructed() {
		return h.content + h.length, err
	}
	if depth == 0 {
		return 0, fmt.Errorf("nested more than %d levels deep: not a CA reply", MaxNesting)
	}
	_, end, err := parts(data, h, depth)
	return end, err
}

// parts are the objects in a constructed object, and where it ends.
func parts(data []byte, h head, depth int) ([][]byte, int, error) {
	var all [][]byte
	at, end := h.content, h.content+h.length
	if h.length < 0 {
		end = len(data)
	}
	for at < end {
		if h.length < 0 && end-at >= 2 && data[at] == 0 && data[at+1] == 0 {
			return all, at + 2, nil
		}
		n, err := extent(data[at:end], depth-1)
		if err != nil {
			return all, 0, err
		}
		all = append(all, data[at:at+n])
		at += n
	}
	if h.length < 0 {
		return all, 0, errDamaged // its end mark is missing
	}
	return all, end, nil
}

// Inside are the objects in the first object, whole, up to the first that is damaged.
func Inside(data []byte) [][]byte {
	h, err := headOf(data)
	if err != nil || !h.constructed() {
		return nil
	}
	all, _, _ := parts(data, h, MaxNesting)
	return all
}

// First cuts the first object off some bytes. What is in it is looked at only where its length is indefinite.
func First(data []byte) (Element, []byte, error) {
	h, err := headOf(data)
	if err != nil {
		return Element{}, nil, err
	}
	if h.length >= 0 {
		end := h.content + h.length
		return Element{h.tag, data[h.content:end], data[:end]}, data[end:], nil
	}
	end, err := extent(data, MaxNesting)
	if err != nil {
		return Element{}, nil, err
	}
	return Element{h.tag, data[h.content : end-2], data[:end]}, data[end:], nil
}

// Parts are the objects in some content, such as the Body of an Element, up to the first that is damaged.
func Parts(body []byte) []Element {
	var all []Element
	for len(body) > 0 {
		e, rest, err := First(body)
		if err != nil {
			return all
		}
		all, body = append(all, e), rest
	}
	return all
}
