package vos

import (
	"slices"
	"strings"
)

// Port is one address of a node that clients open over TLS.
type Port struct {
	Number   int
	Name     string // what is behind it
	Path     string // what people open there
	Who      string // who opens it
	Rules    string // ids of domain.md
	Optional bool   // not every node serves it: nothing is owed where nothing listens
	Source   string
}

// Cell is one value of the release table, with where it comes from.
type Cell[T any] struct {
	Value  T
	Source string
}

// ECDSA is the part that elliptic curve certificates play at a release.
type ECDSA string

// ECDSANone: there is none. ECDSASecond: tomcat-ECDSA is served beside tomcat, and must be signed too (EC-2, EC-3).
// ECDSAChoice: the node serves either one, as show tls server cert_type tells.
const (
	ECDSANone   ECDSA = "none"
	ECDSASecond ECDSA = "second"
	ECDSAChoice ECDSA = "choice"
)

// Facts is one row of the release table: what is true of a product from a release on.
type Facts struct {
	Product     Product
	From        Release        // the first release that the row is true of
	Known       bool           // false: taken from the nearest row, because the release is not in the table
	Units       Cell[[]string] // identity certificates that a change replaces
	Ports       []Port
	KeyBits     Cell[[]int] // RSA key sizes that the source allows
	MultiServer Cell[bool]  // one certificate for publisher and subscriber (PRE-6)
	ECDSA       Cell[ECDSA] // whether there is an elliptic curve identity beside the RSA one
	Services    []string    // services that must be started, as utils service list names them
	ServiceFrom string      // source of Services
}

// Sources of cells: the guides of domain.md, and the tags of vos-facts.md.
const (
	src000 = "118855 (000)"
	src002 = "210528 (002)"
	src004 = "UCCE guide (004)"
	srcS2  = "UCCX 15.0 Administration and Operations Guide"
	srcS10 = "UCCE and PCCE 12.6 to 15 security guide"
	srcS12 = "UCCX install and design guides"
)

const (
	people = "agents, supervisors and administrators"
	admins = "administrators"
	agents = "agents and supervisors"
)

func platform() Port {
	return Port{8443, "Platform", "/cmplatform", admins, "PRE-1", false, src000}
}

func uccxPorts() []Port {
	return []Port{
		{443, "AppAdmin", "/appadmin/main", people, "CLI-1 CLI-2", false, src000},
		{7443, "Notification", "/", agents, "CLI-3", false, src000},
		platform(),
		{8444, "CUIC", "/", people, "CLI-7", false, src000},
		{8445, "Finesse", "/ and /cfadmin", people, "CLI-4 CLI-5", false, src000},
	}
}

func liveData() Port { return Port{12015, "Live Data", "/", agents, "CLI-8", false, src000} }

func chatPorts() []Port {
	ops := platform()
	ops.Optional = true
	return []Port{
		{443, "Chat", "/", "customers and agents", "CLI-6", false, src000},
		{7443, "XMPP", "/", "customers and agents", "CLI-6", true, srcS12},
		ops,
	}
}

// The columns that many rows share.
var (
	uccxServices = []string{"Cisco Tomcat", "Cisco Finesse Tomcat", "Cisco Unified CCX Engine", "Cisco Unified CCX Notification Service",
		"Cisco Unified CCX Socket.IO Service", "Cisco Unified Intelligence Center Reporting Service", "Cisco Unified CCX Database"}
	tomcatOnly = []string{"Cisco Tomcat"}
)

// row begins a row with what holds for most: one unit, one certificate a node.
func row(p Product, from Release, source string, ports ...Port) Facts {
	return Facts{Product: p, From: from, Ports: ports, Services: slices.Clone(tomcatOnly), ServiceFrom: srcS2,
		Units:       Cell[[]string]{[]string{"tomcat"}, source + ", SIG-1"},
		KeyBits:     Cell[[]int]{[]int{1024, 2048}, source + ", PRE-4; the platform page of 14 and 15 offers 3072 and 4096 too (vos-facts 7)"},
		MultiServer: Cell[bool]{false, source + ", PRE-5"},
		ECDSA:       Cell[ECDSA]{ECDSANone, source + ", EC-1"}}
}

// both adds the identity that 11.5 alone has (EC-1).
func (f Facts) both() Facts {
	f.Units = Cell[[]string]{[]string{"tomcat", "tomcat-ECDSA"}, src000 + " and " + src002 + ", EC-1"}
	return f.curves(ECDSASecond, src002+", EC-1 to EC-6")
}

