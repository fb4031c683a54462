package steps

import (
	"context"
	"crypto/x509"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func replyRoots(p *Plan) []*x509.Certificate {
	if r := p.Reply(); r != nil {
		return cert.AllFromPEM(r.Roots)
	}
	return nil
}

func replyIntermediates(p *Plan) []*x509.Certificate {
	if r := p.Reply(); r != nil {
		return cert.AllFromPEM(r.Intermediates)
	}
	return nil
}

// wanted returns the certificates of a trust row, in upload order: the root first (SIG-4), then the intermediates (SIG-5).
// Every CA goes to every cluster, because the products trust each other by the chain (REL-1, REL-2).
func wanted(p *Plan, t Task) []*x509.Certificate {
	roots, others := p.authorities()
	switch t.Step {
	case stepRoot:
		return roots
	case stepIntermediate:
		return others
	case stepNearTrust, stepNearTrusted:
		return nearWanted(p, t.Node)
	case stepExchange, stepExchanged:
		return peersOf(p, t.Node)
	}
	return append(roots, others...)
}

// authorities returns the CA certificates of this change, in upload order: those of the CA's reply, or of the servers that
// scripts call, once a person has accepted them.
func (p *Plan) authorities() (roots, others []*x509.Certificate) {
	row, ok := p.Task(Task{stepChain, ""})
	if !ok {
		return replyRoots(p), replyIntermediates(p)
	}
	if row.State != Done {
		return nil, nil
	}
	for _, c := range cert.AllFromPEM(row.Seen.Chain) {
		if isRoot(c) {
			roots = append(roots, c)
		} else {
			others = append(others, c)
		}
	}
	return roots, others
}

// lookReplicated gives the publisher some time to pass the chain on before it is uploaded here too.
func lookReplicated(ctx context.Context, j *Job) (bool, error) {
	so, err := lookTrust(ctx, j)
	if so || err != nil || j.Acted {
		return so, err
	}
	end := j.World.Now().Add(j.World.Pace.Settle)
	for i := 1; !so && err == nil && j.World.Now().Before(end); i++ {
		j.Say("waiting for the publisher to pass it on")
		if err := wait(ctx, j.World.Pace.early(i)); err != nil {
			return false, err
		}
		so, err = lookTrust(ctx, j)
	}
	return so, err
}

// lookTrust: every certificate that the row wants is in the trust store.
func lookTrust(ctx context.Context, j *Job) (bool, error) {
	missing, err := missingTrust(ctx, j)
	if err == nil {
		err = keptOut(j, missing)
	}
	return len(missing) == 0, err
}

// missingTrust compares by content, never by name alone: a store holds one certificate per name.
func missingTrust(ctx context.Context, j *Job) ([]*x509.Certificate, error) {
	want := wanted(j.Plan, j.Task)
	j.Seen.Missing = nil
	if len(want) == 0 {
		return nil, nil
	}
	d, err := j.Driver(ctx)
	if err != nil {
		return nil, err
	}
	j.Say("reading the trust store")
	list, err := d.TrustList(ctx, j.Plan.Change().Unit)
	if err != nil {
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
func stored(files map[string]*x509.Certificate) []Stored {
	var all []Stored
	for _, name := range slices.Sorted(maps.Keys(files)) {
		all = append(all, Stored{name, string(cert.PEM(files[name]))})
	}
	return all
}

// holds reads the files that may be the certificate by their name. Right after an upload it reads all others too,
// because a node may name the file as it likes (vos-facts 1.6).
func holds(ctx context.Context, j *Job, d vos.Driver, list []vos.TrustFile, ca *x509.Certificate) (bool, error) {
	var others []vos.TrustFile
	for _, f := range list {
		if !mayBe(f, ca) {
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

func isSame(ctx context.Context, j *Job, d vos.Driver, f vos.TrustFile, ca *x509.Certificate) (bool, error) {
	c, err := trusted(ctx, j, d, f)
	return err == nil && (c.Equal(ca) || cert.StandsFor(c, ca, j.World.Now())), err
}

// trusted reads a file of the trust store, once in a task.
func trusted(ctx context.Context, j *Job, d vos.Driver, f vos.TrustFile) (*x509.Certificate, error) {
	if c, ok := j.Files[f.File]; ok {
		return c, nil
	}
	c, err := d.Trusted(ctx, j.Plan.Change().Unit, f)
	if err == nil {
		j.Files[f.File] = c
	}
	return c, err
}

// keptOut tells why a node will not hold a CA certificate, or took it without a word and does not: a store has one
// certificate per name, and keeps the one that begins later (vos-facts 3). So nothing is uploaded in vain.
func keptOut(j *Job, missing []*x509.Certificate) error {
	for _, ca := range missing {
		for file, there := range j.Files {
			if cert.KeptOut([]*x509.Certificate{there}, ca) {
				return j.refused("vos-facts 3", "a trust store holds one certificate per name and keeps the one that begins later; the new one is kept out silently",
					fmt.Sprintf("ask the CA which of the two is right; if it is the new one, delete %s in OS Administration (tomcat-trust), then try again", cert.Printable(file)),
					"the node holds another %s, which begins later", cert.Name(ca))
			}
		}
	}
	return nil
}

// mayBe tells whether a file's name or description speaks of the certificate's common name, whatever signs the node replaced.
func mayBe(f vos.TrustFile, ca *x509.Certificate) bool {
	name := letters(ca.Subject.CommonName)
	if name == "" {
		return true
	}
	return strings.Contains(letters(f.File), name) || strings.Contains(letters(f.About), name)
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// actTrust uploads what is missing, and nothing else, in order.
func actTrust(ctx context.Context, j *Job) error {
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
		if err := d.ImportTrust(ctx, j.Plan.Change().Unit, ca); err != nil {
			return err
		}
		j.Seen.Uploads = append(j.Seen.Uploads, cert.Fingerprint(ca))
	}
	j.Files = map[string]*x509.Certificate{}
	return nil
}

// missingAgain finds the certificates that the look before the beginning named, without asking the node once more.
func missingAgain(ctx context.Context, j *Job) ([]*x509.Certificate, error) {
	if j.Before == nil {
		return missingTrust(ctx, j)
	}
	var missing []*x509.Certificate
	for _, ca := range wanted(j.Plan, j.Task) {
		if contains(j.Before.Missing, cert.Fingerprint(ca)) {
			missing = append(missing, ca)
		}
	}
	return missing, nil
}

func wordsRoot(p *Plan, n vos.Node) []string { return wordsTrust(p, Task{stepRoot, n.FQDN}) }

func wordsIntermediate(p *Plan, n vos.Node) []string {
	return wordsTrust(p, Task{stepIntermediate, n.FQDN})
}

func wordsReplicated(p *Plan, n vos.Node) []string { return wordsTrust(p, Task{stepReplicate, n.FQDN}) }

func wordsExchange(p *Plan, n vos.Node) []string { return wordsTrust(p, Task{stepExchange, n.FQDN}) }

func wordsTrust(p *Plan, t Task) []string {
	var words []string
	for _, ca := range wanted(p, t) {
		words = append(words, vos.DialogueImportTrust(p.Change().Unit, cert.PEM(ca)).Line, string(cert.PEM(ca)))
	}
	return words
}
