package session

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// entriesOfAllKinds are entries with every field, with and without what needs an escape.
func entriesOfAllKinds() []Entry {
	at := time.Date(2026, 11, 25, 14, 0, 0, 123456789, time.UTC)
	return []Entry{
		{V: 2, Seq: 1, Time: at, Who: "ada@jump", Kind: "opened", Data: json.RawMessage(`{"name":"HQ","n":[1,2,{"a":null}]}`)},
		{Seq: 2, Time: at.Truncate(time.Second), Who: "ada@jump", Kind: "done", Step: "survey", Node: "uccx1.example.com", Data: json.RawMessage(`null`)},
		{Seq: 3, Time: at, Who: "ada@jump", Kind: "done", Step: "survey"},
		{Seq: 4, Time: at, Who: "Žofie@jump", Kind: "done", Node: "n", Data: json.RawMessage(`"\u001b[0m,\"prev\":\""`)},
		{Seq: 5, Time: at, Who: `DOM\ada@jump`, Kind: "done", Data: json.RawMessage(`[]`)},
		{Seq: 6, Time: at, Who: "ada@jump", Kind: "done", Data: json.RawMessage(`1`), Kept: map[string]string{"outbox/a.csr": "00"}},
		{Seq: 7, Time: at, Who: "ada@jump", Kind: "done", Kept: map[string]string{"a": "1", "b": "2"}},
	}
}

// TestReadAsWritten: what the quick reader takes is what a reader of any JSON takes.
func TestReadAsWritten(t *testing.T) {
	quick := 0
	for _, prev := range []string{"", strings.Repeat("0a", 32)} {
		for _, e := range entriesOfAllKinds() {
			e.Prev = prev
			line, err := e.line()
			if err != nil {
				t.Fatal(err)
			}
			quick += same(t, bytes.TrimSpace(line))
		}
	}
	if quick != 6 {
		t.Errorf("%d of 14 lines were read quickly, want 6", quick)
	}
}

// same fails where the quick reader takes a line otherwise than a reader of any JSON; it returns 1 where it took it.
func same(t *testing.T, line []byte) int {
	t.Helper()
	if len(line) < sumTail {
		return 0
	}
	var got, want Entry
	if !asWritten(line[:len(line)-sumTail], &got, &Entry{Who: "ada@jump"}) {
		return 0
	}
	if err := json.Unmarshal(append(bytes.Clone(line[:len(line)-sumTail]), '}'), &want); err != nil {
		t.Fatalf("%s\nread, but: %v", line, err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s\ngot  %+v\nwant %+v", line, got, want)
	}
	return 1
}

// FuzzReadAsWritten: the same of any line.
func FuzzReadAsWritten(f *testing.F) {
	for _, e := range entriesOfAllKinds() {
		line, err := e.line()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(bytes.TrimSpace(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) { same(t, line) })
}

// TestPartsAreOneJournal: a journal that is read in parts is read whole, and damage is named by its line in any part.
func TestPartsAreOneJournal(t *testing.T) {
	t.Parallel()
	var data []byte
	var last *Entry
	for n := 1; len(data) < 5*partSize; n++ {
		e := Entry{Seq: n, Kind: "done", Who: "ada@jump", Node: strings.Repeat("n", n%70)}
		if last == nil {
			e.V = Format
		} else {
			e.Prev = last.Sum
		}
		line, err := e.line()
		if err != nil {
			t.Fatal(err)
		}
		data, last = append(data, line...), &e
	}
	entries, whole, err := scan("x", data)
	if err != nil || whole != len(data) || len(entries) != last.Seq || !reflect.DeepEqual(entries[last.Seq-1].Sum, last.Sum) {
		t.Fatalf("%d entries, %d bytes, %v", len(entries), whole, err)
	}
	for at := 7; at < len(data); at += len(data) / 23 {
		bad := bytes.Clone(data)
		bad[at] ^= 1
		line := 1 + bytes.Count(data[:at], []byte("\n"))
		_, _, err := scan("x", bad)
		if d, ok := err.(*Damaged); !ok || d.Line != line {
			t.Errorf("byte %d of line %d: %v", at, line, err)
		}
		start := bytes.LastIndexByte(data[:at], '\n') + 1
		end := at + bytes.IndexByte(data[at:], '\n') + 1
		_, _, err = scan("x", append(bytes.Clone(data[:start]), data[end:]...))
		if d, ok := err.(*Damaged); end < len(data) && (!ok || d.Line != line) {
			t.Errorf("line %d missing: %v", line, err)
		}
	}
}
