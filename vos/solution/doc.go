// Package solution reads and writes the file that describes a site: its nodes, where they are dialled, and the host keys
// that a person compared. It is TOML, made to be read and edited by people, and holds no secret.
package solution
