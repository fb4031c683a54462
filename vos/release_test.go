package vos

import (
	"slices"
	"strings"
	"testing"
)

func TestReleases(t *testing.T) {
	for r, train := range map[Release]string{"12.5.1.11001-348": "12.5", "12.5(1)SU3": "12.5", "15": "15.0", "11.6(2)": "11.6", "15.0.1.11900-40": "15.0",
		"": "", "unknown": "", "Release 14.0(1)": "14.0"} {
		if got := r.Train(); got != train || r.Known() != (train != "") {
			t.Errorf("%q: train %q", r, got)
		}
	}
	order := []Release{"8.5", "10.6(1)", "11.5.1.10000-61", "11.6", "11.6(1)", "11.6(2)SU1", "12.0", "12.5(1)SU3", "15"}
	for i, a := range order {
		for j, b := range order {
			if a.Before(b) != (i < j) {
				t.Errorf("%s before %s: %v", a, b, a.Before(b))
			}
		}
	}
}

func ports(f Facts, owed bool) []int {
	var all []int
	for _, p := range f.Ports {
		if !p.Optional || !owed {
			all = append(all, p.Number)
		}
	}
	return all
}

func TestLookup(t *testing.T) {
	for _, c := range []struct {
		p     Product
		r     Release
		known bool
		units string
		multi bool
		owed  []int
	}{
		{UCCX, "12.5.1.11001-348", true, "tomcat", true, []int{443, 7443, 8443, 8444, 8445, 12015}},
		{UCCX, "15", true, "tomcat", true, []int{443, 7443, 8443, 8444, 8445, 12015}},
		{UCCX, "11.5(1)", true, "tomcat tomcat-ECDSA", false, []int{443, 7443, 8443, 8444, 8445, 12015}}, // EC-1
		{UCCX, "11.6(1)", true, "tomcat", true, []int{443, 7443, 8443, 8444, 8445, 12015}},               // PRE-6
		{UCCX, "10.6(1)", true, "tomcat", false, []int{443, 7443, 8443, 8444, 8445}},                     // CLI-8: from 11.x
		{UCCX, "7.0", false, "tomcat", false, []int{443, 7443, 8443, 8444, 8445}},
		{UCCX, "16.0", false, "tomcat", true, []int{443, 7443, 8443, 8444, 8445, 12015}},
		{UCCX, "", false, "tomcat", true, []int{443, 7443, 8443, 8444, 8445, 12015}},
		{CCP, "12.5", true, "tomcat", false, []int{443}}, // CLI-6, PRE-6
		{Finesse, "12.6", true, "tomcat", false, []int{8443, 8445}},
	} {
		f, ok := Lookup(c.p, c.r)
		if !ok || f.Known != c.known || strings.Join(f.Units.Value, " ") != c.units || f.MultiServer.Value != c.multi {
			t.Errorf("%s %s: %+v", c.p, c.r, f)
		}
		got := ports(f, true)
		slices.Sort(got)
		if !slices.Equal(got, c.owed) {
			t.Errorf("%s %s owes %v, not %v", c.p, c.r, got, c.owed)
		}
	}
	for p, want := range map[Product][]int{CCP: {443, 5222, 7443, 8443, 10443}, UCCX: {443, 5223, 7443, 8443, 8444, 8445, 8553, 9443, 12015}, Finesse: {5223, 7443, 8443, 8445}} {
		f, _ := Lookup(p, "12.6")
		got := ports(f, false)
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%s may serve %v", p, got)
		}
	}
	if f, _ := Lookup(UCCX, "11.0"); slices.Contains(ports(f, false), 8553) {
		t.Error("the Identity Service came with 11.5")
	}
	if _, ok := Lookup("pbx", "12.5"); ok {
		t.Error("a product that no one knows")
	}
}

