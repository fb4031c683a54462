package session

import (
	"os"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/waitbound"
)

func TestMain(m *testing.M) { os.Exit(waitbound.Run(m)) }
