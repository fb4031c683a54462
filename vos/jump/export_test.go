package jump

import "time"

// Hurry gives the jump host less time for each part of a login.
func (h *Host) Hurry(limit time.Duration) {
	h.patience.handshake, h.patience.login, h.patience.keepAlive = limit, limit, limit
}

// Watched gives the jump host less time to answer once it let in. Before Enter: what watches it reads the limit.
func (h *Host) Watched(limit time.Duration) { h.patience.keepAlive = limit }
