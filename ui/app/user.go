package app

import (
	"errors"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/lang"
)

// NoUser says why a text is no user of OS Administration, English source.
const NoUser = "This is not a valid OS Administration user: use letters, digits, dot, underscore and hyphen only. If it is " +
	"the password, clear the field (ctrl+u)."

// CheckLogin says why a text is no user of OS Administration on the node of that name, in the language of the person; nil where it
// may be one. The account of a jump host may have any name. It never quotes the text, which may be a password in the wrong field.
func CheckLogin(say lang.Localizer, p *plan.Plan, name string) func(text string) error {
	return func(text string) error {
		switch text = strings.TrimSpace(text); {
		case text == "":
			return errors.New(say.Say("the user is required"))
		case p != nil && Jump(p, name), MayBeUser(text):
			return nil
		}
		return errors.New(say.Say(NoUser))
	}
}

// MayBeUser reports whether a text can be the name of an OS Administration account: letters, digits, dot, underscore and hyphen,
// at most 64. What cannot be one is most likely a password in the wrong field.
func MayBeUser(text string) bool {
	strange := func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-')
	}
	return text != "" && len(text) <= 64 && !strings.ContainsFunc(text, strange)
}
