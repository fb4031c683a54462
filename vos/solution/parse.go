package solution

import (
	"bytes"
	"errors"
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
	"github.com/uccx-tui/uccx-tui/vos/tomltype"
)

// document is the file as TOML has it. The types of its own say what is wrong at the place where it stands.
type document struct {
	Name string `toml:"name"`
	Path string `toml:"path"`
	Unit string `toml:"unit"`
	User string `toml:"user"`

	MultiServer bool     `toml:"multi_server"`
	Replace     []fqdn   `toml:"replace"`
	Nodes       []entry  `toml:"node"`
	Targets     []target `toml:"target"`

	Proxy    string        `toml:"proxy"`
	Jump     string        `toml:"jump"`
	JumpKeys []fingerprint `toml:"jump_keys"`
}

type target struct {
	Host fqdn   `toml:"host"`
	Port int    `toml:"port"`
	Dial string `toml:"dial"`
}

type entry struct {
	FQDN    fqdn           `toml:"fqdn"`
	Product product        `toml:"product"`
	Role    role           `toml:"role"`
	Address address        `toml:"address"`
	Ports   map[string]int `toml:"ports"`
	User    string         `toml:"user"`
	Keys    []fingerprint  `toml:"host_keys"`
	Certs   []certificate  `toml:"certs"`
	Legacy  bool           `toml:"legacy"`
	Way     way            `toml:"way"`
	CA      string         `toml:"ca"`

	Neighbour bool `toml:"neighbour"`
}

// Structures, because the reader of TOML asks no type that is a string.
type (
	fqdn        struct{ text string }
	product     struct{ known vos.Product }
	role        struct{ known vos.Role }
	address     struct{ text string }
	fingerprint struct{ text string }
	certificate struct{ text string }
	way         struct{ known vos.Connection }
)

// UnmarshalText takes a full name (PRE-2).
func (f *fqdn) UnmarshalText(text []byte) error {
	f.text = strings.ToLower(string(text))
	if err := vos.CheckFQDN(string(text)); err != nil {
		return msg.Errorf("%q: %w", text, err)
	}
	return nil
}

// UnmarshalText takes the name of a product as people write it.
func (p *product) UnmarshalText(text []byte) error {
	known, ok := vos.ParseProduct(string(text))
	if p.known = known; !ok {
		return msg.Errorf("%q is not a product: %s", text, vos.ProductList())
	}
	return nil
}

// UnmarshalText takes the place of a node in its cluster.
func (r *role) UnmarshalText(text []byte) error {
	switch word := strings.ToLower(string(text)); word {
	case "publisher", "primary":
		r.known = vos.Publisher
	case "subscriber", "secondary":
		r.known = vos.Subscriber
	case "standalone", "single":
		r.known = vos.Standalone
	default:
		return msg.Errorf("%q is not a role. Use publisher (primary), subscriber (secondary) or standalone.", text)
	}
	return nil
}

// UnmarshalText takes a host name or an IP address.
func (a *address) UnmarshalText(text []byte) error {
	a.text = string(text)
	if err := vos.CheckHost(string(text)); err != nil {
		return msg.Errorf("%w. For ports use ports = { 22 = 40022 }.", err)
	}
	return nil
}

var fingerprintForm = lazyregexp.MustCompile(`^SHA256:[A-Za-z0-9+/]{43}$`)

// UnmarshalText takes a fingerprint as ssh-keygen -l prints it.
func (f *fingerprint) UnmarshalText(text []byte) error {
	f.text = string(text)
	if !IsFingerprint(string(text)) {
		return msg.Errorf("%q is not a fingerprint. Use SHA256: and 43 characters, as printed by ssh-keygen -l.", text)
	}
	return nil
}

// UnmarshalText takes the SHA-256 fingerprint of a certificate, as OS Administration and openssl print it.
func (c *certificate) UnmarshalText(text []byte) error {
	fingerprint, ok := cert.ParseFingerprint(string(text))
	if c.text = fingerprint; !ok {
		return msg.Errorf("%q is not the fingerprint of a certificate: SHA-256, 64 hexadecimal digits", text)
	}
	return nil
}

// UnmarshalText takes how a node is spoken to.
func (w *way) UnmarshalText(text []byte) (err error) {
	if w.known, err = vos.ParseConnection(string(text)); w.known == vos.ConnectionSSH {
		w.known = "" // it need not be said
	}
	return err
}

// IsFingerprint reports whether a text is the fingerprint of an SSH host key, as ssh-keygen -l prints it.
func IsFingerprint(text string) bool { return fingerprintForm.MatchString(text) }

// Parse reads a file. file is its name, for errors; paths are the procedures that there are. Errors are *Problems.
func Parse(file string, data []byte, paths []string) (File, error) {
	bad := &Problems{File: file}
	if len(data) > MaxFile {
		bad.All = append(bad.All, Problem{0, msg.T("larger than %d bytes: not a solution file", MaxFile)})
		return File{}, bad
	}
	var d document
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&d); err != nil {
		bad.All = decodeProblems(err)
		return File{}, bad
	}
	f, faults := d.file(lines(data), paths)
	if len(faults) > 0 {
		bad.All = faults
		return File{}, bad
	}
	return f, nil
}

