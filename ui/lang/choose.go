package lang

import (
	"errors"
	"os"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/lang/po"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Flag is the flag that chooses the language, without its hyphens; Variable is the variable of the environment that does.
const (
	Flag     = "lang"
	Variable = "UCCX_TUI_LANG"
)

// Open returns the Localizer of a language; tag is one of the languages that there are, or near to one: pt_BR.UTF-8, pt, zh_TW.
// English and "" read no file. A tag that ends in .po is a file with a translation that is being worked on.
func Open(tag string) (Localizer, error) {
	if strings.HasSuffix(tag, ".po") {
		return file(tag)
	}
	known, err := named(tag)
	if err != nil || known == po.English {
		return Localizer{}, err
	}
	words, err := po.Load(known)
	if err != nil {
		return Localizer{}, err
	}
	return Localizer{words: words, tag: known}, nil
}

// Check is the error of Open, without reading the language where the program has it.
func Check(tag string) error {
	if strings.HasSuffix(tag, ".po") {
		_, err := file(tag)
		return err
	}
	_, err := named(tag)
	return err
}

// named is the language that a tag names, English for none.
func named(tag string) (string, error) {
	if tag == "" {
		return po.English, nil
	}
	known, ok := near(tag, po.Tags())
	if !ok {
		return "", msg.Errorf("%q is not a language of uccx-tui. Use one of: %s", tag, strings.Join(po.Tags(), ", "))
	}
	return known, nil
}

// maxFile is how large a translation may be, in bytes.
const maxFile = 16 << 20

// readFile reads a regular file that is not larger than a translation.
func readFile(path string) ([]byte, error) {
	at, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !at.Mode().IsRegular() || at.Size() > maxFile:
		return nil, &os.PathError{Op: "read", Path: path, Err: errors.New("it is not a regular file, or is larger than 16 MiB")}
	}
	return os.ReadFile(path)
}

// file reads a translation that is not part of the program.
func file(path string) (Localizer, error) {
	data, err := readFile(path)
	if err != nil {
		return Localizer{}, msg.Errorf("the translation cannot be read: %w", err)
	}
	words, err := po.Parse(data)
	if err != nil {
		return Localizer{}, msg.Errorf("%s: %w", path, err)
	}
	return Localizer{words: words, tag: words.Tag()}, nil
}

// Chosen is the Localizer of the language that a command line and an environment ask for: --lang, else UCCX_TUI_LANG, else what POSIX
// says of messages: the first of LC_ALL, LC_MESSAGES and LANG that is set. C, POSIX and languages that there are not are English;
// the flag itself is checked where flags are read.
func Chosen(args []string, getenv func(string) string) Localizer {
	asked := flagged(args)
	if asked == "" {
		asked = getenv(Variable)
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if asked == "" {
			asked = strings.TrimSuffix(getenv(name), ".po")
		}
	}
	say, err := Open(asked)
	if err != nil {
		return Localizer{}
	}
	return say
}

// flagged is the value of the last --lang of a command line, or "".
func flagged(args []string) (value string) {
	for i, a := range args {
		if a == "--" {
			break
		}
		if a == "--"+Flag && i+1 < len(args) {
			value = args[i+1]
		} else if v, ok := strings.CutPrefix(a, "--"+Flag+"="); ok {
			value = v
		}
	}
	return value
}

// near finds the language among those that there are which a tag of BCP 47 or the name of a locale asks for. Chinese is two
// languages by its script: the region names it where the tag does not.
func near(tag string, all []string) (string, bool) {
	tag, _, _ = strings.Cut(tag, ".")
	tag, _, _ = strings.Cut(tag, "@")
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	same := func(a string) bool { return strings.EqualFold(a, strings.Join(parts, "-")) }
	if i := slices.IndexFunc(all, same); i >= 0 {
		return all[i], true
	}
	if parts[0] == "zh" {
		script := "hans"
		if slices.ContainsFunc(parts, func(p string) bool { return slices.Contains([]string{"hant", "tw", "hk", "mo"}, p) }) {
			script = "hant"
		}
		parts = []string{"zh", script}
	} else {
		parts = parts[:1]
	}
	if i := slices.IndexFunc(all, same); i >= 0 || parts[0] == "zh" {
		return at(all, i), i >= 0
	}
	i := slices.IndexFunc(all, func(a string) bool { return strings.HasPrefix(strings.ToLower(a), parts[0]+"-") })
	return at(all, i), i >= 0
}

func at(all []string, i int) string {
	if i < 0 {
		return ""
	}
	return all[i]
}
