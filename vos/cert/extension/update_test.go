package extension

import _ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
