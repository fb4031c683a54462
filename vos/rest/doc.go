// Package rest speaks with the certificate API that Unified CM has from release 14 on, and that others may have (docs/nodes.md
// 2). It offers what the API is known to have; restarts, and what a node says of itself, are left to another way.
package rest
