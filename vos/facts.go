package vos

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Port is one address of a node that clients open over TLS.
type Port struct {
	Number   int
	Name     string   // what is behind it
	Path     string   // what people open there
	Who      msg.Text // who opens it
	Rules    string   // ids of rules (docs/rules.md)
	Optional bool     // not every node serves it: nothing is owed where nothing listens
	Source   string
	ECDSA    bool // prefers tomcat-ECDSA where a node has it beside tomcat (EC-3, EC-4)
}

// Rare reports whether the port is one that no document names as an address of clients, and that a node may serve all the same:
// it must not go on with the old certificate.
func (p Port) Rare() bool { return p.Optional && p.Rules == "" }

// URLs are what people type to open the port on a node, one for each of its paths: the port stands in them where it is not that
// of HTTPS.
func (p Port) URLs(fqdn string) []string {
	at := "https://" + fqdn
	if p.Number != PortHTTPS {
		at += ":" + strconv.Itoa(p.Number)
	}
	all := strings.Split(p.Path, " and ")
	for i := range all {
		all[i] = at + all[i]
	}
	return all
}

// Cell is one value of the release table, with where it comes from.
type Cell[T any] struct {
	Value  T
	Source string
}

// ECDSA is the part that elliptic curve certificates play at a release.
type ECDSA string

