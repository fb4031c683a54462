package vos

import (
	"regexp"
	"strconv"
	"strings"
)

// Release is a version as a node prints it ("12.5.1.11001-348") or as documents write it ("12.5(1)SU3"); empty: unknown.
type Release string

var numberWord = regexp.MustCompile(`\d+`)

// numbers are the leading parts of a release: major, minor, maintenance.
func (r Release) numbers() [3]int {
	var n [3]int
	head, _, _ := strings.Cut(strings.ToUpper(string(r)), "SU")
	for i, word := range numberWord.FindAllString(head, 3) {
		n[i], _ = strconv.Atoi(word)
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