// decodeProblems gives each error of the TOML reader its line.
func decodeProblems(err error) []Problem {
	var strict *toml.StrictMissingError
	if errors.As(err, &strict) {
		var all []Problem
		for _, e := range strict.Errors {
			line, _ := e.Position()
			all = append(all, Problem{line, unknownKey(e.Key())})
		}
		return all
	}
	var one *toml.DecodeError
	if errors.As(err, &one) {
		line, _ := one.Position()
		return []Problem{{line, tomltype.Why(one)}}
	}
	return []Problem{{0, msg.Of(err)}}
}

func unknownKey(key toml.Key) msg.Text {
	name, known := "", []string{"name", "path", "unit", "user", "multi_server", "replace", "proxy", "jump", "jump_keys", "node", "target"}
	if len(key) > 0 {
		name = key[len(key)-1]
	}
	if len(key) > 1 {
		known = []string{"fqdn", "product", "role", "address", "ports", "user", "host_keys", "certs", "legacy", "way", "ca", "neighbour"}
		if key[0] == "target" {
			known = []string{"host", "port", "dial"}
		}
	}
	for _, k := range known {
		if alike(name, k) {
			return msg.T("unknown key %q. Did you mean %q?", name, k)
		}
	}
	return msg.T("unknown key %q. Known keys: %s", name, strings.Join(known, ", "))
}

// alike reports whether two words differ by one letter, two letters that changed places, or an end that is missing.
func alike(a, b string) bool {
	a, b = strings.ToLower(strings.ReplaceAll(a, "-", "_")), strings.ToLower(b)
	if a == b || a+"s" == b || a == b+"s" || len(a) > 2 && strings.HasPrefix(b, a) {
		return true
	}
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	x, y := a[head:], b[head:]
	switch len(x) - len(y) {
	case 1:
		return x[1:] == y
	case -1:
		return x == y[1:]
	case 0:
		return len(x) > 0 && x[1:] == y[1:] || len(x) > 1 && x[0] == y[1] && x[1] == y[0] && x[2:] == y[2:]
	}
	return false
}

// lineNumbers are the lines on which things stand that the reader of TOML does not place.
type lineNumbers struct {
	nodes  []int          // of each [[node]]
	fields map[string]int // key at the top of the file
}

var (
	nodeLine  = lazyregexp.MustCompile(`^\s*\[\[\s*"?node"?\s*\]\]`)
	fieldLine = lazyregexp.MustCompile(`^\s*([a-z_]+)\s*=`)
)

func lines(data []byte) lineNumbers {
	p := lineNumbers{fields: map[string]int{}}
	for i, line := range bytes.Split(data, []byte("\n")) {
		if nodeLine.Match(line) {
			p.nodes = append(p.nodes, i+1)
		} else if m := fieldLine.FindSubmatch(line); m != nil && len(p.nodes) == 0 {
			p.fields[string(m[1])] = i + 1
		}
	}
	return p
}

func (p lineNumbers) node(i int) int {
	if i < len(p.nodes) {
		return p.nodes[i]
	}
	return 0
}

// decided takes what a person decided about a node.
func (f *File) decided(fqdn string, e entry) {
	if e.User != "" {
		f.Users[fqdn] = e.User
	}
	for _, k := range e.Keys {
		f.Keys[fqdn] = append(f.Keys[fqdn], k.text)
	}
	for _, c := range e.Certs {
		f.Certs[fqdn] = append(f.Certs[fqdn], c.text)
	}
	if e.Legacy {
		f.Legacy[fqdn] = true
	}
}

// file makes a File of a document, and says all that is wrong in it.
func (d document) file(at lineNumbers, paths []string) (File, []Problem) {
	f := File{Name: strings.TrimSpace(d.Name), Path: d.Path, Unit: d.Unit, User: d.User, Users: map[string]string{}, Keys: map[string][]string{}, Certs: map[string][]string{}, Legacy: map[string]bool{}}
	var bad []Problem
	wrong := func(line int, what string, args ...any) { bad = append(bad, Problem{line, msg.T(what, args...)}) }
	if f.Name == "" {
		wrong(at.fields["name"], "name is missing: you resume the change by this name")
	}
	bad = append(bad, f.unseen(at)...)
	bad = append(bad, f.route(d, at)...)
	if f.Path == "" && len(paths) > 0 {
		f.Path = paths[0]
	}
	if f.Unit == "" {
		f.Unit = "tomcat"
	}
	if !slices.Contains(paths, f.Path) {
		wrong(at.fields["path"], "%q is not a path. Use one of: %s", f.Path, strings.Join(paths, ", "))
	}
	if len(d.Nodes) == 0 || len(d.Nodes) > maxNodes {
		wrong(0, "%d nodes found. A solution has 1 to %d, each in a [[node]] table.", len(d.Nodes), maxNodes)
		return f, bad
	}
	f.Solution.Name = f.Name
	for i, e := range d.Nodes {
		n, err := e.node()
		switch {
		case err == nil && e.Neighbour:
			err = f.Solution.JoinPeer(n)
		case err == nil:
			err = f.Solution.Join(n)
		}
		if err != nil {
			wrong(at.node(i), "%s", err)
			continue
		}
		f.decided(n.FQDN, e)
	}
	if len(f.Solution.Clusters) == 0 && len(bad) == 0 {
		wrong(0, "All nodes are peers. There is nothing to change.")
	}
	if f.MultiServer = d.MultiServer; d.MultiServer && !f.pair() {
		wrong(at.fields["multi_server"], "multi_server = true needs a UCCX publisher and its subscriber: a shared certificate is only for these two")
	}
	for _, name := range d.Replace {
		if _, ok := f.Solution.Node(name.text); !ok {
			wrong(at.fields["replace"], "replace: %s is not one of the nodes", name.text)
		}
		f.Replace = append(f.Replace, name.text)
	}
	for _, t := range d.Targets {
		one, err := t.target()
		if err != nil {
			wrong(0, "%s", err)
		}
		f.Solution.Targets = append(f.Solution.Targets, one)
	}
	return f, bad
}

