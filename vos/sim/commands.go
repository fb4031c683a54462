package sim

import (
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// command is one thing that can be typed.
type command struct {
	words  string // as they begin
	syntax string // what follows, for help
	run    func(*session, []string) error
}

// commands returns what the CLI of this release knows.
func (n *node) commands() []command {
	all := []command{
		{"show status", "", showStatus},
		{"show version active", "", showVersion},
		{"show myself", "", showMyself},
		{"show network eth0", "[detail]", showNetwork},
		{"show network cluster", "", showCluster},
		{"show cert list", "{own|trust}", showCertList},
		{"show cert list type", "{own|trust}", showCertList},
		{"show cert own", "unit", showCertOwn},
		{"show cert trust", "unit-trust/file.pem", showCertTrust},
		{"show csr list", "own", showCSRList},
		{"show csr own", "unit", showCSR},
		{"show web-security", "", plain("show_web_security.txt")},
		{"show cli pagination", "", showPagination},
		{"set cli pagination", "{on|off}", setPagination},
		{"set csr gen", "unit", setCSR},
		{"set cert import", "{own|trust} unit [caCert]", setCertImport},
		{"set cert regen", "unit", setCertRegen},
		{"set cert delete", "unit file.pem", setCertDelete},
		{"utils service list", "[page]", utilsServiceList},
		{"utils service restart", "servicename", utilsServiceRestart},
		{"utils system restart", "", utilsRestart},
		{"utils ntp status", "", utilsNTP},
		{"utils disaster_recovery history", "{backup|restore}", utilsBackups},
		{"utils disaster_recovery device list", "", plain("utils_disaster_recovery_device_list.txt")},
		{"utils dbreplication runtimestate", "", utilsReplication},
		{"utils uccx dbreplication status", "", utilsDatastore},
		{"utils network host", "name", utilsHost},
		{"set network domain", "domain-name", setDomain},
		{"set network dns primary", "ip-address", setDNS},
		{"help", "[command]", func(s *session, words []string) error { return s.help(words) }},
		{"quit", "", leave},
		{"exit", "", leave},
	}
	all = append(all, command{"show uccx version", "", showUCCX})
	if n.certType {
		all = append(all, command{"show tls server cert_type", "", func(s *session, _ []string) error {
			s.say("show_tls_cert_type.txt", transcripts.Values{"Type": map[bool]string{true: "ECDSA", false: "RSA"}[n.servesEC]})
			return nil
		}})
	}
	return all
}

func leave(*session, []string) error { return errLeave }

// needsLevel1 reports whether a command is about certificates (docs/nodes.md 1.4).
func needsLevel1(words string) bool {
	_, what, _ := strings.Cut(words, " ")
	return strings.HasPrefix(what, "cert ") || strings.HasPrefix(what, "csr ")
}

// plain prints one transcript.
func plain(name string) func(*session, []string) error {
	return func(s *session, _ []string) error {
		s.say(name, nil)
		return nil
	}
}

// help lists the commands that begin so.
func (s *session) help(words []string) error {
	head := strings.ToLower(strings.Join(words, " "))
	var all []transcripts.Values
	for _, cmd := range s.n.commands() {
		if head == "" || cmd.words == head || strings.HasPrefix(cmd.words, head+" ") {
			all = append(all, transcripts.Values{"Command": strings.TrimSpace(cmd.words + " " + cmd.syntax)})
		}
	}
	if all == nil {
		return refuse("unknown", nil)
	}
	s.say("help.txt", transcripts.Values{"Commands": transcripts.Rows("help_row.txt", all)})
	return nil
}
