package sim

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"slices"
)

// files is what the CA sends for requests that are signed: name to contents.
func (a *CA) files(all []*x509.CertificateRequest) map[string][]byte {
	root, issuing := a.authorities()
	files := map[string][]byte{}
	if a.manner == Chatter {
		files["answer.txt"] = []byte("Dear customer,\n\nyour certificates were made and lie in our portal.\n\nThe Lab CA\n")
		return files
	}
	for _, csr := range all {
		if a.manner == ChatLater && slices.Contains(a.c.chatNames(), csr.Subject.CommonName) {
			continue
		}
		s := a.disk.Signed[a.id(csr)]
		switch a.manner {
		case P7B:
			files[s.File+".p7b"] = chainFile(s.Cert, issuing, root)
		case P7BText:
			files[s.File+".p7b"] = pem.EncodeToMemory(&pem.Block{Type: "PKCS7", Bytes: chainFile(s.Cert, issuing, root)})
		case Bundle:
			files["certificates.pem"] = append(files["certificates.pem"], certPEM(s.Cert)...)
		default:
			files[s.File+".cer"] = certPEM(s.Cert)
		}
	}
	switch a.manner {
	case P7B, P7BText:
		return files
	case Bundle:
		files["certificates.pem"] = slices.Concat(files["certificates.pem"], certPEM(issuing), certPEM(root))
		return files
	case ECToo:
		files["ec-root.cer"], files["ec-issuing-ca.crt"] = certPEM(a.disk.ECRoot.Cert), a.disk.ECIssuing.Cert
	}
	if a.manner != NoRoot {
		files["root.cer"] = certPEM(root)
	}
	if a.manner != NoIntermediate {
		files["issuing-ca.crt"] = issuing
	}
	return files
}

// authorities are the root and the issuing CA that are sent.
func (a *CA) authorities() (root, issuing []byte) {
	switch root, issuing = a.disk.Root.Cert, a.disk.Issuing.Cert; a.manner {
	case CrossSigned:
		issuing = a.disk.Cross.Cert
	case OldRoot:
		root = a.disk.Before.Cert
	}
	return root, issuing
}

func certPEM(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// chainFile is a PKCS#7 file in DER that holds certificates and no signature (RFC 2315, 9.1).
func chainFile(certs ...[]byte) []byte {
	type contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"optional,explicit,tag:0"`
	}
	data := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	empty := asn1.RawValue{Class: asn1.ClassUniversal, Tag: asn1.TagSet, IsCompound: true}
	inner, err := asn1.Marshal(struct {
		Version int
		Digests asn1.RawValue
		Content contentInfo
		Certs   asn1.RawValue
		Signers asn1.RawValue
	}{1, empty, contentInfo{Type: data},
		asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: slices.Concat(certs...)}, empty})
	if err != nil {
		return nil
	}
	outer, err := asn1.Marshal(contentInfo{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2},
		asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: inner}})
	if err != nil {
		return nil
	}
	return outer
}
