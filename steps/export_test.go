package steps

// Internals for the tests of this package.
var AllRows = allRows
