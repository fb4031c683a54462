package sim

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// sumMark is the end of the name of the file that says how much a log of the lab holds.
const sumMark = ".sum"

// logSum is how much a log held when it was last written.
type logSum struct {
	Lines int    `json:"lines"`
	Sum   string `json:"sum"` // SHA-256 of these lines, in hexadecimal digits
}

// logLine adds a line with its time to a log of the lab, and waits until it is on disk. What the log holds then is written down beside
// it, unless lines were lost before: that stays to be seen.
func logLine(path string, now time.Time, text string) error {
	before, err := ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("lab: %w", err)
	}
	whole := holdsAll(path, before)
	f, err := regular.Open(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY)
	if err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	_, err = fmt.Fprintf(f, "%s %s\n", now.UTC().Format(time.RFC3339), text)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil && whole {
		err = sumLog(path)
	}
	if err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	return nil
}

// openLog begins a log of a new lab.
func openLog(path string, now time.Time) error {
	if err := logLine(path, now, opened); err != nil {
		return err
	}
	return sumLog(path)
}

// sumLog writes down how much a log holds.
func sumLog(path string) error {
	raw, err := ReadFile(path)
	if err != nil {
		return err
	}
	return writeDoc(path+sumMark, sumOf(raw, bytes.Count(raw, []byte("\n"))))
}

// sumOf is the sum of the first lines of a log.
func sumOf(raw []byte, lines int) logSum {
	end := 0
	for range lines {
		next := bytes.IndexByte(raw[end:], '\n')
		if next < 0 {
			return logSum{} // there are not so many
		}
		end += next + 1
	}
	sum := sha256.Sum256(raw[:end])
	return logSum{lines, hex.EncodeToString(sum[:])}
}

// holdsAll reports whether a log holds all lines that were written into it. One whose sum is missing, or cannot be read, does not.
func holdsAll(path string, raw []byte) bool {
	var want logSum
	ok, err := readDoc(path+sumMark, &want)
	return ok && err == nil && want.Lines > 0 && sumOf(raw, want.Lines) == want
}

// opened is the first line of each log of a lab.
const opened = "opened"

// logFiles are the logs of a lab.
func logFiles() []string {
	return []string{hintFile, outsideFile, returnFile, diagnosisFile, agentsFile}
}

// readLogs reads the logs of a lab, by name; lost are those that were removed, or that lack lines or have others than were written into
// them since it began. A lab of an older program has no sums.
func readLogs(dir string, sums bool) (notes map[string][]Noted, lost []string, err error) {
	notes = map[string][]Noted{}
	for _, name := range logFiles() {
		all, whole, err := logged(filepath.Join(dir, name), sums)
		if err != nil {
			return nil, nil, err
		}
		if notes[name] = all; !whole {
			lost = append(lost, name)
		}
	}
	return notes, lost, nil
}

// logged reads such a log, and whether it still begins with the line with which the lab began and holds what was written into it.
func logged(path string, sums bool) (all []Noted, whole bool, err error) {
	raw, err := ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	first := true
	for line := range strings.Lines(string(raw)) {
		when, text, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		at, _ := time.Parse(time.RFC3339, when) // a time that cannot be read is none
		if text == opened && len(all) == 0 {
			whole = whole || first
		} else {
			all = append(all, Noted{At: at, Text: text})
		}
		first = false
	}
	return all, whole && (!sums || holdsAll(path, raw)), nil
}
