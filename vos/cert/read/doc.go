// Package read reads what a CA sends: files, folders and pasted texts, in every form that CAs, mail programs and editors
// give to certificates. What the things in them mean is said by vos/cert.
package read
