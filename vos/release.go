package vos

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/facts"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
)

// Release is a version as a node prints it ("12.5.1.11001-348") or as documents write it ("12.5(1)SU3"); empty: unknown.
type Release string

const digits = "0123456789"

// numbers are the leading parts of a release: major, minor, maintenance.
func (r Release) numbers() [3]int {
	var n [3]int
	head, _, _ := strings.Cut(strings.ToUpper(string(r)), "SU")
	for i := range n {
		begin := strings.IndexAny(head, digits)
		if begin < 0 {
			break
		}
		head = head[begin:]
		word := head[:len(head)-len(strings.TrimLeft(head, digits))]
		n[i], _ = strconv.Atoi(word)
		head = head[len(word):]
	}
	return n
}

// Known reports whether the release says anything.
func (r Release) Known() bool { return r.numbers()[0] > 0 }

// Train is major and minor: "12.5"; empty where the release is unknown.
func (r Release) Train() string {
	n := r.numbers()
	if n[0] == 0 {
		return ""
	}
	return strconv.Itoa(n[0]) + "." + strconv.Itoa(n[1])
}

// Before reports whether this release is older than the other, by major, minor and maintenance number.
func (r Release) Before(other Release) bool {
	a, b := r.numbers(), other.numbers()
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

var serviceUpdate = lazyregexp.MustCompile(`(?i)SU\s*(\d+)`)

// Update is the number of the service update: 1 of "15.0(1)SU1" and of "12.5.1.11001-348"; 0 for none. How the fourth part
// of a build number counts them differs by family of products (facts.UpdateOf).
func (r Release) Update() int {
	if m := serviceUpdate.FindStringSubmatch(string(r)); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return facts.UpdateOf(string(r))
}

// Includes reports whether this release is the other, its service update too, or a later one.
func (r Release) Includes(other Release) bool {
	a, b := r.numbers(), other.numbers()
	if a[2] == 0 || b[2] == 0 { // "15SU2" is 15.0(1)SU2
		a[2], b[2] = 0, 0
	}
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return r.Update() >= other.Update()
}