// curves sets the part that elliptic curve certificates play.
func (f Facts) curves(part ECDSA, source string) Facts {
	f.ECDSA = Cell[ECDSA]{part, source}
	return f
}

// multi allows one certificate for publisher and subscriber.
func (f Facts) multi(source string) Facts {
	f.MultiServer = Cell[bool]{true, source}
	return f
}

// bits sets the key sizes, in bits.
func (f Facts) bits(source string, sizes ...int) Facts {
	f.KeyBits = Cell[[]int]{sizes, source}
	return f
}

// runs sets the services that must be started.
func (f Facts) runs(source string, names ...string) Facts {
	f.Services, f.ServiceFrom = slices.Clone(names), source
	return f
}

// releases is the release table. A product or a release is one row in releasesOf; rows of a product stand oldest first. It
// is made anew at each call, so that nobody can change it for another.
func releases() []Facts {
	var all []Facts
	for _, p := range []Product{UCCX, CCP, MediaSense, Finesse, CUIC, LiveData, CUCM} {
		all = append(all, releasesOf(p)...)
	}
	return all
}

// releasesOf is the part of the release table that is about one product.
func releasesOf(p Product) []Facts {
	const pre6 = ", PRE-6: from 11.6 in one place, from 11.6(2) in another, which is the safe one"
	const recommended = src004 + ", PRE-4: 2048 is recommended"
	switch p {
	case UCCX:
		withLive := append(uccxPorts(), liveData())
		return []Facts{
			row(UCCX, "8.0", src000, uccxPorts()...),
			row(UCCX, "11.0", src000, withLive...).runs(srcS2, uccxServices...),
			row(UCCX, "11.5", src000, withLive...).runs(srcS2, uccxServices...).both(),
			row(UCCX, "11.6", src000, withLive...).runs(srcS2, uccxServices...).
				multi(src000 + pre6),
			row(UCCX, "12.5", src000, withLive...).runs(srcS2, uccxServices...).
				multi(src000+pre6).curves(ECDSAChoice, srcS2+": set tls server cert_type; 118855 says removed from 11.6 on (vos-facts 7)"),
		}
	case CCP:
		return []Facts{
			row(CCP, "8.0", src000, chatPorts()...),
			row(CCP, "11.5", src000, chatPorts()...).both(),
			row(CCP, "11.6", src000, chatPorts()...),
		}
	case MediaSense:
		return []Facts{
			row(MediaSense, "8.0", src000, platform()),
		}
	case Finesse:
		return []Facts{
			finesse("10.0").bits(recommended, 2048),
			finesse("12.6").bits(recommended, 2048).curves(ECDSAChoice, srcS10),
		}
	case CUIC:
		return []Facts{
			cuic("10.0").bits(recommended, 2048),
			cuic("12.6").bits(recommended, 2048).curves(ECDSAChoice, srcS10),
		}
	case LiveData:
		return []Facts{
			// Guess [I]: the ports of a Live Data server of its own (vos-facts 5).
			row(LiveData, "10.0", src004, platform(), Port{12005, "Live Data", "/", agents, "CLI-8", true, "guess [I], vos-facts 5"},
				Port{12008, "Live Data", "/", agents, "CLI-8", true, "guess [I], vos-facts 5"}).bits(recommended, 2048),
		}
	case CUCM:
		return []Facts{
			row(CUCM, "8.0", "Unified CM 118731", platform()).multi("Unified CM 118731").bits("Unified CM Security Guide", 1024, 2048, 3072, 4096).
				curves(ECDSASecond, "own list of a Unified CM 15 (vos-facts 1.5)"),
		}
	}
	return nil
}

func finesse(from Release) Facts {
	return row(Finesse, from, src004, platform(), Port{8445, "Finesse", "/ and /cfadmin", people, "CLI-4 CLI-5", false, src004}).
		runs(srcS2, "Cisco Tomcat", "Cisco Finesse Tomcat")
}

func cuic(from Release) Facts {
	return row(CUIC, from, src004, platform(), Port{8444, "CUIC", "/", people, "CLI-7", false, src004})
}

// newest is the last release that the table was made for: beyond it everything is a guess from the last row.
const newest = "15.9"

// Lookup returns what is true of a product at a release: the last row that begins at or before it. An unknown release
// takes the newest row, a release older than all rows the oldest, both with Known false. ok is false for an unknown product.
func Lookup(p Product, r Release) (f Facts, ok bool) {
	for _, row := range releasesOf(p) {
		if ok && r.Known() && r.Before(row.From) {
			continue
		}
		row.Known = r.Known() && !r.Before(row.From) && !Release(newest).Before(r)
		f, ok = row, true
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
