// Package first holds what a first deployment has before and after the certificates: names, DNS and clocks of nodes that were
// just installed, who signs, and the client PCs (FIRST-1 to FIRST-8). It types nothing that changes a node.
package first
