// Package play plays a plan: it does what is next, has questions answered, works on rows, and decides what is tried again.
// Screens, line mode, unattended runs, the lab, rehearsals and tests play with the same loop; hooks are what differs.
package play
