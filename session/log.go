package session

import (
	"bytes"
	"errors"
	"io"
	"os"

	"github.com/uccx-tui/uccx-tui/vos/regular"
)

// A line of a log ends in " #" and the first 16 hex digits of the SHA-256 of the line before's digits and the line.
const (
	logMark = " #"
	logTail = len(logMark) + logSum
	logSum  = 16
)

// log is a file to which lines are appended. It is a help, not a promise: its lines are not synced. The next entry of the
// journal says how many there are.
type log struct {
	file  file
	size  int64  // of its whole lines
	lines int    // their number
	last  string // digits of the last line
	grown func(lines int, last string)
}

// openLog opens a log behind its last whole line. grown is told how far it is written.
func openLog(d disk, path string, grown func(lines int, last string)) (io.WriteCloser, error) {
	data, err := regular.Read(path, maxFile)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, said("the file cannot be read", path, err)
	}
	f, err := d.open(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return nil, said("cannot write the file", path, err)
	}
	whole := bytes.LastIndexByte(data, '\n') + 1
	if whole < len(data) { // torn when the program was killed
		if err := f.Truncate(int64(whole)); err != nil {
			return nil, errors.Join(said("cannot remove the incomplete last line", path, err), f.Close())
		}
	}
	l := &log{file: f, size: int64(whole), lines: bytes.Count(data[:whole], []byte("\n")), grown: grown}
	if lines := bytes.Split(data[:whole], []byte("\n")); len(lines) > 1 {
		_, l.last, _ = cutLog(lines[len(lines)-2])
	}
	return l, nil
}

// Write appends whole lines.
func (l *log) Write(p []byte) (int, error) {
	var all []byte
	last := l.last
	for line := range bytes.Lines(p) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		last = logSumOf(last, line)
		all = append(append(append(all, line...), logMark...), last+"\n"...)
	}
	if _, err := l.file.Write(all); err != nil {
		_ = l.file.Truncate(l.size) // what came of it is no whole line
		return 0, said("cannot write the file", l.file.Name(), err)
	}
	l.last = last
	l.size += int64(len(all))
	l.lines += bytes.Count(all, []byte("\n"))
	l.grown(l.lines, l.last)
	return len(p), nil
}

// Close ends the log.
func (l *log) Close() error { return l.file.Close() }

func logSumOf(before string, line []byte) string {
	return sumOf(append([]byte(before), line...))[:logSum]
}

// cutLog parts a line of a log from its digits.
func cutLog(line []byte) (text []byte, sum string, ok bool) {
	at := len(line) - logTail
	if at < 0 || string(line[at:at+len(logMark)]) != logMark {
		return line, "", false
	}
	return line[:at], string(line[at+len(logMark):]), true
}

// badLines returns the numbers of the lines of a log that are not as they were written. A torn last line is no damage.
func badLines(data []byte) []int {
	var bad []int
	last := ""
	for n := 1; len(data) > 0; n++ {
		end := bytes.IndexByte(data, '\n')
		if end < 0 {
			break
		}
		text, sum, ok := cutLog(data[:end])
		if !ok || logSumOf(last, text) != sum {
			bad = append(bad, n)
		}
		last, data = sum, data[end+1:]
	}
	return bad
}
