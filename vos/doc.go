// Package vos is the world outside: the nodes of a contact-centre solution on the Voice Operating System (VOS),
// and the words in which they are spoken to.
//
// It knows nodes, products, releases and errors. How words travel is the business of its wings: vos/ssh types them
// at a prompt, vos/sim answers them in the lab. What certificates mean is the business of vos/cert.
package vos
