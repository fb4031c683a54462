package vos

import "strings"

// Port is one address of a node that clients open over TLS.
type Port struct {
	Number   int
	Name     string // what is behind it
	Path     string // what people open there
	Rules    string // ids of domain.md
	Optional bool   // not every node serves it: nothing is owed where nothing listens
	Source   string
}

// Cell is one value of the release table, with where it comes from.
type Cell[T any] struct {
	Value  T
	Source string
}

// Facts is one row of the release table: what is true of a product from a release on.
type Facts struct {
	Product     Product
	From        Release        // the first release that the row is true of
	Known       bool           // false: taken from the nearest row, because the release is not in the table
	Units       Cell[[]string] // identity certificates that a change replaces
	Ports       []Port
	KeyBits     Cell[[]int]  // RSA key sizes that the source allows
	MultiServer Cell[bool]   // one certificate for publisher and subscriber (PRE-6)
	Restart     Cell[string] // what makes a new identity served
	Services    []string     // services that must be started, as utils service list names them
	ServiceFrom string       // source of Services
}

const (
	src000  = "118855 (000)"
	src002  = "210528 (002)"
	src004  = "UCCE guide (004)"
	srcS2   = "UCCX 15.0 Administration and Operations Guide"
	srcS12  = "UCCX install guides"
	restart = "utils system restart"
)

func uccxPorts() []Port {
	return []Port{
		{443, "AppAdmin", "/appadmin/main", "CLI-1 CLI-2", false, src000},
		{7443, "Notification", "/", "CLI-3", false, src000},
		{8443, "Platform", "/cmplatform", "PRE-1", false, src000},
		{8444, "CUIC", "/", "CLI-7", false, src000},
		{8445, "Finesse", "/", "CLI-4 CLI-5", false, src000},
		{12015, "Live Data", "/", "CLI-8", false, src000},
	}
}

func chatPorts() []Port {
	return []Port{
		{443, "Chat", "/", "CLI-6", false, src000},
		{7443, "XMPP", "/", "CLI-6", true, srcS12},
		{8443, "Platform", "/cmplatform", "PRE-1", true, src000},
	}
}

func platformPorts(more ...Port) []Port {
	return append([]Port{{8443, "Platform", "/cmplatform", "PRE-1", false, src004}}, more...)
}

func tomcat(source string) Cell[[]string] { return Cell[[]string]{[]string{"tomcat"}, source} }

func bothTomcats() Cell[[]string] {
	return Cell[[]string]{[]string{"tomcat", "tomcat-ECDSA"}, src002 + ", EC-1"}
}

var (
	uccxServices = []string{"Cisco Tomcat", "Cisco Finesse Tomcat", "Cisco Unified CCX Engine", "Cisco Unified CCX Notification Service",
		"Cisco Unified CCX Socket.IO Service", "Cisco Unified Intelligence Center Reporting Service", "Cisco Unified CCX Database"}
	baseServices = []string{"Cisco Tomcat"}
	guideBits    = Cell[[]int]{[]int{1024, 2048}, src000 + ", PRE-4"}
	restartNode  = Cell[string]{restart, src000 + ", SIG-8"}
	oneNode      = Cell[bool]{false, src000 + ", PRE-6"}
)

