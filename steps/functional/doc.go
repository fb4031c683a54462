// Package functional holds the functional tests that only a person can do after a change (VER-1 to VER-4): which of them apply to
// the products of a change, and the addresses of its nodes.
package functional