// ECDSANone: there is none. ECDSASecond: tomcat-ECDSA is served beside tomcat, and must be signed too (EC-2, EC-3).
// ECDSAChoice: the node serves either one, as show tls server cert_type tells. ECDSABeside: the node owns one beside tomcat, and no
// document of this solution asks for a new one.
const (
	ECDSANone   ECDSA = "none"
	ECDSASecond ECDSA = "second"
	ECDSAChoice ECDSA = "choice"
	ECDSABeside ECDSA = "beside"
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

// Sources of cells, by their public names.
const (
	src000 = "Cisco document 118855"
	src002 = "Cisco document 210528"
	src004 = "UCCE guide for CA certificates"
	srcS2  = "UCCX 15.0 Administration and Operations Guide"
	srcS8  = "VVB 12.5 OS Administration guide"
	srcS10 = "UCCE and PCCE 12.6 to 15 security guide"
	srcS12 = "UCCX install and design guides"
	srcT10 = "github.com/liamkeegan/uccx-cert-check"
	srcUse = "port utilization guides"
)

const (
	people  = "agents, supervisors and administrators"
	admins  = "administrators"
	agents  = "agents and supervisors"
	viewers = "agents, supervisors and reporting users" // Live Data and reports (CLI-3, CLI-7, CLI-8)
)

func platform() Port {
	return Port{8443, "Platform", "/cmplatform", msg.T(admins), "PRE-1", false, src000, false}
}

func uccxPorts() []Port {
	return []Port{
		{443, "AppAdmin", "/appadmin/main", msg.T(people), "CLI-1 CLI-2", false, src000, false},
		{7443, "Notification", "/", msg.T(viewers), "CLI-3", false, src000, false},
		platform(),
		{8444, "CUIC", "/", msg.T(viewers), "CLI-7", false, src000, false},
		{8445, "Finesse", "/ and /cfadmin", msg.T(people), "CLI-4 CLI-5", false, src000, false},
	}
}

// rare is a port that few nodes serve, and that presents the same certificate.
func rare(number int, name string, who msg.Text, source string) Port {
	return Port{number, name, "", who, "", true, source, false}
}

// uccxRare are ports of UCCX that depend on what is set up: single sign-on from 11.5 on, XMPP clients, and one that a script
// of the field checks. Guess [I]: what stands behind 9443.
func uccxRare(from Release) []Port {
	some := []Port{rare(5223, "Notification (XMPP)", msg.T("XMPP clients"), srcS12), rare(9443, "Web services", msg.T("other servers"), srcT10)}
	if !from.Before("11.5") {
		some = append(some, rare(8553, "Identity Service", msg.T(people), srcT10))
	}
	return some
}

func liveData() Port {
	return Port{12015, "Live Data", "/", msg.T(viewers), "CLI-8", false, src000, true}
}

func chatPorts() []Port {
	ops := platform()
	ops.Optional = true
	return []Port{
		{443, "Chat", "/", msg.T("customers and agents"), "CLI-6", false, src000, false},
		{7443, "XMPP", "/", msg.T("customers and agents"), "CLI-6", true, srcS12, true},
		ops,
		rare(5222, "XMPP clients", msg.T("agents"), srcS12),
		rare(10443, "Chat gateway", msg.T("other servers"), srcS12),
	}
}

// The columns that many rows share.
var (
	pairRoles    = []Role{Publisher, Subscriber, Standalone}
	uccxServices = []string{"Cisco Tomcat", "Cisco Finesse Tomcat", "Cisco Unified CCX Engine", "Cisco Unified CCX Notification Service",
		"Cisco Unified CCX Socket.IO Service", "Cisco Unified Intelligence Center Reporting Service", "Cisco Unified CCX Database"}
	tomcatOnly = []string{"Cisco Tomcat"}
)

// row begins a row with what holds for most: one unit, one certificate a node.
func row(p Product, from Release, source string, ports ...Port) Facts {
	return Facts{Product: p, From: from, Ports: ports, Services: slices.Clone(tomcatOnly), ServiceFrom: srcS2,
		Units:       Cell[[]string]{[]string{"tomcat"}, source + ", SIG-1"},
		KeyBits:     Cell[[]int]{[]int{1024, 2048}, source + ", PRE-4; the platform page of 14 and 15 offers 3072 and 4096 too"},
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

func finesse(from Release) Facts {
	return row(Finesse, from, src004, platform(), Port{8445, "Finesse", "/ and /cfadmin", msg.T(people), "CLI-4 CLI-5", false, src004, false},
		rare(7443, "Notification", msg.T(viewers), srcUse), rare(5223, "Notification (XMPP)", msg.T("XMPP clients"), srcUse)).
		runs(srcS2, "Cisco Tomcat", "Cisco Finesse Tomcat")
}

func cuic(from Release) Facts {
	return row(CUIC, from, src004, platform(), Port{8444, "CUIC", "/", msg.T(viewers), "CLI-7", false, src004, false})
}

// Guess [I]: what is said of a row without a document of its own.
const guess = "assumption: as on Unified CM, which has the same platform"

// platformOf is a row of a product of which only the platform's addresses are known, beside what is given.
func platformOf(p Product, from Release, more ...Port) []Facts {
	return []Facts{row(p, from, guess, append([]Port{platform()}, more...)...).bits(guess, 1024, 2048, 3072, 4096).curves(ECDSABeside, guess)}
}

// web is the port of the web pages beside the platform's. Guess [I]: that it listens on each release.
func web(name, path string) Port {
	return Port{443, name, path, msg.T(people), "PRE-2", true, guess, false}
}

// wholeNode restarts all: what presents the certificate is not listed by any document. single is what is lost on a node that stands
// alone.
func wholeNode(lost, single string) RestartFacts {
	return RestartFacts{Lost: lost, Alone: single, Source: guess, Others: "Cisco Tomcat", Guess: true}
}

const pre6 = ", PRE-6: from 11.6 in one place, from 11.6(2) in another, which is the safe one"

const recommended = src004 + ", PRE-4: 2048 is recommended"

// products is the product table: a product is one row, a release one line of its releases.
var products = []ProductFacts{
	{
		ID: UCCX, Token: "callmanager", Title: "Unified CCX", Label: "UCCX", Aliases: []string{"ccx", "unifiedccx"}, Roles: pairRoles,
		Traits: Traits{Pair: true, Scripts: true}, Marks: []string{"unified ccx engine"}, Commands: []string{"show uccx version"},
		COP:    "ciscouccx.1151.disable-tomcat-ecdsa.CSCvb46250.cop.sgn",
		Listed: uccxListed, Releases: sync.OnceValue(func() []Facts {
			withLive := slices.Concat(uccxPorts(), []Port{liveData()}, uccxRare("11.5"))
			return []Facts{
				row(UCCX, "8.0", src000, append(uccxPorts(), uccxRare("8.0")...)...),
				row(UCCX, "11.0", src000, slices.Concat(uccxPorts(), []Port{liveData()}, uccxRare("11.0"))...).runs(srcS2, uccxServices...),
				row(UCCX, "11.5", src000, withLive...).runs(srcS2, uccxServices...).both(),
				row(UCCX, "11.6", src000, withLive...).runs(srcS2, uccxServices...).
					multi(src000 + pre6),
				row(UCCX, "12.5", src000, withLive...).runs(srcS2, uccxServices...).
					multi(src000+pre6).curves(ECDSAChoice, srcS2+": set tls server cert_type; Cisco document 118855 says removed from 11.6 on"),
			}
		}),
	},
	{
		ID: CCP, Token: "callmanager", Title: "Customer Collaboration Platform", Former: "SocialMiner", Renamed: "12.0", Label: "CCP / SocialMiner",
		Aliases: []string{"socialminer", "sm", "customercollaborationplatform"}, Roles: []Role{Standalone},
		Traits: Traits{Chat: true}, Marks: []string{"ccp ", "socialminer"}, COP: "ciscosm.1151.disable-tomcat-ecdsa.CSCvb58580.cop.sgn",
		Listed: []ListedService{{Name: "CCP Application Server"}, {Name: "CCP XMPP Server", Ports: []int{7443}}},
		Releases: sync.OnceValue(func() []Facts {
			return []Facts{
				row(CCP, "8.0", src000, chatPorts()...),
				row(CCP, "11.5", src000, chatPorts()...).both(),
				row(CCP, "11.6", src000, chatPorts()...),
			}
		}),
	},
	{
		ID: MediaSense, Token: "callmanager", Title: "MediaSense", Label: "MediaSense", Traits: Traits{Records: true}, Roles: pairRoles, Marks: []string{"mediasense"},
		Listed: []ListedService{{Name: "Cisco MediaSense API Service"}, {Name: "Cisco MediaSense Call Control Service"},
			{Name: "Cisco MediaSense Database Service"}},
		Releases: sync.OnceValue(func() []Facts {
			return []Facts{
				row(MediaSense, "8.0", src000, platform()),
				row(MediaSense, "11.5", src000, platform()).both(),
				row(MediaSense, "11.6", src000, platform()),
			}
		}),
	},
	{
		ID: Finesse, Token: "callmanager", Title: "Finesse", Label: "Finesse", Roles: pairRoles, Primary: true, Marks: []string{"finesse tomcat"},
		Listed: []ListedService{{Name: "Cisco Finesse Tomcat", Ports: []int{8445}}, {Name: "Cisco Finesse Notification Service"}},
		Releases: sync.OnceValue(func() []Facts {
			return []Facts{
				finesse("10.0").bits(recommended, 2048),
				finesse("11.5").bits(recommended, 2048).both(),
				finesse("11.6").bits(recommended, 2048),
				finesse("12.6").bits(recommended, 2048).curves(ECDSAChoice, srcS10),
			}
		}),
	},
	{
		ID: CUIC, Token: "callmanager", Title: "Unified Intelligence Center", Label: "CUIC",
		Roles: pairRoles, Primary: true, Marks: []string{"intelligence center"},
		Listed: []ListedService{{Name: "Cisco Unified Intelligence Center Reporting Service", Ports: []int{8444}},
			{Name: "Cisco Unified Intelligence Center Serviceability Service"}},
		Releases: sync.OnceValue(func() []Facts {
			return []Facts{
				cuic("10.0").bits(recommended, 2048),
				cuic("11.5").bits(recommended, 2048).both(),
				cuic("11.6").bits(recommended, 2048),
				cuic("12.6").bits(recommended, 2048).curves(ECDSAChoice, srcS10),
			}
		}),
	},
	{
		ID: LiveData, Token: "callmanager", Title: "Live Data", Label: "Live Data", Roles: pairRoles, Primary: true, Marks: []string{"live data"},
		Listed: []ListedService{{Name: "CCE Live Data Web Service", Ports: []int{12005, 12008}}, {Name: "CCE Live Data Storm Services"}},
		Releases: sync.OnceValue(func() []Facts { // Guess [I]: the ports of a Live Data server of its own (docs/nodes.md 5)
			const alone = "assumption"
			return []Facts{row(LiveData, "10.0", src004, platform(), Port{12005, "Live Data", "/", msg.T(viewers), "CLI-8", true, alone, true},
				Port{12008, "Live Data", "/", msg.T(viewers), "CLI-8", true, alone, true}).bits(recommended, 2048)}
		}),
	},
	{
		ID: CUCM, Token: "callmanager", Title: "Unified CM", Label: "Unified CM", Aliases: []string{"unifiedcm", "callmanager"}, Roles: pairRoles,
		Traits: Traits{Peer: true}, Marks: []string{"cisco callmanager"}, API: "14.0",
		Own: []string{"tomcat", "tomcat-ECDSA", "ipsec", "ITLRecovery", "CallManager-ECDSA", "CallManager", "CAPF", "TVS"},
		Listed: []ListedService{{Name: "Cisco CallManager"}, {Name: "Cisco CTIManager"}, {Name: "Cisco AXL Web Service"}, {Name: "Cisco Tftp"},
			{Name: "Cisco Certificate Authority Proxy Function"}, {Name: "Cisco Trust Verification Service"}},
		Releases: sync.OnceValue(func() []Facts {
			return []Facts{row(CUCM, "8.0", "Unified CM 118731", platform()).multi("Unified CM 118731").
				bits("Unified CM Security Guide", 1024, 2048, 3072, 4096).
				curves(ECDSABeside, "own list of a Unified CM 15 (transcript)")}
		}),
	},
	{ // Guess [I]: all but the identities and the API
		ID: "imp", Token: "cups", Title: "Unified CM IM and Presence", Label: "IM and Presence", Roles: pairRoles, API: "14.0",
		Aliases: []string{"imandpresence", "im&p", "unifiedcmimandpresence", "presence", "cup", "cups"}, Marks: []string{"cisco presence engine"},
		Own:    []string{"tomcat", "tomcat-ECDSA", "ipsec", "ITLRecovery", "cup", "cup-ECDSA", "cup-xmpp", "cup-xmpp-ECDSA", "cup-xmpp-s2s", "cup-xmpp-s2s-ECDSA"},
		Listed: []ListedService{{Name: "Cisco Presence Engine"}, {Name: "Cisco SIP Proxy"}, {Name: "Cisco XCP Router"}, {Name: "Cisco Sync Agent"}},
		Restart: wholeNode("Presence and chat of the users on this node stop, or move to the other node, until it is back. Calls continue.",
			"Presence and chat of the users on this node stop until it is back. Calls continue."),
		Releases: sync.OnceValue(func() []Facts { return platformOf("imp", "9.0") }),
	},
	{ // Guess [I]: all but the API
		ID: "cuc", Token: "callmanager", Title: "Unity Connection", Label: "Unity Connection", Roles: pairRoles, API: "14.0",
		Aliases: []string{"unityconnection", "unity", "ciscounityconnection", "cuxn"}, Marks: []string{"connection conversation manager"},
		Own:      []string{"tomcat", "tomcat-ECDSA", "ipsec", "ITLRecovery"},
		Listed:   []ListedService{{Name: "Connection Conversation Manager"}, {Name: "Connection Message Transfer Agent"}, {Name: "Connection Mixer"}},
		Restart:  wholeNode("Voice mail is taken by the other node, or not at all, until it is back. Other calls continue.", "Voice mail is not taken until it is back. Other calls continue."),
		Releases: sync.OnceValue(func() []Facts { return platformOf("cuc", "8.0", web("Connection", "/cuadmin and /inbox")) }),
	},
	{ // Guess [I]: all but the API
		ID: "cer", Token: "ciscoer", Title: "Emergency Responder", Label: "Emergency Responder", Roles: pairRoles, API: "14.0",
		Aliases: []string{"emergencyresponder", "ciscoemergencyresponder"}, Marks: []string{"cisco emergency responder"},
		Own:    []string{"tomcat", "tomcat-ECDSA", "ipsec", "ITLRecovery"},
		Listed: []ListedService{{Name: "Cisco Emergency Responder"}, {Name: "Cisco Phone Tracking Engine"}},
		Restart: wholeNode("EMERGENCY CALLS are handled by the other node alone until it is back. Never restart both at once.",
			"EMERGENCY CALLS are not handled by this node until it is back."),
		Releases: sync.OnceValue(func() []Facts { return platformOf("cer", "8.0", web("Emergency Responder", "/ceradmin and /ceruser")) }),
	},
	{ // Guess [I]: the names of its services
		ID: "vvb", Token: "callmanager", Title: "Virtualized Voice Browser", Label: "VVB", Roles: []Role{Standalone},
		Aliases: []string{"virtualizedvoicebrowser", "voicebrowser", "ciscovvb"}, Marks: []string{"vvb engine"},
		Listed: []ListedService{{Name: "Cisco VVB Administration"}, {Name: "Cisco VVB Cluster View Daemon"}, {Name: "Cisco VVB Engine"}},
		Restart: RestartFacts{Lost: "Calls in applications on this node end. New calls go to other VVB nodes until it is back.",
			Source: srcS8, Others: "restart the Unified CCX Engine (the same guide, elsewhere)"},
		Releases: sync.OnceValue(func() []Facts {
			app := Port{443, "VVB Administration", "/appadmin/main", msg.T(admins), "PRE-1", true, "assumption: as on UCCX, for which its guide is written", false}
			return []Facts{
				row("vvb", "11.0", srcS8, platform(), app),
				row("vvb", "12.6", srcS8, platform(), app).curves(ECDSAChoice, srcS10),
			}
		}),
	},
}

// uccxListed are the services that a UCCX 15.0 lists (docs/nodes.md 1.5).
var uccxListed = []ListedService{
	{Name: "Cisco Finesse Tomcat", Ports: []int{8445}},
	{Name: "Cisco Identity Service", Off: "Service Not Activated", Ports: []int{8553}},
	{Name: "Cisco Unified CCX Administration"},
	{Name: "Cisco Unified CCX CVD Dependent Webapp"},
	{Name: "Cisco Unified CCX Cluster View Daemon"},
	{Name: "Cisco Unified CCX Configuration API"},
	{Name: "Cisco Unified CCX DB Perfmon Counter Service"},
	{Name: "Cisco Unified CCX Database"},
	{Name: "Cisco Unified CCX Engine"},
	{Name: "Cisco Unified CCX Notification Service", Ports: []int{7443}},
	{Name: "Cisco Unified CCX Perfmon Counter Service"},
	{Name: "Cisco Unified CCX SNMP Java Adapter"},
	{Name: "Cisco Unified CCX Serviceability"},
	{Name: "Cisco Unified CCX Socket.IO Service", Ports: []int{12015}},
	{Name: "Cisco Unified CCX Voice Subagent", Off: "Commanded Out of Service"},
	{Name: "Cisco Unified CCX WebServices"},
	{Name: "Cisco Unified Intelligence Center Reporting Service", Ports: []int{8444}},
	{Name: "Cisco Unified Intelligence Center Serviceability Service"},
	{Name: "Cisco Web Proxy Service", Off: "Service Not Activated"},
}
