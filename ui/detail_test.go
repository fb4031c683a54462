package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// TestDetail: a file of the CA, and what an address serves, are shown line by line; nothing of it reaches the terminal raw.
func TestDetail(t *testing.T) {
	a := newAuthority(t)
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		m := model(t, a.waiting(), size[0], size[1])
		c := at(t, m, a.reply())
		c.at = 1
		w, ok := press(c, m, "i").(showDetail)
		if !ok || len(w.parts) != 1 {
			t.Fatalf("%+v", w)
		}
		m.grant(w)
		text := ansi.Strip(m.draw())
		for _, want := range []string{"a91f.cer", "application  uccx1.example.com", "left       [", "of 398 days left", "SHA-256", "server and client authentication", "issued by  Example Issuing CA 3"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is missing:\n%s", want, text)
			}
		}
		for i, e := range c.entries {
			if c.at = i; e.dir {
				continue
			}
			w, ok := press(c, m, "i").(showDetail)
			if !ok {
				t.Fatalf("nothing about %q", e.name)
			}
			for _, l := range (&detailView{showDetail: w}).lines(&m.face, 76) {
				if plain := ansi.Strip(l); cert.Printable(plain) != plain {
					t.Errorf("%q is not printable", plain)
				}
			}
		}
	}
}

// TestProveDetail: Enter on an address shows its certificate, now and before, or why there is none.
func TestProveDetail(t *testing.T) {
	a := newAuthority(t)
	leaf := a.leaf(fqdns[0], a.keys[fqdns[0]], 198)
	j := opened3()
	served := plan.Served{Port: 443, PEM: string(cert.PEM(leaf)), Serial: cert.Serial(leaf), Chain: 1, Whole: true, Version: "TLS 1.2"}
	j.add(plan.KindDone, "login", fqdns[0], plan.Seen{}).add(plan.KindDone, "survey", fqdns[0], plan.Seen{Served: []plan.Served{served, {Port: 8445, Error: "connection refused"}}})
	m := model(t, j, 80, 24)
	s := &proveView{}
	m.stack = append(m.stack, s)
	for at, want := range []string{"TLS 1.2", "connection refused"} {
		s.at = at
		w, _ := s.update(&m.face, tea.KeyPressMsg{Code: tea.KeyEnter})
		page, ok := w.(showDetail)
		if !ok {
			t.Fatalf("line %d: %+v", at, w)
		}
		m.grant(page)
		if text := ansi.Strip(m.draw()); !strings.Contains(text, want) {
			t.Errorf("line %d: %q is missing:\n%s", at, want, text)
		}
		m.goBack()
	}
}