// Every cell has its source, rows of a product stand oldest first, and no caller can change the table for another.
func TestReleaseTableIsWhole(t *testing.T) {
	last := map[Product]Release{}
	for _, f := range releases() {
		where := string(f.Product) + " " + string(f.From)
		if before := last[f.Product]; before.Known() && !before.Before(f.From) {
			t.Errorf("%s stands behind %s", where, before)
		}
		last[f.Product] = f.From
		if f.Units.Source == "" || f.KeyBits.Source == "" || f.MultiServer.Source == "" || f.ServiceFrom == "" {
			t.Errorf("%s: a source is missing", where)
		}
		if f.ECDSA.Source == "" || f.ECDSA.Value == "" || (f.ECDSA.Value == ECDSASecond) != slices.Contains(f.Units.Value, "tomcat-ECDSA") {
			t.Errorf("%s: ECDSA %+v with %v", where, f.ECDSA, f.Units.Value)
		}
		if len(f.Units.Value) == 0 || len(f.Ports) == 0 || len(f.Services) == 0 || !slices.Contains(f.KeyBits.Value, 2048) {
			t.Errorf("%s: a cell is empty", where)
		}
		seen := map[int]bool{}
		for _, p := range f.Ports {
			if slices.Contains([]string{"CLI-3", "CLI-7", "CLI-8"}, p.Rules) && !strings.Contains(p.Who.String(), "reporting users") {
				t.Errorf("%s: port %d is not opened by reporting users", where, p.Number)
			}
			if p.Source == "" || p.Name == "" || (p.Rules == "") != p.Rare() || p.Who.IsZero() || seen[p.Number] {
				t.Errorf("%s: port %+v", where, p)
			}
			seen[p.Number] = true
		}
	}
	f, _ := Lookup(UCCX, "12.5")
	f.Units.Value[0], f.Ports[0].Number, f.Services[0] = "x", 1, "x"
	if g, _ := Lookup(UCCX, "12.5"); g.Units.Value[0] == "x" || g.Ports[0].Number == 1 || g.Services[0] == "x" {
		t.Error("the table was changed")
	}
}

func TestProducts(t *testing.T) {
	for name, want := range map[string]Product{"UCCX": UCCX, "SocialMiner": CCP, "Social Miner": CCP, "Customer Collaboration Platform": CCP, "live-data": LiveData,
		"Unified CM": CUCM, "cuic": CUIC, "Media_Sense": MediaSense} {
		if got, ok := ParseProduct(name); !ok || got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
	if _, ok := ParseProduct("asterisk"); ok {
		t.Error("asterisk is no product here")
	}
	if CCP.Title("11.6(2)") != "SocialMiner" || CCP.Title("12.5") != "Customer Collaboration Platform" || CCP.Title("") != "Customer Collaboration Platform" {
		t.Error("the name of CCP by release")
	}
}

// TestBuildNumbers: the fourth part of a build counts the service updates of its family of products.
func TestBuildNumbers(t *testing.T) {
	for r, want := range map[Release]int{"12.5.1.11001-348": 1, "12.5.1.11002-481": 2, "12.5.1.11003-511": 3, "12.5.1.10000-31": 0, "15.0.1.10000-20": 0, "15.0.1.10100-11": 1,
		"15.0.1.10200-11": 2, "14.0.1.12900-161": 2, "15.0.1.11900-23": 1, "12.5.1.17900-64": 7, "12.5.1.14901-12": 4, "11.6.1.11000-1": 0, "15.0(1)SU2": 2, "15SU3a": 3, "14": 0, "": 0} {
		if got := r.Update(); got != want {
			t.Errorf("%s: service update %d, want %d", r, got, want)
		}
	}
	for _, c := range []struct {
		r, other Release
		want     bool
	}{{"15SU5", "15.0(1)SU5", true}, {"15.0.1.15900-1", "15SU5", true}, {"15.0.1.12900-1", "15SU5", false}, {"15SU4", "15SU5", false}, {"12.5(1)", "12.5(1)SU1", false}, {"15.0(1)", "14SU4", true},
		{"11.6(1)", "11.6(2)", false}, {"11.6(2)", "11.6(1)", true}} {
		if got := c.r.Includes(c.other); got != c.want {
			t.Errorf("%s includes %s: %v", c.r, c.other, got)
		}
	}
}
