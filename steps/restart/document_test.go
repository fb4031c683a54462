package restart_test

import (
	"path/filepath"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

// TestRestartsDocument: docs/restarts.md is what the table says.
func TestRestartsDocument(t *testing.T) {
	goldentest.File(t, filepath.Join("..", "..", "docs", "restarts.md"), restart.Markdown())
}
