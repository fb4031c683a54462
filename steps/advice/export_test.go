package advice

// Internals for the tests of this package.
const Most = most
