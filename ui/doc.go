// Package ui is the face: it shows and asks. It has one tea.Model for terminals and one plain face, a line a prompt, for
// pipes, dumb terminals and screen readers; both drive the same steps.Runner and neither does any work of its own.
package ui
