package input

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/restart"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/solution"
)

// moreMixes are solutions beside those of docs/solutions.md.
const moreMixes = `
name = "Customers from the internet"
[[node]]
fqdn = "uccx.example.com"
product = "uccx"
[[node]]
fqdn = "sm.example.com"
product = "socialminer"
ca = "public"
---
name = "CCP alone"
[[node]]
fqdn = "ccp.example.com"
product = "ccp"
---
name = "Recording alone"
[[node]]
fqdn = "ms1.example.com"
product = "mediasense"
role = "publisher"
[[node]]
fqdn = "ms2.example.com"
product = "mediasense"
role = "subscriber"
---
name = "UCCE with recording"
[[node]]
fqdn = "fin1.example.com"
product = "finesse"
[[node]]
fqdn = "ms1.example.com"
product = "mediasense"
---
name = "CUIC and Live Data"
[[node]]
fqdn = "cuic.example.com"
product = "cuic"
[[node]]
fqdn = "ld.example.com"
product = "livedata"
---
name = "Around the contact center"
[[node]]
fqdn = "imp1.example.com"
product = "imp"
[[node]]
fqdn = "cuc1.example.com"
product = "cuc"
[[node]]
fqdn = "cer1.example.com"
product = "cer"
[[node]]
fqdn = "vvb1.example.com"
product = "vvb"
---
name = "Public pair"
multi_server = true
[[node]]
fqdn = "uccx1.example.com"
product = "uccx"
role = "publisher"
[[node]]
fqdn = "uccx2.example.com"
product = "uccx"
role = "subscriber"
ca = "public"
`

// mixes are all solutions that are tried.
func mixes(t *testing.T) (all []solution.File) {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "solutions.md"))
	if err != nil {
		t.Fatal(err)
	}
	texts := strings.Split(moreMixes, "---")
	for _, m := range regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		texts = append(texts, m[1])
	}
	for _, text := range texts {
		file, err := solution.Parse("a mix", []byte(text), PathIDs())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, file)
	}
	if len(all) < 20 {
		t.Fatalf("%d solutions", len(all))
	}
	return all
}

// told is what a plan tells people on its way to the end.
type told struct {
	plan      *plan.Plan
	letter    string
	requests  []cert.Request  // that the letter is about
	asked     []plan.Question // as they are asked about each node
	of        []vos.Node      // the node of each question
	restarts  [][]vos.Node    // of each row that interrupts, in the order of the turns
	interrupt []string        // ids of rows, in the order in which they are done
}

// keysOf are the keys of all requests of a test.
type keysOf struct{ rsa, ec crypto.Signer }

// answered is what a person answers in this test.
func answered(q plan.Question, node string, ca string) string {
	if q.Kind == plan.NodeName {
		return node
	}
	for _, want := range []string{ca, plan.Yes, "use", "sign"} {
		if slices.ContainsFunc(q.Options, func(o plan.Option) bool { return o.Value == want }) {
			return want
		}
	}
	return ""
}

// walked plays a plan to its end without nodes: all that is asked is answered, each row is done.
func walked(t *testing.T, c change.Change, release, ca string, keys keysOf) told {
	t.Helper()
	j, all := &stepstest.Journal{}, told{}
	j.Add(t, plan.KindOpened, "", "", c)
	p := stepstest.Fold(t, j)
	all.plan = p
	add := func(kind string, task plan.Task, data any) {
		if err := p.Apply(j.Add(t, kind, task.Step, task.Node, data)); err != nil {
			t.Fatal(err)
		}
	}
	for range 60 {
		row := p.Next().Row
		if row.Step.ID == "" || row.Step.Role == plan.RoleReport {
			return all
		}
		all.interrupt = append(all.interrupt, row.Step.ID)
		if row.Step.Role == plan.RoleOutbox {
			files := reply.OutboxFiles(p, nil)
			all.letter, all.requests = string(files[len(files)-1].Data), reply.Requests(p)
		}
		var turns []vos.Node
		for _, task := range row.Tasks {
			n, _ := p.Node(task.Task.Node)
			turns = append(turns, n)
			for _, q := range row.Step.Ask {
				if row.Step.Asks != nil && !row.Step.Asks(n, q) {
					continue
				}
				if row.Step.Fit != nil {
					q = row.Step.Fit(p.Scope(), n, q)
				}
				all.asked, all.of = append(all.asked, q), append(all.of, n)
				add(plan.KindAnswered, task.Task, plan.Answer{Question: q.ID, Value: answered(q, task.Task.Node, ca)})
			}
			if row.Step.Role == plan.RoleDecide && len(row.Step.Ask) == 0 { // what is asked there depends on what was seen
				a := plan.Answer{Question: plan.AskECDSA, Value: change.ECDSASign}
				if row.Step.ID == plan.StepCA {
					a = plan.Answer{Question: plan.AskCA, Value: ca}
				}
				add(plan.KindAnswered, task.Task, a)
			}
			add(plan.KindDone, task.Task, seenBy(t, p, row.Step, n, release, keys))
		}
		if row.Step.Risk == plan.Interrupts {
			all.restarts = append(all.restarts, turns)
		}
	}
	t.Fatalf("%s: no end", c.Name)
	return all
}

