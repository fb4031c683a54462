package sim

import (
	"fmt"
	"strings"

	"golang.org/x/crypto/ssh"
)

// Quirk is a way in which one node is harder to speak with than others of its release.
type Quirk string

// The quirks of the lab; all of them but the last were seen on real nodes, or follow from their documents.
const (
	QuirkRough  Quirk = "rough"  // the prompt is drawn twice, the first answer is lost, the prompt is back before a service is
	QuirkSlow   Quirk = "slow"   // the CLI takes long to start
	QuirkPager  Quirk = "pager"  // pagination cannot be turned off (docs/nodes.md 1.3)
	QuirkLevel0 Quirk = "level0" // the account has privilege level 0: no certificates, and the pager (docs/nodes.md 1.4)
	QuirkNarrow Quirk = "narrow" // what is typed wraps after 80 columns, whatever the terminal says
	QuirkChatty Quirk = "chatty" // messages to all users come in between
	QuirkREST   Quirk = "rest"   // the certificate API answers, whatever the release
	QuirkNoDNS  Quirk = "no-dns" // no DNS server is set
	QuirkECDSA  Quirk = "ecdsa"  // show tls server cert_type says ECDSA: tomcat-ECDSA is on every port
	QuirkLegacy Quirk = "legacy" // only algorithms that are insecure today
	// QuirkHostile: what it says besides its answers gives orders to terminals, and holds what no text should. No real node
	// does that, unless it belongs to another by now.
	QuirkHostile Quirk = "hostile"
)

// HostileWords are what a hostile node says. Each order in them names HOSTILE, or the mode 1337, so that it can be told from
// escape sequences for the terminal that shows them.
func HostileWords() string {
	return "\x1b]0;HOSTILE\x07\x1b]52;c;SE9TVElMRQ==\x07\x1bPHOSTILE\x1b\\\x1b]8;;http://HOSTILE\x1b\\\x1b[?1337h\u009b?1337h" +
		"\x1b[31;4;5;7mHOSTILE a\u202eELITSOH\u2066b\u2069 HOS\u200bTILE\ufeff nul\x00nul \xff\xfe\xc0 cr\rHOSTILE bs\b\b\bHOSTILE <script>HOSTILE</script> e" + strings.Repeat("\u0301", 60)
}

// quirks are the quirks that commands and terminal ask for.
type quirks struct {
	rough    bool
	paged    bool
	level0   bool
	narrow   bool
	chatty   bool
	legacy   bool
	noDNS    bool
	servesEC bool
	evil     bool
	rest     apiState
}

// odd gives a node its quirks.
func (n *node) odd(all []Quirk) error {
	for _, q := range all {
		switch q {
		case QuirkRough:
			n.rough = true
		case QuirkSlow:
			slow, _ := Slow.spec()
			n.start, n.quick = slow.start, slow.quick
		case QuirkPager:
			n.paged = true
		case QuirkLevel0:
			n.level0, n.paged = true, true
		case QuirkNarrow:
			n.narrow = true
		case QuirkChatty:
			n.chatty = true
		case QuirkHostile:
			n.evil = true
		case QuirkNoDNS:
			n.noDNS = true
		case QuirkECDSA:
			n.servesEC, n.certType = true, true
		case QuirkREST:
			n.rest = apiOn
		case QuirkLegacy:
			n.legacy, n.ecHost = true, false
			n.kex = []string{ssh.InsecureKeyExchangeDH1SHA1, ssh.InsecureKeyExchangeDHGEXSHA1}
		default:
			return fmt.Errorf("lab: quirk %q is not known", string(q))
		}
	}
	return nil
}

// ciphers are what the node's SSH server takes.
func (n *node) ciphers() []string {
	if n.legacy {
		return []string{ssh.InsecureCipherAES128CBC, ssh.InsecureCipherTripleDESCBC}
	}
	if n.oldSSH {
		return []string{ssh.CipherAES128CTR, ssh.CipherAES192CTR, ssh.CipherAES256CTR, ssh.InsecureCipherAES128CBC, ssh.InsecureCipherTripleDESCBC}
	}
	return []string{ssh.CipherAES128CTR, ssh.CipherAES192CTR, ssh.CipherAES256CTR, ssh.CipherAES128GCM, ssh.CipherAES256GCM}
}

// macsOf are what the node's SSH server takes: the old ones have the documented default alone (docs/nodes.md 1.1).
func macsOf(n *node) []string {
	if n.oldSSH || n.legacy {
		return []string{ssh.HMACSHA1}
	}
	return []string{ssh.HMACSHA256, ssh.HMACSHA512, ssh.HMACSHA1}
}
