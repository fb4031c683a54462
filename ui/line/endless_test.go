package line

import (
	"bufio"
	"errors"
	"strings"
	"testing"
)

type without struct{ read int }

func (w *without) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	if w.read += len(p); w.read > 64<<20 {
		panic("read without end")
	}
	return len(p), nil
}

// TestEndlessLine: a line of the input that does not end is not waited for; long inputs of many lines are read.
func TestEndlessLine(t *testing.T) {
	if _, err := bufio.NewReader(&endless{from: &without{}}).ReadString('\n'); !errors.Is(err, bufio.ErrTooLong) {
		t.Errorf("%v", err)
	}
	many := bufio.NewScanner(&endless{from: strings.NewReader(strings.Repeat(strings.Repeat("x", 1023)+"\n", 8<<10))})
	n := 0
	for many.Scan() {
		n++
	}
	if n != 8<<10 || many.Err() != nil {
		t.Errorf("%d lines, %v", n, many.Err())
	}
}
