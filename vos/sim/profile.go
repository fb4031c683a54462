package sim

import (
	"fmt"
	"time"
)

// Profile is how the nodes of one release behave (docs/nodes.md 9).
type Profile string

// The profiles of the lab. Slow is a 12.5 node whose CLI takes long to start.
const (
	Profile115 Profile = "11.5"
	Profile125 Profile = "12.5"
	Profile15  Profile = "15"
	Slow       Profile = "slow"
)

// profileSpec is what a profile says.
type profileSpec struct {
	version  string        // as nodes print it
	server   string        // SSH version string of the server
	password bool          // the password method is offered
	keyboard bool          // keyboard-interactive is offered
	kex      []string      // key exchanges, preferred first
	ecHost   bool          // host key is ECDSA, not RSA
	start    time.Duration // how long a real node takes until the first prompt
	quick    time.Duration // the same in the lab's own time
	askOU    bool          // set csr gen asks for the OU
	bcfips   bool          // dialect of show cert
	ecdsa    bool          // there is a tomcat-ECDSA
	certType bool          // show tls server cert_type exists
	tls13    bool
	tls10    bool
	serials  bool // trust files are called CN_serial.pem
	longText bool // refusals are worded as on the OS Administration page
	warns    bool // utils system restart warns before it asks
	oldSSH   bool // of ciphers and MACs the SSH server knows the old ones alone
}

func (p Profile) spec() (profileSpec, error) {
	// Guess [I]: docs/nodes.md 9 grades all profiles so.
	old := profileSpec{version: "12.5.1.11001-348", server: "SSH-2.0-OpenSSH_7.4", password: true, keyboard: true,
		kex:   []string{"ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group14-sha1"},
		start: 10 * time.Second, quick: 10 * time.Millisecond, warns: true}
	switch p {
	case "", Profile125:
		return old, nil
	case Slow:
		old.start, old.quick = 90*time.Second, 2*time.Second
		return old, nil
	case Profile115:
		return profileSpec{version: "11.5.1.10000-61", server: "SSH-2.0-OpenSSH_5.3", password: true,
			kex:   []string{"diffie-hellman-group-exchange-sha256", "diffie-hellman-group14-sha1"},
			start: 7 * time.Second, quick: 7 * time.Millisecond, ecdsa: true, tls10: true, oldSSH: true}, nil
	case Profile15:
		return profileSpec{version: "15.0.1.11900-40", server: "SSH-2.0-OpenSSH_8.0", keyboard: true, ecHost: true,
			kex:   []string{"ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group14-sha256", "diffie-hellman-group16-sha512"},
			start: 12 * time.Second, quick: 12 * time.Millisecond, askOU: true, bcfips: true, certType: true, tls13: true, serials: true, longText: true, warns: true}, nil
	}
	return profileSpec{}, fmt.Errorf("lab: profile %q is not known: 11.5, 12.5, 15 and slow are", string(p))
}
