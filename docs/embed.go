// Package docs holds the documents that are help topics as they stand in this folder, so that the program can show them without a network.
package docs

import "embed"

// Files are these documents.
//
//go:embed exit-codes.md facts.md first-deployment.md glossary.md json.md keys.md languages.md lab.md lessons.md nodes.md rehearsal.md
//go:embed reliability.md restarts.md rules.md solutions.md unattended.md verdict.md ways.md
var Files embed.FS
