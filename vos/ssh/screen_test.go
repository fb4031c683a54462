package ssh

import (
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

func shown(raw string) string {
	var s screen
	s.feed([]byte(raw))
	return strings.Join(append(s.lines, string(s.cur)), "\n")
}

func TestScreen(t *testing.T) {
	for raw, want := range map[string]string{
		"one\r\ntwo":                        "one\ntwo",
		"one\ntwo":                          "one\ntwo",
		"one\r\r\ntwo":                      "one\ntwo",
		"abc\rxy":                           "xyc",
		"abc\r\x1b[Kxy":                     "xy",
		"abc\b\bX":                          "aXc",
		"abc\b \bd":                         "abd",
		"\b\bx":                             "x",
		"\x1b[31mred\x1b[0m":                "red",
		"\x1b]0;a title\x07text":            "text",
		"\x1b]0;a title\x1b\\text":          "text",
		"\x1bP+q\x1b\\text\x1b(B":           "text",
		"abc\x1b[2Dx":                       "axc",
		"abc\x1b[1Gx":                       "xbc",
		"abc\x1b[5Cx":                       "abc     x",
		"abc\x1b[99999999999999999999Cx":    "abc x",
		"abcd\x1b[3G\x1b[1Px":               "abx",
		"abc\x1b[2Kx":                       "   x",
		"a\x00b\x07c\x7f":                   "abc",
		"a\tb":                              "a\tb",
		"trailing   \r\nx":                  "trailing\nx",
		"\u8a8d\u8a3c":                      "\u8a8d\u8a3c",
		"\x1b[" + strings.Repeat("1;", 300): strings.Repeat("1;", 300)[254:],
	} {
		if got := shown(raw); got != want {
			t.Errorf("%q shows %q, not %q", raw, got, want)
		}
	}
}

func TestEchoEnd(t *testing.T) {
	for raw, behind := range map[string]string{
		"show me\r\nx":                         "\r\nx",
		"admin:show me\r\n":                    "\r\n",
		"\r\n\radmin:\r\nadmin:show me\r\nx":   "\r\nx",
		"show\r\n me\r\n":                      "\r\n",
		"sho \rw me\x1b[K\r\n":                 "\x1b[K\r\n",
		"sho \bw me\r\n":                       "\r\n",
		"shox\b \bw me\r\n":                    "\r\n",
		"\x1b[1ms\x1b[0mhow me":                "",
		"answer to show me\r\nadmin:show me\n": "\n",
	} {
		end := echoEnd([]byte(raw), "show me")
		if end < 0 || raw[end:] != behind {
			t.Errorf("%q: %d", raw, end)
		}
	}
	for _, raw := range []string{"", "show m", "answer to show me", "showme2"[:3], "\x1b[show me"[:4]} {
		if end := echoEnd([]byte(raw), "show me"); end >= 0 {
			t.Errorf("%q: %d", raw, end)
		}
	}
	if echoEnd([]byte("abc"), "") >= 0 || echoEnd([]byte("abc"), "   ") >= 0 {
		t.Error("the echo of nothing was found")
	}
}

// However the bytes of an answer are cut, the text is the same; nothing ends without the prompt; nothing panics.
func FuzzAnswer(f *testing.F) {
	f.Add("show me\r\none\r\nadmin:", uint8(3))
	f.Add("\r\n\radmin:show me\r\none\r\n\x1b[1mPress <enter> for 1 line, <space> for one page, or <q> to quit\x1b[0m\x1b[K", uint8(1))
	f.Add("show me\r\nPaste the Certificate and Hit Enter\r\n", uint8(7))
	f.Add("show me\r\nEnter (yes/no)? yes\r\nadmin:show me\r\n\b\b\x1b[2K\x1b]x\x07admin:", uint8(2))
	f.Fuzz(func(t *testing.T, raw string, step uint8) {
		d := vos.Dialogue{Line: "show me", Paste: []byte("-----BEGIN\nAA\n-----END\n"), Answers: []vos.Answer{{Question: `\(yes/no\)\?\s*$`, Reply: "yes"}}, Leaves: true, Ends: "down"}
		whole, _ := expect(d, "admin:")
		whole.feed([]byte(raw))
		parts, _ := expect(d, "admin:")
		for rest := []byte(raw); len(rest) > 0; {
			n := min(int(step)+1, len(rest))
			parts.feed(rest[:n])
			rest = rest[n:]
			_, _ = parts.reply(time.Hour, Options{})
			_, _ = parts.pager(), parts.left()
			_ = parts.since(parts.mark)
			if parts.ended(time.Hour, Options{}) && !strings.Contains(strings.Join(parts.screen.lines, "\n")+string(parts.screen.cur), "admin:") {
				t.Errorf("ended without a prompt: %q", parts.text())
			}
		}
		if len(raw) < maxEcho && whole.text() != parts.text() {
			t.Errorf("%q in one, %q in parts", whole.text(), parts.text())
		}
		parts.pastes()
		parts.turned()
		_, _, _ = parts.text(), parts.speaks(), parts.committed()
	})
}
