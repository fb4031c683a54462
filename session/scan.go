package session

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"runtime"
	"sync"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// scan reads a whole journal: each line is checked against its own checksum, then against the line before it. whole is the
// length of its sound part in bytes: what follows is a torn last line, which was never acknowledged. For its own checksum a
// line needs no other, so long journals are read by all processors.
func scan(file string, data []byte) (entries []Entry, whole int, err error) {
	whole = bytes.LastIndexByte(data, '\n') + 1
	entries = make([]Entry, bytes.Count(data[:whole], []byte("\n")))
	parts := cutLines(data[:whole], entries)
	var all sync.WaitGroup
	for _, p := range parts {
		all.Go(p.read)
	}
	all.Wait()
	var before *Entry
	n := 0
	for _, p := range parts {
		for i := range p.entries {
			n++
			if i == p.sound {
				return nil, 0, &Damaged{file, n, p.err}
			}
			if err := p.entries[i].follows(before); err != nil {
				return nil, 0, &Damaged{file, n, err}
			}
			before = &p.entries[i]
		}
	}
	return entries, whole, nil
}

// part is some lines of a journal, one after the other, and what they were read into.
type part struct {
	lines   []byte
	entries []Entry
	sound   int   // how many are, from the first
	err     error // what is wrong with the next
}

// partSize is from how many bytes on it is worth while to read in parts.
const partSize = 256 << 10

// cutLines deals whole lines, and the places of their entries, out to the processors.
func cutLines(data []byte, entries []Entry) []*part {
	var parts []*part
	for n := min(runtime.GOMAXPROCS(0), len(data)/partSize+1); n > 0; n-- {
		end := len(data)
		if n > 1 {
			end = len(data)/n + bytes.IndexByte(data[len(data)/n:], '\n') + 1
		}
		lines := bytes.Count(data[:end], []byte("\n"))
		parts = append(parts, &part{lines: data[:end], entries: entries[:lines:lines]})
		data, entries = data[end:], entries[lines:]
	}
	return parts
}

// read reads lines until one is not sound.
func (p *part) read() {
	rest, before := p.lines, &Entry{}
	for p.sound < len(p.entries) {
		end := bytes.IndexByte(rest, '\n')
		e := &p.entries[p.sound]
		if p.err = e.read(rest[:end], before); p.err != nil {
			return
		}
		before, rest = e, rest[end+1:]
		p.sound++
	}
}

// read checks one line, without its newline, by itself. Words that it has in common with the entry before are shared.
func (e *Entry) read(line []byte, before *Entry) error {
	if len(line) < sumTail || string(line[len(line)-sumTail:len(line)-sumTail+len(sumHead)]) != sumHead || string(line[len(line)-2:]) != `"}` {
		return msg.Errorf("is not a journal line")
	}
	body, sum := line[:len(line)-sumTail], line[len(line)-sumTail+len(sumHead):len(line)-2]
	if !fits(body, sum) {
		return msg.Errorf("checksum mismatch: the line was changed")
	}
	if asWritten(body, e, before) {
		e.Sum = string(sum)
		return nil
	}
	*e = Entry{}
	if err := json.Unmarshal(line, e); err != nil {
		return msg.Errorf("the checksum is correct, but the line is not a valid entry: %w", err)
	}
	return nil
}

func fits(body, sum []byte) bool {
	var digits [2 * sha256.Size]byte
	is := sha256.Sum256(body)
	hex.Encode(digits[:], is[:])
	return string(digits[:]) == string(sum)
}

// follows checks that an entry stands where it belongs.
func (e *Entry) follows(before *Entry) error {
	seq, prev := 1, ""
	if before != nil {
		seq, prev = before.Seq+1, before.Sum
	}
	switch {
	case e.Seq != seq:
		return msg.Errorf("found entry %d, expected entry %d: lines are missing, duplicated or out of order", e.Seq, seq)
	case e.Prev != prev:
		return msg.Errorf("it does not match the previous line: the hash chain is broken")
	case seq == 1 && (e.V < 1 || e.V > Format):
		return &newer{e.V}
	}
	return nil
}
