package ui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/steps"
	"github.com/uccx-tui/uccx-tui/steps/advice"
	"github.com/uccx-tui/uccx-tui/steps/change"
	"github.com/uccx-tui/uccx-tui/steps/engine"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/steps/practice"
	"github.com/uccx-tui/uccx-tui/steps/standing"
	"github.com/uccx-tui/uccx-tui/ui/app"
	"github.com/uccx-tui/uccx-tui/ui/draw"
	"github.com/uccx-tui/uccx-tui/ui/form"
	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/ui/layout"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// TestMain lets the screens show the same times on every machine.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

// journal is a session on paper.
type journal struct{ entries []session.Entry }

// monday is when the sessions of the tests happen.
var monday = time.Date(2026, 11, 23, 1, 10, 0, 0, time.UTC)

func (j *journal) add(kind, step, node string, data any) *journal {
	raw, err := json.Marshal(data)
	if err != nil {
		raw = []byte(err.Error()) // the fold will refuse it
	}
	j.entries = append(j.entries, session.Entry{Seq: len(j.entries) + 1, Time: monday.Add(time.Duration(len(j.entries)) * time.Second), Who: "ada@jump", Kind: kind, Step: step, Node: node, Data: raw})
	return j
}

var fqdns = []string{"uccx1.example.com", "uccx2.example.com", "ccp.example.com"}

func opened3() *journal {
	c := change.Change{Name: "HQ renewal", Path: change.PathSigned, Unit: "tomcat", Solution: vos.Solution{Name: "HQ", Clusters: []vos.Cluster{
		{Nodes: []vos.Node{{FQDN: fqdns[0], Product: vos.UCCX, Role: vos.Publisher}, {FQDN: fqdns[1], Product: vos.UCCX, Role: vos.Subscriber}}},
		{Nodes: []vos.Node{{FQDN: fqdns[2], Product: vos.CCP, Role: vos.Standalone}}}}}}
	return new(journal).add(plan.KindOpened, "", "", c)
}

func (j *journal) all(step string) *journal {
	for _, n := range fqdns {
		j.add(plan.KindDone, step, n, plan.Seen{Served: []plan.Served{{Port: 443, Serial: "4AF07C", PEM: "x"}, {Port: 8445, Error: "connection refused"}}})
	}
	return j
}

// waiting is a session whose CSRs are with the CA.
func waiting() *journal {
	return opened3().all("login").all("survey").all("preflight").all("csr").add(plan.KindDone, "outbox", "", plan.Seen{}).
		add(plan.KindAnswered, "handover", "", plan.Answer{Question: "handed", Value: "yes"}).add(plan.KindDone, "handover", "", plan.Seen{})
}

// practised is a session whose plan was rehearsed while the CA works.
func practised() *journal {
	r := plan.Rehearsal{Hash: strings.Repeat("a", 64), CA: plan.RehearsedLab, Outcome: "refused", Left: 76 * time.Minute, Stops: 75 * time.Minute,
		Asks: []msg.Text{msg.T("uccx1.example.com: Type the node's name to restart it now.\x1b[2J")},
		Trouble: []plan.Finding{{Severity: "fault", What: msg.T("Install the certificate on ccp.example.com: The node refused the certificate: \x1b[31mInvalid " +
			"certificate: not yet valid"), Next: msg.T("correct its clock, then Enter tries again")}}}
	for _, id := range []string{"login", "survey", "preflight", "csr", "outbox", "handover", "reply", "root", "intermediate", "replicate", "install", "restart", "prove", "function", "report"} {
		row := plan.RehearsedRow{Step: id, State: "done", Nodes: 3, Past: len(r.Rows) < 6, Took: 10 * time.Second, Learnt: id == "restart"}
		r.Rows = append(r.Rows, row)
	}
	return waiting().add(plan.KindRehearsed, "", "", r)
}

// installed is a session in which the restarts are next.
func installed() *journal {
	j := waiting().add(plan.KindAnswered, "reply", "", plan.Answer{Question: plan.AskReply, Value: "taken", Reply: &plan.Reply{}}).add(plan.KindDone, "reply", "", plan.Seen{})
	for _, step := range []string{"root", "intermediate"} {
		j.add(plan.KindDone, step, fqdns[0], plan.Seen{}).add(plan.KindDone, step, fqdns[2], plan.Seen{})
	}
	return j.add(plan.KindDone, "replicate", fqdns[1], plan.Seen{Found: true}).all("install")
}

