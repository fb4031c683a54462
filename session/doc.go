// Package session is the memory: what has happened, in a journal that survives kill -9, full disks and other hands.
//
// A session is a folder: journal, lock, and files that are never overwritten. The journal is one JSON object a line,
// each line checksummed and chained to the one before, written and synced before Append returns. Opening cuts a torn
// last line, which was never acknowledged, and refuses any other damage without touching anything. What the entries
// mean is the business of their readers.
package session
