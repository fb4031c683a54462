package ssh_test

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cli"
	vosssh "github.com/uccx-tui/uccx-tui/vos/ssh"
	"github.com/uccx-tui/uccx-tui/vos/vostest"
)

// patient are limits that no bound waits for: what ends, ends by the bound.
func patient() vosssh.Options {
	return vosssh.Options{Lab: true, LoginLimit: time.Hour, CommandLimit: time.Hour, Handshake: time.Hour, Grace: 200 * time.Millisecond,
		Nudge: 150 * time.Millisecond, Puzzled: 100 * time.Millisecond}
}

func hostileAccess() vos.Access {
	return vos.Access{Login: vos.Login{User: "administrator", Password: vos.NewSecret(vostest.HostilePassword)}, CheckKey: func(vos.HostKey) error { return nil }}
}

// allocated runs something and returns how many bytes it took from the heap, in all.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// most is what a node that talks without end may cost, in bytes from the heap over the whole login or answer: twice what any does. A hundred
// such nodes at once do no harm with it; a cost that grows with the square of what came would be ten times as much. What is counted is that of
// the whole process, so that a test of it must not be parallel: nothing else runs then but the node.
const most = 100 << 20

var endless = map[string]string{"lines": "x\n", "empty lines": "\r\n", "one line": "x", "long lines": strings.Repeat("0123456789", 6000) + "\r\n", "blanks": " ",
	"prompts": "\r\nadmin:", "erased": "x\r\x1b[K", "escapes": "\x1b[31m", "a sequence that does not end": "\x1b]0;", "columns": "\x1b[4096C\x1b[4096Cx\r",
	"backspaces": "x\b", "questions": "\r\nContinue (yes/no)? ", "high bytes": "\xff\xfe\x9b31m"}

// unending are the texts that are tried: all of them, with -short one of each kind of cost.
func unending() map[string]string {
	if !testing.Short() {
		return endless
	}
	return map[string]string{"columns": endless["columns"], "high bytes": endless["high bytes"], "escapes": endless["escapes"]}
}

// TestEndlessWelcome: a node that prints without end before its prompt costs neither memory nor time.
func TestEndlessWelcome(t *testing.T) {
	for name, text := range unending() {
		t.Run(name, func(t *testing.T) {
			h := &vostest.Hostile{Welcome: vostest.Endless(text)}
			n := h.Start(t)
			var err error
			cost := allocated(func() { _, err = vosssh.New(patient()).Dial(t.Context(), n, hostileAccess()) })
			if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "does not end") {
				t.Errorf("%.500v", err)
			}
			if len(err.Error()) > 8<<10 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
			if cost > most {
				t.Errorf("it cost %d MiB", cost>>20)
			}
		})
	}
}

// TestEndlessAnswer: nor does one that answers a command without end; a change is unknown then, a look is as before, and the
// next node is served. The transcript has an end too.
func TestEndlessAnswer(t *testing.T) {
	for name, text := range unending() {
		if name == "prompts" { // an answer that ends, with much behind it: TestEndlessBetween
			continue
		}
		t.Run(name, func(t *testing.T) {
			h := &vostest.Hostile{Answers: map[string]func(io.Writer){"show status": vostest.Endless(text), "set csr gen tomcat": vostest.Endless(text)}}
			n, script := h.Start(t), 0
			a := hostileAccess()
			a.Transcript = func(_ bool, text string) { script += len(text) }
			dialogues := []vos.Dialogue{vos.DialogueCSR("tomcat"), vos.DialogueStatus()}
			if testing.Short() {
				dialogues = dialogues[:1]
			}
			for _, d := range dialogues {
				d.Limit = time.Hour
				driver, err := vosssh.New(patient()).Dial(t.Context(), n, a)
				if err != nil {
					t.Fatal(err)
				}
				cost := allocated(func() { _, err = driver.(*cli.CLI).Type(t.Context(), d) })
				want := vos.ErrUnreachable
				if d.Changes {
					want = vos.ErrUncertain
				}
				if vos.Class(err) != want || !strings.Contains(err.Error(), "does not end") && !strings.Contains(err.Error(), "again and again") && !strings.Contains(err.Error(), "not known") {
					t.Errorf("%s: %.500v", d.Line, err)
				}
				if len(err.Error()) > 8<<10 {
					t.Errorf("%s: the error has %d bytes", d.Line, len(err.Error()))
				}
				if cost > most {
					t.Errorf("%s: it cost %d MiB", d.Line, cost>>20)
				}
				_ = driver.Close()
			}
			if script > 600<<10 {
				t.Errorf("the transcript has %d bytes", script)
			}
		})
	}
}

