// Package rfc5280 compares names, verifies signatures and lists alternative names as RFC 5280 defines them, in the cases that
// crypto/x509 leaves out: names that differ in form only, SHA-1 and MD5 signatures, RSASSA-PSS keys and parameters, and
// alternative names of every kind. It decides nothing about trust.
package rfc5280
