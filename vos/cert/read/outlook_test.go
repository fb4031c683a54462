package read

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"
	"unicode/utf16"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Numbers of compound files (MS-CFB).
const (
	cfbSector = 512
	cfbFree   = 0xffffffff
	cfbEnd    = 0xfffffffe
	cfbFAT    = 0xfffffffd
	cfbLarge  = 4096 // smaller streams lie elsewhere
)

// cfbEntry is an entry of the directory: kind 5 is the root, 1 a storage, 2 a stream.
func cfbEntry(name string, kind byte, right, child, start uint32, size int) []byte {
	e := make([]byte, 128)
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(e[2*i:], u)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)+2))
	e[66], e[67] = kind, 1
	for i, n := range []uint32{cfbFree, right, child} {
		binary.LittleEndian.PutUint32(e[68+4*i:], n)
	}
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], uint32(size))
	return e
}

// outlook is a mail as Outlook saves it, with attachments of at least cfbLarge bytes each.
func outlook(attachments ...[]byte) []byte {
	head := make([]byte, cfbSector)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for at, n := range map[int]uint16{24: 0x3e, 26: 3, 28: 0xfffe, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], n)
	}
	fat := []uint32{cfbFAT}
	dir := cfbEntry("Root Entry", 5, cfbFree, 1, cfbEnd, 0)
	sectors := (1+2*len(attachments)+3)/4 - 1
	for i := range sectors + 1 { // of the directory
		next := uint32(i + 2)
		if i == sectors {
			next = cfbEnd
		}
		fat = append(fat, next)
	}
	var data []byte
	for i, a := range attachments {
		right := uint32(2*i + 3)
		if i == len(attachments)-1 {
			right = cfbFree
		}
		dir = append(dir, cfbEntry("__attach_version1.0_#0000000"+string(rune('0'+i)), 1, right, uint32(2*i+2), 0, 0)...)
		dir = append(dir, cfbEntry(attachmentData, 2, cfbFree, cfbFree, uint32(len(fat)), len(a))...)
		for n := (len(a) + cfbSector - 1) / cfbSector; n > 0; n-- {
			next := uint32(len(fat) + 1)
			if n == 1 {
				next = cfbEnd
			}
			fat = append(fat, next)
		}
		data = append(data, a...)
		data = append(data, make([]byte, (cfbSector-len(a)%cfbSector)%cfbSector)...)
	}
	dir = append(dir, make([]byte, (sectors+1)*cfbSector-len(dir))...)
	for at, n := range map[int]uint32{44: 1, 48: 1, 56: cfbLarge, 60: cfbEnd, 68: cfbEnd, 76: 0} {
		binary.LittleEndian.PutUint32(head[at:], n)
	}
	for at := 80; at < cfbSector; at += 4 {
		binary.LittleEndian.PutUint32(head[at:], cfbFree)
	}
	for len(fat) < cfbSector/4 {
		fat = append(fat, cfbFree)
	}
	table := make([]byte, 0, cfbSector)
	for _, n := range fat {
		table = binary.LittleEndian.AppendUint32(table, n)
	}
	return slices.Concat(head, table, dir, data)
}

// TestOutlook: the attachments of a mail that Outlook saved are read, whatever they are.
func TestOutlook(t *testing.T) {
	root, inter := pair(t)
	padded := func(data []byte) []byte { return append(bytes.Clone(data), bytes.Repeat([]byte("\n"), cfbLarge)...) }
	f := Parse("mail.msg", outlook(padded(cert.PEM(root)), padded(inter.Raw)))
	if f.Err != nil || len(f.Items) != 2 || !f.Items[0].Cert.Equal(root) || !f.Items[1].Cert.Equal(inter) || f.Items[0].Source != "mail.msg: attachment, block 1" {
		t.Errorf("%+v, %v", f.Items, f.Err)
	}
	if !slices.Contains(f.Forms, "an Outlook message") {
		t.Errorf("%q", f.Forms)
	}
}
