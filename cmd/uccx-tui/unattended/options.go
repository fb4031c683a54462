package unattended

import "github.com/uccx-tui/uccx-tui/cmd/uccx-tui/accounts"

// Options is the command line of run.
type Options struct {
	accounts.Flags
	Solution string
	Plan     string   // hash that the plan must have
	Reply    []string // files and folders of the CA
	Restart  []string // nodes whose restart is confirmed

	RestartAgain []string // nodes that are restarted once more where the ports are not verified
	NewCSR       []string // nodes that begin again with a CSR where their certificate was refused

	Keys    []string // NODE=FINGERPRINT
	Certs   []string // NODE=FINGERPRINT of the certificates of web APIs
	Trust   []string // fingerprints of neighbours' certificates that may be believed
	Answers []string // QUESTION[@NODE]=VALUE
	Until   string   // end of the change window
	Survey  bool     // only look
	JSON    bool
	Again   bool
}
