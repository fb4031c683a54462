package kit

// Internals for the tests of this package.
const MeetsDead = meetsDead
const MeetsExpired = meetsExpired
const MeetsSelf = meetsSelf
const MeetsStuck = meetsStuck
const MeetsTwice = meetsTwice
const MeetsUnknown = meetsUnknown

var KitNote = kitNote
var KitForecast = kitForecast
var MeetsECDSA = meetsECDSA
var Sha256Of = sha256Of
