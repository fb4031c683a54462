package manual

import (
	"encoding/pem"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// reading is what was made of what a person gave.
type reading struct {
	text  string   // that the node printed
	why   msg.Text // it is surely something else, or ""
	named bool     // the command stands before it
}

// read makes of what a person gave what the node printed.
func (t *terminal) read(d vos.Dialogue, given string) reading {
	if path, ok := pathIn(given); ok {
		data, err := load(path)
		if err != nil {
			return reading{why: msg.Of(err)}
		}
		if found := inFile(sheetOf(d), read.Parse(path, data)); found != "" {
			return reading{text: found}
		}
		given = string(data)
	}
	return t.pasted(d, given)
}

// pasted takes what was copied from a terminal: with prompts and other commands around it, or bare.
func (t *terminal) pasted(d vos.Dialogue, given string) reading {
	r, s := reading{text: clean(given)}, sheetOf(d)
	if parts := split(r.text); len(parts) > 0 {
		i, text := last(parts, d.Line)
		if i < 0 {
			r.why = msg.T("this is the output of %q, not of %q", parts[len(parts)-1].line, d.Line)
			return r
		}
		if !d.Changes {
			t.keep(parts, i)
		}
		r.text, r.named = text, true
		if s.silent && parts[i].whole && strings.TrimSpace(text) == "" {
			return r
		}
	}
	return r.fitted(d, s)
}

// fitted looks whether a text can be what the dialogue prints, as it stands or with lines joined that a window broke.
func (r reading) fitted(d vos.Dialogue, s instructions) reading {
	switch joined := unwrapped(r.text, s.record); {
	case strings.TrimSpace(r.text) == "":
		r.why = msg.T("no input")
	case s.record != nil && fits(s, joined), !fits(s, r.text) && fits(s, joined):
		r.text = joined
	case !fits(s, r.text):
		r.why = msg.T("this does not look like the output of %q", d.Line)
	}
	return r
}

func fits(s instructions, text string) bool {
	return s.answer == nil || s.answer.MatchString(text) || vos.RefusalError("", text) != nil
}

// keep remembers answers that were not asked for yet. What a change printed is none.
func (t *terminal) keep(parts []part, but int) {
	t.surplus, t.since = nil, t.now()
	for i, p := range parts {
		line := squeezed(p.line)
		switch {
		case i == but:
		case !strings.HasPrefix(line, "show") && line != squeezed(vos.DialogueServices().Line):
			t.surplus = nil // the node may have been changed by it
		default:
			t.surplus = append(t.surplus, p)
		}
	}
}

// inFile returns what a downloaded file holds in place of the answer, in PEM; "" where it is not that.
func inFile(s instructions, f cert.File) string {
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

// load reads a file of at most read.MaxFile bytes. Its errors are for a person.
func load(path string) ([]byte, error) {
	name := cert.Printable(filepath.Base(path))
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, msg.Errorf("no such file: %s", cert.Printable(path))
	case !info.Mode().IsRegular():
		return nil, msg.Errorf("%s is not a file", name)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, msg.Errorf("cannot open %s", name)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, read.MaxFile+1))
	switch {
	case err != nil:
		return nil, msg.Errorf("cannot read %s", name)
	case len(data) > read.MaxFile:
		return nil, msg.Errorf("%s is larger than 1 MiB", name)
	}
	return data, nil
}
