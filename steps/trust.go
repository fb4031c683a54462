package steps

import (
	"context"
	"crypto/x509"
	"maps"
	"slices"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/certs"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/pins"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/reply"
	"github.com/uccx-tui/uccx-tui/steps/trust"
	"github.com/uccx-tui/uccx-tui/steps/world"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// wanted returns the certificates of a trust row, in upload order: the root first (SIG-4), then the intermediates (SIG-5).
// Every CA goes to every cluster, because the products trust each other by the chain (REL-1, REL-2).
func wanted(p *plan.Plan, t plan.Task) []*x509.Certificate {
	roots, others := certs.Authorities(p)
	switch t.Step {
	case plan.StepRoot:
		return roots
	case plan.StepIntermediate:
		return others
	case plan.StepPeerTrust, plan.StepPeerTrusted:
		return peerWanted(p, t.Node)
	case plan.StepExchange, plan.StepExchanged:
		return peersOf(p, t.Node)
	}
	return append(roots, others...)
}

// lookReplicated gives the publisher some time to pass the chain on before it is uploaded here too.
func lookReplicated(ctx context.Context, j *plan.Job) (bool, error) {
	done, err := lookTrust(ctx, j)
	if done || err != nil || j.Acted {
		return done, err
	}
	end := j.World.Now().Add(j.World.Pace.Settle)
	for i := 1; !done && err == nil && j.World.Now().Before(end); i++ {
		j.Say("waiting for replication from the publisher")
		if err := world.Wait(ctx, j.World.Pace.Early(i)); err != nil {
			return false, err
		}
		done, err = lookTrust(ctx, j)
	}
	return done, err
}

// lookTrust: every certificate that the row wants is in the trust store.
func lookTrust(ctx context.Context, j *plan.Job) (bool, error) {
	missing, err := missingTrust(ctx, j)
	if err == nil {
		err = keptOut(j, missing)
	}
	if err == nil {
		err = pins.Authorities(j, missing)
	}
	return len(missing) == 0, err
}

// missingTrust compares by content, never by name alone: a store holds one certificate per name.
func missingTrust(ctx context.Context, j *plan.Job) ([]*x509.Certificate, error) {
	want := wanted(j.Plan, j.Task)
	j.Seen.Missing = nil
	if len(want) == 0 {
		return nil, nil
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	j.Say("reading tomcat-trust")
	list, err := d.TrustList(ctx, j.Plan.Change().Main())
	if err != nil {
		return nil, err
	}
	if err := pins.Store(j, list, want); err != nil {
		return nil, err
	}
	var missing []*x509.Certificate
	for _, ca := range want {
		there, err := holds(ctx, j, d, list, ca)
		if err != nil {
			return nil, err
		}
		if !there {
			missing = append(missing, ca)
			j.Seen.Missing = append(j.Seen.Missing, cert.Fingerprint(ca))
		}
	}
	j.Seen.Trust, j.Seen.Store = list, stored(j.Files)
	return missing, nil
}

// stored keeps what was read of a trust store, in the order of the names.
func stored(files map[string]*x509.Certificate) []plan.Stored {
	var all []plan.Stored
	for _, name := range slices.Sorted(maps.Keys(files)) {
		all = append(all, plan.Stored{File: name, PEM: string(cert.PEM(files[name]))})
	}
	return all
}

// holds reads the files that may be the certificate by their name. Right after an upload it reads all others too,
// because a node may name the file as it likes (docs/nodes.md 1.6).
func holds(ctx context.Context, j *plan.Job, d vos.Driver, list []vos.TrustFile, ca *x509.Certificate) (bool, error) {
	var others []vos.TrustFile
	for _, f := range list {
		if !certs.MayBe(f, ca) {
			others = append(others, f)
			continue
		}
		if same, err := isSame(ctx, j, d, f, ca); same || err != nil {
			return same, err
		}
	}
	if !j.Acted && !j.Unsure() {
		return false, nil
	}
	for _, f := range others {
		if same, err := isSame(ctx, j, d, f, ca); same || err != nil {
			return same, err
		}
	}
	return false, nil
}

func isSame(ctx context.Context, j *plan.Job, d vos.Driver, f vos.TrustFile, ca *x509.Certificate) (bool, error) {
	c, err := trusted(ctx, j, d, f)
	return err == nil && (c.Equal(ca) || cert.StandsFor(c, ca, beside(j), j.World.Now())), err
}

// beside is what a trust store holds or gets beside one certificate, as far as it was read: the CAs of the reply too.
func beside(j *plan.Job) []*x509.Certificate {
	all := slices.Concat(certs.ReplyRoots(j.Plan), certs.ReplyIntermediates(j.Plan), reply.Held(j.Plan, j.Node))
	for _, name := range slices.Sorted(maps.Keys(j.Files)) {
		all = append(all, j.Files[name])
	}
	return all
}

// trusted reads a file of the trust store, once in a task.
func trusted(ctx context.Context, j *plan.Job, d vos.Driver, f vos.TrustFile) (*x509.Certificate, error) {
	if c, ok := j.Files[f.File]; ok {
		return c, nil
	}
	c, err := d.Trusted(ctx, j.Plan.Change().Main(), f)
	if err == nil {
		j.Files[f.File] = c
	}
	return c, err
}

// keptOut tells why a node will not hold a CA certificate, or took it without a word and does not: a store has one
// certificate per name, and keeps the one that begins later (docs/nodes.md 3). So nothing is uploaded in vain.
func keptOut(j *plan.Job, missing []*x509.Certificate) error {
	for _, ca := range missing {
		for file, there := range j.Files {
			if cert.KeptOut([]*x509.Certificate{there}, ca) {
				return vos.Coded(codes.KeptOut, j.Refuse("Cisco document 217138", msg.T("tomcat-trust keeps one certificate per name, the one with the later start date. The upload reports "+
					"success but has no effect."),
					msg.T("Ask the CA which one is right. If it is the new one, delete %s in OS Administration (tomcat-trust), "+
						"then try again.", cert.Printable(file)),
					"The node holds another %s with a later start date", cert.Name(ca)))
			}
		}
	}
	return nil
}

// actTrust uploads what is missing, and nothing else, in order.
func actTrust(ctx context.Context, j *plan.Job) error {
	d, err := j.Driver(ctx)
	if err != nil {
		return err
	}
	missing, err := missingAgain(ctx, j)
	if err != nil {
		return err
	}
	for _, ca := range missing {
		j.Say("uploading %s", cert.Name(ca))
		if err := d.ImportTrust(ctx, j.Plan.Change().Main(), ca); err != nil {
			return err
		}
		j.Seen.Uploads = append(j.Seen.Uploads, cert.Fingerprint(ca))
	}
	j.Files = map[string]*x509.Certificate{}
	return nil
}

// missingAgain finds the certificates that the look before the beginning named, without asking the node once more.
func missingAgain(ctx context.Context, j *plan.Job) ([]*x509.Certificate, error) {
	if j.Before == nil {
		return missingTrust(ctx, j)
	}
	var missing []*x509.Certificate
	for _, ca := range wanted(j.Plan, j.Task) {
		if slices.Contains(j.Before.Missing, cert.Fingerprint(ca)) {
			missing = append(missing, ca)
		}
	}
	return missing, nil
}

func wordsRoot(p *plan.Plan, n vos.Node) []string {
	return wordsTrust(p, plan.Task{Step: plan.StepRoot, Node: n.FQDN})
}

func wordsIntermediate(p *plan.Plan, n vos.Node) []string {
	return wordsTrust(p, plan.Task{Step: plan.StepIntermediate, Node: n.FQDN})
}

func wordsReplicated(p *plan.Plan, n vos.Node) []string {
	return wordsTrust(p, plan.Task{Step: plan.StepReplicate, Node: n.FQDN})
}

func wordsExchange(p *plan.Plan, n vos.Node) []string {
	return wordsTrust(p, plan.Task{Step: plan.StepExchange, Node: n.FQDN})
}

func wordsTrust(p *plan.Plan, t plan.Task) []string {
	var words []string
	for _, ca := range wanted(p, t) {
		words = append(words, vos.DialogueImportTrust(p.Change().Main(), cert.PEM(ca)).Line, string(cert.PEM(ca)))
	}
	return words
}

// trustUndo is the way back from every upload into a trust store.
const trustUndo = "Delete it in OS Administration: Security > Certificate Management, tomcat-trust. It can also stay."

// believes reports whether the node must believe a certificate that this change makes: its own cluster's, or that of one
// which it trusts (REL-1, REL-2, REL-4, SIG-9).
func believes(s change.Scope, n vos.Node) bool {
	if len(s.Replace) == 0 || slices.ContainsFunc(s.Cluster(n), s.Replaces) {
		return true
	}
	return slices.ContainsFunc(trust.Relations(s.Solution), func(r trust.Relation) bool {
		return s.Replaces(r.From) && slices.ContainsFunc(s.Cluster(n), func(o vos.Node) bool { return o.FQDN == r.Into.FQDN })
	})
}

func takesTrust(s change.Scope, n vos.Node) bool { return n.TakesTrust() && believes(s, n) }

func takesCopies(s change.Scope, n vos.Node) bool { return n.Role == vos.Subscriber && believes(s, n) }

func rowRoot() plan.Step {
	return plan.Step{
		ID: plan.StepRoot, Role: plan.RoleTrust, Retry: plan.OtherFiles, Title: "Upload the root", On: takesTrust, Risk: plan.Changes, Look: lookTrust, Act: actTrust, Guard: pins.Guard, Usual: 6 * time.Second,
		Owes: plan.Owing{Restart: plan.StepRestart, For: plan.ForTrust},
		Why: "A node accepts a certificate only if it knows the issuer. Upload the root on the publisher; trust " +
			"certificates normally replicate to the subscriber.",
		Effect: "None.",
		Undo:   trustUndo,
		Rules:  []string{"SIG-4", "SIG-6", "SIG-9", "REL-1", "REL-2", "REL-4"}, Commands: wordsRoot,
	}
}

func rowIntermediate() plan.Step {
	return plan.Step{
		ID: plan.StepIntermediate, Role: plan.RoleTrust, Retry: plan.OtherFiles, Title: "Upload the intermediates", On: takesTrust, Risk: plan.Changes, Look: lookTrust, Act: actTrust, Guard: pins.Guard, Usual: 6 * time.Second,
		Owes: plan.Owing{Restart: plan.StepRestart, For: plan.ForTrust},
		Why: "The node must know every CA between the root and its certificate. Upload them after the root, in " +
			"order.",
		Effect: "None.",
		Undo:   trustUndo,
		Rules:  []string{"SIG-5", "SIG-6", "SIG-9", "REL-1", "REL-2", "REL-4"}, Commands: wordsIntermediate,
	}
}

func rowReplicate() plan.Step {
	return plan.Step{
		ID: plan.StepReplicate, Role: plan.RoleTrust, Retry: plan.OtherFiles, Title: "Verify the chain on the subscriber", On: takesCopies, Risk: plan.Changes, Look: lookReplicated, Act: actTrust, Guard: pins.Guard, Usual: 10 * time.Second,
		Owes: plan.Owing{Restart: plan.StepRestart, For: plan.ForTrust},
		Why: "Cisco documents disagree on whether tomcat-trust replicates, so the subscriber is checked. What is " +
			"missing is uploaded there.",
		Effect: "None.",
		Undo:   trustUndo,
		Rules:  []string{"SIG-6"}, Commands: wordsReplicated,
	}
}