// seenBy is what a row sees of a node.
func seenBy(t *testing.T, p *plan.Plan, row plan.Step, n vos.Node, release string, keys keysOf) (seen plan.Seen) {
	t.Helper()
	switch row.Role {
	case plan.RoleSurvey:
		own := string(cert.PEM(stepstest.Certificate(t, func(x *x509.Certificate) {
			x.DNSNames, x.NotAfter = []string{n.FQDN}, stepstest.Day().AddDate(0, 0, 30)
		})))
		seen = plan.Seen{About: &vos.About{Host: n.Short(), Version: release}, Identity: own}
		if strings.HasPrefix(release, "11.5") {
			seen.ECDSA = own
		}
	case plan.RoleRequest:
		key, names := keys.rsa, p.Scope().Together(n)
		if row.Unit == change.UnitECDSA || p.Change().Unit == change.UnitECDSA {
			key, names = keys.ec, []string{n.FQDN}
		}
		der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: pkix.Name{CommonName: n.FQDN}, DNSNames: names}, key)
		if err != nil {
			t.Fatal(err)
		}
		seen.CSR = string(cert.RequestPEM(der))
	case plan.RoleRegenerate:
		seen.Identity = string(cert.PEM(stepstest.Certificate(t, func(x *x509.Certificate) { x.DNSNames, x.NotAfter = []string{n.FQDN}, stepstest.Day().AddDate(5, 0, 0) })))
		seen.ECDSA = seen.Identity
	}
	return seen
}

// TestMixes: what people are told and asked fits the products of the solution, for each of them, path and release: the letter to the
// CA, the questions, and the order of the restarts.
func TestMixes(t *testing.T) {
	t.Parallel()
	keys := keysOf{certtest.RSA(t), certtest.Key(t)}
	for _, file := range mixes(t) {
		for _, path := range []string{change.PathSigned, change.PathFirst, change.PathExpired, change.PathDomain, change.PathSelfSigned, change.PathRegenerate} {
			for _, release := range []string{"11.5.1.10000-61", "12.5.1.11002-481", "15.0.1.11900-40"} {
				for _, ca := range []string{"internal", "public", "self"} {
					if ca != "internal" && path != change.PathFirst {
						continue
					}
					name := strings.ReplaceAll(fmt.Sprintf("%s/%s/%s/%s", file.Name, path, release[:4], ca), " ", "_")
					c := ChangeOf(file)
					c.Path = path
					t.Run(name, func(t *testing.T) {
						t.Parallel()
						all := walked(t, c, release, ca, keys)
						all.checkLetter(t, c, path == change.PathSelfSigned || path == change.PathRegenerate || ca == "self", ca == "public")
						all.checkQuestions(t)
						all.checkRestarts(t)
					})
				}
			}
		}
	}
}

// checkLetter: each request once, with its kind of CA, key and names; what each certificate needs; nothing about what is not asked for.
func (a told) checkLetter(t *testing.T, c change.Change, none, public bool) {
	t.Helper()
	if none {
		if a.letter != "" {
			t.Errorf("a letter where no CA signs:\n%s", a.letter)
		}
		return
	}
	ec, chat := 0, false
	for _, r := range a.requests {
		n, _ := a.plan.Node(r.Node)
		begin := strings.Index(a.letter, ". "+r.Node+"_"+r.Unit+".csr\n")
		if begin < 0 || strings.Count(a.letter, r.Node+"_"+r.Unit+".csr") != 1 {
			t.Fatalf("%s is not there once:\n%s", r.ID(), a.letter)
		}
		part, _, _ := strings.Cut(a.letter[begin:], "\n\n")
		names, internet := []string{r.Node}, n.CA == vos.PublicCA
		if r.Unit == change.UnitTomcat {
			names = a.plan.Scope().Together(n)
		}
		for _, name := range names {
			of, _ := a.plan.Node(name)
			internet = internet || of.CA == vos.PublicCA
		}
		kind, key := "RSA CA", "RSA 2048"
		if r.Unit == change.UnitECDSA {
			kind, key, ec, chat = "EC CA", "EC P-256", ec+1, chat || n.Product.Traits().Chat
		}
		if kind = "an " + kind; internet || public {
			kind = "a public " + kind[3:]
		}
		for _, want := range []string{"Sign with:   " + kind, "Key:         " + key, "SAN (DNS):   " + strings.Join(names, ", "), "Common name: " + r.Node} {
			if !strings.Contains(part, want) {
				t.Errorf("%s: no %q in\n%s", r.ID(), want, part)
			}
		}
		if strings.Contains(part, "from the internet") != internet {
			t.Errorf("%s: from the internet: %v\n%s", r.ID(), internet, part)
		}
	}
	counted := fmt.Sprintf("Subject: %d certificate requests for", len(a.requests))
	if len(a.requests) == 1 {
		counted = "Subject: 1 certificate request for"
	}
	for words, want := range map[string]bool{counted: true, "server authentication and client authentication": true, "Validity:": true, "SAN:": true, "PKCS#1 v1.5": len(a.requests) > ec, "ECDSA with SHA-256": ec > 0,
		"PART A": ec > 0 && len(a.requests) > ec, "EC CA": ec > 0, "chat": chat, "(the first of the current certificates expires then)": c.Path == change.PathSigned,
		"has expired": false, "%!": false} {
		if strings.Contains(a.letter, words) != want {
			t.Errorf("%q: %v, want %v\n%s", words, !want, want, a.letter)
		}
	}
}

