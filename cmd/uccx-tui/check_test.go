package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/exitcode"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/supervisor"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/verdict"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/wiring"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// fieldDay is the day on which the field's files are verdict.Verdict.
func fieldDay() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

// checked runs the check command in this process, on a fixed day.
func checked(t *testing.T, in *os.File, args ...string) (out, errout string, code int) {
	t.Helper()
	a := &wiring.App{In: in, Clock: fieldDay, Signals: supervisor.Watch(supervisor.Child{})}
	c := checkCommand(a)
	var o, e bytes.Buffer
	c.SetArgs(args)
	c.SetOut(&o)
	c.SetErr(&e)
	c.SilenceErrors, c.SilenceUsage = true, true
	err := c.Execute()
	say(&e, lang.Localizer{}, err)
	return o.String(), e.String(), exitcode.Of(err)
}

// answer is the JSON that check prints.
func answer(t *testing.T, args ...string) (verdict.Verdict, int) {
	t.Helper()
	out, errout, code := checked(t, nil, append(args, "--json")...)
	var j verdict.Verdict
	if err := json.Unmarshal([]byte(out), &j); err != nil {
		t.Fatalf("%v: %v\n%s%s", args, err, out, errout)
	}
	return j, code
}

func codes(j verdict.Verdict) []string {
	all := []string{}
	for _, f := range j.Findings {
		all = append(all, f.Severity+" "+f.Code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// fieldCase is one reply or CSR as people meet it, with what the command has to say.
type fieldCase struct {
	Name, About string
	Args        []string // behind the folder "in"
	Exit        int
	Want        []string // severity and code, sorted
}

func fieldCases(t *testing.T) []fieldCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "field.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []fieldCase
	if err := json.Unmarshal(data, &all); err != nil || len(all) < 40 {
		t.Fatalf("%d cases, %v", len(all), err)
	}
	return all
}

// TestCheckField: each reply of the field gets its verdict, as the command prints it.
func TestCheckField(t *testing.T) {
	for _, c := range fieldCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			t.Chdir(filepath.Join("testdata", "field", c.Name))
			j, code := answer(t, append([]string{"in"}, c.Args...)...)
			if got := codes(j); code != c.Exit || !slices.Equal(got, c.Want) || j.OK != (code == 0) {
				t.Errorf("%s: exit %d %q, want %d %q", c.About, code, got, c.Exit, c.Want)
			}
			if (len(j.Uploads) > 0) != (j.OK && holds(j, "application")) {
				t.Errorf("%d uploads of a verdict that is %v", len(j.Uploads), j.OK)
			}
		})
	}
}

func holds(j verdict.Verdict, kind string) bool {
	return slices.ContainsFunc(j.Files, func(f verdict.File) bool {
		return slices.ContainsFunc(f.Items, func(it verdict.Item) bool { return it.Kind == kind })
	})
}

func field(parts ...string) string {
	return filepath.Join(append([]string{"testdata", "field"}, parts...)...)
}

