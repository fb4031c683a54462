package ui

import (
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/ui/files/filestest"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TestReplyScreens: the CA's reply, and what is wrong with it, as the screens show them.
func TestReplyScreens(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		dir := a.Reply()
		m, s := replied(t, a, waitingFor(a), size[0], size[1], dir)
		w, _ := m.Room()
		head := m.Middle(dir, w-len("Load the CA's reply")-2) // differs from run to run
		s.Select(1)
		name := "-" + strconv.Itoa(size[0]) + "x" + strconv.Itoa(size[1]) + ".golden"
		golden(t, "reply"+name, strings.ReplaceAll(ansi.Strip(shown(m)), head, "DIR")+"\n")
		pressed(m, "enter")
		golden(t, "why"+name, strings.ReplaceAll(ansi.Strip(shown(m)), head, "DIR")+"\n")
		pressed(m, "esc")
		if _, still := m.top().(*chooserView); !still {
			t.Errorf("esc on the findings leads to %T", m.top())
		}
	}
}

// TestDetail: a file of the CA is shown line by line; nothing of it reaches the terminal raw.
func TestDetail(t *testing.T) {
	a := filestest.New(t, monday, fqdns...)
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		m, s := replied(t, a, waitingFor(a), size[0], size[1], a.Reply())
		s.Select(1)
		pressed(m, "d")
		text := ansi.Strip(shown(m))
		for _, want := range []string{"a91f.cer", "application  uccx1.example.com", "left       [", "of 398 days left", "SHA-256", "server and client authentication", "issued by  Example Issuing CA 3"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is missing:\n%s", want, text)
			}
		}
		pressed(m, "esc")
		for i := range 6 {
			s.Select(i + 1)
			pressed(m, "d")
			v, ok := m.top().(*detailView)
			if !ok {
				t.Fatalf("nothing about file %d", i+1)
			}
			for _, l := range v.lines(&m.env, 76) {
				if plain := ansi.Strip(l); cert.Printable(plain) != plain {
					t.Errorf("%q is not printable", plain)
				}
			}
			pressed(m, "enter")
		}
	}
}

// TestProveDetail: Enter on a port shows its certificate, now and before, or why there is none.
func TestProveDetail(t *testing.T) {
	leaf := filestest.New(t, monday, fqdns...).Leaf(fqdns[0], 198)
	j := opened3()
	served := plan.Served{Port: 443, PEM: string(cert.PEM(leaf)), Serial: cert.Serial(leaf), Chain: 1, Whole: true, Version: "TLS 1.2"}
	j.add(plan.KindDone, "login", fqdns[0], plan.Seen{}).add(plan.KindDone, "survey", fqdns[0], plan.Seen{Served: []plan.Served{served, {Port: 8445, Error: "connection refused"}}})
	m := model(t, j, 80, 24)
	pressed(m, "p")
	for at, want := range []string{"TLS 1.2", "connection refused"} {
		if at > 0 {
			pressed(m, "down")
		}
		pressed(m, "enter")
		if text := ansi.Strip(shown(m)); !strings.Contains(text, want) {
			t.Errorf("line %d: %q is missing:\n%s", at, want, text)
		}
		pressed(m, "esc")
	}
}
