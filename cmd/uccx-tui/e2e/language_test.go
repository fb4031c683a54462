package e2e_test

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/ui/lang/po/pseudo"
)

// TestPseudoLanguage: help, errors, a whole change in line mode and what commands print about it show no English sentence in a
// language that has all of them; names, codes, commands that are typed and titles of documents are as in English.
func TestPseudoLanguage(t *testing.T) {
	t.Parallel()
	template, err := os.ReadFile(filepath.Join("..", "..", "..", "ui", "lang", "po", "uccx-tui.pot"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "qps.po")
	if err := os.WriteFile(file, pseudo.Language(template), 0o600); err != nil {
		t.Fatal(err)
	}
	p := newPlace(t)
	exempt := regexp.MustCompile(`uccx|lab\b|example|--|string|duration|\.crt|\(default|[A-Z]|flags\]|ccp|finesse|cuic|livedata|cucm|cuc|standalone|authentication`) // titles of field notices
	commands, _, _ := p.run("--help")                                                                                                                                // in English: the names of commands and topics begin its lines
	names := strings.Join(regexp.MustCompile(`(?m)^  (?:uccx-tui )?([a-z]+) `).FindAllString(commands, -1), "|")
	scenarios, _, _ := p.run("lab", "--list")
	names += "|" + strings.Join(regexp.MustCompile(`(?m)^[a-z]+ `).FindAllString(scenarios, -1), "|")
	// Names of nodes, products, commands and files, what was typed, types of flags, titles of documents, and what stands for a person.
	single := regexp.MustCompile(`^(` + strings.NewReplacer(" ", "", "uccx-tui", "").Replace(names) + `|nosuch|repotr|lines|manual|rest|commands|connections|details|outbox|ports|trust|window|kit|q|restart|system|string|strings|ccp|cer|cuc|cucm|cuic|finesse|imp|livedata|mediasense|uccx|ucce|lab|head|tomcat|` +
		`backup|dbreplication|runtimestate|history|status|utils|document|gateway|revision|services|clients|person|block|devel|and|ca)$`)
	for _, args := range [][]string{{"--help"}, {"run", "--help"}, {"check", "--help"}, {"--bogus"}, {"repotr"}, {"report"}, {"report", "nosuch"}, {"resume"}, {"check"},
		{"lab", "--auto"}, {"sessions"}, {"verify", "lab"}, {"plan", "lab"}, {"doctor"}, {"advise"}, {"advise", "NET::ERR_CERT_COMMON_NAME_INVALID"}, {"help", "nosuch"}} {
		out, errout, _ := p.run(append([]string{"--lang", file}, args...)...)
		if out+errout == "" {
			t.Errorf("%q says nothing", args)
		}
		if word := regexp.MustCompile(`: (asked|answered|started|done)\b`).FindString(out); word != "" {
			t.Errorf("%q: %q is left", args, word)
		}
		if left := pseudo.Words(out+errout, single); len(left) > 0 {
			t.Errorf("%q: words are English: %q", args, left)
		}
		if english := pseudo.English(out+errout, exempt); len(english) > 0 {
			t.Errorf("%q: English is left: %q", args, english)
		}
	}
	spoken(t, p, file, exempt, single)
	if _, errout, code := p.run("--lang", "klingon", "version"); code != 2 {
		t.Errorf("exit %d, %s", code, errout)
	}
}

// spoken: what the program writes for people to keep, read or pass on is in the language as well: reports, the client kit, what check
// says of files, the grade of a lesson, and letters to the CA, which have English before it.
func spoken(t *testing.T, p place, language string, exempt, single *regexp.Regexp) {
	speak := func(args ...string) string {
		out, errout, _ := p.run(append([]string{"--lang", language}, args...)...)
		return out + errout
	}
	state := filepath.Join(p.home, "state", "uccx-tui")
	answered := filepath.Join(state, "labs", "lab", "ca", "outbox")
	session, kit := filepath.Join(state, "sessions", "lab"), filepath.Join(p.home, "kit")
	speak("lab", "--auto", "old-root")
	wrong := []string{"check", "--csr", filepath.Join(session, "outbox"), filepath.Join(state, "labs", "old-root", "ca", "outbox", "root.cer")}
	files, _ := filepath.Glob(filepath.Join(answered, "*.c*"))
	wrong = append(wrong, slices.DeleteFunc(files, func(file string) bool { return filepath.Base(file) == "root.cer" })...)
	page := speak("report", "lab", "--format", "html")
	all := map[string]string{
		"report": speak("report", "lab"), "report --format html": shown(page), "kit": speak("kit", "lab", kit), "grade": speak("lab", "grade", "old-root"),
		"check": speak("check", answered, "--csr", filepath.Join(session, "outbox")), "lab --list": speak("lab", "--list"),
		"check of a wrong root": speak(wrong...),
		"line mode":             p.inLines(language),
		"check of one":          speak("check", filepath.Join(answered, "root.cer"), "--csr", filepath.Join(session, "outbox")),
	}
	for name, file := range map[string]string{"kept report": "report.md", "kept page": "report.html", "customer": "customer/report.md", "letter": "outbox/to-the-ca.txt"} {
		all[name] = shown(contents(t, filepath.Join(session, filepath.FromSlash(file))))
	}
	for _, name := range []string{"read-me.txt", "who-is-asked-what.txt", "note-to-agents.txt", "browsers.txt", "windows/group-policy.txt"} {
		all[name] = contents(t, filepath.Join(kit, filepath.FromSlash(name)))
	}
	all["letter back"] = contents(t, filepath.Join(state, "sessions", "old-root", "outbox", "back-to-the-ca.txt"))
	for name, begins := range map[string]string{"letter": "Subject: 3 certificate requests for our", "letter back": "Subject: "} {
		english, local, ok := strings.Cut(all[name], "\n"+strings.Repeat("-", 60)+"\n")
		if all[name] = local; !ok || !strings.HasPrefix(english, begins) {
			t.Errorf("%s is not English and then the language:\n%s", name, english)
		}
	}
	if !strings.Contains(page, `<html lang="`+pseudo.Tag+`">`) {
		t.Errorf("the report says another language: %.200s", page)
	}
	for name, text := range all {
		for _, foreign := range []string{"CA certificate is not available in the trust-store", "guide (written for", "utils system restart"} {
			text = strings.ReplaceAll(text, foreign, "") // what a node prints or is told, and documents that are cited
		}
		if left := pseudo.Words(text, single); len(left) > 0 {
			t.Errorf("%s: words are English: %q", name, left)
		}
		if left := pseudo.English(text, exempt); len(left) > 0 || !strings.Contains(text, "~~") {
			t.Errorf("%s: English is left: %q", name, left)
		}
	}
}

// shown is what a browser shows of a page, without what is typed and compared as it is.
func shown(page string) string {
	return html.UnescapeString(regexp.MustCompile(`(?s)<style>.*?</style>|<code>.*?</code>|<[^>]*>`).ReplaceAllString(page, " | "))
}

func contents(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// typedLines are what a person types in line mode: each of its words, until all CSRs are with the CA.
const typedLines = "y\ny\ny\n?\nplan\ndetails 11\ndetails 99\nrules 8\nports\nports ccp 443\ntrust\nrestarts\nconnections\nwindow\nwindow 6h\nwindow none\noutbox\nrehearse\nadvise CAA1016\nmaybe\n" +
	"connections ccp manual\nno\nq\n"

// inLines is what line mode prints in a language while those lines are typed.
func (p place) inLines(language string) string {
	p.t.Helper()
	c := p.command("--lang", language, "--plain", "lab", "--name", "lines")
	c.Stdin = strings.NewReader(typedLines)
	out, err := c.CombinedOutput()
	if err != nil && c.ProcessState.ExitCode() < 0 {
		p.t.Fatal(err)
	}
	return string(out)
}
