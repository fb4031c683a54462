package plan

// Internals for the tests of this package.
var Moves = moves
