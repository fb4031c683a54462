package vos

import (
	"slices"
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

// TestDiscovered: the publisher first, in small letters, with the domain of the asked node where none is printed; alone
// where the list has nobody else.
func TestDiscovered(t *testing.T) {
	self := About{Host: "UCCX2", Domain: "Example.com", Version: "12.5.1"}
	list := ParseCluster("10.0.0.2 uccx2.example.com uccx2 Subscriber callmanager DBSub authenticated\n10.0.0.1 uccx1 Publisher callmanager DBPub authenticated using TCP since Fri\n")
	got := Discovered(self, UCCX, list)
	want := []Node{{FQDN: "uccx1.example.com", Product: UCCX, Role: Publisher}, {FQDN: "uccx2.example.com", Product: UCCX, Role: Subscriber, Release: "12.5.1"}}
	if len(got) != 2 || !slices.EqualFunc(got, want, func(a, b Node) bool {
		return a.FQDN == b.FQDN && a.Role == b.Role && a.Product == b.Product && a.Release == b.Release
	}) {
		t.Errorf("%+v", got)
	}
	for _, list := range [][]Member{nil, list[:1], {{FQDN: "x_y", Host: "x_y", Role: Subscriber}, {FQDN: "\x1b[2J", Host: "\x1b", Role: Publisher}}} {
		if got := Discovered(self, CCP, list); len(got) != 1 || got[0].Role != Standalone || got[0].FQDN != "uccx2.example.com" {
			t.Errorf("%v: %+v", list, got)
		}
	}
}
