package read

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"unicode/utf16"
)

// begin is how every PEM block begins.
const begin = "-----BEGIN "

// mark is the byte order mark of UTF-8, which Windows editors put before a text.
const mark = "\xef\xbb\xbf"

// plain undoes what Windows does to text: UTF-16, as PowerShell and Notepad write it. Other bytes stay as they are.
func plain(data []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return data
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	return []byte(string(utf16.Decode(units)))
}

// normal undoes what mail programs and editors do to PEM: CR LF and CR line ends, a byte order mark, blanks and quote
// marks before lines, equal signs written as =3D.
func normal(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte(mark))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("=3D"), []byte("=")) // base64 has nothing behind its equal signs
	lines := bytes.Split(data, []byte("\n"))
	for i, l := range lines {
		l = bytes.TrimLeft(bytes.TrimSpace(l), "> \t")
		if at := bytes.Index(l, []byte(begin)); at > 0 { // a node prints "]-----BEGIN" on one line
			l = append(append(append([]byte{}, l[:at]...), '\n'), l[at:]...)
		}
		lines[i] = l
	}
	return append(bytes.Join(lines, []byte("\n")), '\n')
}

// bare decodes base64 without the lines around it, as some CAs show it for copying; nil where it is something else.
func bare(data []byte) []byte {
	data = bytes.Join(bytes.Fields(data), nil)
	if !bytes.HasPrefix(data, []byte("MI")) { // a SEQUENCE with a length of one or two bytes
		return nil
	}
	der, err := base64.StdEncoding.DecodeString(string(data))
	if err != nil {
		return nil
	}
	return der
}