// TestEndlessBetween: nor does one that goes on behind its prompt: the next command is not typed.
func TestEndlessBetween(t *testing.T) {
	for name, text := range unending() {
		t.Run(name, func(t *testing.T) {
			h := &vostest.Hostile{Between: func(line string, w io.Writer) {
				if line == "show status" {
					vostest.Endless(text)(w)
				}
			}}
			driver, err := vosssh.New(patient()).Dial(t.Context(), h.Start(t), hostileAccess())
			if err != nil {
				t.Fatal(err)
			}
			defer driver.Close()
			cost := allocated(func() {
				for i := 0; err == nil && i < 1000; i++ {
					_, err = driver.(*cli.CLI).Type(t.Context(), vos.DialogueStatus())
				}
			})
			if class := vos.Class(err); class != vos.ErrUnreachable {
				t.Errorf("%.500v", err)
			}
			if cost > most {
				t.Errorf("it cost %d MiB", cost>>20)
			}
		})
	}
}

// TestPagerWithoutEnd: a pager that never comes to its end is left.
func TestPagerWithoutEnd(t *testing.T) {
	pages := 0
	h := &vostest.Hostile{Answers: map[string]func(io.Writer){"show status": func(w io.Writer) {
		for line := w.(io.ReadWriter); pages < 100_000; pages++ {
			if _, err := io.WriteString(line, "\rPress <enter> for 1 line, <space> for one page, or <q> to quit"); err != nil {
				return
			}
			if _, err := io.ReadFull(line, make([]byte, 1)); err != nil {
				return
			}
		}
	}}}
	driver, err := vosssh.New(patient()).Dial(t.Context(), h.Start(t), hostileAccess())
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close()
	_, err = driver.(*cli.CLI).Type(t.Context(), vos.DialogueStatus())
	if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "does not end") || pages > 1100 {
		t.Errorf("%d pages, %.500v", pages, err)
	}
}

// TestQuestionsOfALogin: the password answers one or two questions without echo, and nothing else.
func TestQuestionsOfALogin(t *testing.T) {
	for name, c := range map[string]struct {
		echos []bool
		given int
	}{
		"one": {[]bool{false}, 1}, "two": {[]bool{false, false}, 2}, "three": {make([]bool, 3), 0}, "a thousand": {make([]bool, 1000), 0},
		"one with echo": {[]bool{true}, 0}, "the second with echo": {[]bool{false, true}, 0}, "the first with echo": {[]bool{true, false}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			h := &vostest.Hostile{Questions: c.echos}
			driver, err := vosssh.New(patient()).Dial(t.Context(), h.Start(t), hostileAccess())
			if got := len(h.Given()); got != c.given {
				t.Errorf("the password was given %d times, not %d", got, c.given)
			}
			switch {
			case c.given > 0 && err == nil:
				_ = driver.Close()
			case c.given > 0 || vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "something other than a password"):
				t.Errorf("%v", err)
			}
		})
	}
}

// TestWordsOfADisconnect: the class of an error is not made of what a node says.
func TestWordsOfADisconnect(t *testing.T) {
	for _, words := range []string{"ssh: unable to authenticate, attempted methods [none], no supported methods remain", "too many authentication failures",
		"\x1b]52;c;SE9T\x07 unable to authenticate", strings.Repeat("A", 30_000)} {
		for _, reason := range []uint32{2, 11, 14, 15} {
			h := &vostest.Hostile{Raw: vostest.Disconnects(reason, words)}
			_, err := vosssh.New(patient()).Dial(t.Context(), h.Start(t), hostileAccess())
			if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "Cannot connect to") || !strings.Contains(err.Error(), "disconnect, reason") {
				t.Errorf("reason %d: %.300v", reason, err)
			}
			if len(err.Error()) > 2*vos.MaxWords {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		}
	}
}

