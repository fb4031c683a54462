package plan

import (
	"cmp"
	"slices"
	"time"
)

// Sighting is what a task saw, and when.
type Sighting struct {
	Task Task
	at   time.Time
	Seen *Seen
}

// SightingsOf are what was seen on some nodes, or of them from elsewhere, oldest first; nil: on all. A task that needs two
// nodes of a thousand must not go through all.
func (p *Plan) SightingsOf(names []string) []Sighting {
	p.mu.RLock()
	defer p.mu.RUnlock()
	var all []Sighting
	add := func(t Task) {
		if k := p.tasks[t]; k != nil && k.seen != nil {
			all = append(all, Sighting{t, k.since, k.seen})
		}
	}
	from := names
	if names == nil {
		from = append([]string{""}, p.order...)
	}
	for _, row := range p.rows {
		for _, fqdn := range from {
			add(Task{row.ID, fqdn})
		}
	}
	for t := range p.tellers {
		if k := p.tasks[t]; k != nil && k.seen != nil && names != nil && !slices.Contains(names, t.Node) &&
			slices.ContainsFunc(k.seen.Peers, func(peer Peer) bool { return slices.Contains(names, peer.FQDN) }) {
			add(t)
		}
	}
	slices.SortStableFunc(all, func(a, b Sighting) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	return all
}