// TestCheckSaysWhatGoesWhere: roots first, then intermediates, then the certificate; what stays behind is named.
func TestCheckSaysWhatGoesWhere(t *testing.T) {
	j, _ := answer(t, field("091-cross-both", "in"), "--csr", field("091-cross-both", "csr"), "--product", "uccx", "--release", "15.0(1)SU1")
	var order []string
	for _, u := range j.Uploads {
		order = append(order, u.Store+" "+u.Kind+" "+u.Name+" "+strings.Join(u.Nodes, ","))
	}
	want := []string{"tomcat-trust root Pub Root YR uccx1.example.com", "tomcat-trust intermediate Pub YR1 uccx1.example.com", "tomcat application uccx1.example.com uccx1.example.com"}
	if !slices.Equal(order, want) {
		t.Errorf("%q", order)
	}
	if len(j.Behind) != 2 || !strings.Contains(j.Behind[0].Why.String(), "upload 1 has the same name") || !strings.Contains(j.Behind[1].What.String(), "Pub Root X1") {
		t.Errorf("%+v", j.Behind)
	}
	out, _, _ := checked(t, nil, field("101-ms", "in"), "--csr", field("101-ms", "csr"), "--product", "uccx", "--release", "15.0(1)SU1")
	for _, words := range []string{"Upload in this order:", "1. tomcat-trust root", "3. tomcat ", "one certificate for the cluster, on the publisher only"} {
		if !strings.Contains(out, words) {
			t.Errorf("%q is missing:\n%s", words, out)
		}
	}
	there, _ := answer(t, field("092b-held-cross-X", "in"), "--csr", field("092b-held-cross-X", "csr"), "--held", field("092b-held-cross-X", "held"))
	if len(there.There) != 1 || there.There[0].Name != "Pub Root YR" || len(there.Uploads) != 2 || there.Uploads[0].Number != 1 {
		t.Errorf("%+v %+v", there.There, there.Uploads)
	}
	faulty, code := answer(t, field("048-precert", "in"), "--csr", field("048-precert", "csr"))
	if code != exitcode.Refused || len(faulty.Uploads) > 0 || len(faulty.Behind) > 0 {
		t.Errorf("a faulty reply has a plan: %+v", faulty.Uploads)
	}
}

// TestCheckOut: the files are split and converted, readable for all, and nothing is ever overwritten unasked.
func TestCheckOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "to upload")
	args := []string{field("091-cross-both", "in"), "--csr", field("091-cross-both", "csr"), "--out", dir}
	j, code := answer(t, args...)
	names := []string{"01_tomcat-trust_root_Pub-Root-YR.pem", "02_tomcat-trust_intermediate_Pub-YR1.pem", "03_tomcat_uccx1.example.com.pem"}
	if code != 0 || len(j.Written) != len(names) {
		t.Fatalf("exit %d, %q", code, j.Written)
	}
	for i, name := range names {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil || strings.Count(string(data), "BEGIN CERTIFICATE") != 1 || strings.Contains(string(data), "\r") || j.Written[i] != path || cert.FromPEM(string(data)) == nil {
			t.Errorf("%s: %v, %q", name, err, data)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, names[2]), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, names[0])); err != nil {
		t.Fatal(err)
	}
	_, errout, code := checked(t, nil, args...)
	mine, _ := os.ReadFile(filepath.Join(dir, names[2]))
	if _, err := os.Stat(filepath.Join(dir, names[0])); code != exitcode.Refused || !strings.Contains(errout, "Nothing was written") || string(mine) != "mine" || err == nil {
		t.Errorf("exit %d %q, %q, %v", code, errout, mine, err)
	}
	if _, errout, code := checked(t, nil, append(args, "--overwrite")...); code != 0 {
		t.Errorf("exit %d %q", code, errout)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, names[2])); !bytes.HasPrefix(data, []byte("-----BEGIN")) {
		t.Errorf("%q", data)
	}
}

// TestCheckOutWritesNothing: where something is at fault, where there is nothing for a node, and where a link lies in the way.
func TestCheckOutWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	for _, args := range [][]string{{field("048-precert", "in")}, {field("119b-local-csr", "in")}, {field("090-cross-only", "csr")}} {
		if _, errout, code := checked(t, nil, append(args, "--out", dir)...); code != exitcode.Refused || !strings.Contains(errout, "Nothing was written") {
			t.Errorf("%v: exit %d %q", args, code, errout)
		}
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("the folder was made")
	}
	if _, _, code := checked(t, nil, field("101-ms", "in"), "--overwrite"); code != exitcode.Usage {
		t.Errorf("--overwrite alone: exit %d", code)
	}
	if runtime.GOOS == "windows" {
		return
	}
	link := t.TempDir()
	victim := filepath.Join(t.TempDir(), "victim")
	if err := errors.Join(os.WriteFile(victim, []byte("keep"), 0o600), os.Symlink(victim, filepath.Join(link, "01_tomcat-trust_root_Pub-Root-YR.pem"))); err != nil {
		t.Fatal(err)
	}
	if _, errout, code := checked(t, nil, field("091-cross-both", "in"), "--out", link, "--overwrite"); code != 0 {
		t.Errorf("exit %d %q", code, errout)
	}
	if data, _ := os.ReadFile(victim); string(data) != "keep" {
		t.Errorf("the link was followed: %q", data)
	}
}

