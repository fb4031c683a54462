package sim

import (
	"slices"
	"strings"
	"time"
)

// utilsBackups lists backups as the Disaster Recovery System keeps them: one a week, and what failed.
func utilsBackups(s *session, args []string) error {
	if len(args) == 0 || !strings.EqualFold(args[0], "backup") {
		return refuse("incomplete", nil)
	}
	type line struct{ File, Device, End, Result string }
	at := func(days int) line {
		end := s.n.now().In(s.n.c.zone).AddDate(0, 0, -days).Truncate(24 * time.Hour).Add(2*time.Hour + 5*time.Minute)
		return line{end.Add(-5*time.Minute).Format("2006-01-02-15-04-05") + ".tar", "NETWORK", end.Format(time.UnixDate), "SUCCESS"}
	}
	var all []line
	switch days := s.n.look().Backup; {
	case days < 0:
	case days == 0:
		all = []line{at(8), at(1)}
	default:
		late := at(1)
		late.File, late.Result = "TAR file not created", "ERROR: Unable to contact server"
		all = []line{at(days), late}
	}
	s.say("utils_disaster_recovery_history.txt", all)
	return nil
}

// apart reports whether the databases of a cluster are not replicated.
func (g *group) apart() bool {
	return slices.ContainsFunc(g.nodes, func(n *node) bool { return n.look().Apart })
}

// utilsReplication prints the state of replication as the publisher and its subscribers see it.
func utilsReplication(s *session, _ []string) error {
	type server struct{ Host, IP, State, Words string }
	var all []server
	for _, n := range s.n.g.nodes {
		one := server{n.host, n.ip, "2", "Setup Completed"}
		switch {
		case s.n.g.apart():
			one.State, one.Words = "4", "Setup Failed"
		case n != s.n && n.at() == away:
			one.State, one.Words = "-", "Down"
		}
		all = append(all, one)
	}
	now := s.n.now().In(s.n.c.zone)
	if err := s.work(2 * time.Second); err != nil {
		return err
	}
	s.say("utils_dbreplication_runtimestate.txt", map[string]any{"Servers": all, "Host": s.n.host, "Good": !s.n.g.apart(),
		"Now": now.Format(time.UnixDate), "Checked": now.AddDate(0, 0, -3).Format("2006-01-02-15-04")})
	return nil
}

// utilsDatastore checks the database of the contact center; other products have none.
func utilsDatastore(s *session, _ []string) error {
	if !slices.Contains(s.n.product.Facts().Commands, "show uccx version") {
		return refuse("unknown.txt", nil)
	}
	if err := s.work(2 * time.Second); err != nil {
		return err
	}
	s.say("utils_uccx_dbreplication_status.txt", !s.n.g.apart())
	return nil
}
