package sim

import (
	"math/big"
	"testing"
)

// TestFreshKeys: the keys of a lab share no prime, for nodes and for requests, unless it is a big one.
func TestFreshKeys(t *testing.T) {
	t.Parallel()
	for nodes, shares := range map[int]bool{sharedFrom - 1: false, sharedFrom: true} {
		c := &Cluster{nodes: make([]*node, nodes)}
		c.keyring()
		var n []*big.Int
		for range 2 {
			key, err := c.keys()
			if err != nil {
				t.Fatal(err)
			}
			n = append(n, key.N)
		}
		if common := new(big.Int).GCD(nil, nil, n[0], n[1]).Cmp(big.NewInt(1)) != 0; common != shares {
			t.Errorf("%d nodes: two keys share a prime: %v", nodes, common)
		}
	}
}

// No two nodes of a big lab may make the same key: a certificate finds its node by its key.
func TestPairsOfPrimesAreKeys(t *testing.T) {
	t.Parallel()
	source, seen := &pairing{}, map[string]bool{}
	for range 21 {
		k, err := source.key()
		if err != nil {
			t.Fatal(err)
		}
		if err := k.Validate(); err != nil {
			t.Fatal(err)
		}
		if seen[k.N.String()] || k.N.BitLen() != 2048 {
			t.Fatalf("a key of %d bits, that was there before: %v", k.N.BitLen(), seen[k.N.String()])
		}
		seen[k.N.String()] = true
	}
}
