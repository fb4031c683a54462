package report

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/inventory"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/rules"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Report is a change as evidence: who did what and when, what every address served before and serves now, and what is
// still owed. It is made of the journal alone, and the same journal gives the same report. Times are UTC.
type Report struct {
	Format  int        `json:"format"` // of the JSON: raised when a key is renamed, removed or gets another meaning
	Change  string     `json:"change"`
	Path    string     `json:"path"` // id
	Lab     bool       `json:"lab"`
	Program string     `json:"program"`
	Outcome string     `json:"outcome"`
	Entries int        `json:"entries"` // of the journal
	Begun   time.Time  `json:"begun"`   // time of the first entry
	Last    time.Time  `json:"last"`    // time of the last entry
	First   string     `json:"first"`   // checksum of the first entry: the hash chain begins with it
	Head    string     `json:"head"`    // checksum of the last entry: the hash chain ends in it
	People  []string   `json:"people"`  // who wrote the journal
	Owed    []msg.Text `json:"owed"`
	Nodes   []Node     `json:"nodes"`
	Steps   []Step     `json:"steps"`
	Reply   []Found    `json:"reply,omitempty"` // warnings of the CA's reply that was taken

	Readings []Reading `json:"readings,omitempty"` // of backups and database replication
	Answers  []Answer  `json:"answers"`
	CAs      []Cert    `json:"cas"`
	Trust    []Trust   `json:"trust,omitempty"`
	Next     *Expiry   `json:"next,omitempty"`    // what expires first
	Expires  []Expiry  `json:"expires,omitempty"` // every certificate that the solution lives by, the first to expire first
	Rules    []Rule    `json:"rules"`             // the rules that are cited

	Inventory []inventory.Item `json:"inventory,omitempty"` // what the nodes hold, and what it is for

	Rehearsed []msg.Text `json:"rehearsed,omitempty"` // what came of rehearsals, and what was another way then

	Spans     []Span    `json:"spans,omitempty"`     // when each change of a node began and ended
	WindowEnd time.Time `json:"window_end,omitzero"` // of the change window that was set last

	voice
	accounts []string // that were refused: they are taken out of a redacted copy
}

// Rule is one rule of the source documents.
type Rule struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Trust is one trust: whose certificate belongs into whose tomcat-trust, and how it stands.
type Trust struct {
	From   string   `json:"from"`
	Unit   string   `json:"unit,omitempty"` // identity of From; empty: tomcat
	Into   string   `json:"into"`
	Now    string   `json:"now"`
	Then   string   `json:"then"`
	Breaks bool     `json:"breaks,omitempty"`
	Needs  msg.Text `json:"needs,omitzero"`
	Act    msg.Text `json:"act,omitzero"`
	Guess  bool     `json:"guess,omitempty"`
	Rules  []string `json:"rules,omitempty"`
	Source string   `json:"source"`
}

func reportTrust(e trust.State) Trust {
	return Trust{e.From.FQDN, e.Unit, e.Into.FQDN, string(e.Now), string(e.Then), e.Breaks(), e.Needs, e.Act, e.Guess, e.Rules, e.Source}
}

// Reading is what a node said of its backups, or of the replication of its databases.
type Reading struct {
	Node    string    `json:"node"`
	At      time.Time `json:"at"`
	Command string    `json:"command"`
	Words   msg.Text  `json:"words"` // the whole answer stands in the journal
}

// readingsOf are what nodes said, in the order of time.
func readingsOf(p *plan.Plan) []Reading {
	var all []Reading
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			for _, s := range []*plan.Seen{t.Before, t.Seen} {
				if s == nil {
					continue
				}
				for _, one := range s.Readings {
					all = append(all, Reading{t.Task.Node, one.At.UTC(), one.Command, wordsOf(one)})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Reading) int { return a.At.Compare(b.At) })
	return all
}

// wordsOf is what a node said, in words.
func wordsOf(r plan.Reading) msg.Text {
	if r.Words.IsZero() {
		return msg.T("an unknown kind of answer")
	}
	return r.Words
}

// Node is one node, before and after.
type Node struct {
	FQDN      string  `json:"fqdn"`
	Product   string  `json:"product"`
	Role      string  `json:"role"`
	Version   string  `json:"version,omitempty"`
	HostKey   string  `json:"host_key,omitempty"`
	Legacy    bool    `json:"legacy,omitempty"`
	Before    *Cert   `json:"before,omitempty"`
	After     *Cert   `json:"after,omitempty"`
	Addresses []Port  `json:"addresses"`
	Findings  []Found `json:"findings,omitempty"` // of the check before starting
}

