package sim

import (
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

func utilsServiceList(s *session, _ []string) error {
	var all []transcripts.Values
	add := func(name, state, reason string) {
		all = append(all, transcripts.Values{"Name": name, "State": state, "Reason": reason})
	}
	for _, v := range s.n.services() {
		switch {
		case v.off != "" || v.still:
			add(v.name, "STOPPED", v.off)
		case s.n.look().Failing[v.name] == failed:
			add(v.name, "STOPPED", "")
		case s.n.starts(v.name):
			add(v.name, "STARTING", "")
		default:
			add(v.name, "STARTED", "")
		}
	}
	if err := s.work(3 * time.Second); err != nil {
		return err
	}
	s.say("utils_service_list.txt", transcripts.Values{"Services": transcripts.Rows("utils_service_list_row.txt", all), "Primary": s.n.role != vos.Subscriber})
	return nil
}

// utilsServiceRestart restarts one service: the ports behind which it stands serve then what the node holds.
func utilsServiceRestart(s *session, args []string) error {
	name := strings.Join(args, " ")
	all := s.n.services()
	i := slices.IndexFunc(all, func(v service) bool { return strings.EqualFold(v.name, name) })
	if i < 0 {
		return refuse("no-service", transcripts.Values{"Name": name})
	}
	if all[i].off != "" {
		s.say("utils_service_off.txt", transcripts.Values{"Name": all[i].name, "Reason": all[i].off})
		return nil
	}
	s.say("utils_service_stopping.txt", transcripts.Values{"Name": all[i].name})
	if err := s.work(time.Minute); err != nil {
		return err
	}
	if _, err := s.n.prepared(); err != nil {
		return err
	}
	if err := s.n.restartService(all[i]); err != nil {
		return err
	}
	if s.n.rough { // the prompt is back before the service is (docs/nodes.md 1.5)
		s.say("utils_service_starting.txt", transcripts.Values{"Name": all[i].name})
		return nil
	}
	s.say("utils_service_restart.txt", transcripts.Values{"Name": all[i].name})
	return nil
}

// restartService makes the ports of a service serve what the node holds. On rough nodes it is starting for a while.
func (n *node) restartService(v service) error {
	err := n.change(func(d *nodeDisk) error {
		delete(d.Failing, v.name)
		d.Counts.Services[v.name] = Started{d.Counts.Services[v.name].Times + 1, n.now().Truncate(time.Second)}
		return n.serveHeld(d, v.ports...)
	})
	if err == nil && n.rough {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.starting[v.name] = time.Now().Add(slowStart)
	}
	return err
}

// slowStart is how long a service of a rough node is starting.
const slowStart = 100 * time.Millisecond

// starts reports whether a service is still on its way up.
func (n *node) starts(name string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.stage == loading || time.Now().Before(n.starting[name])
}

// utilsRestart restarts the node (SIG-8). It is on disk before a word of it is printed.
func utilsRestart(s *session, _ []string) error {
	if s.n.warns {
		s.say("utils_system_restart_warns.txt", nil)
	}
	if err := s.confirm("utils_system_restart_ask.txt", "utils_system_restart_again.txt", nil); err != nil {
		return err
	}
	first := false
	err := s.n.change(func(d *nodeDisk) error {
		if d.NoEffect {
			d.NoEffect = false
			return nil
		}
		if first = !d.Restarting; first {
			return s.n.ordered(d)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if first {
		s.then = s.n.goDown
	}
	s.say("utils_system_restart.txt", transcripts.Values{"Host": s.n.host, "Time": s.n.now().In(s.n.c.zone).Format("15:04")})
	return nil
}

// ordered writes down that a restart was ordered.
func (n *node) ordered(d *nodeDisk) error {
	d.Restarting = true
	d.Counts.Restarts++
	d.Aways = append(d.Aways, Away{From: n.c.now(), Real: n.realRestart()})
	return nil
}

func utilsNTP(s *session, _ []string) error {
	now := s.n.now()
	server, stratum, synced := ntpOf(s.n)
	name := "utils_ntp_status_alone.txt"
	if synced {
		name = "utils_ntp_status_synced.txt"
	}
	peers := []transcripts.Values{{"Server": server, "Padded": padded(server), "Stratum": stratum, "Above": stratum - 1}}
	s.say("utils_ntp_status.txt", transcripts.Values{"Peers": transcripts.Rows(name, peers), "UTC": now.UTC().Format(time.UnixDate), "Zone": s.n.c.zone.String(), "Local": now.In(s.n.c.zone).Format(time.UnixDate)})
	return nil
}
