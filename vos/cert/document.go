package cert

// Table is everything that the verdict can say, in the order in which it is asked: what stands fixed about each finding.
// What, File and Node are empty.
func Table() []Finding {
	var all []Finding
	for _, c := range checks() {
		all = append(all, c.fill(Finding{}))
	}
	for _, e := range remarks() {
		all = append(all, e.fill(Finding{}))
	}
	for _, c := range requestChecks() {
		all = append(all, c.fill(Finding{}))
	}
	return all
}
