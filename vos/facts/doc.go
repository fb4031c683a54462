// Package facts holds what the program knows from documents of others: field notices, build numbers, dates of browsers and
// public CAs, their roots. Each fact has its source and the date of that source, since all of them go out of date.
package facts
