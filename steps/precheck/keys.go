package precheck

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Servers: every node has DNS servers (PRE-2). The address tells that the node's own list was read.
func Servers(_ context.Context, _ *plan.Job, s *plan.Seen) []plan.Finding {
	if s.About.IP == "" || len(s.About.DNS) > 0 {
		return nil
	}
	return plan.Find(codes.NoServers, plan.Warning, "PRE-2", msg.T("set them on the node with: set network dns primary ADDRESS, and check again"), "no DNS server is set on the node")
}

// checkKey: the RSA keys of the current certificate and of a pending CSR have a size that the release allows (PRE-4). The
// sizes are a fact of the release.
func checkKey(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	allowed := release.FactsOf(j.Plan, j.Node).KeyBits.Value
	odd := func(key any) int {
		if pub, ok := key.(*rsa.PublicKey); ok && !slices.Contains(allowed, pub.N.BitLen()) {
			return pub.N.BitLen()
		}
		return 0
	}
	var found []plan.Finding
	if own := cert.FromPEM(s.Identity); own != nil && odd(own.PublicKey) > 0 {
		found = append(found, plan.Find(codes.KeySize, plan.Warning, "PRE-4", msg.T("generate the CSR with 2048 bits"), "the current certificate has an RSA key of %d bits; the documents for this release list %s",
			odd(own.PublicKey), sizes(allowed))...)
	}
	if csr := pending(s); csr != nil && odd(csr.PublicKey) > 0 {
		found = append(found, plan.Find(codes.KeySize, plan.Warning, "PRE-4", msg.T("generate a new CSR with 2048 bits, if no CA is signing this one"), "the pending CSR has an RSA key of %d bits; the documents for this release list %s",
			odd(csr.PublicKey), sizes(allowed))...)
	}
	return found
}

func pending(s *plan.Seen) *x509.CertificateRequest {
	der, ok := vos.ParseRequest(s.CSR)
	if !ok {
		return nil
	}
	csr, err := cert.RequestFromDER(der)
	if err != nil {
		return nil
	}
	return csr
}

func sizes(bits []int) string {
	words := make([]string, 0, len(bits))
	for _, b := range bits {
		words = append(words, fmt.Sprint(b))
	}
	return strings.Join(words, ", ")
}

// checkPublic: customers on the internet believe public CAs alone (PRE-7). Whether chat is open to the internet is known to
// people, so it is a note: what CCP presents today, and what follows for the CA.
func checkPublic(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	own := cert.FromPEM(s.Identity)
	if !j.Node.Product.Traits().Chat || own == nil || !j.Plan.Scope().Replaces(j.Node) {
		return nil
	}
	var issuer any = msg.T("itself")
	if cert.Classify(own) != cert.SelfSigned {
		issuer = cert.IssuerOf(own)
	}
	return plan.Find(codes.PublicCA, plan.Note, "PRE-7", msg.T("if customers chat from the internet, send the CSR of this node to a public CA"), "the current certificate is signed by %s; chat over the internet needs a public CA", issuer)
}

// Shared refuses a change that wants one certificate for a UCCX pair where the release of the node has none (PRE-6): nodes that
// quietly got one certificate each would not be what was asked for. nil where that is no matter.
func Shared(j *plan.Job) error {
	release := release.Of(j.Plan, j.Node)
	f, ok := vos.Lookup(j.Node.Product, release)
	if !j.Plan.Change().MultiServer || !j.Node.Product.Traits().Pair || j.Node.Role == vos.Standalone || !ok || f.MultiServer.Value {
		return nil
	}
	return vos.Coded(codes.NoShared, j.Refuse("PRE-6", msg.T("Nothing was changed on any node."),
		msg.T("Start a new change without the multi-server certificate (multi_server = false), or upgrade to 11.6(2) first."),
		"Release %s of %s has no multi-server certificates", release, j.Node.Product.Title(release)))
}

// Second refuses a change of tomcat-ECDSA alone where the release of no node has one (EC-1): the CA would be sent nothing. nil where
// that is no matter.
func Second(j *plan.Job) error {
	scope := j.Plan.Scope()
	if !scope.OnlyECDSA() || slices.ContainsFunc(j.Plan.Nodes(), func(n vos.Node) bool {
		n.Release = release.Of(j.Plan, n)
		return scope.Replaces(n)
	}) {
		return nil
	}
	return vos.Coded(codes.NoSecond, j.Refuse("EC-1", msg.T("Nothing was changed on any node."),
		msg.T("Start a new change with unit = \"tomcat\", or check the release with show version active."),
		"No node of this change has a %s that uccx-tui can replace: it does so on release 11.5 and on Unified CM", change.UnitECDSA))
}
