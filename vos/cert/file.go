package cert

import (
	"crypto/x509"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Item is one thing found in a file.
type Item struct {
	Kind    Kind
	Cert    *x509.Certificate        // of certificates
	Request *x509.CertificateRequest // of CSRs
	Source  string                   // file name, and the place in it where it holds several
}

// File is what one file holds, as vos/cert/read reads it. A private key is noted, never kept.
type File struct {
	Name  string
	Items []Item
	Err   error // why nothing, or not everything, could be read, for a person; all Troubles in one line

	Forms    []string  // what about it no node takes as it is: "PKCS#7", "Windows line ends"
	Other    bool      // Err says no more than that it is something else, such as a letter of the CA
	Troubles []Trouble // what could not be read, one by one, in the order of the file
}

// Trouble is a part of a file that is no item. Its texts are for a person, and may hold bytes of the file.
type Trouble struct {
	Weight Weight
	Source string   // as that of an Item
	What   msg.Text // follows the source: "is cut off"
	Cure   msg.Text // what to do about it; "" where nothing is to be done
}

// Weight is what a Trouble may have cost.
type Weight int

// Letter: it never was what is looked for. Beside: it belongs to certificates, but is none, such as a revocation list.
// Damaged: it is, or may hold, a certificate that could not be read.
const (
	Letter Weight = iota
	Beside
	Damaged
)
