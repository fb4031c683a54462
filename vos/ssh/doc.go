// Package ssh is the wing that types: a vos.Dialer that logs in to a node over SSH, and a vos.Terminal that drives its
// admin: prompt as a careful person would, over a slow line, with pager, redrawn prompts and questions asked twice.
package ssh