// table is the release table. A product or a release is one row here; rows of a product stand oldest first.
var table = []Facts{
	{Product: UCCX, From: "8.0", Units: tomcat(src000), Ports: uccxPorts()[:5], KeyBits: guideBits, MultiServer: oneNode, Restart: restartNode, Services: baseServices, ServiceFrom: srcS2},
	{Product: UCCX, From: "11.0", Units: tomcat(src000), Ports: uccxPorts(), KeyBits: guideBits, MultiServer: oneNode, Restart: restartNode, Services: uccxServices, ServiceFrom: srcS2},
	{Product: UCCX, From: "11.5", Units: bothTomcats(), Ports: uccxPorts(), KeyBits: guideBits, MultiServer: oneNode, Restart: restartNode, Services: uccxServices, ServiceFrom: srcS2},
	{Product: UCCX, From: "11.6", Units: tomcat(src000 + ", EC-1"), Ports: uccxPorts(), KeyBits: guideBits,
		MultiServer: Cell[bool]{true, src000 + ", PRE-6: from 11.6(1), 11.6(2) is the safe one"}, Restart: restartNode, Services: uccxServices, ServiceFrom: srcS2},
	{Product: CCP, From: "8.0", Units: tomcat(src000), Ports: chatPorts(), KeyBits: guideBits, MultiServer: oneNode, Restart: restartNode, Services: baseServices, ServiceFrom: srcS12},
	{Product: CCP, From: "11.5", Units: bothTomcats(), Ports: chatPorts(), KeyBits: guideBits, MultiServer: oneNode, Restart: restartNode, Services: baseServices, ServiceFrom: srcS12},
	{Product: CCP, From: "11.6", Units: tomcat(src000 + ", EC-1"), Ports: chatPorts(), KeyBits: guideBits, MultiServer: oneNode, Restart: restartNode, Services: baseServices, ServiceFrom: srcS12},
	{Product: MediaSense, From: "8.0", Units: tomcat(src000), Ports: platformPorts(), KeyBits: guideBits, MultiServer: oneNode, Restart: restartNode, Services: baseServices, ServiceFrom: srcS12},
	{Product: Finesse, From: "10.0", Units: tomcat(src004), Ports: platformPorts(Port{8445, "Finesse", "/", "CLI-4 CLI-5", false, src004}),
		KeyBits: Cell[[]int]{[]int{2048}, src004 + ", PRE-4"}, MultiServer: oneNode, Restart: Cell[string]{restart, src004 + ", SIG-8"}, Services: []string{"Cisco Tomcat", "Cisco Finesse Tomcat"}, ServiceFrom: srcS2},
	{Product: CUIC, From: "10.0", Units: tomcat(src004), Ports: platformPorts(Port{8444, "CUIC", "/", "CLI-7", false, src004}),
		KeyBits: Cell[[]int]{[]int{2048}, src004 + ", PRE-4"}, MultiServer: oneNode, Restart: Cell[string]{restart, src004 + ", SIG-8"}, Services: baseServices, ServiceFrom: srcS2},
	{Product: LiveData, From: "10.0", Units: tomcat(src004), Ports: platformPorts(Port{12005, "Live Data", "/", "CLI-8", true, "guess [I], vos-facts 5"}, Port{12008, "Live Data", "/", "CLI-8", true, "guess [I], vos-facts 5"}),
		KeyBits: Cell[[]int]{[]int{2048}, src004 + ", PRE-4"}, MultiServer: oneNode, Restart: Cell[string]{restart, src004 + ", SIG-8"}, Services: baseServices, ServiceFrom: srcS2},
	{Product: CUCM, From: "8.0", Units: tomcat(src000), Ports: platformPorts(), KeyBits: Cell[[]int]{[]int{1024, 2048, 3072, 4096}, "Unified CM Security Guide"}, MultiServer: Cell[bool]{true, "118731"}, Restart: restartNode, Services: baseServices, ServiceFrom: srcS2},
}

// newest is the last release that the table was made for: beyond it everything is a guess from the last row.
const newest = "15.9"

// Lookup returns what is true of a product at a release: the last row that begins at or before it. An unknown release
// takes the newest row, a release older than all rows the oldest, both with Known false. ok is false for an unknown product.
func Lookup(p Product, r Release) (f Facts, ok bool) {
	for _, row := range table {
		if row.Product != p {
			continue
		}
		switch {
		case !ok:
			f, ok = row, true
			f.Known = r.Known() && !r.Before(row.From)
		case !r.Known() || !r.Before(row.From):
			known := f.Known
			f = row
			f.Known = known
		}
	}
	if Release(newest).Before(r) {
		f.Known = false
	}
	return f, ok
}

// ParseProduct reads the name of a product as people write it.
func ParseProduct(name string) (Product, bool) {
	switch p := Product(strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "").Replace(name))); p {
	case UCCX, CCP, MediaSense, Finesse, CUIC, LiveData, CUCM:
		return p, true
	case "socialminer", "sm", "customercollaborationplatform":
		return CCP, true
	case "ccx", "unifiedccx":
		return UCCX, true
	case "unifiedcm", "callmanager":
		return CUCM, true
	}
	return "", false
}

// Title is how the product is called at a release.
func (p Product) Title(r Release) string {
	switch p {
	case UCCX:
		return "Unified CCX"
	case CCP:
		if r.Known() && r.Before("12.0") {
			return "SocialMiner"
		}
		return "Customer Collaboration Platform"
	case MediaSense:
		return "MediaSense"
	case Finesse:
		return "Finesse"
	case CUIC:
		return "Unified Intelligence Center"
	case LiveData:
		return "Live Data"
	case CUCM:
		return "Unified CM"
	}
	return string(p)
}
