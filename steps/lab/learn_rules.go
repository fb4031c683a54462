package lab

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// lessonOf is one trouble as a lesson tells it. Its texts are the lab's own: the journal's words may hold names of the site.
type lessonOf struct {
	title, story string
	hints        [3]string
}

// learnable is one trouble that the lab can make again.
type learnable struct {
	codes   []string    // of a trouble or a finding
	classes []string    // of a trouble, where no code tells it; a learnable has codes or classes
	roles   []plan.Role // rows in which it counts; none: all
	lessonOf
	make func(l *learner, found trouble)
}

// trouble is what the journal tells of one node.
type trouble struct {
	row  plan.Step
	host string // of the lab
	is   told
}

// told is one thing that an entry tells of.
type told struct {
	code, class string
	about       []string
}

// learnables are tried from top to bottom; each trouble of a node is learnt once.
func learnables() []learnable {
	return slices.Concat(learnCSR(), learnNode(), learnLine())
}

func learnCSR() []learnable {
	return []learnable{
		{codes: []string{codes.CSRAgain}, roles: []plan.Role{plan.RoleInstall}, lessonOf: lessonOf{"While you wait for the CA",
			"You sent the CSRs to the CA. Since then, someone has worked on a node.", [3]string{"Is the CSR that the node holds the one that was signed?",
				"A new CSR discards the key of the old one (SIG-1).", "Have the node's current CSR signed, and load the new certificate."}},
			make: func(l *learner, f trouble) { l.meanwhile(f.host, sim.Action{Do: sim.ActRequest, On: []string{f.host}}) }},
		{codes: []string{codes.CSRGone, vos.CodeNoCSR}, roles: []plan.Role{plan.RoleInstall}, lessonOf: lessonOf{"The node refuses the CA's certificate",
			"You sent the CSRs to the CA. Since then, someone has cleaned up on a node.", [3]string{"Does the node still hold a CSR?",
				"Without the CSR, the key of the certificate is gone (SIG-1).", "Generate a new CSR on that node and have it signed."}},
			make: func(l *learner, f trouble) { l.meanwhile(f.host, sim.Action{Do: sim.ActForget, On: []string{f.host}}) }},
		{codes: []string{codes.KeptOut}, lessonOf: lessonOf{"The upload succeeds, the certificate is refused",
			"A certificate was tried on this node some months ago. The root uploads without an error.", [3]string{"Is the root in tomcat-trust the one that you want to upload?",
				"tomcat-trust keeps one certificate per name; one with an earlier start date is ignored.", "Delete the root with the same name (o), then press Enter to upload the root again."}},
			make: func(l *learner, f trouble) {
				l.s.Setup = append(l.s.Setup, sim.Action{Do: sim.ActOldRoot, On: []string{f.host}})
				l.outside(msg.T("Delete the root with the same name from tomcat-trust of %s", f.host), f.row.ID, sim.Action{Do: sim.ActDistrust, On: []string{f.host}})
			}},
	}
}

func learnNode() []learnable {
	return []learnable{
		{codes: []string{codes.Services, codes.NotServed}, roles: []plan.Role{plan.RoleRestart}, lessonOf: lessonOf{"One port stays closed after the restart",
			"You have restarted a node. One of its ports does not answer.", [3]string{"Which port does not answer, and which service uses it?",
				"The certificate is installed. A service that is down presents nothing.", "Restart that service (o). Verification then continues by itself."}},
			make: func(l *learner, f trouble) {
				name := serviceIn(f.is.about)
				l.s.Setup = append(l.s.Setup, sim.Action{Do: sim.ActFail, On: []string{f.host}, Service: name})
				l.outside(msg.T("Restart %s on %s", name, f.host), f.row.ID, sim.Action{Do: sim.ActService, On: []string{f.host}, Service: name})
			}},
		{codes: []string{codes.OtherName}, roles: []plan.Role{plan.RolePreflight}, lessonOf: lessonOf{"A change in the afternoon",
			"You prepared your node list this morning. Since then, a colleague has worked on a node.", [3]string{"Compare what each node calls itself with the plan.",
				"A certificate with the wrong name is useless (PRE-3).", "Stop. Start a new change with the task \"Domain or host name changed\"."}},
			make: func(l *learner, f trouble) {
				l.s.Setup = append(l.s.Setup, sim.Action{Do: sim.ActRename, On: []string{f.host}, Name: "cc.example"})
				l.s.Ends = sim.Untouched
			}},
		{codes: []string{codes.Clock}, roles: []plan.Role{plan.RolePreflight}, lessonOf: lessonOf{"A finding before the change",
			"You start a renewal. The check before the change reports a finding on one node.", [3]string{"Compare the clocks of the nodes with yours.",
				"For a node whose clock is behind, a new certificate is not valid yet.", "Ask for NTP to be corrected (o), then check again."}},
			make: func(l *learner, f trouble) {
				by := f.is.about[0]
				l.s.Setup = append(l.s.Setup, sim.Action{Do: sim.ActSkew, On: []string{f.host}, By: by})
				l.outside(msg.T("Have NTP corrected on %s", f.host), f.row.ID, sim.Action{Do: sim.ActSkew, On: []string{f.host}, By: "0s"})
			}},
	}
}

