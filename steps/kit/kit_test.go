package kit_test

import (
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/kit"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/stepstest"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/certtest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// surveyed is a session of a path on one UCCX and one CCP, read, with self-signed certificates.
func surveyed(t *testing.T, path string, release string) *plan.Plan {
	t.Helper()
	p := &stepstest.Journal{}
	c := change.Change{Name: "HQ | \x1b[2J", Path: path, Unit: "tomcat", Solution: vos.Solution{Clusters: []vos.Cluster{
		{Nodes: []vos.Node{{FQDN: "u1.example.com", Product: vos.UCCX, Role: vos.Standalone}}}, {Nodes: []vos.Node{{FQDN: "ccp.example.com", Product: vos.CCP, Role: vos.Standalone}}}}}}
	p.Add(t, plan.KindOpened, "", "", c)
	for _, n := range c.Solution.Nodes() {
		own := stepstest.Certificate(t, func(c *x509.Certificate) { c.Subject.CommonName, c.DNSNames = n.FQDN, []string{n.FQDN} })
		s := plan.Seen{Identity: string(cert.PEM(own)), About: &vos.About{Version: release}}
		if strings.HasPrefix(release, "11.5") {
			s.ECDSA = s.Identity
		}
		p.Add(t, plan.KindDone, plan.StepSurvey, n.FQDN, s)
	}
	return stepstest.Fold(t, p)
}

// TestForecast: who is asked what, by path and release.
func TestForecast(t *testing.T) {
	for _, c := range []struct {
		path, release, url, meets string
	}{
		{change.PathSelfSigned, "12.5", "https://u1.example.com:8445/cfadmin", kit.MeetsSelf},
		{change.PathSelfSigned, "12.5", "https://ccp.example.com/", kit.MeetsSelf},
		{change.PathSelfSigned, "11.5", "https://u1.example.com:12015/", kit.MeetsTwice},
		{change.PathSigned, "12.5", "https://u1.example.com/appadmin/main", kit.MeetsUnknown},
		{change.PathRegenerate, "12.5", "https://u1.example.com/appadmin/main", kit.MeetsUnknown},
	} {
		all := kit.Forecast(surveyed(t, c.path, c.release), stepstest.Day())
		i := slices.IndexFunc(all, func(p kit.Prompt) bool { return p.URL == c.url })
		if i < 0 || all[i].Meets.String() != c.meets || all[i].Who.IsZero() {
			t.Errorf("%s %s %s: %+v", c.path, c.release, c.url, all)
		}
	}
	for _, p := range kit.Forecast(surveyed(t, change.PathSelfSigned, "12.5"), stepstest.Day().Add(48*time.Hour)) {
		if p.Meets.String() != kit.MeetsExpired || !p.Asked {
			t.Errorf("two days later: %+v", p)
		}
	}
}

// TestSecond: the outcome table of 11.5 (EC-4), address by address.
func TestSecond(t *testing.T) {
	self := stepstest.Certificate(t, stepstest.AsItIs)
	rsaCA, ecCA := issued(t, true), issued(t, false)
	live, chat := vos.Port{Number: 12015, Rules: "CLI-8"}, vos.Port{Number: 443, Rules: "CLI-6"}
	for _, c := range []struct {
		leaf, second *x509.Certificate
		port         vos.Port
		want         string
	}{
		{self, self, live, kit.MeetsTwice},
		{self, self, chat, kit.MeetsTwice},
		{rsaCA, self, live, kit.MeetsStuck},
		{rsaCA, self, chat, kit.MeetsTwice},
		{rsaCA, rsaCA, live, ""},
		{rsaCA, rsaCA, chat, kit.MeetsDead},
		{rsaCA, ecCA, live, ""},
		{rsaCA, ecCA, chat, ""},
		{rsaCA, self, vos.Port{Number: 8445, Rules: "CLI-4"}, ""},
		{rsaCA, nil, live, ""},
	} {
		if got := kit.MeetsECDSA(c.second, c.leaf, c.port); got.String() != c.want {
			t.Errorf("%d: %q, want %q", c.port.Number, got, c.want)
		}
	}
}

// issued is a certificate that a CA has signed, with an RSA key or one on a curve.
func issued(t *testing.T, byRSA bool) *x509.Certificate {
	t.Helper()
	var ca crypto.Signer = certtest.Key(t)
	if byRSA {
		ca = certtest.RSA(t)
	}
	key := certtest.Key(t)
	above := &x509.Certificate{Subject: pkix.Name{CommonName: "CA"}}
	c := &x509.Certificate{SerialNumber: big.NewInt(9), Subject: pkix.Name{CommonName: "u1.example.com"}, NotBefore: stepstest.Day(), NotAfter: stepstest.Day().Add(time.Hour)}
	return certtest.Sign(t, c, above, key.Public(), ca)
}

// TestKit: the files of the kit are what they are said to be, and nothing of a node's words is in them raw.
func TestKit(t *testing.T) {
	p := surveyed(t, change.PathSelfSigned, "12.5")
	k := kit.Of(p, stepstest.Day(), nil)
	files := map[string]string{}
	for _, f := range k.Files {
		files[f.Name] = string(f.Data)
		if strings.Contains(string(f.Data), "\x1b") && !strings.HasSuffix(f.Name, ".cer") {
			t.Errorf("%s holds an escape", f.Name)
		}
	}
	for _, want := range []string{"read-me.txt", "who-is-asked-what.txt", "urls.txt", "browsers.txt", "note-to-agents.txt", "windows/group-policy.txt", "windows/install-roots.ps1", "firefox/policies.json"} {
		if files[want] == "" {
			t.Errorf("%s is missing or empty", want)
		}
	}
	var policy struct {
		Policies struct {
			Certificates struct {
				ImportEnterpriseRoots bool
				Install               []string
			}
		} `json:"policies"`
	}
	if err := json.Unmarshal([]byte(files["firefox/policies.json"]), &policy); err != nil || !policy.Policies.Certificates.ImportEnterpriseRoots || len(policy.Policies.Certificates.Install) != 2 {
		t.Errorf("%v %+v", err, policy)
	}
	for _, name := range policy.Policies.Certificates.Install {
		c := cert.FromPEM(files["roots/"+name])
		if c == nil {
			t.Fatalf("%s is no certificate", name)
		}
		script := files["windows/install-roots.ps1"]
		if !strings.Contains(script, "'"+strings.TrimSuffix(name, ".pem")+".cer'; Sha256 = '"+kit.Sha256Of(c)+"'") || !strings.Contains(script, "\r\n") {
			t.Errorf("the script does not name %s with its fingerprint, or has no line ends of Windows", name)
		}
		if string(c.Raw) != files["roots/"+strings.TrimSuffix(name, ".pem")+".cer"] {
			t.Errorf("%s and its .cer are not the same certificate", name)
		}
	}
	if again := kit.Of(p, stepstest.Day(), nil); again.Folder != k.Folder {
		t.Error("the same kit has another folder")
	}
	early := kit.Of(surveyed(t, change.PathSigned, "12.5"), stepstest.Day(), nil)
	if slices.ContainsFunc(early.Files, func(f plan.OutFile) bool { return strings.HasPrefix(f.Name, "roots/") }) || early.Folder == k.Folder {
		t.Error("what no one knows yet cannot be distributed")
	}
}

// TestKitInAnotherLanguage: each sentence of a text of the kit passes the Localizer; scripts, policies and certificates stay.
func TestKitInAnotherLanguage(t *testing.T) {
	p := surveyed(t, change.PathSelfSigned, "11.5")
	words, data := regexp.MustCompile(`[A-Za-z]{3,}`), regexp.MustCompile(`show cert own \S+|https?:\S+|[A-Z]{2,4}-\d+|u1\.example\.com\S*|ccp\.example\.com\S*|u1-example\S*|ccp-example\S*|HQ \S+|certutil \S+|verifystore Root \S+|roots\S*|- ?[0-9A-F]{8}|[0-9A-F]{20,}`)
	english, same := map[string]string{}, 0
	for _, f := range kit.Of(p, stepstest.Day(), nil).Files {
		english[f.Name] = string(f.Data)
	}
	for _, f := range kit.Of(p, stepstest.Day(), stepstest.Veiled{}).Files {
		if !strings.HasSuffix(f.Name, ".txt") {
			if english[f.Name] != string(f.Data) {
				t.Errorf("%s was translated", f.Name)
			}
			same++
			continue
		}
		if left := words.FindAllString(data.ReplaceAllString(string(f.Data), ""), -1); len(left) > 0 {
			t.Errorf("%s holds English: %q\n%s", f.Name, left, f.Data)
		}
	}
	if same == 0 {
		t.Error("no scripts")
	}
}

// TestNote: dates that are known are filled in, the others stay to be filled in; agents are sent to full names only, and told to
// accept nothing but what will ask.
func TestNote(t *testing.T) {
	quiet := []kit.Prompt{{Node: "a.example", URL: "https://a.example:8445/", Rules: []string{"CLI-4"}}, {Node: "a.example", URL: "https://a.example:8445/cfadmin", Rules: []string{"CLI-4"}}, {Node: "a.example", URL: "https://a.example:7443/"}}
	for i := range quiet {
		quiet[i].Who = msg.T("agents and supervisors")
	}
	loud := slices.Clone(quiet)
	loud[2].Asked = true
	end := time.Date(2026, 11, 27, 6, 0, 0, 0, time.FixedZone("CET", 3600))
	for _, c := range []struct {
		prompts   []kit.Prompt
		end       time.Time
		want, bad []string
	}{
		{quiet, time.Time{}, []string{"On [date] from [start time] to [end time]", "     https://a.example:8445/\n", "Do not continue. Call us and tell us"}, []string{"cfadmin", "7443", "Accept it only"}},
		{quiet, end, []string{"On Friday, 27 November 2026 from [start time] to 06:00 CET", "after 06:00 CET"}, []string{"[date]", "[end time]"}},
		{loud, end, []string{"Accept it only for these addresses:\n     https://a.example:7443/\n- For any other"}, []string{"Call us and tell us"}},
	} {
		text := kit.KitNote(nil, nil, c.prompts, c.end)
		for _, w := range c.want {
			if !strings.Contains(text, w) {
				t.Errorf("%q is not in\n%s", w, text)
			}
		}
		for _, b := range append(c.bad, "by a number", "the lock", "%!") {
			if strings.Contains(text, b) {
				t.Errorf("%q is in\n%s", b, text)
			}
		}
	}
}

// TestBrowserMessages: what is met at many addresses is said once for each node, and the sign is explained only where it is.
func TestBrowserMessages(t *testing.T) {
	var prompts []kit.Prompt
	for _, node := range []string{"a.example", "b.example"} {
		for _, port := range []string{"443", "8445", "12015"} {
			prompts = append(prompts, kit.Prompt{Node: node, URL: "https://" + node + ":" + port + "/", Who: msg.T("agents"), Meets: msg.T("nothing at all"), Rules: []string{"CLI-4"}})
		}
	}
	if text := kit.KitForecast(nil, "x", prompts); strings.Count(text, "nothing at all") != 2 || strings.Count(text, "https://") != 6 || strings.Contains(text, "Lines with !") {
		t.Error(text)
	}
	prompts[1].Asked, prompts[1].Meets = true, msg.T("a warning")
	if text := kit.KitForecast(nil, "x", prompts); !strings.Contains(text, " ! https://a.example:8445/ (agents)\n     a warning (CLI-4)\n") || !strings.Contains(text, "Lines with !") {
		t.Error(text)
	}
}

// ofProducts is a session of a path on one node of each product, read, with self-signed certificates.
func ofProducts(t *testing.T, path, release string, products ...vos.Product) *plan.Plan {
	t.Helper()
	j := &stepstest.Journal{}
	c := change.Change{Name: "HQ", Path: path, Unit: "tomcat", Plan: plan.Version}
	for _, p := range products {
		c.Solution.Clusters = append(c.Solution.Clusters, vos.Cluster{Nodes: []vos.Node{{FQDN: string(p) + ".example.com", Product: p, Role: vos.Standalone}}})
	}
	j.Add(t, plan.KindOpened, "", "", c)
	for _, n := range c.Solution.Nodes() {
		own := stepstest.Certificate(t, func(c *x509.Certificate) { c.Subject.CommonName, c.DNSNames = n.FQDN, []string{n.FQDN} })
		s := plan.Seen{Identity: string(cert.PEM(own)), About: &vos.About{Version: release}}
		if strings.HasPrefix(release, "11.5") {
			s.ECDSA = string(cert.PEM(stepstest.Certificate(t, func(c *x509.Certificate) { c.Subject.CommonName, c.DNSNames = n.Short()+"-EC", []string{n.FQDN} })))
		}
		j.Add(t, plan.KindDone, plan.StepSurvey, n.FQDN, s)
	}
	return stepstest.Fold(t, j)
}

// fileOf is a text of a kit.
func fileOf(t *testing.T, k kit.Kit, name string) string {
	t.Helper()
	i := slices.IndexFunc(k.Files, func(f plan.OutFile) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("no %s", name)
	}
	return string(k.Files[i].Data)
}

// TestNoteFollowsTheProducts: agents are told of the desktop, gadgets, reports and chat where the change is about them, and are sent to
// no page of administrators.
func TestNoteFollowsTheProducts(t *testing.T) {
	t.Parallel()
	words := map[string][]string{"desktop": {"logged out of the desktop", "Open the desktop", "connected on your phone"}, "live": {"Live Data"}, "reports": {"eports may be", "your reports open"}, "chat": {"Chat", "open a chat"}}
	chatAndReports := "Chat, email and reports may be"
	type one struct {
		products []vos.Product
		release  string
		has      []string
	}
	cases := []one{
		{[]vos.Product{vos.UCCX, vos.CCP}, "12.5.1", []string{"desktop", "live", "reports", "chat"}},
		{[]vos.Product{vos.UCCX}, "12.5.1", []string{"desktop", "live", "reports"}},
		{[]vos.Product{vos.UCCX}, "10.6.1", []string{"desktop", "reports"}},
		{[]vos.Product{vos.Finesse}, "12.6.1", []string{"desktop"}},
		{[]vos.Product{vos.Finesse, vos.LiveData}, "12.6.1", []string{"desktop", "live"}},
		{[]vos.Product{vos.CUIC}, "12.6.1", []string{"reports"}},
		{[]vos.Product{vos.CCP}, "12.5.1", []string{"chat"}},
		{[]vos.Product{vos.MediaSense}, "11.6.1", nil},
		{[]vos.Product{vos.CUCM}, "15.0.1", nil},
	}
	var platforms []vos.Product // of which only the platform's pages are known, and web pages of their own
	for _, p := range vos.Products() {
		if p.Facts().Restart.Source != "" {
			platforms = append(platforms, p)
		}
	}
	for _, c := range append(cases, one{platforms, "14.0.1", nil}) {
		note := fileOf(t, kit.Of(ofProducts(t, change.PathSelfSigned, c.release, c.products...), stepstest.Day(), nil), "note-to-agents.txt")
		for what, all := range words {
			for _, w := range all {
				if strings.Contains(note, w) != slices.Contains(c.has, what) && !strings.Contains(note, chatAndReports) {
					t.Errorf("%v %s: %q, want %v:\n%s", c.products, c.release, w, c.has, note)
				}
			}
		}
		for _, bad := range []string{"cmplatform", "cfadmin", "\n\n\n", "%"} {
			if strings.Contains(note, bad) {
				t.Errorf("%v: %q:\n%s", c.products, bad, note)
			}
		}
	}
}

// TestKitOf115: nodes of 11.5 present two certificates: PCs need both, or the roots above both.
func TestKitOf115(t *testing.T) {
	t.Parallel()
	k := kit.Of(ofProducts(t, change.PathSelfSigned, "11.5.1", vos.UCCX, vos.CCP), stepstest.Day(), nil)
	readme := fileOf(t, k, "read-me.txt")
	for _, want := range []string{"\nuccx-example-com-", "\nuccx-EC-", "\nccp-example-com-", "\nccp-EC-", "(show cert own tomcat)", "(show cert own tomcat-ECDSA)"} {
		if !strings.Contains(readme, want) {
			t.Errorf("%q is not in\n%s", want, readme)
		}
	}
	early := kit.Of(ofProducts(t, change.PathSigned, "11.5.1", vos.UCCX), stepstest.Day(), nil)
	if text := fileOf(t, early, "read-me.txt"); !strings.Contains(text, "not known yet") || strings.Contains(text, "uccx-EC-") {
		t.Errorf("before the CA has signed:\n%s", text)
	}
}
