package cert

import "crypto/x509"

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
	Err   error // why nothing, or not everything, could be read, for a person

	Forms []string // what about it no node takes as it is: "PKCS#7", "Windows line ends"
	Other bool     // Err says no more than that it is something else, such as a letter of the CA
}
