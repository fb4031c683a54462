// Package cert knows what certificates mean: what is in a file, which node's request a certificate answers, whether its
// chain is whole, and what a node would say to it. It makes no connection and prints nothing raw.
package cert
