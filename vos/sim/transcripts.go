package sim

import "embed"

// transcripts are the words of nodes, as docs/nodes.md has them: recorded, not made up. What no source shows is marked there.
//
//go:embed transcripts
var transcripts embed.FS
