// Package rules has the text of every rule that rows, checks and advice cite, by its id.
package rules
