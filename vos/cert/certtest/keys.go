package certtest

import (
	"crypto/rsa"
	_ "embed"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"
)

// primes are primes of 1024 bits, one a line in hexadecimal. Two of them make an RSA key in a fiftieth of the time that a new key takes.
//
//go:embed primes.txt
var primes string

// Keys are RSA keys of 2048 bits for tests, which are the same in each run: no two are the same, though some share a prime. They are for
// tests alone, since their private halves are published; no program that is released imports this package.
type Keys struct {
	mu   sync.Mutex
	of   []*big.Int
	made []*rsa.PrivateKey
}

// Source gives the keys in turn, from the first. It ends with an error after 780 of them. It may be used by several goroutines.
func (k *Keys) Source() func() (*rsa.PrivateKey, error) {
	var mu sync.Mutex
	next := 0
	return func() (*rsa.PrivateKey, error) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return k.key(next - 1)
	}
}

// Key is the key with a number, from 0; the sources give the same.
func (k *Keys) Key(t testing.TB, number int) *rsa.PrivateKey {
	t.Helper()
	return must(k.key(number))(t)
}

// key is the key with a number, from 0.
func (k *Keys) key(i int) (*rsa.PrivateKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil {
		for line := range strings.FieldsSeq(primes) {
			p, _ := new(big.Int).SetString(line, 16)
			k.of = append(k.of, p)
		}
	}
	for len(k.made) <= i {
		a, b := pair(len(k.of), len(k.made))
		if a == b {
			return nil, errors.New("there are no more keys for tests")
		}
		k.made = append(k.made, keyOf(k.of[a], k.of[b]))
	}
	return k.made[i], nil
}

// pair is the pair with a number of an even count of things, where each round of count/2 pairs has every thing once: the circle method.
// After the last pair both are 0.
func pair(count, number int) (a, b int) {
	round, place := number/(count/2), number%(count/2)
	switch ring := count - 1; {
	case round >= ring:
		return 0, 0
	case place == 0:
		return ring, round
	default:
		return (round + place) % ring, (round - place + ring) % ring
	}
}

func keyOf(p, q *big.Int) *rsa.PrivateKey {
	const exponent = 65537
	one := big.NewInt(1)
	phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
	key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Mul(p, q), E: exponent}, D: new(big.Int).ModInverse(big.NewInt(exponent), phi), Primes: []*big.Int{p, q}}
	key.Precompute()
	return key
}
