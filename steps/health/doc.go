// Package health looks at what a restart may break and what brings a node back: the backup of a cluster before a change, and the
// replication of its databases before each restart. What a node does not say is never a fault: then a person is told where to look.
package health
