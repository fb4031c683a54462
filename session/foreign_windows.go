package session

import (
	"io/fs"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// suspicious: the folders of a user's profile are for that user by the rights that Windows gives them.
func suspicious(fs.FileInfo) msg.Text { return msg.Text{} }

func replaceable(fs.FileInfo) bool { return false }
