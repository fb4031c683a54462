package release_test

import _ "github.com/uccx-tui/uccx-tui/vos/goldentest" // knows -update: go test ./... -update
