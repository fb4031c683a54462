package msg

import (
	"encoding/json"
	"testing"
)

// TestText: one and many, arguments in another order, and a sentence without arguments that holds a sign of percent.
func TestText(t *testing.T) {
	for want, text := range map[string]Text{
		"":                           {},
		"nothing to do":              T("nothing to do"),
		"connection refused at a:1":  Kept("connection refused at a:1"),
		"looked at 50% of it":        Kept("looked at 50% of it"),
		"port 8443 of uccx1":         T("port %d of %s", 8443, "uccx1"),
		"1 note":                     N("1 note", "%d notes", 1),
		"0 notes":                    N("1 note", "%d notes", 0),
		"2 notes":                    N("1 note", "%d notes", 2),
		"ccp, 1 day left":            N("%[2]s, 1 day left", "%[2]s, %[1]d days left", 1, 1, "ccp"),
		"ccp, 21 days left":          N("%[2]s, 1 day left", "%[2]s, %[1]d days left", 21, 21, "ccp"),
		"100% of the nodes are done": T("100%% of the nodes are done"),
	} {
		if got := text.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		data, err := json.Marshal(text)
		english, _ := json.Marshal(want)
		var back Text
		if err != nil || string(data) != string(english) || json.Unmarshal(data, &back) != nil || back.String() != want {
			t.Errorf("%s: %v, %+v", data, err, back)
		}
	}
}
