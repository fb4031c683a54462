package sim

import (
	"crypto/rand"
	"crypto/rsa"
	"sync"
)

// KeyStock is a stock of RSA keys for tests with many labs, where making each key anew would take most of the time.
type KeyStock struct {
	size int
	mu   sync.Mutex
	keys []*rsa.PrivateKey
}

// NewKeyStock returns a stock that grows to that many keys of 2048 bits as they are asked for.
func NewKeyStock(size int) *KeyStock { return &KeyStock{size: max(size, 1)} }

// Source gives the keys of the stock in turn, for Options.Keys. Give each lab its own, and keep it when the lab is served
// again: within one source no key comes twice before all others came.
func (s *KeyStock) Source() func() (*rsa.PrivateKey, error) {
	var mu sync.Mutex
	next := 0
	return func() (*rsa.PrivateKey, error) {
		mu.Lock()
		defer mu.Unlock()
		key, err := s.key(next % s.size)
		next++
		return key, err
	}
}

func (s *KeyStock) key(i int) (*rsa.PrivateKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.keys) <= i {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return nil, err
		}
		s.keys = append(s.keys, key)
	}
	return s.keys[i], nil
}
