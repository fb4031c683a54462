package report

import "strings"

// formerSource is how journals of former programs cite what docs/nodes.md holds today.
const formerSource = "vos-" + "facts "

// publicNames gives the sources of a report the names that its readers know, also those from older journals.
func (r *Report) publicNames() {
	public := func(rule *string) {
		if section, ok := strings.CutPrefix(*rule, formerSource); ok {
			*rule = "docs/nodes.md " + section
		}
	}
	for i := range r.Answers {
		public(&r.Answers[i].Rule)
	}
	for i := range r.Nodes {
		for k := range r.Nodes[i].Findings {
			public(&r.Nodes[i].Findings[k].Rule)
		}
	}
	for i := range r.Reply {
		public(&r.Reply[i].Rule)
	}
}
