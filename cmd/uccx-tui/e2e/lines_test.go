package e2e_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestChangeByLines: the whole change in line mode, with a word at each prompt for what the screens have a key for. Each step is
// named by its title, says effect and way back before it changes a node, and no line is printed twice or is wider than a terminal.
func TestChangeByLines(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	k := p.talk("lab", "--plain")
	for word, want := range map[string]string{"ports ccp": "nothing has been read yet", "outbox all": "The outbox is empty", "restarts 3": "This step restarts nothing."} {
		k.say("Number, yes or no", word)
		k.hear(want)
	}
	for range 3 {
		k.say("Number, yes or no", "y")
	}
	k.hear("Have you sent all CSRs to the CA?")
	answers := func(word, want string) {
		t.Helper()
		k.say("q to quit", word)
		k.hear(want)
	}
	for word, want := range map[string]string{"?": "details [STEP]:", "plan": "next: Send the CSRs to the CA", "details 11": "Way back: None: installing consumes the CSR", "details 99": "There is no step 99",
		"commands 4": "set csr gen tomcat", "rules 8": "SIG-4:", "ports": "ccp 443 Chat: before the change", "ports ccp 443": "SHA-256", "trust": "in tomcat-trust of", "restarts": "Effect",
		"connections": "ccp.lab.example: SSH", "window": "There is no change window", "window none": "Recorded in the journal", "outbox": "to-the-ca.txt: letter to the CA", "outbox to-the-ca.txt": "CSR",
		"report": "Certificate change: lab", "rehearse": "Remaining:", "advise CAA1016": "Fix:", "connection": "To change it: connections NODE", "outbox all": "THE REQUESTS", "maybe": "That is not an answer", "connections ccp manual": "from now on?"} {
		answers(word, want)
		if strings.HasPrefix(word, "connections ccp") {
			k.say("[yes/no]", "window")
			k.hear("That is not an answer. Nothing was recorded.")
		}
	}
	k.say("q to quit", "YES")
	k.say("Enter for the lab CA's reply", "?")
	k.say("Enter for the lab CA's reply", "")
	k.hear("Way back: None: installing consumes the CSR")
	k.say("Upload the new certificates?", "what")
	k.hear("not an answer")
	k.say("Upload the new certificates?", "") // typed ahead
	k.hear("not an answer")
	k.say("Upload the new certificates?", "yes")
	for _, node := range []string{"ccp", "uccx1", "uccx2"} {
		k.hear("Way back: None")
		k.say("Node name", "plan")
		k.say("Node name", "other")
		k.hear("is not the name of")
		k.say("Node name", node)
	}
	k.say("Number, yes or no", "1")
	for range 8 {
		k.say("Number, yes or no", "yes")
	}
	k.say("One question is still open", "7")
	k.hear("That is not an answer")
	k.say("One question is still open", "1")
	k.say("Number, yes or no", "yes")
	if code := k.end(); code != 0 {
		t.Errorf("exit %d\n%s", code, k.heard)
	}
	if ids := regexp.MustCompile(`(?m)^ *(\d\d:\d\d:\d\d )?(preflight|csr|prove|replicate|intermediate|function) |\.\.\. `).FindAllString(k.all, -1); len(ids) > 0 {
		t.Errorf("ids of rows, or lines that only say that something goes on: %q", ids)
	}
	if strings.Contains(k.all, "| ---") || !strings.Contains(k.all, "serial before") {
		t.Error("the tables of the report are not laid out")
	}
	if strings.Contains(k.all, "\x1b") || strings.Contains(k.all, "\r") {
		t.Error("an escape sequence")
	}
	for _, l := range regexp.MustCompile(`\n|q to quit\): |no, \?\] |yes/no\] |Enter: later: `).Split(k.all, -1) { // what is typed is not in it
		if len([]rune(l)) > 80 && strings.Contains(strings.TrimSpace(l), " ") {
			t.Errorf("wider than a terminal: %q", l)
		}
	}
	heads := regexp.MustCompile(`(?m)^Step \d+ of 15: .*$`).FindAllString(k.all, -1)
	slices.Sort(heads)
	if len(heads) != 15 || len(slices.Compact(heads)) != 15 {
		t.Errorf("%d heads: %q", len(heads), heads)
	}
}

// TestFormByLines: what is not accepted is asked again, ? says what a prompt takes, and nothing that was typed is lost.
func TestFormByLines(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	k := p.talk("--plain")
	k.say("q to quit", "?")
	k.hear("renew NUMBER")
	k.say("q to quit", "new")
	k.say("Enter: renewal", "")
	k.say("Task number", "?")
	k.say("Task number", "")
	k.say("Node 1", "")
	k.say("More options", "")
	k.hear("at least one node")
	k.say("Node 1", "1 uccx1.example.com 192.0.2.1")
	k.say("Node 2", "1 uccx1.example.com")
	k.hear("is already node 1")
	k.say("Node 2", "2 wrong.example.com")
	k.say("Node 3", "back")
	k.say("Node 2", "2 uccx2.example.com 192.0.2.1")
	k.say("Node 3", "")
	k.say("More options", "?")
	k.hear("multi")
	k.say("More options", "")
	k.hear("renewal: step 1 of")
	k.say("OS Administration user", "")
	k.end()
}
