// Package report is the evidence of a change, in all its forms: Markdown, HTML, JSON and calendar, whole or redacted.
package report
