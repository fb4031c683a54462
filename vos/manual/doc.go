// Package manual speaks with nodes that no program may log in to: a person types what vos/dialogue.go says, or clicks the
// same in OS Administration, and gives back what the node said. The words and the parsers are those of SSH.
package manual
