package sim

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// utilsBackups lists backups as the Disaster Recovery System keeps them: one a week, and what failed.
func utilsBackups(s *session, args []string) error {
	if len(args) == 0 || !strings.EqualFold(args[0], "backup") {
		return refuse("incomplete", nil)
	}
	at := func(days int) transcripts.Values {
		end := s.n.now().In(s.n.c.zone).AddDate(0, 0, -days).Truncate(24 * time.Hour).Add(2*time.Hour + 5*time.Minute)
		return transcripts.Values{"File": end.Add(-5*time.Minute).Format("2006-01-02-15-04-05") + ".tar", "Device": "NETWORK",
			"End": end.Format(time.UnixDate), "Result": "SUCCESS"}
	}
	var all []transcripts.Values
	switch days := s.n.look().Backup; {
	case days < 0:
	case days == 0:
		all = []transcripts.Values{at(8), at(1)}
	default:
		late := at(1)
		late["File"], late["Result"] = "TAR file not created", "ERROR: Unable to contact server"
		all = []transcripts.Values{at(days), late}
	}
	s.say("utils_disaster_recovery_history.txt", transcripts.Values{"Rows": transcripts.Rows("utils_disaster_recovery_history_row.txt", all)})
	return nil
}

// apart reports whether the databases of a cluster are not replicated.
func (g *group) apart() bool {
	return slices.ContainsFunc(g.nodes, func(n *node) bool { return n.look().Apart })
}

// utilsReplication prints the state of replication as the publisher and its subscribers see it.
func utilsReplication(s *session, _ []string) error {
	var all []transcripts.Values
	for _, n := range s.n.g.nodes {
		one := transcripts.Values{"State": "2", "Words": "Setup Completed",
			"Server": fmt.Sprintf("%-19s %-17s %-9s %-9s %-8s %-14s", n.host, n.ip, "0.214", "Y/Y/Y", "0", "(g_2)")}
		switch {
		case s.n.g.apart():
			one["State"], one["Words"] = "4", "Setup Failed"
		case n != s.n && n.at() == away:
			one["State"], one["Words"] = "-", "Down"
		}
		all = append(all, one)
	}
	found := "No Errors or Mismatches found."
	if s.n.g.apart() {
		found = "Errors or Mismatches Were Found!!!"
	}
	now := s.n.now().In(s.n.c.zone)
	if err := s.work(2 * time.Second); err != nil {
		return err
	}
	s.say("utils_dbreplication_runtimestate.txt", transcripts.Values{"Servers": transcripts.Rows("utils_dbreplication_server.txt", all), "Count": len(all), "Host": s.n.host, "Found": found,
		"Now": now.Format(time.UnixDate), "Checked": now.AddDate(0, 0, -3).Format("2006-01-02-15-04")})
	return nil
}

// utilsDatastore checks the database of the contact center; other products have none.
func utilsDatastore(s *session, _ []string) error {
	if !slices.Contains(s.n.product.Facts().Commands, "show uccx version") {
		return refuse("unknown", nil)
	}
	if err := s.work(2 * time.Second); err != nil {
		return err
	}
	words := "Good replication"
	if s.n.g.apart() {
		words = "Replication is broken: uccx is Disconnected"
	}
	s.say("utils_uccx_dbreplication_status.txt", transcripts.Values{"Words": words})
	return nil
}
