package steps

import (
	"context"
	"crypto/x509"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Questions about neighbours. AskNeighbours is whether a node may believe what they serve.
const (
	AskNeighbours = "neighbour-certs"
	askNearFiles  = "neighbour-files" // whether somebody has the CA certificates that a neighbour does not send
	askNearTold   = "neighbour-told"
)

// later leaves a thing as it is; it stays owed. bring is the answer that files will be chosen.
const (
	later = "later"
	bring = "files"
)

// nearInto returns the trusts in which nodes of this change must believe neighbours, of one cluster where a node is named.
func (p *Plan) nearInto(fqdn string) []Relation {
	var mates []string
	if n, ok := p.Node(fqdn); ok {
		for _, o := range p.Scope().cluster(n) {
			mates = append(mates, o.FQDN)
		}
	}
	return slices.DeleteFunc(p.Relations(), func(r Relation) bool {
		_, from := p.Node(r.From.FQDN)
		_, into := p.Node(r.Into.FQDN)
		return from || !into || r.For != ForTrust || mates != nil && !slices.Contains(mates, r.Into.FQDN)
	})
}

// lookNear takes what each neighbour serves that a node of this change must believe. One that does not answer holds
// nothing up: its trust stays as it is.
func lookNear(ctx context.Context, j *Job) (bool, error) {
	var each []Relation
	for _, r := range j.Plan.nearInto("") {
		if !slices.ContainsFunc(each, func(o Relation) bool { return o.From.FQDN == r.From.FQDN && o.Port == r.Port }) {
			each = append(each, r)
		}
	}
	j.Say("looking at what neighbours serve")
	j.Seen.Peers = lookPeers(ctx, j, each)
	for _, peer := range j.Seen.Peers {
		if peer.PEM == "" {
			j.Seen.Findings = append(j.Seen.Findings, one(warning, "TRB-1", "look again when it answers; its trust stays as it is", "%s: %s", peer.FQDN, peer.Error)...)
		}
	}
	return true, nil
}

// nearLacking returns the trusts into this change that are not known to stand, with what each neighbour serves.
func (p *Plan) nearLacking() map[string]Peer {
	lacking := map[string]Peer{}
	row, _ := p.Task(Task{stepNear, ""})
	if row.Seen == nil {
		return lacking
	}
	e := p.evidence()
	for _, r := range p.nearInto("") {
		if e.edge(r).Now == HoldYes {
			continue
		}
		for _, peer := range row.Seen.Peers {
			if peer.FQDN == r.From.FQDN && peer.Port == r.Port && peer.PEM != "" {
				lacking[peer.FQDN] = peer
			}
		}
	}
	return lacking
}

// nearVerdict builds the chains of the neighbours that are not believed yet, of what they sent, of what is known already,
// and of files. Roots and Intermediates are what would be uploaded.
func nearVerdict(p *Plan, files []cert.File) cert.Reply {
	var peers []Peer
	lacking := p.nearLacking()
	for _, n := range p.Change().Solution.Neighbours {
		if peer, ok := lacking[n.FQDN]; ok {
			peers = append(peers, peer)
		}
	}
	return chainsOf(peers, append(p.nearFiles(), p.knownCAs()...), files)
}

// nearFiles are the CA certificates that were brought for neighbours.
func (p *Plan) nearFiles() []*x509.Certificate {
	row, _ := p.Task(Task{stepNearChain, ""})
	if r := row.Answers[AskChain].Reply; r != nil {
		return append(cert.AllFromPEM(r.Roots), cert.AllFromPEM(r.Intermediates)...)
	}
	return nil
}

// knownCAs are those of the CA's reply, and those that were read in the nodes' own stores.
func (p *Plan) knownCAs() []*x509.Certificate {
	all := append(replyRoots(p), replyIntermediates(p)...)
	for _, s := range p.sightingsOf(nil) {
		for _, file := range s.seen.Store {
			if c := cert.FromPEM(file.PEM); c != nil && c.IsCA && !hasCert(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}

// lookNearChain: what the nodes do not believe yet was accepted by a person, or left. Nothing is believed in silence.
func lookNearChain(_ context.Context, j *Job) (bool, error) {
	v := nearVerdict(j.Plan, nil)
	if len(v.Findings) > 0 {
		switch j.Answered(askNearFiles) {
		case "":
			return false, &Ask{Question{ID: askNearFiles, Kind: Choice, Rule: "TRB-1", Lines: findingsOf(v),
				Text:    "Not every CA above the neighbours' certificates is known.",
				Means:   "A node must hold the root and all intermediates. Their administrators have them, or the CA's web page.",
				Options: []Option{{later, "Leave those as they are: the trust stays owed"}, {bring, "The files are here: choose them"}}}}
		case bring:
			return false, &Ask{Question{ID: AskChain, Kind: Files, Rule: "TRB-1", Lines: findingsOf(v), Text: "Which files hold the missing CA certificates?",
				Means: "The neighbours did not send them."}}
		}
	}
	cas := append(v.Roots, v.Intermediates...)
	if len(cas) == 0 {
		j.Seen.Found = true
		return true, nil
	}
	switch j.Answered(AskNeighbours) {
	case yes:
		for _, c := range cas {
			j.Seen.Chain = append(j.Seen.Chain, string(cert.PEM(c)))
		}
		return true, nil
	case later:
		return true, nil
	}
	return false, &Ask{Question{ID: AskNeighbours, Kind: Choice, Rule: "TRB-1", Lines: nearLines(j.Plan, v),
		Text:    "Are these the certificates of the neighbours?",
		Means:   "Compare the fingerprints with what their OS Administration shows. The nodes will believe whoever has these, and whatever they sign.",
		Options: []Option{{no, "No, or not compared yet"}, {yes, "Yes, upload them as tomcat-trust"}, {later, "Leave them: the trust stays owed"}}}}
}

func findingsOf(v cert.Reply) []string {
	var lines []string
	for _, f := range v.Findings {
		lines = append(lines, f.Node+": "+f.What)
	}
	return lines
}

// nearLines name each neighbour with what would be uploaded for it, and its fingerprint.
func nearLines(p *Plan, v cert.Reply) []string {
	var lines []string
	for _, n := range p.Change().Solution.Neighbours {
		chain, ok := v.Chains[n.FQDN]
		if !ok {
			continue
		}
		who := n.FQDN + " (" + n.Product.Title(n.Release) + ")"
		var own cert.Reply
		gather(&own, chain)
		if len(chain.CAs) > 0 {
			lines = append(lines, who+" is signed by a CA:")
			who = ""
		}
		for _, c := range append(own.Roots, own.Intermediates...) {
			name := who
			if name == "" {
				name = "  " + cert.Name(c)
			}
			lines = append(lines, name+", until "+c.NotAfter.UTC().Format(time.DateOnly)+", SHA-256", cert.Fingerprint(c))
		}
	}
	return lines
}

// NeighbourCerts returns what the nodes would believe of their neighbours once a person says so, by fingerprint.
func NeighbourCerts(p *Plan) map[string]*x509.Certificate {
	all := map[string]*x509.Certificate{}
	v := nearVerdict(p, nil)
	for _, c := range append(v.Roots, v.Intermediates...) {
		all[cert.Fingerprint(c)] = c
	}
	return all
}

// NeighbourServes returns the fingerprint of what a neighbour was seen to serve, "" where it was not seen.
func NeighbourServes(p *Plan) map[string]string {
	all := map[string]string{}
	for fqdn, peer := range p.nearLacking() {
		if c := cert.FromPEM(peer.PEM); c != nil {
			all[fqdn] = cert.Fingerprint(c)
		}
	}
	return all
}

// accepted are the certificates of neighbours that a person has accepted.
func (p *Plan) accepted() []*x509.Certificate {
	row, _ := p.Task(Task{stepNearChain, ""})
	if row.State != Done {
		return nil
	}
	return cert.AllFromPEM(row.Seen.Chain)
}

// nearWanted returns what was accepted and the cluster of a node must believe: the root first.
func nearWanted(p *Plan, fqdn string) []*x509.Certificate {
	accepted := p.accepted()
	look, _ := p.Task(Task{stepNear, ""})
	if len(accepted) == 0 || look.Seen == nil {
		return nil
	}
	var v cert.Reply
	for _, r := range p.nearInto(fqdn) {
		for _, peer := range look.Seen.Peers {
			leaf := cert.FromPEM(peer.PEM)
			if leaf == nil || peer.FQDN != r.From.FQDN || peer.Port != r.Port {
				continue
			}
			if chain, err := cert.Build(leaf, accepted); err == nil {
				gather(&v, chain)
			}
		}
	}
	return slices.DeleteFunc(append(v.Roots, v.Intermediates...), func(c *x509.Certificate) bool { return !hasCert(accepted, c) })
}

func wordsNear(p *Plan, n vos.Node) []string { return wordsTrust(p, Task{stepNearTrust, n.FQDN}) }

// nearOwed reports whether a trust in a neighbour is one that this change could have mended and did not.
func (p *Plan) nearOwed(e Edge) bool {
	_, from := p.Node(e.From.FQDN)
	t, into := p.Task(Task{stepNearTrust, e.Into.FQDN})
	if !into {
		t, into = p.Task(Task{stepNearTrusted, e.Into.FQDN})
	}
	return !from && into && t.State == Done && e.For == ForTrust && !e.Guess && e.Wrong()
}
