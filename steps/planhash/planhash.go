// Package planhash makes the fingerprint of a plan: what is done, in which order, on which nodes, and where these are dialled.
package planhash

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// Plan is what the hash of a plan is made of. Its keys and their order are part of the hash: never change them.
type Plan struct {
	Path  string       `json:"path"`
	Unit  string       `json:"unit"`
	Nodes []vos.Node   `json:"nodes"`
	Peers []vos.Node   `json:"neighbours,omitempty"`
	Call  []vos.Target `json:"targets,omitempty"`
	Some  []string     `json:"replace,omitempty"`
	Multi bool         `json:"multi_server,omitempty"`
	Rows  []Row        `json:"rows"`
	Route route.Route  `json:"route,omitzero"`
}

// Row is one row of it.
type Row struct {
	ID    string   `json:"id"`
	Risk  string   `json:"risk"`
	After []string `json:"after"`
	Nodes []string `json:"nodes"`
	Asks  []string `json:"asks"`
}

// Sum is the SHA-256 of the plan as JSON, hex.
func (p Plan) Sum() string {
	data, err := json.Marshal(p)
	if err != nil { // there is nothing in it that JSON does not take
		return ""
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
