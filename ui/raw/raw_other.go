//go:build !unix

package raw

import "os"

func notify(chan<- os.Signal) {}