// model is a face without a terminal.
func model(t testing.TB, j *journal, w, h int) *Model {
	t.Helper()
	t.Setenv("LANG", "C.UTF-8")
	t.Setenv("LC_ALL", "")
	t.Setenv("LC_CTYPE", "")
	t.Setenv("TERM", "xterm-256color")
	m := newModel(context.Background(), app.App{Say: speaking(), Version: "test", Sessions: func() ([]app.Listed, error) { return nil, nil }}, nil)
	if j != nil {
		m.enter(&app.Work{Name: "HQ-renewal", Dir: "/home/ada/.local/state/uccx-tui/sessions/hq", Entries: j.entries, Events: engine.NewEventQueue(), HasLogin: func(string) bool { return true }, SetLogin: func(string, vos.Login) {}})
		if m.Plan == nil {
			t.Fatal(m.Notice)
		}
	}
	m.Width, m.Height = w, h
	m.Now = monday.Add(time.Hour)
	return m
}

// screens are all screens, each in a state that shows what it can.
func screens(t *testing.T, w, h int) map[string]*Model {
	t.Helper()
	failed := waiting().add(plan.KindAnswered, "reply", "", plan.Answer{Question: plan.AskReply, Reply: &plan.Reply{}}).add(plan.KindDone, "reply", "", plan.Seen{}).
		add(plan.KindDone, "root", fqdns[0], plan.Seen{}).
		add(plan.KindFailed, "root", fqdns[2], plan.Trouble{Class: "refused", What: msg.T("the node refused"), Said: "CA certificate is not available\x1b[31m in the trust-store\nExecuted command unsuccessfully", Means: msg.T("the root or an intermediate is missing on the node (SIG-4, SIG-5)"), Next: msg.T("upload every CA up to the root as tomcat-trust first")})
	with := func(j *journal, push ...screen) *Model {
		m := model(t, j, w, h)
		m.stack = append(m.stack, push...)
		return m
	}
	all := map[string]*Model{
		"home":     model(t, nil, w, h),
		"plan":     with(waiting()),
		"step":     with(opened3(), &stepView{id: "login"}),
		"failed":   with(failed, &stepView{id: "root"}),
		"restart":  with(installed(), asking("uccx", *mustPlan(t, installed()).Next().Question)),
		"window":   with(opened3(), typedInto(newWindow(&env{}), "06:00")),
		"late":     with(installed().add(plan.KindWindow, "", "", plan.Window{Until: monday.Add(time.Hour + 42*time.Minute)}), asking("", *mustPlan(t, installed()).Next().Question)),
		"handover": with(opened3().all("login").all("survey").all("preflight").all("csr").add(plan.KindDone, "outbox", "", plan.Seen{}), &handoverView{}),
		"login":    with(opened3(), typedLogin()),
		"prove":    with(installed(), &proveView{}),
		"trust":    with(installed(), newTrust(mustPlan(t, installed()))),
		"rehearse": with(waiting(), &rehearsalView{}),
		"played":   with(practised(), scrolled(&rehearsalView{}, 3)),
		"known":    with(practised()),
		"advise":   with(installed(), newAdvise(nil, "CAA1016 \x1b[2J", nil)),
		"symptoms": with(installed(), newAdvise(nil, "", nil)),
		"advice":   with(installed(), adviceOf("upload-key")),
		"help":     with(opened3(), &stepView{id: "csr"}),
		"report":   with(installed(), newReport(mustPlan(t, installed()), speaking())),
	}
	all["help"].help = true
	all["home"].stack[0].message(all["home"], loadedSessions{all: []app.Listed{{Name: "HQ\x1b[2J renewal", Where: standing.WhereIs(mustPlan(t, waiting()))}}})
	all["form"], all["path"] = with(nil, filledForm("HQ", "", "", fqdns[0], "", "", "uccx2.exam")), with(nil, filledForm("HQ"))
	all["form"].top().(*formView).form.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
	all["site"] = with(nil, filledForm("HQ", "", "", fqdns[0], "", "", fqdns[1], "", "", fqdns[2], "", "down", "down", "", "cucm1.example.com", "", "down2", "api.example.net", "", "down4", "", "down3", " "))
	start := form.New(plainTheme())
	start.Offer([]app.Saved{{Name: "hq", Change: mustPlan(t, opened3()).Change()}, {Name: "odd\x1b[2J", Err: errors.New("line 3: unknown key \"nodes\". Did you mean \"node\"?")}})
	all["start"], all["discover"] = with(nil, &formView{form: start}), with(nil, &discoverView{Discovery: found(t), form: start})
	revised, _ := form.Of(plainTheme(), mustPlan(t, opened3()).Change())
	all["revise"] = with(opened3(), &formView{form: revised, revises: true})
	held := app.Listed{Name: "hq", Where: standing.WhereIs(mustPlan(t, waiting())), Wrote: monday.Add(18 * time.Minute), Stopped: true, Held: &session.Holder{Owner: "grace\x1b[2J", Host: "jump2", PID: 4711, Since: monday}}
	all["takeover"] = with(nil, typedInto(newTakeOver(model(t, nil, w, h), held), "h"))
	many := &sessions{all: []app.Listed{held, {Name: "branch", Where: standing.WhereIs(mustPlan(t, installed()))}, {Name: "broken", Err: os.ErrInvalid}}}
	all["sessions"] = with(nil, many)
	all["chooser"] = with(waiting(), chooserOf(t))
	long := plan.Question{ID: plan.AskPeers, Kind: plan.Choice, Text: msg.T("Are these the certificates of the peers?"), Means: msg.T("Compare the fingerprints."),
		Options: []plan.Option{{Value: "no", Label: msg.T("No, or not compared yet")}, {Value: "yes", Label: msg.T("Yes, upload them as tomcat-trust")}}}
	for range 12 {
		long.Lines = append(long.Lines, msg.T("cm1.example.com (Unified CM), until 2031-11-25, SHA-256"), msg.Verbatim(strings.TrimSuffix(strings.Repeat("A5:", 32), ":")))
	}
	all["neighbours"] = with(opened3().add(plan.KindAsked, "login", fqdns[0], long), asking("", plan.Asked{Task: plan.Task{Step: "login", Node: fqdns[0]}, Question: long}))
	all["restarts"] = with(installed())
	all["restarts"].push(&detailView{about: all["restarts"].Pages().Restarts("restart")})
	all["ways"] = with(opened3().add(plan.KindConnection, "", fqdns[0], plan.Connection{Connection: vos.ConnectionManual}), &waysView{})
	lesson, outside, marks := with(opened3(), &lessonView{}), with(opened3(), &outsideView{}), with(installed(), newGrade(gradeText))
	for _, m := range []*Model{lesson, outside, marks} {
		m.Work.Lab = &practice.Services{Lesson: someLesson()}
		m.Work.Lab.Lesson.Hints = []string{"Is the CSR that the node holds the one that was signed?"}
	}
	all["lesson"], all["outside"], all["marks"] = lesson, outside, marks
	all["lessons"] = with(nil, &lessons{loadedLessons: loadedLessons{all: []practice.Info{{Name: "old-root", Title: "The root of the generation before", Level: 2, Usual: 15 * time.Minute}, {Name: "san-mismatch", Title: "The CA adds www.", Level: 2, Usual: 15 * time.Minute}, {Name: "odd\x1b[2J", Title: "Own", Level: 3, Usual: 100 * time.Minute}}}})
	all["restarting"] = with(installed(), &stepView{id: "restart"})
	restarting(all["restarting"])
	unseen(all, func() *Model { return with(installed()) }, func() *Model { return with(nil) })
	all["errand"] = errandOn(with(installed(), &stepView{id: "root"}), "root", vos.DialogueImportTrust("tomcat", []byte("x")))
	return all
}

