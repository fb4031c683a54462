package line

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/session"
	"github.com/uccx-tui/uccx-tui/ui/app"
	_ "github.com/uccx-tui/uccx-tui/vos/goldentest"
)

var errTaken = errors.New("it is not taken in this test")

// TestTakeOverInLines: line mode takes over what its list shows as held, by its name.
func TestTakeOverInLines(t *testing.T) {
	holder := session.Holder{Owner: "bob", Host: "jump2", PID: 4711, Since: time.Now()}
	taken := 0
	a := app.App{TakeOver: func(string, session.Holder) (*app.Work, error) { taken++; return nil, errTaken },
		Sessions: func() ([]app.Listed, error) {
			return []app.Listed{{Name: "free"}, {Name: "hq", Held: &holder, Stopped: true}}, nil
		}}
	var out strings.Builder
	if _, err := Run(t.Context(), a, nil, strings.NewReader("t1\nt2\nhr\nt2\nhq\nq\n"), &out); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"suspended, open: bob on jump2", "not open in another program", "Nothing was changed"} {
		if !strings.Contains(out.String(), words) {
			t.Errorf("%q is not said:\n%s", words, out.String())
		}
	}
	if taken != 1 {
		t.Errorf("taken over %d times", taken)
	}
}

// TestSessionsInLines: the home of line mode renames, archives and deletes; deleting wants the name.
func TestSessionsInLines(t *testing.T) {
	var did []string
	a := app.App{Sessions: func() ([]app.Listed, error) {
		return []app.Listed{{Name: "hq"}, {Name: "held", Held: &session.Holder{Owner: "bob"}}}, nil
	}, Rename: func(name, to string) (string, error) { did = append(did, "rename "+name+" "+to); return to, nil },
		Archive: func(name string) (string, error) { did = append(did, "archive "+name); return "", nil },
		Delete:  func(name string) error { did = append(did, "delete "+name); return nil }}
	var out strings.Builder
	if _, err := Run(t.Context(), a, nil, strings.NewReader("rename 1 HQ two\narchive 1\nno\narchive 1\nyes\ndelete 1\nhr\ndelete 1\nhq\ndelete 2\nrename 9 x\nq\n"), &out); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(did, "; "); got != "rename hq HQ two; archive hq; delete hq" {
		t.Errorf("%s\n%s", got, out.String())
	}
}
