// Package release tells what the release table says of the nodes of a plan: their release as it was read, their ports
// and services.
package release
