package steps

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// AskReply is the question that TakeReply answers.
const AskReply = "reply"

// maxFiles is how many files of one folder are read.
const maxFiles = 20000

// ReadFiles reads files and whole folders (not below them) for the verdict. A file that cannot be read is in the result,
// with the reason as its Err; only a path that is not there at all is an error.
func ReadFiles(paths []string) ([]cert.File, error) {
	var all []cert.File
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, fmt.Errorf("%s: cannot be read: nothing was taken from it; check the path and the right to read: %w", cert.Printable(p), cause(err))
		}
		if info.Mode().IsRegular() {
			all = append(all, readFile(p))
			continue
		}
		if !info.IsDir() { // a pipe would never end
			return nil, fmt.Errorf("%s: is neither a file nor a folder: nothing was taken from it; check the path", cert.Printable(p))
		}
		entries, err := os.ReadDir(p)
		if err != nil {
			return nil, fmt.Errorf("%s: the folder cannot be read: nothing was taken from it; check the right to read: %w", cert.Printable(p), cause(err))
		}
		for i, e := range entries {
			if i == maxFiles {
				return nil, fmt.Errorf("%s: holds more than %d files: choose the CA's files one by one", cert.Printable(p), maxFiles)
			}
			if at := filepath.Join(p, e.Name()); isFile(at, e) {
				all = append(all, readFile(at))
			}
		}
	}
	return all, nil
}

// isFile reports whether an entry of a folder is a file, or a link to one.
func isFile(at string, e os.DirEntry) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(at)
	return err == nil && info.Mode().IsRegular()
}

// cause strips the path, which may hold escapes, from an error of the file system.
func cause(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func readFile(p string) cert.File {
	name := filepath.Base(p)
	f, err := os.Open(p)
	if err != nil {
		return cert.File{Name: name, Err: fmt.Errorf("cannot be read: %w", cause(err))}
	}
	defer f.Close()
	head := make([]byte, 4)
	n, _ := io.ReadFull(f, head)
	limit := int64(cert.MaxFile)
	if cert.IsArchive(head[:n]) {
		limit = cert.MaxArchive
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1-int64(n)))
	data = append(head[:n], data...)
	if err != nil {
		return cert.File{Name: name, Err: fmt.Errorf("cannot be read: %w", cause(err))}
	}
	return cert.Parse(name, data)
}

// Requests returns the CSRs that went to the CA and are not used up by an installed certificate.
func Requests(p *Plan) []cert.Request {
	var all []cert.Request
	for _, n := range p.Nodes() {
		for _, unit := range []string{p.Change().Unit, unitSecond} {
			csr := cert.RequestFromPEM(p.requested(n.FQDN, unit))
			if csr == nil {
				continue
			}
			if r := request(p, n, unit, csr); !installed(p, r.ID()) {
				all = append(all, r)
			}
		}
	}
	return all
}

func (p *Plan) requested(fqdn, unit string) string {
	if unit == unitSecond {
		return p.SecondCSR(fqdn)
	}
	return p.CSR(fqdn)
}

// request is a CSR with all that is known of its node.
func request(p *Plan, n vos.Node, unit string, csr *x509.CertificateRequest) cert.Request {
	r := cert.Request{Node: n.FQDN, Unit: unit, CSR: csr, Limits: vos.LimitsOf(n.Product, releaseOf(p, n)), Held: held(p, n), Window: p.Until()}
	for _, c := range p.Change().Solution.Clusters {
		own := slices.ContainsFunc(c.Nodes, func(o vos.Node) bool { return strings.EqualFold(o.FQDN, n.FQDN) })
		for _, o := range c.Nodes {
			switch {
			case strings.EqualFold(o.FQDN, n.FQDN):
			case own:
				r.Peers = append(r.Peers, o.FQDN)
			default:
				r.Others = append(r.Others, o.FQDN)
			}
		}
	}
	return r
}

// held is what was read of the trust store that the certificate of a node stands on: its publisher's (SIG-6).
func held(p *Plan, n vos.Node) []*x509.Certificate {
	if pub, ok := p.Change().Solution.Publisher(n.FQDN); ok {
		n = pub
	}
	read, _ := p.storeOf(n.FQDN)
	var all []*x509.Certificate
	for _, name := range slices.Sorted(maps.Keys(read)) {
		all = append(all, read[name])
	}
	return all
}

