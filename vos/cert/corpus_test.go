package cert_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/cert/read"
)

// corpusDay is the day on which the replies of the corpus are judged.
var corpusDay = time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)

// reply is one case of the corpus: what a CA sent for some requests, and what the verdict has to say.
type reply struct {
	Name  string   `json:"name"` // of the folder in testdata/replies
	About string   `json:"about"`
	Seam  string   `json:"seam,omitempty"` // the fault of the lab's list that it is
	Asked []asked  `json:"asked"`
	Want  []string `json:"want"` // severity and code, sorted
	OK    bool     `json:"ok"`
}

// asked is one request of a case, with what is known of its node.
type asked struct {
	CSR     string      `json:"csr"` // of testdata/requests
	Node    string      `json:"node"`
	Unit    string      `json:"unit"`
	Product vos.Product `json:"product,omitempty"`
	Release vos.Release `json:"release,omitempty"`
	Peers   []string    `json:"peers,omitempty"`
	Others  []string    `json:"others,omitempty"`
	Held    []string    `json:"held,omitempty"`   // of testdata/held
	Window  string      `json:"window,omitempty"` // a day
}

func readCorpus(t testing.TB) []reply {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "replies.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []reply
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// files reads a folder of the corpus as the program reads one.
func files(t testing.TB, dir string) []cert.File {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []cert.File
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, read.Parse(e.Name(), data))
	}
	return all
}

func (a asked) request(t testing.TB) cert.Request {
	t.Helper()
	r := cert.Request{Node: a.Node, Unit: a.Unit, Peers: a.Peers, Others: a.Others, Limits: vos.LimitsOf(a.Product, a.Release)}
	data, err := os.ReadFile(filepath.Join("testdata", "requests", a.CSR))
	if err != nil {
		t.Fatal(err)
	}
	r.CSR = read.Parse(a.CSR, data).Items[0].Request
	for _, name := range a.Held {
		data, err := os.ReadFile(filepath.Join("testdata", "held", name))
		if err != nil {
			t.Fatal(err)
		}
		r.Held = append(r.Held, read.Parse(name, data).Items[0].Cert)
	}
	if a.Window != "" {
		if r.Window, err = time.Parse(time.DateOnly, a.Window); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func (c reply) judge(t testing.TB) cert.Verdict {
	t.Helper()
	var requests []cert.Request
	for _, a := range c.Asked {
		requests = append(requests, a.request(t))
	}
	return cert.Judge(requests, files(t, filepath.Join("testdata", "replies", c.Name)), nil, corpusDay)
}

func found(v cert.Verdict) []string {
	all := []string{}
	for _, f := range v.Findings {
		all = append(all, f.Severity.String()+" "+f.Code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// TestCorpus: each reply that a CA could send gets its verdict, and no sound one a fault or a warning.
func TestCorpus(t *testing.T) {
	all := readCorpus(t)
	if len(all) < 60 {
		t.Fatalf("%d replies", len(all))
	}
	for _, c := range all {
		v := c.judge(t)
		if got := found(v); !slices.Equal(got, c.Want) {
			t.Errorf("%s (%s): %q, want %q", c.Name, c.About, got, c.Want)
			for _, f := range v.Findings {
				t.Logf("    %s %s: %s", f.Severity, f.Code, f.What)
			}
		}
		if v.OK() != c.OK {
			t.Errorf("%s (%s): OK is %v", c.Name, c.About, v.OK())
		}
	}
	folders, err := os.ReadDir(filepath.Join("testdata", "replies"))
	if err != nil || len(folders) != len(all) {
		t.Errorf("%d folders for %d replies: %v", len(folders), len(all), err)
	}
}

// seams are the faults of a CA that the lab knows.
func seams() []string {
	return []string{"extra www. SAN", "dropped SAN", "no clientAuth", "missing intermediate", "cross-signed intermediate", "leaf for the other node",
		"4096 bit", "p7b", "expired", "not yet valid", "older root with the same CN"}
}

// TestCorpusIsWhole: every fault of a CA is in it, and every finding of the table.
func TestCorpusIsWhole(t *testing.T) {
	var got, said []string
	for _, c := range readCorpus(t) {
		got = append(got, c.Seam)
		for _, w := range c.Want {
			said = append(said, strings.Fields(w)[1])
		}
	}
	for _, s := range seams() {
		if !slices.Contains(got, s) {
			t.Errorf("no reply has the fault %q", s)
		}
	}
	elsewhere := []string{"too-small", "empty", "fetched"} // no library of today makes such a key; no folder holds no file; the check command fetches
	for _, f := range cert.Table() {
		if !strings.HasPrefix(f.Code, "csr-") && !slices.Contains(said, f.Code) && !slices.Contains(elsewhere, f.Code) {
			t.Errorf("no reply brings the finding %q", f.Code)
		}
	}
}
