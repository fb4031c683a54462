package release

import "testing"

// TestPortLabel: a number is not printed twice where nothing but it is known of a port.
func TestPortLabel(t *testing.T) {
	for _, one := range []struct {
		number int
		name   string
		label  string
	}{{8445, "Finesse", "8445 Finesse"}, {8445, "8445", "8445"}, {8445, "", "8445"}, {443, "8445", "443 8445"}, {9443, NameIn(nil, 9443), "9443"}} {
		if got := PortLabel(one.number, one.name); got != one.label {
			t.Errorf("port %d named %q: %q, not %q", one.number, one.name, got, one.label)
		}
	}
}
