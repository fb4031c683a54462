package msg

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"time"
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
var wide = regexp.MustCompile(`%[^a-zA-Z%]*(\d{3}|\*)`)

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
	if len(origins) == 0 || json.Unmarshal(origins, &all) != nil {
		return
	}
	known := map[string]Text{}
	for _, o := range all {
		if t := o.text(); o.narrow() {
			known[t.String()] = t
		}
	}
	walk(reflect.ValueOf(into), true, func(v reflect.Value) {
		if t, ok := known[v.Interface().(Text).String()]; ok && v.CanSet() {
			v.Set(reflect.ValueOf(t))
		}
	})
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

// narrow reports whether no format asks for a width that no sentence of ours has.
func (o origin) narrow() bool {
	for _, a := range o.Args {
		if t, ok := a.value.(Text); ok && !originOf(t).narrow() {
			return false
		}
	}
	return !wide.MatchString(o.Format) && !wide.MatchString(o.Many)
}

// MarshalJSON writes strings, numbers and truths as they are, and the rest as an object: a sentence, {"d": nanoseconds}, {"t": time}.
func (a arg) MarshalJSON() ([]byte, error) {
	switch v := a.value.(type) {
	case Text:
		return json.Marshal(originOf(v))
	case time.Duration:
		return json.Marshal(map[string]int64{"d": int64(v)})
	case time.Time:
		return json.Marshal(map[string]time.Time{"t": v})
	case interface{ Text() Text }:
		return json.Marshal(originOf(v.Text()))
	case error:
		return json.Marshal(v.Error())
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

// UnmarshalJSON reads what MarshalJSON writes.
func (a *arg) UnmarshalJSON(raw []byte) error {
	var s string
	var n int64
	var x float64
	var b bool
	var o struct {
		origin
		D *time.Duration `json:"d"`
		T *time.Time     `json:"t"`
	}
	switch {
	case json.Unmarshal(raw, &s) == nil:
		a.value = s
	case json.Unmarshal(raw, &n) == nil:
		a.value = n
	case json.Unmarshal(raw, &x) == nil:
		a.value = x
	case json.Unmarshal(raw, &b) == nil:
		a.value = b
	default:
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
	}
	return nil
}
