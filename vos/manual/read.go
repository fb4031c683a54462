package manual

import (
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// read makes of what a person gave what the node printed. why says that it is surely something else.
func (t *terminal) read(d vos.Dialogue, given string) (text, why string) {
	if path, ok := pathIn(given); ok {
		data, err := load(path)
		if err != nil {
			return "", err.Error()
		}
		if found := inFile(sheetOf(d), cert.Parse(path, data)); found != "" {
			return found, ""
		}
		given = string(data)
	}
	return t.pasted(d, given)
}

// pasted takes what was copied from a terminal: with prompts and other commands around it, or bare.
func (t *terminal) pasted(d vos.Dialogue, given string) (text, why string) {
	text = clean(given)
	if parts := split(text); len(parts) > 0 {
		i := last(parts, d.Line)
		if i < 0 {
			return text, fmt.Sprintf("it holds what %q printed, not what %q did", parts[len(parts)-1].line, d.Line)
		}
		text = parts[i].text
		if !d.Changes {
			t.keep(parts, i)
		}
	}
	return text, misfit(d, text)
}

// keep remembers answers that were not asked for yet. What a change printed is none.
func (t *terminal) keep(parts []part, but int) {
	t.surplus, t.since = map[string]string{}, t.now()
	for i, p := range parts {
		line := squeezed(p.line)
		switch {
		case i == but:
		case !strings.HasPrefix(line, "show") && line != squeezed(vos.DialogueServices().Line):
			t.surplus = map[string]string{} // the node may have been changed by it
		default:
			t.surplus[line] = p.text
		}
	}
}

// misfit says why a text is surely not what the dialogue prints, or "".
func misfit(d vos.Dialogue, text string) string {
	s := sheetOf(d)
	switch {
	case strings.TrimSpace(text) == "":
		return "nothing was given"
	case s.answer == nil || s.answer.MatchString(text) || vos.Refused("", text) != nil:
		return ""
	}
	return fmt.Sprintf("it does not look like what %q prints", d.Line)
}

// inFile returns what a downloaded file holds in place of the answer, in PEM; "" where it is not that.
func inFile(s sheet, f cert.File) string {
	for _, it := range f.Items {
		switch {
		case s.file == "CERTIFICATE" && it.Cert != nil:
			return string(cert.PEM(it.Cert))
		case s.file == "CERTIFICATE REQUEST" && it.Request != nil:
			return string(pem.EncodeToMemory(&pem.Block{Type: s.file, Bytes: it.Request.Raw}))
		}
	}
	return ""
}

// pathIn reports whether what was given is one line that can only be the path of a file.
func pathIn(given string) (string, bool) {
	path := strings.Trim(strings.TrimSpace(given), `"'`)
	path = strings.TrimPrefix(path, "file://")
	if path == "" || strings.ContainsAny(path, "\r\n") || len(path) > 4096 {
		return "", false
	}
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, rest)
		}
	}
	_, err := os.Stat(path)
	return path, err == nil || filepath.IsAbs(path)
}

// load reads a file of at most cert.MaxFile bytes. Its errors are for a person.
func load(path string) ([]byte, error) {
	name := cert.Printable(filepath.Base(path))
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fmt.Errorf("there is no file %s", cert.Printable(path))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file", name)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened", name)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, cert.MaxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read", name)
	case len(data) > cert.MaxFile:
		return nil, fmt.Errorf("%s is larger than 1 MiB", name)
	}
	return data, nil
}
