package read

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// mailHead is how the header of a mail begins, as programs save it.
var mailHead = lazyregexp.MustCompile(`(?i)^(?:From [^\n]{1,200}\r?\n)?(?:[A-Z][A-Z0-9-]{1,60}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}`)

// mailSigns are fields that a mail has, and other texts with such lines have not.
var mailSigns = lazyregexp.MustCompile(`(?im)^(?:MIME-Version|Received|Message-ID|Content-Type|Return-Path|X-Mozilla-Status|Delivered-To|Subject):`)

// isMail reports whether bytes begin as a mail does.
func isMail(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte(mark))
	if len(head) == 0 || head[0] < 'A' || head[0] > 'z' {
		return false
	}
	at := mailHead.Find(head)
	return at != nil && mailSigns.Match(at)
}

// mail reads a mail and all that is attached to it; it reports whether that brought something.
func (f *file) mail(data []byte) bool {
	if !isMail(data[:min(len(data), 8192)]) {
		return false
	}
	data = bytes.TrimPrefix(data, []byte(mark))
	if bytes.HasPrefix(data, []byte("From ")) { // of a mailbox
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return false
	}
	if f.depth >= maxNested {
		f.trouble(cert.Damaged, f.Name, msg.T("contains mails that are nested too deep"), msg.T("Save the attachments, and select them."))
		return true
	}
	before, troubles := len(f.Items), len(f.Troubles)
	f.part(textproto.MIMEHeader(m.Header), m.Body, 0)
	switch {
	case len(f.Items) > before:
		f.shaped("a mail")
	case len(f.Troubles) == troubles:
		text, _, _ := decoded(data) // its parts could not be told apart, or hold nothing
		if bytes.Contains(data, []byte(begin)) {
			f.scan(text)
		}
	}
	if len(f.Items) == before && !slices.ContainsFunc(f.Troubles[troubles:], func(t cert.Trouble) bool { return t.Weight != cert.Letter }) {
		f.Troubles = f.Troubles[:troubles]
		f.trouble(cert.Damaged, f.Name, msg.T("is a mail that contains no certificate"), msg.T("Save the attachments of the CA's mail, and select them."))
	}
	return true
}

// maxParts bounds how deep and how wide a mail may be.
const maxParts = 8

// part reads one part of a mail.
func (f *file) part(h textproto.MIMEHeader, body io.Reader, depth int) {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" && depth < maxParts {
		f.parts(multipart.NewReader(body, params["boundary"]), depth)
		return
	}
	data, err := f.room.take(transferred(h.Get("Content-Transfer-Encoding"), body))
	if err != nil || len(bytes.TrimSpace(data)) == 0 {
		return
	}
	name := attached(h, params)
	if kind == "application/pkcs7-signature" || kind == "application/x-pkcs7-signature" { // of the author of the mail
		return
	}
	if kind == "application/pkcs7-mime" && strings.Contains(params["smime-type"], "data") {
		f.trouble(cert.Damaged, f.Name, msg.T("is a signed or encrypted mail (S/MIME)"), msg.T("Open it in the mail program, and save its attachments."))
		return
	}
	if name == "" {
		f.body(kind, data)
		return
	}
	f.inner(f.Name+": "+name, data)
}

// body reads the text of a mail itself.
func (f *file) body(kind string, data []byte) {
	one := &file{File: cert.File{Name: f.Name}, room: f.room, depth: f.depth + 1}
	one.content(data)
	for _, it := range one.Items {
		f.item(it)
	}
	for _, form := range one.Forms {
		f.shaped(form)
	}
	if kind != "text/html" { // it says the same as the plain text
		for _, t := range one.Troubles {
			if t.Weight == cert.Damaged {
				f.Troubles = append(f.Troubles, t)
			}
		}
	}
}

func (f *file) parts(r *multipart.Reader, depth int) {
	for {
		p, err := r.NextRawPart()
		if err != nil {
			return
		}
		if f.room.files--; f.room.files < 0 {
			return
		}
		f.part(p.Header, p, depth+1)
	}
}

// transferred takes off the encoding for the transfer.
func transferred(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &base64Only{from: body})
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

// base64Only leaves out of base64 what mail programs put between its lines.
type base64Only struct{ from io.Reader }

func (c *base64Only) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	kept := 0
	for _, b := range p[:n] {
		if isBase64(rune(b)) {
			p[kept] = b
			kept++
		}
	}
	return kept, err
}

// attached is the file name of a part; "" where it is the text of the mail.
func attached(h textproto.MIMEHeader, params map[string]string) string {
	name := params["name"]
	disposition, more, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	if err == nil && more["filename"] != "" {
		name = more["filename"]
	}
	if decoded, err := (&mime.WordDecoder{}).DecodeHeader(name); err == nil {
		name = decoded
	}
	if kind := params["name"]; name == "" && (disposition == "attachment" || kind != "") {
		return "attachment"
	}
	if name == "" && strings.HasPrefix(strings.ToLower(h.Get("Content-Type")), "message/rfc822") {
		return "mail"
	}
	return name
}