// Port is one address of a node.
type Port struct {
	Port   int    `json:"port"`
	Name   string `json:"name"`
	Before string `json:"before"` // serial
	After  string `json:"after"`  // serial
	Until  string `json:"until,omitempty"`
	State  string `json:"state"` // "proven", "old", "new, chain not sent", "as before", "no answer", "not looked at"
}

// Cert is one certificate.
type Cert struct {
	Name        string `json:"name"`
	Issuer      string `json:"issuer"`
	Serial      string `json:"serial"`
	Fingerprint string `json:"fingerprint"` // SHA-256
	Until       string `json:"until"`       // RFC 3339
}

// Step is one row on one node.
type Step struct {
	Number int       `json:"number"`
	Title  string    `json:"title"`
	Node   string    `json:"node,omitempty"`
	State  string    `json:"state"`
	At     time.Time `json:"at,omitzero"`
	By     string    `json:"by,omitempty"`
	Found  bool      `json:"found,omitempty"` // it was already so
	Rules  []string  `json:"rules,omitempty"`
	What   msg.Text  `json:"what,omitzero"` // trouble
}

// Answer is one answer of a person.
type Answer struct {
	At       time.Time `json:"at"`
	By       string    `json:"by"`
	Question string    `json:"question"`
	Text     msg.Text  `json:"text"`
	Node     string    `json:"node,omitempty"`
	Answer   string    `json:"answer"`
	Said     msg.Text  `json:"-"`            // Answer as a person reads it
	Why      msg.Text  `json:"why,omitzero"` // where no person was asked: what answered in their place
	Rule     string    `json:"rule,omitempty"`

	About []msg.Text `json:"about,omitempty"` // of what was accepted, trusted or deleted: what it was, a line each, unescaped
}

// saidOf is an answer as a person reads it; names of nodes, fingerprints and what was typed stay as they are.
func saidOf(d plan.Decision) msg.Text {
	i := slices.IndexFunc(d.Options, func(o plan.Option) bool { return o.Value == d.Value })
	switch {
	case !d.Said.IsZero():
		return d.Said
	case slices.Contains([]string{plan.Yes, plan.No, plan.Later}, d.Value):
		return msg.Word(d.Value)
	case i >= 0:
		return d.Options[i].Label
	}
	return msg.Verbatim(d.Value)
}

// aboutOf is what a person accepted, trusted or had deleted; findings and warnings have lists of their own.
func aboutOf(d plan.Decision) []msg.Text {
	said := d.Value == plan.Yes || d.Value == plan.Accept
	weighed := slices.Contains([]string{plan.AskChanged, plan.AskDiffers, plan.AskOther, plan.AskHandedCA, plan.AskPeers, plan.AskChainOK}, d.ID)
	if said && (weighed || strings.HasPrefix(d.ID, plan.AskDelete)) {
		return d.Lines
	}
	return nil
}

// Of makes the report of a plan.
func Of(p *plan.Plan) Report {
	c, standingNow := p.Change(), standing.Of(p)
	r := Report{Format: 1, Change: c.Name, Path: c.Path, Lab: c.Lab != nil, Program: c.Program, Outcome: standingNow.Outcome.String()}
	r.Entries, r.Last, r.Head = p.Entries()
	r.Begun, r.First = p.Began()
	r.Owed, r.Spans, r.WindowEnd, r.zone = standingNow.Lines(p), spansOf(p), p.Until().UTC(), time.Local
	for _, e := range trust.StatesOf(p) {
		r.Trust = append(r.Trust, reportTrust(e))
	}
	for _, n := range p.Nodes() {
		r.Nodes = append(r.Nodes, reportNode(p, n.FQDN))
	}
	for _, row := range p.Rows() {
		for _, t := range row.Tasks {
			if row.Step.Role == plan.RoleReport && t.State != plan.Done { // it is what is being read
				continue
			}
			r.Steps = append(r.Steps, reportStep(row, t))
		}
	}
	for _, ca := range append(append(certs.ReplyRoots(p), certs.ReplyIntermediates(p)...), certs.Accepted(p)...) {
		r.CAs = append(r.CAs, *reportCert(string(cert.PEM(ca))))
	}
	for _, d := range p.Decisions() {
		r.Answers = append(r.Answers, Answer{d.At.UTC(), d.By, d.ID, asAsked(p, d), d.Task.Node, d.Value, saidOf(d), d.Why, d.Rule, aboutOf(d)})
	}
	r.Reply, r.Readings = foundInReply(p), readingsOf(p)
	if r.Expires = expiries(p); len(r.Expires) > 0 {
		r.Next = &r.Expires[0]
	}
	r.Rehearsed, r.Inventory = p.RehearsalNotes(), inventory.OfPlan(p, r.Last)
	r.publicNames()
	r.People, r.Rules, r.accounts = r.people(), r.cited(), p.AccountsRefused()
	return r
}