// installed reports whether the certificate for a request is in, by the request's ID.
func installed(p *Plan, id string) bool {
	fqdn, second, _ := strings.Cut(id, " ")
	rows := []string{stepInstall, stepByPage}
	if second != "" {
		rows = []string{stepSecondOwn}
	}
	for _, row := range rows {
		if t, ok := p.Task(Task{row, fqdn}); ok && t.State == Done {
			return true
		}
	}
	return false
}

// Verdict judges files that answer what is asked now: the CA's reply to the CSRs, or CA certificates that complete the
// chain of a server that scripts call (REL-3), or of a neighbour.
func Verdict(p *Plan, files []cert.File, now time.Time) cert.Reply {
	if asksChain(p) != "" {
		return someVerdict(p, files)
	}
	return cert.Judge(Requests(p), files, nil, now)
}

// TakeReply judges files, and takes them into the session only when they answer everything without a fault. The verdict
// is returned either way; an error means that it could not be written down.
func (r *Runner) TakeReply(files []cert.File) (cert.Reply, error) {
	verdict := Verdict(r.plan, files, r.world.Now())
	if !verdict.OK() {
		return verdict, r.keepVerdict(verdict)
	}
	question, step := AskReply, stepReply
	reply := replyOf(verdict)
	chain := asksChain(r.plan)
	if chain != "" {
		question, step, reply.Leaves = AskChain, chain, nil
	}
	if old := r.plan.Reply(); old != nil && chain == "" { // what is installed already stays what is to be proven
		for id, leaf := range old.Leaves {
			if installed(r.plan, id) {
				reply.Leaves[id] = leaf
			}
		}
	}
	for _, f := range files {
		if f.Err == nil && len(f.Items) > 0 {
			reply.Files = append(reply.Files, f.Name)
		}
	}
	if err := r.keepReply(folderOf(chain), reply); err != nil {
		return verdict, err
	}
	return verdict, r.append(KindAnswered, Task{Step: step}, Answer{Question: question, Value: "taken", Reply: &reply})
}

func replyOf(v cert.Reply) Reply {
	reply := Reply{Leaves: map[string]string{}}
	for _, c := range v.Roots {
		reply.Roots = append(reply.Roots, string(cert.PEM(c)))
	}
	for _, c := range v.Intermediates {
		reply.Intermediates = append(reply.Intermediates, string(cert.PEM(c)))
	}
	for id, chain := range v.Chains {
		reply.Leaves[id] = string(cert.PEM(chain.Leaf))
	}
	for _, f := range v.Findings {
		reply.Notes = append(reply.Notes, Finding{Severity: f.Severity.String(), What: f.What, Next: f.Cure, Rule: f.Rule})
	}
	return reply
}

// folderOf is where files are kept that were taken: the CA's reply, or what completes the chains of neighbours.
func folderOf(chain string) string {
	if chain == stepNearChain {
		return "neighbours"
	}
	return "reply"
}

// keepReply writes what will be uploaded into the session folder, for people; the journal alone carries the change on.
func (r *Runner) keepReply(folder string, reply Reply) error {
	for i, text := range reply.Roots {
		if _, err := r.memory.Keep(path.Join(folder, fmt.Sprintf("%d-root.pem", i+1)), []byte(text)); err != nil {
			return err
		}
	}
	for i, text := range reply.Intermediates {
		if _, err := r.memory.Keep(path.Join(folder, fmt.Sprintf("%d-intermediate.pem", i+1)), []byte(text)); err != nil {
			return err
		}
	}
	nodes := make([]string, 0, len(reply.Leaves))
	for fqdn := range reply.Leaves {
		nodes = append(nodes, fqdn)
	}
	sort.Strings(nodes)
	for _, fqdn := range nodes {
		if _, err := r.memory.Keep(path.Join(folder, strings.ReplaceAll(fqdn, " ", "_")+".pem"), []byte(reply.Leaves[fqdn])); err != nil {
			return err
		}
	}
	return nil
}
