package ber

import (
	"bytes"
	"strings"
	"testing"
)

// TestFirst: lengths of every make, and what they may not be.
func TestFirst(t *testing.T) {
	for in, want := range map[string]string{"\x04\x01a": "a", "\x04\x81\x01a": "a", "\x04\x83\x00\x00\x01abc": "a", "\x24\x80\x04\x01a\x00\x00rest": "\x04\x01a", "\x30\x00": ""} {
		e, rest, err := First([]byte(in))
		if err != nil || string(e.Body) != want || string(e.Full)+string(rest) != in {
			t.Errorf("%q: %q, rest %q, %v", in, e.Body, rest, err)
		}
	}
	for _, in := range []string{"", "\x04", "\x04\x02a", "\x04\x80a\x00\x00", "\x24\x80\x04\x01a", "\x04\x85\x00\x00\x00\x00\x01a", "\x1f\x81"} {
		if e, _, err := First([]byte(in)); err == nil {
			t.Errorf("%q: %q", in, e.Full)
		}
	}
	if _, err := Extent([]byte(strings.Repeat("\x30\x80", MaxNesting+1))); err == nil || !strings.Contains(err.Error(), "nested more than") {
		t.Error(err)
	}
	if parts := Parts([]byte("\x04\x01a\x05\x00\x04\x09")); len(parts) != 2 || parts[1].Tag != 5 || parts[0].Constructed() {
		t.Errorf("%+v", parts)
	}
}

// FuzzBER: the bounds of every object lie within the bytes, and parts never overlap.
func FuzzBER(f *testing.F) {
	for _, s := range []string{"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\x00\x00", "0\x82\x01\x000\x82", "\x24\x80\x04\x01a\x00\x00", "0\x06\x04\x01a\x04\x01b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if n, err := Extent(data); err == nil && (n < 2 || n > len(data)) {
			t.Errorf("%d of %d bytes", n, len(data))
		}
		room := 0
		for _, part := range Inside(data) {
			room += len(part)
		}
		if room > len(data) {
			t.Errorf("the parts have %d bytes, the whole %d", room, len(data))
		}
		if e, rest, err := First(data); err == nil && (!bytes.Contains(e.Full, e.Body) || len(e.Full)+len(rest) != len(data)) {
			t.Errorf("%x and %x", e.Full, rest)
		}
		room = 0
		for _, e := range Parts(data) {
			room += len(e.Full)
		}
		if room > len(data) {
			t.Errorf("the parts have %d bytes, the whole %d", room, len(data))
		}
	})
}
