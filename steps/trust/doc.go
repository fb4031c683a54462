// Package trust tells who must trust whom in a solution, what each trust store holds of it, and how each trust stands.
package trust
