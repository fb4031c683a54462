// Package timing knows how long rows take on this site, and whether what is next fits into the change window.
package timing