// asAsked is the text of a question as it was asked about its node.
func asAsked(p *plan.Plan, d plan.Decision) msg.Text {
	row := p.Step(d.Task.Step)
	if n, ok := p.Node(d.Task.Node); ok && row.Fit != nil {
		return row.Fit(p.Scope(), n, plan.Question{ID: d.ID, Text: d.Text, Lines: d.Lines}).Text
	}
	return d.Text
}

// people are all who wrote the journal, as far as it is in the report.
func (r Report) people() []string {
	var all []string
	add := func(who string) {
		if who != "" && !slices.Contains(all, who) {
			all = append(all, who)
		}
	}
	for _, a := range r.Answers {
		add(a.By)
	}
	for _, s := range r.Steps {
		add(s.By)
	}
	return all
}

// cited are the rules that rows, answers and findings of this report stand on.
func (r Report) cited() []Rule {
	ids := map[string]bool{}
	for _, s := range r.Steps {
		for _, id := range s.Rules {
			ids[id] = true
		}
	}
	for _, a := range r.Answers {
		ids[a.Rule] = true
	}
	for _, n := range r.Nodes {
		for _, f := range n.Findings {
			ids[f.Rule] = true
		}
	}
	for _, f := range r.Reply {
		ids[f.Rule] = true
	}
	for _, t := range r.Trust {
		for _, id := range t.Rules {
			ids[id] = true
		}
	}
	var all []Rule
	for _, id := range rules.IDs() {
		if ids[id] {
			all = append(all, Rule{id, rules.Text(id)})
		}
	}
	return all
}

func reportNode(p *plan.Plan, fqdn string) Node {
	n, _ := p.Node(fqdn)
	r := Node{FQDN: fqdn, Product: string(n.Product), Role: string(n.Role)}
	if pin, legacy := p.Pin(fqdn); pin != nil {
		r.HostKey, r.Legacy = pin.Type+" "+pin.Fingerprint, legacy
	}
	before := p.Survey(fqdn)
	if before == nil {
		return r
	}
	if before.About != nil {
		r.Version = before.About.Version
	}
	r.Before = reportCert(before.Identity)
	if _, done := trust.Replacing(p, fqdn); done {
		if own := certs.IdentityOf(p, fqdn); own != nil {
			r.After = reportCert(string(cert.PEM(own)))
		}
	}
	r.Findings = foundOn(p, fqdn)
	for _, a := range standing.AddressesOf(p, fqdn) {
		r.Addresses = append(r.Addresses, reportPort(a))
	}
	return r
}

// service is what a port is for; empty where only its number is known, which stands beside it.
func (p Port) service() string {
	if p.Name == strconv.Itoa(p.Port) {
		return ""
	}
	return p.Name
}

func reportPort(a standing.Address) Port {
	r := Port{Port: a.Port, Name: a.Name, Before: a.Before.Serial, State: string(a.State)}
	if a.Now != nil {
		r.After, r.Until = a.Now.Serial, a.Now.Until
	}
	return r
}

func reportCert(text string) *Cert {
	c := cert.FromPEM(text)
	if c == nil {
		return nil
	}
	return &Cert{cert.Name(c), cert.IssuerOf(c), cert.Serial(c), cert.Fingerprint(c), c.NotAfter.UTC().Format(time.RFC3339)}
}

func reportStep(row plan.Row, t plan.TaskView) Step {
	s := Step{Number: row.Number, Title: row.Step.Title, Node: t.Task.Node, State: t.State.String(), At: t.Since.UTC(), By: t.By, Rules: row.Step.Rules}
	if t.Seen != nil {
		s.Found = t.Seen.Found
	}
	if t.Trouble != nil {
		if s.What = t.Trouble.What; t.Trouble.Said != "" {
			s.What = msg.T("%s %s", s.What, t.Trouble.Said)
		}
	}
	return s
}

// JSON is the report for programs, indented.
func (r Report) JSON() []byte {
	data, err := json.MarshalIndent(r.listed(), "", "  ")
	if err != nil { // nothing in it can fail
		return []byte("{}\n")
	}
	return append(cert.PrintableJSON(data), '\n')
}

// listed is the report with an empty list where there is none: in JSON it is [], not null.
func (r Report) listed() Report {
	r.People, r.Owed, r.Nodes, r.Steps, r.Answers = list(r.People), list(r.Owed), list(slices.Clone(r.Nodes)), list(r.Steps), list(r.Answers)
	r.CAs, r.Rules = list(r.CAs), list(r.Rules)
	for i := range r.Nodes {
		r.Nodes[i].Addresses = list(r.Nodes[i].Addresses)
	}
	return r
}

func list[E any](all []E) []E {
	if all == nil {
		return []E{}
	}
	return all
}