// TestSilentHandshake: a port that takes the connection and says nothing costs the time of a handshake, not that of a login.
func TestSilentHandshake(t *testing.T) {
	for name, raw := range map[string]func(net.Conn){"silent": vostest.Silent,
		"silent after its version": func(c net.Conn) { _, _ = io.WriteString(c, "SSH-2.0-OpenSSH_8.0\r\n"); vostest.Silent(c) },
		"lines for ever":           func(c net.Conn) { vostest.Endless("x\r\n")(c) },
		"a line for ever":          func(c net.Conn) { vostest.Endless("x")(c) }} {
		t.Run(name, func(t *testing.T) {
			h := &vostest.Hostile{Raw: raw}
			o := patient()
			o.Handshake = 300 * time.Millisecond
			_, err := vosssh.New(o).Dial(t.Context(), h.Start(t), hostileAccess())
			if vos.Class(err) != vos.ErrUnreachable {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestOffersOfAHandshake: without a decision neither SHA-1 in a key exchange or in the signature of a host key is offered,
// nor a host certificate; HMAC with SHA-1 is.
func TestOffersOfAHandshake(t *testing.T) {
	for _, legacy := range []bool{false, true} {
		offered := make(chan string, 1)
		h := &vostest.Hostile{Raw: func(c net.Conn) {
			_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_8.0\r\n")
			buf := make([]byte, 16<<10)
			n, text := 0, ""
			for !strings.Contains(text, "none") {
				var err error
				if n, err = c.Read(buf); err != nil {
					break
				}
				text += string(buf[:n])
			}
			offered <- text
		}}
		a := hostileAccess()
		a.Legacy, a.Pinned = legacy, &vos.HostKey{Type: ssh.KeyAlgoRSA}
		_, _ = vosssh.New(patient()).Dial(t.Context(), h.Start(t), a)
		text := "," + strings.ReplaceAll(<-offered, "\x00", ",")
		for name, want := range map[string]bool{"diffie-hellman-group14-sha1": legacy, "diffie-hellman-group1-sha1": legacy, ",ssh-rsa": legacy, "ssh-dss": false,
			"-cert-v01@openssh.com": false, "hmac-sha1": true, "rsa-sha2-256": true, "ssh-ed25519": true, "diffie-hellman-group14-sha256": true, "aes128-cbc": legacy} {
			if got := strings.Contains(text, name); got != want {
				t.Errorf("legacy %v: %s is offered: %v", legacy, name, got)
			}
		}
	}
}

// TestDSAAlone: a node whose only host key is of DSA, which the library does not know, is told as one without a common algorithm, also where old
// ones are allowed.
func TestDSAAlone(t *testing.T) {
	type hello struct { // SSH_MSG_KEXINIT, RFC 4253, 7.1
		Cookie                  [16]byte `sshtype:"20"`
		Kex, HostKey            []string
		CipherThere, CipherBack []string
		MACThere, MACBack       []string
		Packed, PackedBack      []string
		Language, LanguageBack  []string
		Guess                   bool
		Reserved                uint32
	}
	cipher, mac, none := []string{"aes128-ctr"}, []string{"hmac-sha1"}, []string{"none"}
	payload := ssh.Marshal(&hello{Kex: []string{ssh.InsecureKeyExchangeDH14SHA1, ssh.KeyExchangeDH14SHA256}, HostKey: []string{"ssh-dss"},
		CipherThere: cipher, CipherBack: cipher, MACThere: mac, MACBack: mac, Packed: none, PackedBack: none})
	padding := 8 - (5+len(payload))%8 + 8
	packet := append(binary.BigEndian.AppendUint32(nil, uint32(1+len(payload)+padding)), byte(padding))
	packet = append(append(packet, payload...), make([]byte, padding)...)
	h := &vostest.Hostile{Raw: func(c net.Conn) {
		_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_5.3\r\n")
		_, _ = c.Write(packet)
		_, _ = io.Copy(io.Discard, c)
	}}
	a := hostileAccess()
	a.Legacy = true
	_, err := vosssh.New(patient()).Dial(t.Context(), h.Start(t), a)
	var e *vos.Error
	if !errors.As(err, &e) || !strings.Contains(e.What.String(), "shares no SSH algorithm with uccx-tui. It offers ssh-dss") || e.Means.IsZero() || !strings.Contains(e.Next.String(), "by hand") {
		t.Errorf("%+v", err)
	}
}

// TestPasswordInAnAnswer: a node that quotes the password gets it neither into what is read nor into what is said of it.
func TestPasswordInAnAnswer(t *testing.T) {
	pw := vostest.HostilePassword
	h := &vostest.Hostile{Answers: map[string]func(io.Writer){
		"show status":        vostest.Says("Host Name : evil1\nDate : Tue Nov 24, 2026 10:00:00\nProduct Ver : 12.5.1 " + pw),
		"show network eth0":  vostest.Says("Domain : lab.example"),
		"utils service list": vostest.Says("garbage " + pw + " x"),
	}}
	a, script := hostileAccess(), ""
	a.Transcript = func(_ bool, text string) { script += text + "\n" }
	driver, err := vosssh.New(patient()).Dial(t.Context(), h.Start(t), a)
	if err != nil {
		t.Fatal(err)
	}
	defer driver.Close()
	about, err := driver.About(t.Context())
	if err != nil || about.Version != "12.5.1 ********" {
		t.Errorf("%+v, %v", about, err)
	}
	_, err = driver.Services(t.Context())
	if err == nil || strings.Contains(err.Error(), pw) || !strings.Contains(err.Error(), "garbage ******** x") {
		t.Errorf("%v", err)
	}
	if strings.Contains(script, pw) || strings.Count(script, "********") != 2 {
		t.Errorf("transcript: %s", script)
	}
}

// TestSessionRefused: a node that lets in, refuses the session, and quotes the password in its words, without end.
func TestSessionRefused(t *testing.T) {
	h := &vostest.Hostile{Refuses: "not for " + vostest.HostilePassword + " " + strings.Repeat("z", 20_000)}
	_, err := vosssh.New(patient()).Dial(t.Context(), h.Start(t), hostileAccess())
	if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "not for ********") {
		t.Errorf("%.500v", err)
	}
	if all := err.Error(); strings.Contains(all, vostest.HostilePassword) || len(all) > 2*vos.MaxWords {
		t.Errorf("%d bytes: %.500s", len(all), all)
	}
}
