package read

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// each changes every line of a text.
func each(text string, change func(i int, line string) string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, l := range lines {
		lines[i] = change(i, l)
	}
	return strings.Join(lines, "\n") + "\n"
}

func before(prefix string) func(int, string) string {
	return func(_ int, l string) string { return prefix + l }
}

func wideBytes(text string, big bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			b.WriteByte(byte(u >> 8))
		}
		b.WriteByte(byte(u))
		if !big {
			b.WriteByte(byte(u >> 8))
		}
	}
	return b.String()
}

// latin is bytes that were taken for Latin-1, or Windows-1252, and written as UTF-8.
func latin(data []byte, windows bool) string {
	if windows {
		return fromWindows(data)
	}
	var b strings.Builder
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}

func gzipped(t *testing.T, data []byte) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarred(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for name, text := range files {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func printed(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// mailOf is a mail with attachments.
func mailOf(parts ...string) string {
	return "Received: from ca\r\nMIME-Version: 1.0\r\nSubject: your order\r\nContent-Type: multipart/mixed;\r\n boundary=\"=_b\"\r\n\r\npreamble\r\n--=_b\r\nContent-Type: text/plain\r\n\r\nDear customer\r\n--=_b\r\n" +
		strings.Join(parts, "\r\n--=_b\r\n") + "\r\n--=_b--\r\n"
}

func attachment(name string, data []byte) string {
	text := base64.StdEncoding.EncodeToString(data)
	var lines []string
	for len(text) > 76 {
		lines, text = append(lines, text[:76]), text[76:]
	}
	return "Content-Type: application/octet-stream; name=\"" + name + "\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n\r\n" +
		strings.Join(append(lines, text), "\r\n")
}

// dressed are the forms in which a certificate may come.
func dressed(t *testing.T, c, other string, der []byte) map[string]string {
	t.Helper()
	inJSON, err := json.Marshal(map[string][]string{"chain": {c}})
	if err != nil {
		t.Fatal(err)
	}
	body := strings.TrimSuffix(strings.TrimPrefix(c, "-----BEGIN CERTIFICATE-----\n"), "-----END CERTIFICATE-----\n")
	dashes := func(d string) string { return strings.ReplaceAll(c, "-", d) }
	all := map[string]string{
		"en dashes": dashes("–"), "em dashes": strings.ReplaceAll(c, "-----", "——-"), "minus signs": dashes("−"), "no-break hyphens": dashes("‑"), "Windows dashes": dashes("\x96"),
		"four dashes": strings.ReplaceAll(c, "-----", "----"), "lower case": strings.NewReplacer("BEGIN CERTIFICATE", "begin certificate", "END CERTIFICATE", "End Certificate").Replace(c),
		"blank lost": strings.ReplaceAll(c, "BEGIN CERT", "BEGINCERT"), "blanks added": strings.NewReplacer("-----BEGIN", "----- BEGIN", "TE-----", "TE -----").Replace(c),
		"BEGIN lost": strings.TrimPrefix(c, "-----BEGIN CERTIFICATE-----\n"), "END lost": strings.TrimSuffix(c, "-----END CERTIFICATE-----\n"), "both lost": "Your certificate:\n\n" + body + "\nregards\n",
		"one line": strings.ReplaceAll(c, "\n", " "), "one line, nothing between": strings.ReplaceAll(c, "\n", ""), "written \\n": strings.ReplaceAll(c, "\n", `\n`), "written \\r\\n": strings.ReplaceAll(c, "\n", `\r\n`),
		"JSON": string(inJSON), "JSON twice": strings.ReplaceAll(string(inJSON), `\n`, `\\n`), "base64 in JSON": `{"certificate":"` + base64.StdEncoding.EncodeToString(der) + `","serial":"00"}`,
		"base64 of PEM": base64.StdEncoding.EncodeToString([]byte(c)), "XML": "<ds:X509Certificate>\n" + body + "</ds:X509Certificate>",
		"UTF-16": "\xff\xfe" + wideBytes(c, false), "UTF-16 without mark": wideBytes(c, false), "UTF-16 big": "\xfe\xff" + wideBytes(c, true), "UTF-16 big without mark": wideBytes(c, true),
		"web page": "<html><body><p>Yours:</p><pre>" + strings.ReplaceAll(c, "\n", "<br/>") + "</pre></body></html>", "tags in lines": "<html><code>" + each(c, func(_ int, l string) string { return "<span class=\"x\">" + l + "</span>" }) + "</code></html>",
		"entities": "<textarea>" + strings.NewReplacer("\n", "&#10;", "+", "&#43;", "/", "&#x2F;").Replace(c) + "</textarea>", "value of a field": `<html><input value="` + html.EscapeString(strings.ReplaceAll(c, "\n", "&#10;")) + `"></html>`,
		"RTF": `{\rtf1\ansi\deff0{\fonttbl{\f0 Courier;}}\pard ` + strings.ReplaceAll(c, "\n", "\\par\r\n") + "}", "RTF with dashes": `{\rtf1\ansi ` + strings.NewReplacer("\n", "\\line ", "-----", `\'97\'97-`).Replace(c) + "}",
		"URL encoding": "cert=" + url.QueryEscape(c), "path encoding": url.PathEscape(c), "quoted-printable": printed(t, c),
		"quotes": each(c, func(_ int, l string) string { return `"` + l + `"` }), "source text": each(c, func(_ int, l string) string { return `  "` + l + `\n" +` }), "numbers": each(c, func(i int, l string) string { return fmt.Sprintf("%4d  %s", i+1, l) }),
		"numbers with colons": each(c, func(i int, l string) string { return fmt.Sprintf("%d:%s", i+1, l) }), "comment": each(c, before("# ")), "quoted mail": each(c, before("> > ")), "diff": each(c, before("+")), "table": each(c, func(_ int, l string) string { return "| " + l + " |" }),
		"log": each(c, before("2026-11-28T10:00:00Z ca-client: ")), "bullets": each(c, before("* ")), "YAML": "cert: |\n" + each(c, before("  ")), "backslashes": each(c, func(_ int, l string) string { return l + `\` }),
		"zero width": strings.ReplaceAll(c, "M", "\u200bM"), "no-break spaces": strings.ReplaceAll(each(c, func(_ int, l string) string { return l + "\u00a0" }), "BEGIN ", "BEGIN\u00a0"), "soft hyphens": strings.ReplaceAll(c, "\n", "\u00ad\n"),
		"other END": strings.ReplaceAll(c, "END CERTIFICATE", "END X509 CERTIFICATE"), "other label": strings.ReplaceAll(c, "CERTIFICATE", "PKCS #7 SIGNED DATA"), "header lines": strings.Replace(c, "-----\n", "-----\nSubject: x\nX-Order: 12\n\n", 1),
		"mail": mailOf(attachment("a.cer", []byte(c))), "mail with DER": mailOf(attachment("=?utf-8?q?a=2Ecer?=", der)), "mail with a zip": mailOf(attachment("a.zip", zipped(t, map[string][]byte{"x/a.cer": der}))),
		"mail in a mail": mailOf("Content-Type: message/rfc822\r\n\r\n" + strings.ReplaceAll(mailOf(attachment("a.cer", []byte(c))), "=_b", "=_inner")), "mail inline": "MIME-Version: 1.0\nSubject: x\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" + printed(t, "Yours:\n"+c),
		"mailbox": "From ca Sat Nov 28 2026\n" + strings.ReplaceAll(mailOf(attachment("a.cer", []byte(c))), "\r\n", "\n"),
		"gzip":    gzipped(t, []byte(c)), "tar": string(tarred(t, map[string]string{"a.cer": c, "readme": "Dear customer"})), "tar.gz": gzipped(t, tarred(t, map[string]string{"x/a.cer": string(der)})),
		"Word":         string(zipped(t, map[string][]byte{"[Content_Types].xml": []byte("<x/>"), "word/document.xml": []byte("<w:document><w:body>" + each(c, func(_ int, l string) string { return "<w:p><w:r><w:t>" + l + "</w:t></w:r></w:p>" }) + "</w:body></w:document>")})),
		"OpenDocument": string(zipped(t, map[string][]byte{"mimetype": []byte("x"), "content.xml": []byte("<office:text><text:p>" + strings.ReplaceAll(c, "\n", "<text:line-break/>") + "</text:p></office:text>")})),
		"base64url":    base64.RawURLEncoding.EncodeToString(der), "UTF-32": "\xff\xfe\x00\x00" + strings.Join(strings.Split(c, ""), "\x00\x00\x00") + "\x00\x00\x00",
		"hex": fmt.Sprintf("% x", der), "hex with colons": strings.ToUpper(strings.ReplaceAll(fmt.Sprintf("% x", der), " ", ":")), "hex dump": hex.Dump(der),
		"grep": each(c, func(i int, l string) string { return fmt.Sprintf("uccx1.cer:%d:%s", i+1, l) }), "remarks": each(c, func(i int, l string) string { return fmt.Sprintf("%s   // line %d", l, i) }),
		"DER as UTF-16": "\xff\xfe" + wideBytes(latin(der, false), false), "DER behind a mark": mark + string(der),
		"spreadsheet":      string(zipped(t, map[string][]byte{"xl/sharedStrings.xml": []byte("<sst><si><t>" + strings.ReplaceAll(c, "\n", "_x000D_\n") + "</t></si></sst>")})),
		"DER, line ends":   strings.ReplaceAll(string(der), "\n", "\r\n"),
		"DER as Latin-1":   latin(der, false),
		"DER as Windows's": latin(der, true),
		"zeros behind":     string(der) + "\x00\x00\x00",
		"PEM with zeros":   c + "\x00\x1a",
		"instructions":     "Copy all from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.\n" + c,
	}
	_ = other
	return all
}

// TestForms: a certificate is read in every form that programs and people give it, as a file and, where it is text, as a paste.
func TestForms(t *testing.T) {
	root, inter := pair(t)
	for strings.Count(string(root.Raw), "\n") == 0 { // one that a transfer in text mode changes
		root, inter = pair(t)
	}
	for name, text := range dressed(t, string(cert.PEM(root)), string(cert.PEM(inter)), root.Raw) {
		f := Parse("reply.cer", []byte(text))
		if f.Err != nil || len(f.Items) != 1 || !root.Equal(f.Items[0].Cert) {
			t.Errorf("%s: %d items, %v", name, len(f.Items), f.Err)
			continue
		}
		if len(f.Forms) == 0 && name != "zeros behind" && name != "other END" && name != "instructions" && name != "PEM with zeros" && name != "header lines" && name != "other label" {
			t.Errorf("%s: not said what it was", name)
		}
		if strings.HasPrefix(name, "DER") || strings.HasPrefix(name, "UTF-") || strings.ContainsRune(text, 0) || strings.Contains(name, "gz") || strings.Contains(name, "Windows") {
			continue
		}
		if f := Text("pasted", text); len(f.Items) != 1 || !root.Equal(f.Items[0].Cert) {
			t.Errorf("%s, pasted: %d items, %v", name, len(f.Items), f.Err)
		}
	}
}
