package precheck

import (
	"context"
	"crypto/x509"
	"slices"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/codes"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/release"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// Check compares what the survey read of the node of a job with what a change needs. It finds nothing on a healthy node.
type Check func(context.Context, *plan.Job, *plan.Seen) []plan.Finding

// All returns the checks, in the order in which their findings are shown.
func All() []Check {
	return append([]Check{checkName, Servers, Resolver, Clock}, rest()...)
}

// rest are the checks that no other row makes.
func rest() []Check {
	return []Check{checkRelease, checkCertType, checkKey, checkPublic, checkServices, checkReplication, checkMembers, checkDisk, checkServed, checkPending}
}

// For returns the checks of a path. A first deployment has rows of its own for names and clocks: what a person accepted there is
// not asked again.
func For(path string) []Check {
	if path == change.PathFirst {
		return rest()
	}
	return All()
}

// Decide is the end of a check: done where nothing but notes was found, or a person has accepted it; else the question. text
// has a %s for the node.
func Decide(j *plan.Job, found []plan.Finding, text string, means msg.Text) (bool, error) {
	found = Explained(found)
	j.Seen.Findings = found
	if plan.Worst(found) == plan.Note || j.Answered(plan.AskFindings) == plan.Yes {
		return true, nil
	}
	q := plan.Question{ID: plan.AskFindings, Kind: plan.Choice, Text: msg.T(text, j.Node.FQDN), Means: means,
		Options: []plan.Option{{Value: plan.Again, Label: msg.T("Check again")}, {Value: plan.Yes, Label: msg.T("Accept the findings and continue")}}}
	q.Findings = slices.DeleteFunc(slices.Clone(found), func(f plan.Finding) bool { return f.Severity == plan.Note })
	q.Lines = Lines(found)
	return false, &plan.Ask{Question: q}
}

// Lines are the findings that are no notes, a line each.
func Lines(found []plan.Finding) []msg.Text {
	var lines []msg.Text
	for _, f := range found {
		if f.Severity != plan.Note {
			lines = append(lines, msg.T("%s: %s", f.Severity, f.What))
		}
	}
	return lines
}

// checkName: people and certificates use the FQDN; a node that calls itself otherwise would make a CSR for another name.
func checkName(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	switch {
	case s.About.Domain == "":
		return plan.Find(codes.NoDomain, plan.Fault, "PRE-2", msg.T("set the domain, then start a new change with the task \"Domain or host name changed\""), "no DNS domain is set")
	case s.About.Host == "":
		return plan.Find(codes.NoName, plan.Warning, "PRE-2", msg.T("run show status on the node: is it the right node?"), "the node reports no host name")
	case !strings.EqualFold(s.About.FQDN(), j.Node.FQDN):
		return plan.Find(codes.OtherName, plan.Fault, "PRE-2", msg.T("check the node names in the solution; if the node was renamed, stop here and start a new change with its new name and the task \"Domain or host name changed\""), "the node's own name is %s", s.About.FQDN())
	}
	if own := cert.FromPEM(s.Identity); own != nil && own.VerifyHostname(j.Node.FQDN) != nil && !strings.EqualFold(own.Subject.CommonName, j.Node.FQDN) {
		return plan.Find(codes.IdentityName, plan.Warning, "PRE-3", msg.T("if the host name or domain was changed, regenerate the certificates before you generate the CSR"),
			"the current certificate is for %s", cert.Name(own))
	}
	return nil
}

// Resolver: forward and reverse, where a resolver is there. An answer that is missing is no proof of a fault: this
// program may run where the site's DNS is not seen.
func Resolver(ctx context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	if j.World.Lookup == nil {
		return nil
	}
	leave, _ := j.Probing(ctx)
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	addrs, err := j.World.Lookup.LookupHost(ctx, j.Node.FQDN)
	if err != nil || len(addrs) == 0 {
		return plan.Find(codes.NoDNS, plan.Note, "PRE-2", msg.Text{}, "this machine cannot resolve %s", j.Node.FQDN)
	}
	if s.About.IP != "" && !slices.Contains(addrs, s.About.IP) {
		return plan.Find(codes.DNS, plan.Warning, "PRE-2", msg.T("expected behind NAT; otherwise correct the A record"),
			"DNS returns %s, the node reports %s", msg.List(addrs), s.About.IP)
	}
	names, err := j.World.Lookup.LookupAddr(ctx, addrs[0])
	if err != nil || len(names) == 0 {
		return plan.Find(codes.NoPTR, plan.Note, "PRE-2", msg.Text{}, "%s has no PTR record", addrs[0])
	}
	for _, name := range names {
		if strings.EqualFold(strings.TrimSuffix(name, "."), j.Node.FQDN) {
			return nil
		}
	}
	return plan.Find(codes.PTR, plan.Warning, "PRE-2", msg.T("correct the PTR record"), "the PTR record of %s is %s", addrs[0], msg.List(names))
}

// maxSkew is how far a node's clock may be off before a fresh certificate could be "not yet valid" for it.
const maxSkew = 5 * time.Minute

// Clock: a node whose clock is far off takes a fresh certificate for one that is not valid yet.
func Clock(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	if s.About.Now.IsZero() || s.Asked.IsZero() {
		return plan.Find(codes.NoClock, plan.Note, "", msg.Text{}, "the node's clock could not be read")
	}
	off := s.About.Now.Sub(s.Asked).Round(time.Second)
	if off.Abs() <= maxSkew {
		return nil
	}
	severity := plan.Warning
	if !s.About.ZoneKnown {
		severity = plan.Note
	}
	return about(plan.Find(codes.Clock, severity, "", msg.T("check NTP on the node: it may treat a new certificate as not yet valid"), "the node's clock differs from this machine's by %s", off), off.String())
}

func checkRelease(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	if f, ok := vos.Lookup(j.Node.Product, vos.Release(s.About.Version)); !ok || !f.Known {
		return plan.Find(codes.Release, plan.Warning, "", msg.T("the closest older release is used"), "release %s is not in the release table", s.About.Version)
	}
	return nil
}

// checkCertType: where the node serves tomcat-ECDSA, a new tomcat certificate would be seen on no address (EC-1).
func checkCertType(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	if s.CertType != vos.CertTypeECDSA || j.Plan.Change().Unit != "tomcat" {
		return nil
	}
	severity := plan.Note
	if j.Plan.Scope().Replaces(j.Node) && plan.RoleRows(j.Plan, plan.RoleInstall) != nil {
		severity = plan.Warning
	}
	return plan.Find(codes.ServesECDSA, severity, "EC-1", msg.T("renew tomcat-ECDSA too, or run set tls server cert_type rsa on all nodes (it reboots each node)"),
		"the node presents tomcat-ECDSA (show tls server cert_type): its ports will not present a new tomcat "+
			"certificate")
}

// checkServices: a service that should run and does not would make the proof fail after the restart.
func checkServices(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	if down := release.ServicesDown(release.FactsOf(j.Plan, j.Node), s.Services); len(down) > 0 {
		return about(plan.Find(codes.Services, plan.Warning, "", msg.T("start it, or find out why it is stopped, before the change"), "services not started: %s", release.ServiceWords(down)), release.ServiceNames(down)...)
	}
	return nil
}

func checkReplication(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	for _, m := range s.Members {
		if strings.HasPrefix(strings.ToLower(m.State), "not") {
			return plan.Find(codes.Replication, plan.Warning, "SIG-6", msg.T("repair the cluster first: trust certificates would not reach every node"), "%s reports %s as %q", j.Node.Short(), m.Host, m.State)
		}
	}
	if j.Node.Role == vos.Standalone || len(s.Members) == 0 {
		return nil
	}
	for _, m := range s.Members {
		if strings.EqualFold(m.FQDN, j.Node.FQDN) || strings.EqualFold(m.Host, j.Node.Short()) {
			if m.Role != "" && m.Role != j.Node.Role {
				return plan.Find(codes.Role, plan.Fault, "SIG-6", msg.T("correct the roles in the solution"), "role: the cluster says %s, the solution says %s", m.Role, j.Node.Role)
			}
			return nil
		}
	}
	return plan.Find(codes.NotInCluster, plan.Warning, "SIG-6", msg.T("check the solution: is this the right cluster?"), "the node is not in its own cluster list")
}

// checkMembers: a node of the cluster that the plan does not have keeps its old certificate, and its services the old trust.
func checkMembers(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	solution := j.Plan.Change().Solution
	var found []plan.Finding
	for _, m := range s.Members {
		known := func(n vos.Node) bool {
			return strings.EqualFold(n.FQDN, m.Name(s.About.Domain)) || strings.EqualFold(n.Short(), m.Host) || m.IP != "" && n.Address == m.IP
		}
		if _, there := solution.Find(known); !there && !slices.ContainsFunc(solution.Peers, known) {
			found = append(found, plan.Find(codes.Member, plan.Warning, "SIG-6", msg.T("start a change that includes it (uccx-tui discover), or continue without it"), "%s belongs to this cluster but is not in the plan", m.Name(s.About.Domain))...)
		}
	}
	return found
}

// minFree is the part of a partition that must be free, in percent.
const minFree = 3

func checkDisk(_ context.Context, _ *plan.Job, s *plan.Seen) []plan.Finding {
	for _, d := range s.About.Disks {
		if d.Name != "inactive" && d.Total > 0 && d.Free*100/d.Total < minFree {
			return plan.Find(codes.Disk, plan.Warning, "", msg.T("free space (old logs) before the restart"), "partition %s is %d %% full", d.Name, 100-d.Free*100/d.Total)
		}
	}
	return nil
}

// checkServed tells what is wrong with today's certificates already, and a restart that an earlier change still owes. Where a
// node has a tomcat-ECDSA, some of its ports present that one (EC-1); from 12.5 on a node may be set to it.
func checkServed(_ context.Context, j *plan.Job, s *plan.Seen) []plan.Finding {
	var found []plan.Finding
	own, ecdsa := cert.FromPEM(s.Identity), cert.FromPEM(s.ECDSA)
	if own != nil && j.World.Now().After(own.NotAfter) {
		found = append(found, plan.Find(codes.Expired, plan.Note, "", msg.Text{}, "the current certificate expired on %s", own.NotAfter.Format(time.DateOnly))...)
	}
	for _, port := range s.Served {
		switch {
		case port.Error != "" && !optional(j, port.Port):
			found = append(found, plan.Find(codes.Silent, plan.Warning, "", msg.T("find out why before the change"), "port %d (%s): %s", port.Port, release.PortName(j.Plan, j.Node, port.Port), msg.Kept(port.Error))...)
		case port.PEM == "" || own == nil || port.Serial == cert.Serial(own), ecdsa != nil && port.Serial == cert.Serial(ecdsa):
		case isEC(cert.FromPEM(port.PEM)) && !isEC(own) && slices.Contains([]vos.ECDSA{vos.ECDSAChoice, vos.ECDSABeside}, release.FactsOf(j.Plan, j.Node).ECDSA.Value):
			found = append(found, plan.Find(codes.ECDSA, plan.Note, "EC-1", msg.Text{}, "port %d presents an elliptic curve certificate: see show tls server cert_type", port.Port)...)
		default:
			found = append(found, plan.Find(codes.Served, plan.Warning, "SIG-8", msg.T("restart the node: an earlier change is not active yet"), "port %d presents a different certificate from the one installed on the node", port.Port)...)
		}
	}
	return found
}

func isEC(c *x509.Certificate) bool { return c != nil && c.PublicKeyAlgorithm == x509.ECDSA }

func optional(j *plan.Job, number int) bool {
	for _, p := range release.FactsOf(j.Plan, j.Node).Ports {
		if p.Number == number {
			return p.Optional
		}
	}
	return false
}

func checkPending(_ context.Context, _ *plan.Job, s *plan.Seen) []plan.Finding {
	if s.CSR != "" {
		return plan.Find(codes.Pending, plan.Note, "SIG-1", msg.Text{}, "the node already holds a pending CSR; you will be asked whether to use it")
	}
	return nil
}

// about adds what a finding is about, for programs.
func about(found []plan.Finding, things ...string) []plan.Finding {
	found[0].About = things
	return found
}