// checkQuestions: nothing is asked about a product that is not there, and each address is one of the node that is asked about.
func (a told) checkQuestions(t *testing.T) {
	t.Helper()
	is := func(n vos.Node, products ...vos.Product) bool { return slices.Contains(products, n.Product) }
	among := func(products ...vos.Product) bool {
		return slices.ContainsFunc(a.plan.Nodes(), func(n vos.Node) bool { return is(n, products...) })
	}
	for i, q := range a.asked {
		n := a.of[i]
		text := strings.Join(append(msg.Strings(q.Told()), q.Text.String(), q.Means.String()), "\n")
		for _, o := range q.Options {
			text += "\n" + o.Label.String()
		}
		for words, may := range map[string]bool{
			"Finesse": is(n, vos.UCCX, vos.Finesse, vos.LiveData, vos.CUCM), "AppAdmin": is(n, vos.UCCX), "Intelligence Center": is(n, vos.UCCX, vos.CUIC), "recorded": is(n, vos.MediaSense),
			"web chat": is(n, vos.CCP), "install the COP file": is(n, vos.UCCX, vos.CCP), "MASTER": is(n, vos.UCCX), "Live Data": is(n, vos.UCCX, vos.CCP, vos.CUIC, vos.Finesse, vos.LiveData),
			"Cisco Tomcat": is(n, vos.CUCM), "each of these nodes": false, "both nodes": false, "%s": false, "FQDN": false, "phones": is(n, vos.CUCM),
		} {
			if n.FQDN != "" && strings.Contains(text, words) && !may {
				t.Errorf("%s (%s) is asked about %q:\n%s", n.FQDN, n.Product, words, text)
			}
		}
		for _, address := range regexp.MustCompile(`https://[^ :/]+`).FindAllString(text, -1) {
			if name := strings.TrimPrefix(address, "https://"); n.FQDN != "" && name != n.FQDN {
				t.Errorf("%s is asked about %s", n.FQDN, address)
			}
		}
		if strings.Contains(text, "chat") && !among(vos.CCP, vos.UCCX) {
			t.Errorf("%s (%s) is asked about chat:\n%s", n.FQDN, n.Product, text)
		}
	}
}

// checkRestarts: MediaSense, then SocialMiner or CCP, then UCCX, then the others; a publisher before its subscriber; each node once in a
// row, and after all that is installed (SIG-8, SELF-2, EC-5).
func (a told) checkRestarts(t *testing.T) {
	t.Helper()
	for _, nodes := range a.restarts {
		place := func(n vos.Node) int {
			if rank := restart.RankOf(n); rank > 0 {
				return rank
			}
			return 9
		}
		order := map[vos.Product]int{vos.MediaSense: 1, vos.CCP: 2, vos.UCCX: 3}
		for i, n := range nodes {
			if want, ranked := order[n.Product]; ranked && place(n) != want || !ranked && place(n) != 9 {
				t.Errorf("%s has place %d", n.Product, place(n))
			}
			if i > 0 && place(nodes[i-1]) > place(n) {
				t.Errorf("%s restarts before %s", nodes[i-1].FQDN, n.FQDN)
			}
			if first, paired := a.plan.Change().Solution.Publisher(n.FQDN); paired && first.FQDN != n.FQDN && slices.IndexFunc(nodes, func(o vos.Node) bool { return o.FQDN == first.FQDN }) > i {
				t.Errorf("%s restarts before its publisher", n.FQDN)
			}
			if slices.IndexFunc(nodes, func(o vos.Node) bool { return o.FQDN == n.FQDN }) != i {
				t.Errorf("%s restarts twice in a row", n.FQDN)
			}
		}
	}
	last := slices.Index(a.interrupt, plan.StepRestart)
	for _, row := range a.plan.Rows() {
		if i := slices.Index(a.interrupt, row.Step.ID); last >= 0 && i > last && (row.Step.Role == plan.RoleInstall || row.Step.Role == plan.RoleTrust || row.Step.Role == plan.RoleRegenerate) {
			t.Errorf("%s comes after the restart", row.Step.ID)
		}
	}
}
