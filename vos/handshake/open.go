package handshake

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/tls"
	"encoding/binary"
	"hash"

	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/crypto/cryptobyte"
)

// opener decrypts the records of a server's TLS 1.3 handshake.
type opener struct {
	aead cipher.AEAD
	iv   []byte
	seq  uint64
}

// newOpener makes the keys of a cipher suite from a traffic secret (RFC 8446, 7.3); nil where it cannot.
func newOpener(suite uint16, secret []byte) *opener {
	digest, size, seal := sha256.New, 16, gcm
	switch suite {
	case tls.TLS_AES_128_GCM_SHA256:
	case tls.TLS_AES_256_GCM_SHA384:
		digest, size = sha512.New384, 32
	case tls.TLS_CHACHA20_POLY1305_SHA256:
		size, seal = 32, chacha20poly1305.New
	default:
		return nil
	}
	key, iv := expand(digest, secret, "key", size), expand(digest, secret, "iv", 12)
	if key == nil || iv == nil {
		return nil
	}
	aead, err := seal(key)
	if err != nil {
		return nil
	}
	return &opener{aead: aead, iv: iv}
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// expand is HKDF-Expand-Label with an empty context (RFC 8446, 7.1).
func expand(digest func() hash.Hash, secret []byte, label string, size int) []byte {
	var info cryptobyte.Builder
	info.AddUint16(uint16(size))
	info.AddUint8LengthPrefixed(func(b *cryptobyte.Builder) { b.AddBytes([]byte("tls13 " + label)) })
	info.AddUint8(0)
	out, err := hkdf.Expand(digest, secret, string(info.BytesOrPanic()), size)
	if err != nil {
		return nil
	}
	return out
}

// record decrypts one record, and tells what kind of content it has; 0 where it cannot be opened.
func (o *opener) record(body []byte) (kind uint8, content []byte) {
	nonce := append([]byte{}, o.iv...)
	last := nonce[len(nonce)-8:]
	binary.BigEndian.PutUint64(last, binary.BigEndian.Uint64(last)^o.seq)
	o.seq++
	head := binary.BigEndian.AppendUint16([]byte{recordApplication, 3, 3}, uint16(len(body)))
	text, err := o.aead.Open(nil, nonce, body, head)
	if err != nil {
		return 0, nil
	}
	for i := len(text) - 1; i >= 0; i-- { // zeros may follow the kind
		if text[i] != 0 {
			return text[i], text[:i]
		}
	}
	return 0, nil
}
