package terminal

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// decoded reads bytes as the library of the screens does.
func decoded(b []byte) {
	p := ansi.GetParser()
	defer ansi.PutParser(p)
	var state byte
	for len(b) > 0 {
		_, _, n, next := ansi.DecodeSequence(b, state, p)
		b, state = b[n:], next
	}
}

// TestParams: whatever a terminal sends, in whatever pieces, the library reads it; what keys, mice and reports send stays as it is.
func TestParams(t *testing.T) {
	for _, text := range []string{"\x1b[" + strings.Repeat("1;", 5000) + "u", "\x1bP" + strings.Repeat(";", 500) + "q\x1b\\", "\x1b[" + strings.Repeat("4:3:", 100) + "m", "\x9b" + strings.Repeat("1;", 100) + "u",
		"\x1b[1;\x1b[" + strings.Repeat("1;", 100) + "u", "\x1b[?" + strings.Repeat("62;", 90) + "c", "\x1b\x1b[[" + strings.Repeat("1;", 90)} {
		for _, size := range []int{1, 7, len(text)} {
			var p params
			b := []byte(text)
			for from := 0; from < len(b); from += size {
				p.bound(b[from:min(len(b), from+size)])
			}
			decoded(b)
		}
	}
	for _, text := range []string{"plain; text: with; many; " + strings.Repeat(";", 100), "\x1b[1;5A", "\x1b[<0;120;40M", "\x1b[97;5;97u", "\x1b[?1;2;4;6;9;15;16;22;28;29c", "\x1b]11;rgb:0000/0000/0000\x07", "ěš;;;;"} {
		b := []byte(text)
		if new(params).bound(b); string(b) != text {
			t.Errorf("%q became %q", text, b)
		}
	}
	const letters = "\x1b[P]_?;:019mu\x07\x9b\x90\\ q\xc3"
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		b := make([]byte, r.IntN(300))
		for i := range b {
			if b[i] = letters[r.IntN(len(letters))]; r.IntN(3) > 0 {
				b[i] = ";1"[r.IntN(2)]
			}
		}
		new(params).bound(b)
		decoded(b)
	}
}

// TestKeysAreBounded: the terminal of the screens is read so.
func TestKeysAreBounded(t *testing.T) {
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	if _, err := to.WriteString("\x1b[" + strings.Repeat("1;", 100) + "u"); err != nil {
		t.Fatal(err)
	}
	_ = to.Close()
	b := make([]byte, 4096)
	n, err := (&watched{File: from, gone: func() {}}).Read(b)
	if got := strings.Count(string(b[:n]), ";"); err != nil || got != maxParams-1 {
		t.Errorf("%d separators, %v", got, err)
	}
}
