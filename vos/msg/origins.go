package msg

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// origin is what a sentence was made of, beside its English words in a journal.
type origin struct {
	Format string `json:"f"`
	Many   string `json:"m,omitempty"`
	Count  int    `json:"n,omitempty"`
	Args   []arg  `json:"a,omitempty"`
}

// arg is an argument: JSON has no types for them.
type arg struct {
	value any // string, bool, int64, uint64, float64, time.Duration, time.Time, Text
}

// wide finds widths that would turn a few bytes of a journal into megabytes on a screen.
var wide = lazyregexp.MustCompile(`%[^a-zA-Z%]*(\d{3}|\*)`)

// Origins returns what the sentences in data were made of, as JSON, or nil where their English words alone tell it: of those
// without arguments, and of words that are not ours.
func Origins(data any) json.RawMessage {
	var all []origin
	seen := map[string]bool{}
	walk(reflect.ValueOf(data), false, func(v reflect.Value) {
		t := v.Interface().(Text)
		if len(t.Args) == 0 || t.Format == verbatim {
			return
		}
		o := originOf(t)
		raw, err := json.Marshal(o)
		var back origin
		if err != nil || json.Unmarshal(raw, &back) != nil || back.text().String() != t.String() || seen[string(raw)] {
			return
		}
		seen[string(raw)] = true
		all = append(all, o)
	})
	if len(all) == 0 {
		return nil
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return nil
	}
	return raw
}

// Restore gives the sentences in what into points to, which were read as English words, the arguments that they were made of. What
// does not yield the same English words is left out: origins may come from other hands.
func Restore(into any, origins json.RawMessage) {
	var all []origin
	if len(origins) == 0 || depth(origins) > deepest || json.Unmarshal(origins, &all) != nil {
		return
	}
	known := map[string]Text{}
	for _, o := range all {
		if o.narrow() {
			t := o.text()
			known[t.String()] = t
		}
	}
	walk(reflect.ValueOf(into), true, func(v reflect.Value) {
		if t, ok := known[v.Interface().(Text).String()]; ok && v.CanSet() {
			v.Set(reflect.ValueOf(t))
		}
	})
}

// Filled is a sentence of a journal that held its format and its arguments apart. It may come from other hands: a format that fills
// the memory is taken for words.
func Filled(format string, args []string) Text {
	t := T(format)
	for _, a := range args {
		t.Args = append(t.Args, a)
	}
	if !originOf(t).narrow() {
		return English(format)
	}
	return t
}

// deepest is how many brackets of origins are open at once: a sentence inside a sentence has two more.
const deepest = 64

// depth is how many brackets of JSON are open at once. It reads the bytes once; what takes sentences out of sentences reads them
// again at each of them.
func depth(raw []byte) int {
	most, now, quoted := 0, 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case c == '"':
			quoted = !quoted
		case quoted && c == '\\':
			i++
		case !quoted && (c == '[' || c == '{'):
			now++
			most = max(most, now)
		case !quoted && (c == ']' || c == '}'):
			now--
		}
	}
	return most
}

// walk calls f for each Text in a value. What is not exported has none that JSON holds.
func walk(v reflect.Value, set bool, f func(reflect.Value)) {
	if !v.IsValid() {
		return
	}
	if v.Type() == reflect.TypeFor[Text]() {
		f(v)
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		walk(v.Elem(), set, f)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walk(v.Field(i), set, f)
			}
		}
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k == reflect.Uint8 || k == reflect.String {
			return
		}
		for i := range v.Len() {
			walk(v.Index(i), set, f)
		}
	case reflect.Map:
		walkMap(v, set, f)
	}
}

// walkMap walks through copies of the values, and puts them back where they are to be set: others may read the map meanwhile.
func walkMap(v reflect.Value, set bool, f func(reflect.Value)) {
	if v.Type().Elem().Kind() == reflect.String {
		return
	}
	for _, key := range v.MapKeys() {
		one := reflect.New(v.Type().Elem()).Elem()
		one.Set(v.MapIndex(key))
		walk(one, set, f)
		if set {
			v.SetMapIndex(key, one)
		}
	}
}

func originOf(t Text) origin {
	o := origin{Format: t.Format, Many: t.Many, Count: t.Count}
	for _, a := range t.Args {
		o.Args = append(o.Args, arg{a})
	}
	return o
}

func (o origin) text() Text {
	t := Text{Format: o.Format, Many: o.Many, Count: o.Count}
	for _, a := range o.Args {
		t.Args = append(t.Args, a.value)
	}
	return t
}

// longest is how many bytes the words of a sentence from other hands may have: more than any of ours.
const longest = 1 << 16

// narrow reports whether the words of a sentence stay short: no format asks for a width that none of ours has, and sentences inside
// sentences, each of them named twice, do not grow without end.
func (o origin) narrow() bool { return o.size() < longest }

// size is the most bytes that the words can have, or longest.
func (o origin) size() int {
	inner := 0
	for _, a := range o.Args {
		n := 64 // a number, a time
		switch v := a.value.(type) {
		case Text:
			n = originOf(v).size()
		case string:
			n = 10*len(v) + 2 // %q writes \U0010ffff, %x two digits a byte
		}
		inner = max(inner, n)
	}
	format := max(len(o.Format), len(o.Many))
	verbs := max(strings.Count(o.Format, "%"), strings.Count(o.Many, "%"))
	if wide.MatchString(o.Format) || wide.MatchString(o.Many) || inner >= longest {
		return longest
	}
	return min(longest, format+verbs*(inner+120)) // 120: a width below 100, and what fmt says of a wrong verb
}

// MarshalJSON writes strings, numbers and truths as they are, and the rest as an object: a sentence, {"d": nanoseconds}, {"t": time}.
func (a arg) MarshalJSON() ([]byte, error) {
	switch v := a.value.(type) {
	case Text:
		if v.plain() {
			return json.Marshal(v.String())
		}
		return json.Marshal(originOf(v))
	case time.Duration:
		return json.Marshal(map[string]int64{"d": int64(v)})
	case time.Time:
		return json.Marshal(map[string]time.Time{"t": v})
	case interface{ Text() Text }:
		return json.Marshal(originOf(v.Text()))
	case error: // its words may be a sentence that has a translation
		return json.Marshal(originOf(Of(v)))
	case fmt.Stringer:
		return json.Marshal(v.String())
	}
	switch v := reflect.ValueOf(a.value); v.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return json.Marshal(a.value)
	}
	return json.Marshal(fmt.Sprint(a.value))
}

// plain reports whether a sentence has no words of ours: a name, or a list of names.
func (t Text) plain() bool {
	return t.Many == "" && strings.Trim(t.Format, "%s,; ") == "" && !slices.ContainsFunc(t.Args, func(a any) bool {
		inner, ok := a.(Text)
		_, word := a.(string)
		return !word && !(ok && inner.plain())
	})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (a *arg) UnmarshalJSON(raw []byte) error {
	switch raw[0] {
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		a.value = s
		return err
	case 't', 'f':
		a.value = raw[0] == 't'
		return nil
	case '{':
		return a.object(raw)
	}
	var n int64
	if json.Unmarshal(raw, &n) == nil {
		a.value = n
		return nil
	}
	var x float64
	err := json.Unmarshal(raw, &x)
	a.value = x
	return err
}

func (a *arg) object(raw []byte) error {
	var o struct {
		origin
		D *time.Duration `json:"d"`
		T *time.Time     `json:"t"`
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		return err
	}
	switch {
	case o.D != nil:
		a.value = *o.D
	case o.T != nil:
		a.value = *o.T
	default:
		a.value = o.text()
	}
	return nil
}
