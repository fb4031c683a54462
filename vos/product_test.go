package vos

import (
	"strings"
	"testing"
)

// TestProductOf: a product is told by its services; one that is installed but not activated tells nothing.
func TestProductOf(t *testing.T) {
	for want, names := range map[Product][]string{
		UCCX: {"Cisco Tomcat", "Cisco Finesse Tomcat", "Cisco Unified Intelligence Center Reporting Service", "Cisco Unified CCX Engine"},
		CUCM: {"Cisco Tomcat", "Cisco CallManager"}, Finesse: {"Cisco Finesse Tomcat"}, CUIC: {"CCE Live Data Web Service", "Intelligence Center Reporting Service"},
		LiveData: {"CCE Live Data Web Service"}, CCP: {"CCP Application Server"}, MediaSense: {"Cisco MediaSense API Service"}, "": {"Cisco Tomcat"},
	} {
		var all []Service
		for _, n := range names {
			all = append(all, Service{Name: n, State: "STARTED"})
		}
		if got, ok := ProductOf(append(all, Service{Name: "Cisco Unified CCX Engine", State: "STOPPED", Reason: "Service Not Activated"})); got != want || ok != (want != "") {
			t.Errorf("%v: %q, want %q", names, got, want)
		}
	}
}

// TestAPIProducts: the products for which a document names the certificate API are those of the table, each once.
func TestAPIProducts(t *testing.T) {
	text := APIProducts().String()
	for _, p := range Products() {
		f := p.Facts()
		if n := strings.Count(text+" ", f.Label); (f.API != "") != (n == 1) || n > 1 {
			t.Errorf("%s: API from %q on, named %d times in %q", p, f.API, n, text)
		}
	}
	if !strings.HasPrefix(text, "Unified CM, ") || !strings.Contains(text, " 14 and later") {
		t.Errorf("%q", text)
	}
}