// unseen adds the screens of the table of openings that have no line above, by the names of their keys.
func unseen(all map[string]*Model, onPlan, onHome func() *Model) {
	titles := map[string]bool{}
	for _, m := range all {
		titles[m.top().title(&m.env)] = true
	}
	for _, o := range openings {
		m := onPlan()
		if slices.Contains(o.from, atHome) {
			m = onHome()
		}
		if _ = o.open(m, ""); !titles[m.top().title(&m.env)] {
			all["opened-"+o.label] = m
		}
	}
}

// found is a discovery that has found a cluster and asks for the next node.
func found(t *testing.T) *form.Discovery {
	t.Helper()
	d := form.NewDiscovery(plainTheme(), "administrator")
	for _, text := range []string{fqdns[0], "", "Hunter2"} {
		d.Update(tea.PasteMsg{Content: text})
		if _, _, err := d.Enter(); err != nil {
			t.Fatal(err)
		}
	}
	d.Answered(mustPlan(t, opened3()).Change().Solution.Clusters[0].Nodes)
	d.Update(tea.PasteMsg{Content: "ccp.exam"})
	return d
}

// adviceOf is an advice that has looked.
func adviceOf(id string) *adviceView {
	a, _ := advice.ByID(id)
	return &adviceView{advice: a, signs: []advice.Check{{State: advice.Supports, What: msg.T("uccx1: key of the CSR 4af07c, of the certificate 88d21e")}, {State: advice.Contradicts, What: msg.T("uccx2: they are the same")}, {State: advice.Unseen, What: msg.T("ccp: no certificate yet")}}}
}

