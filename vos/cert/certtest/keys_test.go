package certtest

import (
	"crypto/rsa"
	"testing"

	_ "github.com/uccx-tui/uccx-tui/vos/goldentest" // -update
)

// TestKeys: every key is sound and of 2048 bits, no two are the same, the first twenty share no prime, and two sources begin with the same key.
func TestKeys(t *testing.T) {
	var k Keys
	next, again := k.Source(), k.Source()
	seen, primes := map[string]bool{}, map[string]bool{}
	for i := range 50 {
		key, err := next()
		if err != nil {
			t.Fatal(i, err)
		}
		if same, err := again(); err != nil || same != key {
			t.Fatal(i, "is another key for the second source", err)
		}
		if err := key.Validate(); err != nil || seen[key.N.String()] || key.N.BitLen() != 2048 {
			t.Fatal(i, "is not sound, too short, or came before", err)
		}
		seen[key.N.String()] = true
		for _, p := range key.Primes {
			primes[p.String()] = true
		}
		if i < 20 && len(primes) != 2*(i+1) {
			t.Fatalf("key %d shares a prime", i)
		}
	}
}

// TestPairs: every pair comes once, each round has every thing once, and then there are no more, which is an error.
func TestPairs(t *testing.T) {
	const count, all = 40, 780
	seen := map[[2]int]bool{}
	for i := range all {
		a, b := pair(count, i)
		if a == b || a < 0 || b < 0 || a >= count || b >= count || seen[[2]int{min(a, b), max(a, b)}] {
			t.Fatal(i, a, b)
		}
		seen[[2]int{min(a, b), max(a, b)}] = true
	}
	if a, b := pair(count, all); a != b {
		t.Error("one pair too many", a, b)
	}
	k := Keys{made: make([]*rsa.PrivateKey, all)}
	if key, err := k.key(all); err == nil {
		t.Error("one key too many", key)
	}
}
