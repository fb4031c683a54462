package ask

import (
	"errors"
	"strings"
)

// Filled takes any text but an empty one; why says what is missing, in the person's language.
func Filled(why string) func(string) error {
	return func(text string) error {
		if strings.TrimSpace(text) == "" {
			return errors.New(why)
		}
		return nil
	}
}