func learnLine() []learnable {
	return []learnable{
		{classes: []string{"unreachable"}, roles: []plan.Role{plan.RoleLogin, plan.RoleSurvey}, lessonOf: lessonOf{"Change window opens, one node does not answer",
			"The change window opens. One node does not answer.", [3]string{"Which nodes answer?",
				"A node that does not answer cannot be changed.", "Ask for the node to be switched on (o), then press Enter to check again."}},
			make: func(l *learner, f trouble) {
				l.s.Setup = append(l.s.Setup, sim.Action{Do: sim.ActDown, On: []string{f.host}})
				l.outside(msg.T("Have %s switched on, and wait until it is up", f.host), f.row.ID, sim.Action{Do: sim.ActUp, On: []string{f.host}})
			}},
		{classes: []string{"uncertain"}, roles: []plan.Role{plan.RoleRequest, plan.RoleInstall, plan.RoleTrust, plan.RoleRestart}, lessonOf: lessonOf{"An unstable connection",
			"The network is bad tonight. The connection drops in the middle of a step.", [3]string{"What does uccx-tui know about the node when the connection is lost?",
				"It is unknown whether the command was done. Nothing is done twice.", "Press Enter: the node is checked first."}},
			make: func(l *learner, f trouble) {
				typed := map[plan.Role]string{plan.RoleRequest: "set csr gen", plan.RoleInstall: "set cert import own", plan.RoleRestart: "utils system restart"}[f.row.Role]
				if typed == "" {
					typed = "set cert import trust"
				}
				l.s.Faults = append(l.s.Faults, sim.Fault{When: sim.Trigger{Typed: typed, On: f.host}, Do: []sim.Action{{Do: sim.ActCut, On: []string{f.host}}}})
			}},
	}
}

// serviceIn finds which service a trouble is about, by its name or by its port; Socket.IO where it tells nothing.
func serviceIn(about []string) string {
	for _, s := range []struct{ port, name string }{{"8445", "Cisco Finesse Tomcat"}, {"7443", "Cisco Unified CCX Notification Service"},
		{"8444", "Cisco Unified Intelligence Center Reporting Service"}} {
		if slices.Contains(about, s.name) || slices.Contains(about, s.port) {
			return s.name
		}
	}
	return "Cisco Unified CCX Socket.IO Service"
}

// meanwhile lets something happen to a node after the CSRs went out: when the chain is uploaded to its cluster.
func (l *learner) meanwhile(host string, d sim.Action) {
	on := host
	for _, c := range l.s.Topology.Clusters {
		if slices.Contains(c.Hosts, host) {
			on = c.Hosts[0]
		}
	}
	l.s.Faults = append(l.s.Faults, sim.Fault{When: sim.Trigger{Typed: "set cert import trust", On: on}, Do: []sim.Action{d}})
}

func (l *learner) outside(title msg.Text, at string, d sim.Action) {
	l.s.Outside = append(l.s.Outside, sim.External{Title: title.String(), At: at, Do: []sim.Action{d}})
}