func mustPlan(t *testing.T, j *journal) *plan.Plan {
	t.Helper()
	p, err := steps.Fold(j.entries)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// restarting lets the first node of the restart be on its way up since 20 minutes.
func restarting(m *Model) {
	m.Running, m.Begun = "restart", m.Now.Add(-20*time.Minute)
	ports := standing.Ports{{Port: 443, Name: "443 AppAdmin"}, {Port: 7443, Name: "7443 Notification", Why: msg.T("connection refused")}, {Port: 8443, Name: "8443 Platform"}, {Port: 8445, Name: "8445 Finesse", Why: msg.T("it serves the former certificate")}}
	task := plan.Task{Step: "restart", Node: m.Plan.Next().Question.Task.Node}
	m.Progress[task] = engine.Progress{Task: task, Text: msg.T("waiting for %s", ports), At: m.Now}
}

// sizes are the windows of the goldens: the smallest, the usual, one with the plan at the left, and one with the ports beside a
// restart, too.
func sizes() [][2]int { return [][2]int{{60, 18}, {80, 24}, {120, 40}, {160, 45}} }

// TestGolden: the screens at all sizes, without colour.
func TestGolden(t *testing.T) {
	for _, size := range sizes() {
		for name, m := range screens(t, size[0], size[1]) {
			if name == "chooser" { // its folder differs from run to run; the reply of a CA has its own goldens
				continue
			}
			m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			m.Now = monday.Add(time.Hour) // and not when the test runs
			golden(t, fmt.Sprintf("%s-%dx%d.golden", name, size[0], size[1]), ansi.Strip(shown(m))+"\n")
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	goldentest.File(t, filepath.Join("testdata", name), []byte(got))
}

// TestWhereOneTypesIsSeen: in every window the cursor of the terminal stands where letters go, and nowhere else.
func TestWhereOneTypesIsSeen(t *testing.T) {
	for _, size := range [][2]int{{60, 18}, {80, 24}, {132, 43}} {
		for name, m := range screens(t, size[0], size[1]) {
			c := m.View().Cursor
			if writes := m.writing() && !m.help; writes != (c != nil) {
				t.Errorf("%s at %v: letters are text: %v, the cursor: %+v\n%s", name, size, writes, c, shown(m))
			} else if c != nil && (c.X < draw.Margin || c.X >= size[0] || c.Y < 2 || c.Y >= size[1]-2) {
				t.Errorf("%s at %v: the cursor stands at %d, %d", name, size, c.X, c.Y)
			}
		}
	}
}

// TestNothingIsLarger: no screen is wider or taller than its window, and a window that is too small says so.
func TestNothingIsLarger(t *testing.T) {
	for _, size := range [][2]int{{1, 1}, {40, 12}, {60, 18}, {60, 20}, {80, 24}, {100, 30}, {132, 43}, {200, 50}} {
		w, h := size[0], size[1]
		for name, m := range screens(t, w, h) {
			m.Update(tea.WindowSizeMsg{Width: w, Height: h})
			got := shown(m)
			lines := strings.Split(got, "\n")
			if len(lines) > h {
				t.Errorf("%s at %dx%d has %d lines", name, w, h, len(lines))
			}
			for _, l := range lines {
				if layout.Width(l) > w {
					t.Errorf("%s at %dx%d has a line of %d cells: %q", name, w, h, layout.Width(l), l)
				}
			}
			if w < draw.MinWidth && w > 30 && !strings.Contains(got, "Enlarge") {
				t.Errorf("%s at %dx%d does not ask for room", name, w, h)
			}
		}
	}
}

// TestNoForeignEscapes: words of nodes and names of files never reach the terminal raw.
func TestNoForeignEscapes(t *testing.T) {
	for name, m := range screens(t, 80, 24) {
		got := shown(m)
		for _, bad := range []string{"\x1b[2J", "\x1b[31m in", "\u202e", "\x1b[31m\u202e"} {
			if strings.Contains(got, bad) {
				t.Errorf("%s prints %q", name, bad)
			}
		}
	}
}

func pressed(m *Model, keys ...string) {
	for _, k := range keys {
		m.Update(keyOf(k))
	}
}

// TestRestartWantsTheName: Enter alone, a wrong letter, or a paste never restart a node.
func TestRestartWantsTheName(t *testing.T) {
	m := screens(t, 80, 24)["restart"]
	m.stack[len(m.stack)-1] = asking("", *mustPlan(t, installed()).Next().Question)
	enter := func() bool {
		m.Now = time.Now()
		a, _ := m.action(keyOf("enter"))
		return a.Do(keyOf("enter")) != nil
	}
	m.changed = time.Time{}
	if enter() {
		t.Error("Enter alone is an answer")
	}
	if m.Update(tea.PasteMsg{Content: "uccx1"}); strings.Contains(takesKeys(m), "uccx1") || enter() {
		t.Error("a paste is an answer")
	}
	typed(m, "uccx1")
	m.changed = time.Now().Add(time.Second)
	if enter() {
		t.Error("a key in flight is an answer")
	}
	m.changed = time.Time{}
	if !enter() {
		t.Error("the name and Enter are no answer")
	}
}

// TestPasteBurst: a PEM pasted into a terminal without bracketed paste presses no button.
func TestPasteBurst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := model(t, opened3(), 80, 24)
		m.Update(nil)
		before := len(m.stack)
		for range 40 { // on a slow line, each behind the last
			pressed(m, "x")
			time.Sleep(burstTime / 2)
		}
		pressed(m, "enter")
		if len(m.stack) != before {
			t.Error("Enter at the end of a burst went on")
		}
		time.Sleep(2 * burstTime)
		pressed(m, "enter")
		if len(m.stack) == before {
			t.Error("Enter after a pause does nothing")
		}
	})
}

// TestEveryKeyEverywhere: no key on any screen panics or draws more than the window.
func TestEveryKeyEverywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("left out with -short")
	}
	t.Setenv("HOME", t.TempDir())
	for _, k := range []string{"up", "x", "a", "f", "w", "t", "p", "d", "r", "b", "c", "/", "?", "esc", " ", "q", "é", "日"} {
		for name, m := range screens(t, 80, 24) {
			pressed(m, k, k, "up")
			if lines := strings.Count(shown(m), "\n") + 1; lines > 24 {
				t.Errorf("%s after %q: %d lines", name, k, lines)
			}
		}
	}
}

// TestASCII: a terminal that is not UTF-8 gets ASCII alone.
func TestASCII(t *testing.T) {
	t.Setenv("UCCX_TUI_TEST_ASCII", "1")
	for name, m := range screens(t, 80, 24) {
		m.Theme = layout.NewTheme(true, lang.Localizer{})
		for _, r := range ansi.Strip(shown(m)) {
			if r > 126 {
				t.Errorf("%s prints %q", name, r)
				break
			}
		}
	}
}
