package session

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
)

// asWritten reads a line up to its checksum, where it is exactly as Entry.line writes it: every field in its place, and no
// text that needs an escape. That is nearly every line, and costs a small part of what reading any JSON does. Of any other
// it says no, and has perhaps written to the entry. Data points into the line; before is the entry of the line before.
func asWritten(body []byte, e, before *Entry) bool {
	c := cursor{body, true}
	c.skip(`{`)
	if c.has(`"v":`) {
		e.V = c.number()
		c.skip(`,`)
	}
	c.skip(`"seq":`)
	e.Seq = c.number()
	c.skip(`,"time":"`)
	moment := c.text()
	c.skip(`,"who":"`)
	e.Who = word(c.text(), before.Who)
	c.skip(`,"kind":"`)
	e.Kind = word(c.text(), before.Kind)
	if c.has(`,"step":"`) {
		e.Step = word(c.text(), before.Step)
	}
	if c.has(`,"node":"`) {
		e.Node = word(c.text(), before.Node)
	}
	if !c.ok || e.Time.UnmarshalText(moment) != nil {
		return false
	}
	if c.has(`,"logs":{`) {
		e.Logs = c.pairs()
	}
	if c.has(`,"data":`) {
		e.Data = c.untilPrev()
	}
	c.skip(`,"prev":"`)
	e.Prev = word(c.text(), before.Sum)
	return c.ok && len(c.rest) == 0
}

// word lets a word that stands in the line before, too, stand once in memory.
func word(text []byte, before string) string {
	if string(text) == before {
		return before
	}
	return string(text)
}

// cursor goes through a line; once something is not as it was expected, it stays not ok.
type cursor struct {
	rest []byte
	ok   bool
}

// skip goes behind what must come next.
func (c *cursor) skip(text string) { c.ok = c.has(text) && c.ok }

// has goes behind what may come next, and tells whether it came.
func (c *cursor) has(text string) bool {
	if len(c.rest) < len(text) || string(c.rest[:len(text)]) != text {
		return false
	}
	c.rest = c.rest[len(text):]
	return true
}

// number reads a whole number from 1.
func (c *cursor) number() int {
	n, i := 0, 0
	for i < len(c.rest) && i < 18 && c.rest[i] >= '0' && c.rest[i] <= '9' {
		n = 10*n + int(c.rest[i]-'0')
		i++
	}
	c.ok = c.ok && i > 0 && c.rest[0] != '0'
	c.rest = c.rest[i:]
	return n
}

// text reads up to the next quote, and behind it.
func (c *cursor) text() []byte {
	for i, b := range c.rest {
		switch {
		case b == '"':
			text := c.rest[:i]
			c.rest = c.rest[i+1:]
			return text
		case b == '\\' || b < ' ' || b > '~':
			c.ok = false
			return nil
		}
	}
	c.ok = false
	return nil
}

// pairs reads the texts of an object of texts, up to its end and behind it.
func (c *cursor) pairs() map[string]string {
	all := map[string]string{}
	for c.ok {
		c.skip(`"`)
		key := c.text()
		c.skip(`:"`)
		all[string(key)] = string(c.text())
		if !c.has(`,`) {
			break
		}
	}
	c.skip(`}`)
	return all
}

// untilPrev reads one JSON value up to the checksum of the line before, with which the line goes on.
func (c *cursor) untilPrev() json.RawMessage {
	const head = `,"prev":"`
	at := len(c.rest) - len(head) - 2*sha256.Size - 1
	if at < 0 || string(c.rest[at:at+len(head)]) != head {
		at = len(c.rest) - len(head) - 1 // of the first line: empty
	}
	if at < 1 {
		c.ok = false
		return nil
	}
	value := c.rest[:at:at]
	c.rest = c.rest[at:]
	c.ok = c.ok && len(bytes.TrimSpace(value)) == len(value) && json.Valid(value)
	return json.RawMessage(value)
}
