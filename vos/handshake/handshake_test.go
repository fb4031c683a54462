package handshake_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"slices"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/handshake"
)

// served makes one handshake with a server, and returns the tape of it and what the server sent.
func served(t testing.TB, config *tls.Config) (*handshake.Tape, [][]byte) {
	t.Helper()
	key := certtest.Key(t)
	tpl := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der := certtest.DER(t, tpl, nil, key.Public(), key)
	sent := [][]byte{der, bytes.Repeat([]byte("no certificate"), 4000)} // several records long
	config.Certificates = []tls.Certificate{{Certificate: sent, PrivateKey: key}}
	near, far := net.Pipe()
	go func() { defer far.Close(); _ = tls.Server(far, config).Handshake() }()
	defer near.Close()
	tape := &handshake.Tape{}
	if err := tls.Client(tape.Conn(near), tape.Config(&tls.Config{InsecureSkipVerify: true})).Handshake(); err == nil {
		t.Fatal("crypto/tls reads it: the test shows nothing")
	}
	return tape, sent
}

// TestTape: what was sent is read over every version.
func TestTape(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		tape, sent := served(t, &tls.Config{MaxVersion: version})
		got, over := tape.Certificates()
		if over != version || len(got) != len(sent) || !bytes.Equal(got[0], sent[0]) || !bytes.Equal(got[1], sent[1]) {
			t.Errorf("%s: %d certificates over %s", tls.VersionName(version), len(got), tls.VersionName(over))
		}
	}
	if got, _ := (&handshake.Tape{}).Certificates(); len(got) > 0 {
		t.Error("certificates of nothing")
	}
}

// TestLongHandshake: of what a server sends without end a bounded part is kept.
func TestLongHandshake(t *testing.T) {
	sized := func(n int) []byte { return []byte{byte(n >> 16), byte(n >> 8), byte(n)} }
	for size, want := range map[int]int{100 << 10: 1, 300 << 10: 0} {
		list := slices.Concat(sized(size), make([]byte, size))
		message := slices.Concat([]byte{11}, sized(len(list)+3), sized(len(list)), list)
		var sent []byte
		for part := range slices.Chunk(message, 16<<10) {
			sent = append(append(sent, 22, 3, 3, byte(len(part)>>8), byte(len(part))), part...)
		}
		var tape handshake.Tape
		_, _ = tape.Conn(replay{Reader: bytes.NewReader(sent)}).Read(make([]byte, len(sent)))
		if chain, _ := tape.Certificates(); len(chain) != want {
			t.Errorf("%d certificates of %d bytes, want %d", len(chain), size, want)
		}
	}
}

// replay is a connection that has only something to read.
type replay struct {
	net.Conn
	*bytes.Reader
}

func (r replay) Read(p []byte) (int, error) { return r.Reader.Read(p) }

// FuzzTape: whatever a server sends, what is read of it lies within it.
func FuzzTape(f *testing.F) {
	f.Add([]byte{22, 3, 3, 0, 10, 11, 0, 0, 6, 0, 0, 3, 0, 0, 0})
	f.Add([]byte{22, 3, 3, 0, 2, 2, 0, 23, 3, 3, 0, 1, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		var tape handshake.Tape
		buf := make([]byte, len(data)+1)
		_, _ = tape.Conn(replay{Reader: bytes.NewReader(data)}).Read(buf)
		sum := 0
		chain, _ := tape.Certificates()
		for _, der := range chain {
			sum += len(der)
		}
		if sum > len(data) {
			t.Errorf("%d bytes of %d", sum, len(data))
		}
	})
}