// read goes through a journal for troubles.
func (l *learner) read(entries []session.Entry) error {
	known, all := map[string]bool{}, learnables()
	for _, e := range entries {
		things, err := troublesIn(e)
		host, row := l.hosts[e.Node], l.plan.Step(e.Step)
		if err != nil {
			return err
		}
		if host == "" {
			continue
		}
		for _, is := range things {
			l.learn(all, known, trouble{row: row, host: host, is: is})
		}
	}
	return nil
}

// learn makes the first learnable that fits a trouble, once a node.
func (l *learner) learn(all []learnable, known map[string]bool, f trouble) {
	for i, x := range all {
		key := f.host + x.title
		if !x.fits(f) || known[key] {
			continue
		}
		known[key] = true
		all[i].make(l, f)
		if !slices.ContainsFunc(l.found, func(o lessonOf) bool { return o.title == x.title }) {
			l.found = append(l.found, x.lessonOf)
		}
		return
	}
}

func (x learnable) fits(f trouble) bool {
	if len(x.roles) > 0 && !slices.Contains(x.roles, f.row.Role) {
		return false
	}
	return f.is.code != "" && slices.Contains(x.codes, f.is.code) || slices.Contains(x.classes, f.is.class)
}

// troublesIn are what an entry tells of; none where it tells of no trouble.
func troublesIn(e session.Entry) ([]told, error) {
	switch e.Kind {
	case plan.KindFailed, plan.KindUnsure:
		var t plan.Trouble
		err := e.Read(&t)
		return []told{{t.Code, t.Class, t.About}}, err
	case plan.KindAsked:
		var q plan.Question
		err := e.Read(&q)
		var all []told
		for _, f := range q.Findings {
			all = append(all, told{code: f.Code, about: f.About})
		}
		return all, err
	}
	return nil, nil
}

// verdicts reads which replies of the CA were not taken, and lets the lab's CA make the same mistakes, one after the other.
func (l *learner) verdicts(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, reply.Verdicts, "*.json"))
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) }) // reply.json, reply-2.json
	for _, path := range files {
		raw, err := sim.ReadFile(path)
		if err != nil {
			return err
		}
		var findings []reply.Refusal
		if err := json.Unmarshal(raw, &findings); err != nil {
			return err
		}
		if b, ok := behaviourOf(findings); ok {
			l.s.CA = append(l.s.CA, b)
		}
	}
	if len(l.s.CA) == 0 {
		return nil
	}
	l.s.CA = append(l.s.CA, sim.Honest)
	l.found = append(l.found, lessonOf{"The CA's first reply", "The CA's reply has arrived. Check it before you upload anything.",
		[3]string{"What does the check of the files say?", "A node accepts only a certificate that matches its CSR, with the complete chain.", "Send the prepared letter to the CA and load its second reply."}})
	return nil
}

// behaviourOf is the mistake of a CA that a verdict tells of.
func behaviourOf(all []reply.Refusal) (sim.Behaviour, bool) {
	for _, c := range []struct {
		code, detail string
		is           sim.Behaviour
	}{{"swapped", "", sim.Swap}, {"third-node", "", sim.CCPInSAN}, {"san", reply.DetailAdded, sim.AddSAN}, {"san", reply.DetailDropped, sim.DropSAN}, {"san", "", sim.AddSAN}, {"fqdn", "", sim.DropSAN},
		{"expired", "", sim.Expired}, {"not-yet", "", sim.Early}, {"key-mismatch", reply.DetailBig, sim.Big}, {"key-mismatch", "", sim.OtherKey},
		{"chain", reply.DetailRoot, sim.NoRoot}, {"chain", "", sim.NoIntermediate}, {"kept-out", "", sim.OldRoot}, {"eku", "", sim.NoClientAuth}, {"unreadable", "", sim.Chatter}, {"missing", "", sim.OtherKey}} {
		if slices.ContainsFunc(all, func(f reply.Refusal) bool {
			return f.Code == c.code && (f.Severity == cert.Fault.String() || c.code == "eku") && (c.detail == "" || f.Detail == c.detail)
		}) {
			return c.is, true
		}
	}
	return "", false
}
