package sim

import "testing"

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
