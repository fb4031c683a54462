package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// TestListsHaveAnEnd: no list that is read from an answer has more than 5,000 entries, and no field more than 512 bytes.
func TestListsHaveAnEnd(t *testing.T) {
	const most, field = 5_000, 512
	long := strings.Repeat("x", 3*field)
	for name, n := range map[string]int{
		"services": len(boundServices(slices.Repeat([]vos.Service{{Name: "s"}}, 3*most))),
		"members":  len(boundMembers(slices.Repeat([]vos.Member{{Host: "h"}}, 3*most))),
		"own":      len(BoundOwn(slices.Repeat([]vos.Own{{Unit: "tomcat"}}, 3*most))),
		"trust":    len(BoundTrust(slices.Repeat([]vos.TrustFile{{Store: "tomcat-trust", File: "f.pem"}}, 3*most))),
		"DNS":      len(bounded(vos.About{DNS: slices.Repeat([]string{"d"}, 3*most)}).DNS),
		"disks":    len(bounded(vos.About{Disks: slices.Repeat([]vos.Disk{{Name: "d"}}, 3*most)}).Disks),
	} {
		if n != most {
			t.Errorf("%s: %d entries", name, n)
		}
	}
	if got := boundServices([]vos.Service{{Name: long, State: long, Reason: long}})[0]; len(got.Name) > field+100 || len(got.State) > field+100 || len(got.Reason) > field+100 {
		t.Errorf("a service of %d bytes", len(got.Name))
	}
	if got := BoundTrust([]vos.TrustFile{{Store: "tomcat-trust", File: long}, {Store: "tomcat-trust", File: "f.pem", About: long}}); len(got) != 1 || len(got[0].About) > field+100 {
		t.Errorf("%d files of a store", len(got))
	}
	about := bounded(vos.About{Host: long, Version: long, DNS: []string{long}})
	if len(about.Host) > field+100 || len(about.Version) > field+100 || len(about.DNS[0]) > field+100 {
		t.Error("a field of a node has no end")
	}
}
