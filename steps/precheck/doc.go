// Package precheck holds the checks before a change: what the survey read of a node is compared with what the change needs
// (PRE-2, PRE-3, PRE-4, PRE-6, PRE-7). A check types nothing on a node.
package precheck
