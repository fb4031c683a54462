package vos

import "testing"

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
