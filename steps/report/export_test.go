package report

// Internals for the tests of this package.
const DrawLeft = drawLeft
const DrawNames = drawNames
const DrawWidth = drawWidth

var IcsDuration = icsDuration
var NewWords = newWords
