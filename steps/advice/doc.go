// Package advice is the troubleshooter: what is seen in the field, what causes it, what mends it, and where the program
// can look for itself. It changes nothing.
package advice