// route takes how the nodes are reached.
func (f *File) route(d document, at lineNumbers) (bad []Problem) {
	for _, one := range []struct {
		key string
		r   route.Route
	}{{"proxy", route.Route{Proxy: d.Proxy}}, {"jump", route.Route{Jump: d.Jump}}} {
		if err := one.r.Check(); err != nil {
			bad = append(bad, Problem{at.fields[one.key], msg.Of(err)})
		}
	}
	f.Solution.Route = route.Route{Proxy: d.Proxy, Jump: d.Jump}
	for _, k := range d.JumpKeys {
		f.JumpKeys = append(f.JumpKeys, k.text)
	}
	if len(f.JumpKeys) > 0 && d.Jump == "" {
		bad = append(bad, Problem{at.fields["jump_keys"], msg.T("jump_keys without jump: there is no jump host that these keys could belong to")})
	}
	return bad
}

// pair reports whether there is a UCCX cluster of two nodes (PRE-6).
func (f File) pair() bool {
	return slices.ContainsFunc(f.Solution.Clusters, func(c vos.Cluster) bool { return len(c.Nodes) == 2 && c.Nodes[0].Product.Traits().Pair })
}

// maxName is how long the name of a change, and a user, may be, in bytes.
const maxName = 200

// unseen names what cannot be shown, or is too long, in the texts at the top of a file.
func (f File) unseen(at lineNumbers) (bad []Problem) {
	for _, one := range [][2]string{{"name", f.Name}, {"user", f.User}} {
		if len(one[1]) > maxName {
			bad = append(bad, Problem{at.fields[one[0]], msg.T("%s is longer than %d bytes", one[0], maxName)})
			continue
		}
		if strings.ContainsFunc(one[1], hidden) {
			bad = append(bad, Problem{at.fields[one[0]], msg.T("%s = %+q: contains a character that cannot be displayed", one[0], one[1])})
		}
	}
	return bad
}

func (t target) target() (vos.Target, error) {
	one := vos.Target{Host: t.Host.text, Port: t.Port, Dial: t.Dial}
	if one.Host == "" || one.Port < 0 || one.Port > 65535 {
		return one, msg.Errorf("[[target]]: host is missing, or %d is not a port", t.Port)
	}
	if t.Dial != "" {
		if _, _, err := net.SplitHostPort(t.Dial); err != nil {
			return one, msg.Errorf("target %s: dial = %q: write host:port", one.Host, t.Dial)
		}
	}
	return one, nil
}

func (e entry) node() (vos.Node, error) {
	n := vos.Node{FQDN: e.FQDN.text, Address: e.Address.text, Product: e.Product.known, Role: e.Role.known, Connection: e.Way.known, CA: e.CA}
	switch {
	case n.FQDN == "":
		return n, errors.New("fqdn is missing")
	case n.Product == "":
		return n, msg.Errorf("%s: product is missing: %s", n.FQDN, vos.ProductList())
	case strings.ContainsFunc(e.User, hidden):
		return n, msg.Errorf("%s: user = %+q: contains a character that cannot be displayed", n.FQDN, e.User)
	case n.CheckCA() != nil:
		return n, n.CheckCA()
	case n.Role == "":
		n.Role = vos.Standalone
	}
	host := n.Address
	if host == "" {
		host = n.FQDN
	}
	for port, to := range e.Ports {
		number, err := strconv.ParseUint(port, 10, 16)
		if err != nil || number == 0 || to < 1 || to > 65535 {
			return n, msg.Errorf("%s: ports: %q = %d: the node's port, =, and the port to dial, such as 8443 = 40843", n.FQDN, port, to)
		}
		if n.Ports == nil {
			n.Ports = map[int]string{}
		}
		n.Ports[int(number)] = net.JoinHostPort(host, strconv.Itoa(to))
	}
	return n, nil
}
