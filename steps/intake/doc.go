// Package intake holds the rows in which the CSRs go to the CA and its files come back, and takes these files into a session,
// all at once or in parts.
package intake
