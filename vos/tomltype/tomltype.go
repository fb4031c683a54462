// Package tomltype says in words for people that a value of a TOML file has another type than its key wants. The library names the types
// and fields of the program.
package tomltype

import (
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Why says what is wrong with the value at which reading has stopped. Any other error of the library has its own words.
func Why(err *toml.DecodeError) msg.Text {
	found := mismatch().FindStringSubmatch(err.Error())
	if found == nil {
		return msg.Verbatim(strings.TrimPrefix(err.Error(), "toml: "))
	}
	is, want := kind(found[1]), wanted(found[2])
	if key := err.Key(); len(key) > 0 {
		return msg.T("%q has %s where %s is expected", key[len(key)-1], is, want)
	}
	return msg.T("%s is where %s is expected", is, want)
}

// mismatch are the library's words: the type of the file, and the type of Go.
func mismatch() *regexp.Regexp {
	return regexp.MustCompile(`^toml: cannot decode TOML ([a-z ]+) into (?:struct field .+ of type )?(\S+)$`)
}

// kind is a type of TOML in words.
func kind(toml string) msg.Text {
	switch toml {
	case "string":
		return msg.T("a text")
	case "integer", "float":
		return msg.T("a number")
	case "boolean":
		return msg.T("true or false")
	case "array":
		return msg.T("a list")
	case "table", "inline table":
		return msg.T("a table")
	}
	return msg.T("a date or time")
}

// wanted is a type of Go in words of TOML.
func wanted(name string) msg.Text {
	switch {
	case strings.HasPrefix(name, "[]"):
		return msg.T("a list in square brackets")
	case strings.HasPrefix(name, "map["):
		return msg.T("a table")
	case name == "bool":
		return msg.T("true or false")
	case strings.HasPrefix(name, "int") || strings.HasPrefix(name, "uint") || strings.HasPrefix(name, "float"):
		return msg.T("a number")
	case name == "string":
		return msg.T("a text in quotes")
	}
	return msg.T("a table")
}
