package sim

import (
	"crypto/rand"
	"crypto/rsa"
	"math/big"
	"sync"
)

// shared gives that many RSA keys of 2048 bits in turn, which are made when they are first asked for: each comes again after all others.
func shared(count int) func() (*rsa.PrivateKey, error) {
	var mu sync.Mutex
	var keys []*rsa.PrivateKey
	next := 0
	return func() (*rsa.PrivateKey, error) {
		mu.Lock()
		defer mu.Unlock()
		if len(keys) < count {
			key, err := rsa.GenerateKey(rand.Reader, 2048)
			if err != nil {
				return nil, err
			}
			keys = append(keys, key)
			return key, nil
		}
		next++
		return keys[(next-1)%count], nil
	}
}

// pairing makes RSA keys of 2048 bits of which no two are the same, from few primes: each key is another pair of them. It
// is for labs with many nodes, whose CSRs would else cost minutes of both processors. Who has two of the keys has both:
// the keys of a lab protect nothing.
type pairing struct {
	mu     sync.Mutex
	primes []*big.Int
	a, b   int // the next pair: a > b
}

// key makes the next one.
func (p *pairing) key() (*rsa.PrivateKey, error) {
	first, second, err := p.next()
	if err != nil {
		return nil, err
	}
	k := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(first, second), E: publicExponent}, Primes: []*big.Int{first, second}}
	k.D = new(big.Int).ModInverse(big.NewInt(publicExponent), new(big.Int).Mul(less(first), less(second)))
	k.Precompute()
	return k, nil
}

const publicExponent = 65537

func (p *pairing) next() (first, second *big.Int, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.b++; p.b >= p.a {
		p.a, p.b = p.a+1, 0
	}
	for len(p.primes) <= p.a {
		prime, err := rand.Prime(rand.Reader, 1024)
		if err != nil {
			return nil, nil, err
		}
		if new(big.Int).Mod(less(prime), big.NewInt(publicExponent)).Sign() != 0 { // else it has no private exponent
			p.primes = append(p.primes, prime)
		}
	}
	return p.primes[p.a], p.primes[p.b], nil
}

func less(n *big.Int) *big.Int { return new(big.Int).Sub(n, big.NewInt(1)) }
