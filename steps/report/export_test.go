package report

// Internals for the tests of this package.
const DrawLeft = drawLeft
const DrawNames = drawNames
const DrawWidth = drawWidth
const IcsWidth = icsWidth

var FoldLine = foldLine
var IcsDuration = icsDuration
var NewWords = newWords
