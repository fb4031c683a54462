package vostest

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// HostileLogin is an SSH server that no one may be let in to, and how often it may see the password.
type HostileLogin struct {
	Name   string
	Server func() *Hostile
	Given  int
}

// HostileLogins are the servers that each login over SSH must survive: it ends in its limits, with an error that has an end and
// does not hold the password, and the password goes out at most as often as is said.
func HostileLogins() []HostileLogin {
	return slices.Concat(rawLogins(), askedLogins(), configuredLogins())
}

func rawLogins() []HostileLogin {
	const version = "SSH-2.0-OpenSSH_8.0\r\n"
	raw := func(name string, do func(net.Conn)) HostileLogin {
		return HostileLogin{name, func() *Hostile { return &Hostile{Raw: do} }, 0}
	}
	after := func(packet []byte) func(net.Conn) {
		return func(c net.Conn) {
			_, _ = io.WriteString(c, version)
			for {
				if _, err := c.Write(packet); err != nil {
					return
				}
			}
		}
	}
	words := HostilePassword + " \x1b]52;c;SE9T\x07 ssh: unable to authenticate, attempted methods [" + strings.Repeat("A", 30_000)
	return []HostileLogin{
		raw("silent", Silent),
		raw("silent after its version", func(c net.Conn) { _, _ = io.WriteString(c, version); Silent(c) }),
		raw("lines for ever", func(c net.Conn) { Endless("x\r\n")(c) }),
		raw("a line for ever", func(c net.Conn) { Endless("x")(c) }),
		raw("zeros for ever", func(c net.Conn) { Endless("\x00")(c) }),
		raw("version 1", func(c net.Conn) { _, _ = io.WriteString(c, "SSH-1.5-old\r\n"); Silent(c) }),
		raw("closed", func(net.Conn) {}),
		raw("a byte now and then", func(c net.Conn) { dripped(c, version+strings.Repeat("\x00", 1000)) }),
		raw("a packet of 4 GB", after([]byte{0xff, 0xff, 0xff, 0xff, 4, 20})),
		raw("a packet without content", after([]byte{0, 0, 0, 1, 0})),
		raw("packets that are ignored", after(plainPacket(append([]byte{2}, make([]byte, 30_000)...)))),
		raw("key exchanges for ever", after(plainPacket(append([]byte{20}, make([]byte, 16+10*4+5)...)))),
		raw("a key exchange of noise", after(plainPacket(append([]byte{20}, []byte(strings.Repeat("\xff", 20_000))...)))),
		raw("disconnects 2", Disconnects(2, words)), raw("disconnects 11", Disconnects(11, words)), raw("disconnects 14", Disconnects(14, words)),
		raw("disconnects 4294967295", Disconnects(1<<32-1, words)),
	}
}

// dripped writes a byte each 20 ms until the other side has had enough.
func dripped(c net.Conn, text string) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for i := range len(text) {
		<-tick.C
		if _, err := io.WriteString(c, text[i:i+1]); err != nil {
			return
		}
	}
	Silent(c)
}

// plainPacket frames a message as before the key exchange (RFC 4253, 6).
func plainPacket(body []byte) []byte {
	padding := 8 - (len(body)+5)%8 + 8
	packet := append(binary.BigEndian.AppendUint32(nil, uint32(1+len(body)+padding)), byte(padding))
	return append(append(packet, body...), make([]byte, padding)...)
}

// configured is a server that is one of the library's, with a configuration of its own.
func configured(name string, given int, set func(h *Hostile, c *ssh.ServerConfig)) HostileLogin {
	return HostileLogin{name, func() *Hostile {
		h := &Hostile{}
		h.Config = func(c *ssh.ServerConfig) { set(h, c) }
		return h
	}, given}
}

// asking is one that asks by keyboard-interactive, and takes any number of tries.
func asking(name string, given int, do func(h *Hostile, ask ssh.KeyboardInteractiveChallenge) error) HostileLogin {
	return configured(name, given, func(h *Hostile, c *ssh.ServerConfig) {
		c.MaxAuthTries = -1
		c.KeyboardInteractiveCallback = func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
			return nil, do(h, ask)
		}
	})
}

func askedLogins() []HostileLogin {
	return []HostileLogin{
		asking("dialogues without a question", 0, func(_ *Hostile, ask ssh.KeyboardInteractiveChallenge) error {
			for {
				if _, err := ask("\x1b[2J", strings.Repeat("B", 10_000), nil, nil); err != nil {
					return err
				}
			}
		}),
		asking("the password again and again", 1, func(h *Hostile, ask ssh.KeyboardInteractiveChallenge) error {
			for {
				given, err := ask("", "", []string{"Password: "}, []bool{false})
				if err != nil {
					return err
				}
				_ = h.take(given[0])
			}
		}),
		asking("the password, echoed", 0, func(h *Hostile, ask ssh.KeyboardInteractiveChallenge) error {
			return h.takeAll(ask("", "", []string{"Password: "}, []bool{true}))
		}),
		asking("a thousand questions", 0, func(h *Hostile, ask ssh.KeyboardInteractiveChallenge) error {
			return h.takeAll(ask("", "", make([]string, 1000), make([]bool, 1000)))
		}),
		configured("refused by both methods", 1, func(h *Hostile, c *ssh.ServerConfig) {
			refuse := errors.New("no")
			c.PasswordCallback = func(_ ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) {
				_ = h.take(string(given))
				return nil, refuse
			}
			c.KeyboardInteractiveCallback = func(_ ssh.ConnMetadata, ask ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
				return nil, errors.Join(refuse, h.takeAll(ask("", "", []string{"Password: "}, []bool{false})))
			}
		}),
		configured("another factor after the password", 1, func(h *Hostile, c *ssh.ServerConfig) {
			var next ssh.ServerAuthCallbacks
			c.KeyboardInteractiveCallback = nil
			again := func(_ ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) {
				_ = h.take(string(given))
				return nil, &ssh.PartialSuccessError{Next: next}
			}
			next.PasswordCallback, c.PasswordCallback = again, again
		}),
	}
}

func configuredLogins() []HostileLogin {
	return []HostileLogin{
		configured("banners for ever", 0, func(_ *Hostile, c *ssh.ServerConfig) {
			c.PreAuthConnCallback = func(s ssh.ServerPreAuthConn) {
				for s.SendAuthBanner(strings.Repeat("\x1b]52;c;SE9T\x07", 1000)) == nil {
				}
			}
		}),
		configured("a banner now and then", 0, func(_ *Hostile, c *ssh.ServerConfig) {
			c.PreAuthConnCallback = func(s ssh.ServerPreAuthConn) {
				tick := time.NewTicker(20 * time.Millisecond)
				defer tick.Stop()
				for s.SendAuthBanner(".") == nil {
					<-tick.C
				}
			}
		}),
		configured("insecure key exchange", 0, func(_ *Hostile, c *ssh.ServerConfig) { c.KeyExchanges = []string{ssh.InsecureKeyExchangeDH14SHA1} }),
		configured("insecure cipher", 0, func(_ *Hostile, c *ssh.ServerConfig) { c.Ciphers = []string{ssh.InsecureCipherAES128CBC} }),
		configured("short MAC", 0, func(_ *Hostile, c *ssh.ServerConfig) {
			c.Ciphers, c.MACs = []string{ssh.CipherAES128CTR}, []string{ssh.InsecureHMACSHA196}
		}),
	}
}

// takeAll takes what came to questions, and refuses.
func (h *Hostile) takeAll(given []string, err error) error {
	for _, one := range given {
		_ = h.take(one)
	}
	return errors.Join(err, errors.New("no"))
}
