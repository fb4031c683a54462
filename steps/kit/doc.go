// Package kit makes what is handed to administrators of client PCs: who will be asked about which certificate, the
// roots to distribute, and the texts and scripts for it.
package kit
