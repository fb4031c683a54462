package tomltype_test

import (
	"errors"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"github.com/uccx-tui/uccx-tui/vos/tomltype"
)

// TestWhy: a value of another type is told with its key and in words of the file, whatever the types of the program are.
func TestWhy(t *testing.T) {
	type entry struct {
		FQDN  string         `toml:"fqdn"`
		Ports map[string]int `toml:"ports"`
	}
	var doc struct {
		Name    string   `toml:"name"`
		Multi   bool     `toml:"multi"`
		Replace []string `toml:"replace"`
		Node    []entry  `toml:"node"`
	}
	for text, want := range map[string]string{
		`name = 5`:                       `"name" has a number where a text in quotes is expected`,
		`name = true`:                    `"name" has true or false where a text in quotes is expected`,
		`name = 2026-11-29`:              `"name" has a date or time where a text in quotes is expected`,
		`name = ["a"]`:                   `"name" has a list where a text in quotes is expected`,
		`multi = "yes"`:                  `"multi" has a text where true or false is expected`,
		`replace = "uccx1"`:              `"replace" has a text where a list in square brackets is expected`,
		"[[node]]\nports = { 22 = 'x' }": `"ports" has a text where a number is expected`,
		"[[node]]\nports = 'x'":          `"ports" has a text where a table is expected`,
	} {
		var one *toml.DecodeError
		if err := toml.Unmarshal([]byte(text), &doc); !errors.As(err, &one) {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := tomltype.Why(one).String(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
