// Package docs holds the documents as they stand in this folder, so that the program can show them without a network.
package docs

import "embed"

// Files are the documents.
//
//go:embed *.md
var Files embed.FS