// TestCheckStandardInput: "-" is read like a file.
func TestCheckStandardInput(t *testing.T) {
	var all []byte
	for _, name := range []string{"fullchain.pem", "yr.pem"} {
		data, err := os.ReadFile(field("092-held-cross-noX", "in", name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, all, 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, _, code := checked(t, in, "-", "--csr", field("092-held-cross-noX", "csr"))
	if code != 0 || !strings.Contains(out, "standard input") || !strings.Contains(out, "OK: a node would accept these files.") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// TestCheckNamesMissingIssuers: whose issuer is missing, and where it may be had.
func TestCheckNamesMissingIssuers(t *testing.T) {
	j, code := answer(t, field("090-cross-only", "in"), "--csr", field("090-cross-only", "csr"))
	if code != exitcode.Refused || len(j.Missing) != 1 || j.Missing[0].Issuer != "Pub Root X1" || j.Missing[0].Of != "Pub Root YR" {
		t.Errorf("exit %d %+v", code, j.Missing)
	}
}

// TestCheckOfACircle: CAs that only sign each other are told as a circle, and no issuer is listed as missing.
func TestCheckOfACircle(t *testing.T) {
	corpus := filepath.Join("..", "..", "vos", "cert", "testdata")
	args := []string{filepath.Join(corpus, "replies", "circle"), "--csr", filepath.Join(corpus, "requests", "uccx1.csr")}
	j, code := answer(t, args...)
	if code != exitcode.Refused || len(j.Missing) != 0 || !slices.Equal(codes(j), []string{"fault chain", "note converted"}) {
		t.Errorf("exit %d %+v %q", code, j.Missing, codes(j))
	}
	if out, _, _ := checked(t, nil, args...); !strings.Contains(out, "sign each other in a circle") || strings.Contains(out, "issuing CA is missing") || strings.Contains(out, "Missing issuers") {
		t.Errorf("%s", out)
	}
}

// TestFacts: all facts are printed with source and date, and words choose among them.
func TestFacts(t *testing.T) {
	run := func(args ...string) (string, int) {
		c := factsCommand(&wiring.App{})
		var o bytes.Buffer
		c.SetArgs(args)
		c.SetOut(&o)
		c.SilenceErrors, c.SilenceUsage = true, true
		err := c.Execute()
		return o.String(), exitcode.Of(err)
	}
	out, code := run()
	if code != 0 || !strings.Contains(out, "source FN74382 revision 2.0, 2026-05-13") || !strings.Contains(out, "ISRG Root X1") {
		t.Errorf("exit %d\n%s", code, out)
	}
	out, code = run("--json", "fn74345")
	var all []struct {
		ID, Topic, About, Text, Source, Date, Link string
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil || code != 0 || len(all) != 1 || all[0].Date != "2026-03-25" || all[0].Source == "" {
		t.Errorf("exit %d %v\n%s", code, err, out)
	}
	if _, code := run("toaster"); code != exitcode.Refused {
		t.Errorf("a word that is in none: exit %d", code)
	}
}

// TestCheckNamesEveryBlock: each block that cannot be read is named, and the last line does not say that nothing is wrong.
func TestCheckNamesEveryBlock(t *testing.T) {
	sound, err := os.ReadFile(field("000-good", "in", "root.cer"))
	if err != nil {
		t.Fatal(err)
	}
	cut := string(sound[:len(sound)/2]) + "\n-----END CERTIFICATE-----\n"
	at := filepath.Join(t.TempDir(), "bundle.pem")
	if err := os.WriteFile(at, []byte(cut+string(sound)+cut), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, _ := checked(t, nil, at)
	for _, want := range []string{"bundle.pem, block 1:", "bundle.pem, block 3:", "parts of the files could not be read"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.Contains(out, "No errors") {
		t.Error(out)
	}
}
