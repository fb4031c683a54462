package app_test

import _ "github.com/uccx-tui/uccx-tui/vos/goldentest"
