package ssh_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
)

const (
	pagerText = "\x1b[1mPress <enter> for 1 line, <space> for one page, or <q> to quit\x1b[0m\x1b[K"
	services  = "utils service list"
)

// readPage shows the pager and reads its key.
func readPage(t *testing.T, c *console, prompt, want string) {
	c.print(prompt)
	if k := c.key(); string(k) != want {
		t.Errorf("the pager was answered with %q", k)
	}
	c.print("\r\x1b[K")
}

// What stands between a command and its prompt comes back, however the node draws it.
func TestAnswerComesBackWhole(t *testing.T) {
	const want = "one\ntwo: three\n\n  four"
	lines := "one\r\ntwo: three\r\n\r\n  four\r\n"
	for name, answer := range map[string]func(t *testing.T, c *console){
		"plain": func(_ *testing.T, c *console) { c.print(lines) },
		"byte by byte": func(_ *testing.T, c *console) {
			for _, b := range []byte(lines) {
				c.print(string(b))
			}
		},
		"coloured": func(_ *testing.T, c *console) {
			c.print("\x1b]0;title\x07\x1b[32mone\x1b[0m\r\ntwo: \x1b[1mthree\x1b[K\r\n\r\n  four\r\n\x1b[0m")
		},
		"backspaces": func(_ *testing.T, c *console) { c.print("ome\b\bne\r\ntwo: threx\b \be\r\n\r\n  four\r\n") },
		"pager": func(t *testing.T, c *console) {
			c.print("one\r\n")
			readPage(t, c, pagerText, " ")
			c.print("two: three\r\n\r\n")
			readPage(t, c, pagerText, " ")
			c.print("  four\r\n")
		},
		"pager in pieces": func(t *testing.T, c *console) {
			c.print("one\r\n")
			for _, b := range []byte(strings.TrimSuffix(pagerText, "\x1b[0m\x1b[K")) {
				c.print(string(b))
			}
			if k := c.key(); k != ' ' {
				t.Errorf("the pager was answered with %q", k)
			}
			c.print("\x1b[0m\x1b[K\r\x1b[Ktwo: three\r\n\r\n  four\r\n")
		},
		"pager that is not erased": func(t *testing.T, c *console) {
			c.print("one\r\n" + strings.TrimSuffix(pagerText, "\x1b[K"))
			if k := c.key(); k != ' ' {
				t.Errorf("the pager was answered with %q", k)
			}
			c.print("\rtwo: three\r\n\r\n  four\r\n")
		},
		"file pager": func(t *testing.T, c *console) {
			c.print("one\r\ntwo: three\r\n")
			readPage(t, c, "\x1b[1m\r\noptions: q=quit, n=next, p=prev, b=begin, e=end (lines 1 - 2 of 4) : \x1b[0m", "n")
			c.print("  four\r\n")
		},
		"prompt in the middle of a line": func(_ *testing.T, c *console) {
			c.print("one\r\ntwo: three\r\n\r\n  fouradmin:")
			c.prompt = ""
		},
		"a message to all over the prompt": func(_ *testing.T, c *console) {
			c.print(lines)
			c.prompt = ""
			c.print("admin:\r\n")
		},
		"prompt behind an erased line": func(_ *testing.T, c *console) { c.print(lines + "\x1b[24;1H\x1b[K") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(c *console) {
				c.run(map[string]func(*console){services: func(c *console) { answer(t, c) }, "next": func(c *console) { c.prompt = "admin:"; c.text("in step") }})
			})
			_, term := enter(t, f, lab(), access())
			got, err := term.Type(t.Context(), vos.Dialogue{Line: services})
			if err != nil || got != want {
				t.Errorf("got %q, %v", got, err)
			}
			if got, err := term.Type(t.Context(), vos.Dialogue{Line: "next"}); err != nil || got != "in step" {
				t.Errorf("the next command got %q, %v", got, err)
			}
		})
	}
}

// A node may echo as it likes: the answer begins behind the echo, and old prompts before it do not end it.
func TestEchoOfAnyKind(t *testing.T) {
	for name, echo := range map[string]func(c *console, line string){
		"prompt drawn again before": func(c *console, line string) { c.print("\r\n\radmin:\r\n\radmin:" + line + "\r\n") },
		"drawn a letter at a time": func(c *console, line string) {
			for i := range line {
				c.print("\r\x1b[Kadmin:" + line[:i+1])
			}
			c.print("\r\n")
		},
		"typed ahead, then drawn behind the prompt": func(c *console, line string) { c.print(line + "\r\nadmin:" + line + "\r\n") },
		"typed ahead behind an old prompt":          func(c *console, line string) { c.print(line + "\r\nadmin:\r\nadmin:" + line + "\r\n") },
		"wrapped at 8 columns by a blank and CR":    func(c *console, line string) { c.print(wrapped(line, " \r") + "\r\n") },
		"wrapped at 8 columns by CR LF":             func(c *console, line string) { c.print(wrapped(line, "\r\n") + "\r\n") },
		"wrapped at 8 columns by a blank and BS":    func(c *console, line string) { c.print(wrapped(line, " \b") + "\r\n") },
		"coloured":                                  func(c *console, line string) { c.print("\x1b[1m" + line[:3] + "\x1b[0m" + line[3:] + "\x1b[K\r\n") },
		"none":                                      func(c *console, line string) { c.print("\r\n") },
		"none at all":                               func(*console, string) {},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(c *console) {
				c.echo = false
				c.print(banner + c.prompt)
				for {
					line, ok := c.line()
					if !ok {
						return
					}
					echo(c, line)
					c.text("answer to " + line + "\nUptime:\n up 3 days")
					c.print(c.prompt)
				}
			})
			_, term := enter(t, f, lab(), access())
			for _, line := range []string{"show network cluster", services} {
				got, err := term.Type(t.Context(), vos.Dialogue{Line: line})
				if want := "answer to " + line + "\nUptime:\n up 3 days"; err != nil || got != want {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
}

func wrapped(line, at string) string {
	var b strings.Builder
	for i := range line {
		if i > 0 && i%8 == 0 {
			b.WriteString(at)
		}
		b.WriteByte(line[i])
	}
	return b.String()
}

// A prompt that was drawn for an earlier Enter comes behind the echo, and the words come later: they are awaited.
func TestEarlyPromptIsNotBelieved(t *testing.T) {
	more := make(chan struct{})
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){services: func(c *console) {
			c.print("admin:\r\n\radmin:")
			<-more
			c.text("\nthe answer")
		}})
	})
	o := lab()
	o.Quiet = 10 * time.Second
	_, term := enter(t, f, o, access())
	time.AfterFunc(50*time.Millisecond, func() { close(more) })
	if got, err := term.Type(t.Context(), vos.Dialogue{Line: services}); err != nil || got != "the answer" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestAnswerWithoutWords(t *testing.T) {
	f := newFake(t, func(c *console) { c.run(map[string]func(*console){services: func(*console) {}}) })
	_, term := enter(t, f, lab(), access())
	if got, err := term.Type(t.Context(), vos.Dialogue{Line: services}); err != nil || got != "" {
		t.Errorf("got %q, %v", got, err)
	}
}

// The account of privilege 0 may not turn the pager off (docs/nodes.md 1.3).
func TestPagerThatStaysOn(t *testing.T) {
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){
			"set cli pagination off": says("Executed command unsuccessfully"),
			services: func(c *console) {
				for range 30 {
					c.text("Cisco Tomcat[STARTED]")
					readPage(t, c, pagerText, " ")
				}
			}})
	})
	d, _ := enter(t, f, lab(), access())
	all, err := d.Services(t.Context())
	if err != nil || len(all) != 30 {
		t.Errorf("%d services, %v", len(all), err)
	}
}

func TestLostLine(t *testing.T) {
	for name, c := range map[string]struct {
		d     vos.Dialogue
		class error
	}{
		"a look":                       {vos.Dialogue{Line: services}, vos.ErrUnreachable},
		"a change":                     {vos.Dialogue{Line: services, Changes: true}, vos.ErrUncertain},
		"a restart before its answer":  {vos.Dialogue{Line: services, Changes: true, Leaves: true, Answers: []vos.Answer{{Question: "never", Reply: "yes"}}}, vos.ErrUncertain},
		"a restart that asks nothing":  {vos.Dialogue{Line: services, Changes: true, Leaves: true}, vos.ErrUncertain},
		"a change in mid-sentence":     {vos.Dialogue{Line: "half", Changes: true}, vos.ErrUncertain},
		"a look, cut with the network": {vos.Dialogue{Line: "network"}, vos.ErrUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(c *console) {
				c.print(banner + c.prompt)
				for {
					line, ok := c.line()
					switch {
					case !ok || line == services:
						return
					case line == "half":
						c.print("Successfully Gen")
						return
					case line == "network":
						c.cut()
						return
					}
					c.text("off")
					c.print(c.prompt)
				}
			})
			_, term := enter(t, f, lab(), access())
			_, err := term.Type(t.Context(), c.d)
			if vos.Class(err) != c.class {
				t.Errorf("got %v", err)
			}
			if name == "a change in mid-sentence" && !strings.Contains(err.Error(), "Successfully Gen") {
				t.Errorf("the last words are not told: %v", err)
			}
			c.d.Changes = true
			if _, err := term.Type(t.Context(), c.d); vos.Class(err) != vos.ErrUnreachable {
				t.Errorf("typed on a lost line: %v", err)
			}
		})
	}
}

// Ctrl-C where the node waits, and the line stays in step; a change that is under way is not broken into.
func TestCancel(t *testing.T) {
	for name, c := range map[string]struct {
		d     vos.Dialogue
		class error
		stays bool
	}{
		"a look":                  {vos.Dialogue{Line: "hang"}, vos.ErrUnreachable, true},
		"a change before its yes": {vos.Dialogue{Line: "hang", Changes: true, Leaves: true, Answers: []vos.Answer{{Question: "never", Reply: "yes"}}}, vos.ErrUncertain, true},
		"a change under way":      {vos.Dialogue{Line: "hang", Changes: true}, vos.ErrUncertain, false},
	} {
		for _, how := range []string{"cancel", "limit"} {
			t.Run(name+" by "+how, func(t *testing.T) {
				started, pressed := make(chan struct{}), make(chan byte, 1)
				f := newFake(t, func(c *console) {
					c.run(map[string]func(*console){"show myself": says("me"), "hang": func(c *console) {
						close(started)
						k := c.key()
						pressed <- k
						if k == 3 {
							c.text("^C\nControl-C pressed\n")
						}
					}})
				})
				_, term := enter(t, f, lab(), access())
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				want := context.Canceled
				if how == "limit" {
					c.d.Limit = 50 * time.Millisecond
				} else {
					go func() { <-started; cancel() }()
				}
				_, err := term.Type(ctx, c.d)
				if vos.Class(err) != c.class || how == "cancel" && !errors.Is(err, want) || how == "limit" && !strings.Contains(err.Error(), "50ms") {
					t.Errorf("got %v", err)
				}
				if k := <-pressed; (k == 3) != c.stays {
					t.Errorf("pressed %q", k)
				}
				text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"})
				if c.stays != (err == nil && text == "me") {
					t.Errorf("afterwards: %q, %v", text, err)
				}
			})
		}
	}
}

func TestCancelledBeforeTyping(t *testing.T) {
	f := newFake(t, plainNode)
	_, term := enter(t, f, lab(), access())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := term.Type(ctx, vos.Dialogue{Line: "show myself", Changes: true}); vos.Class(err) != vos.ErrUnreachable {
		t.Errorf("got %v", err)
	}
	if text, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil || text == "" {
		t.Errorf("afterwards: %q, %v", text, err)
	}
}

func TestUnknownQuestionIsNotAnswered(t *testing.T) {
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){services: func(c *console) {
			c.print("Erase everything (yes/no)? ")
			if k := c.key(); k != 3 {
				t.Errorf("answered with %q", k)
			}
			c.text("\nControl-C pressed")
		}})
	})
	_, term := enter(t, f, lab(), access())
	_, err := term.Type(t.Context(), vos.Dialogue{Line: services})
	if vos.Class(err) != vos.ErrUnreachable || !strings.Contains(err.Error(), "question") {
		t.Errorf("got %v", err)
	}
}

// A question may come again on a new line, or on the same one; a node that asks for ever is left.
func TestQuestionAskedAgain(t *testing.T) {
	for name, again := range map[string]string{"new line": "\r\nEnter (yes/no)? ", "same line": "\rEnter (yes/no)? \x1b[K"} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, func(c *console) {
				c.run(map[string]func(*console){
					"ask": func(c *console) {
						c.print("Do you really want to restart ?\r\n\r\nEnter (yes/no)? ")
						_, _ = c.line()
						c.print(again)
						_, _ = c.line()
						c.text("done")
					},
					"ever": func(c *console) {
						for k := byte('x'); k != 3 && k != 0; k = c.key() {
							if k == '\r' || k == 'x' {
								c.print("\r\nEnter (yes/no)? ")
							}
						}
						c.text("\nControl-C pressed")
					}})
			})
			_, term := enter(t, f, lab(), access())
			yes := []vos.Answer{{Question: `\(yes/no\)\?\s*$`, Reply: "yes"}}
			text, err := term.Type(t.Context(), vos.Dialogue{Line: "ask", Answers: yes})
			if err != nil || !strings.HasSuffix(text, "done") {
				t.Errorf("got %q, %v", text, err)
			}
			if _, err = term.Type(t.Context(), vos.Dialogue{Line: "ever", Answers: yes}); vos.Class(err) != vos.ErrUnreachable {
				t.Errorf("for ever: %v", err)
			}
		})
	}
}

// The transcript holds what was typed and printed, in order, and never the password.
func TestTranscript(t *testing.T) {
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){services: func(c *console) {
			c.text("the password is " + password)
			c.print("Enter (yes/no)? ")
			_, _ = c.line()
			c.text("\x1b[1mdone\x1b[0m")
		}})
	})
	var mu sync.Mutex
	var all []string
	a := access()
	a.Transcript = func(typed bool, text string) {
		mu.Lock()
		defer mu.Unlock()
		who := "< "
		if typed {
			who = "> "
		}
		all = append(all, who+text)
	}
	_, term := enter(t, f, lab(), a)
	if _, err := term.Type(t.Context(), vos.Dialogue{Line: services, Answers: []vos.Answer{{Question: `\?\s*$`, Reply: "yes"}}}); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(all, "\n")
	for _, want := range []string{"< Command Line Interface is starting up", "> set cli pagination off", "< Automatic pagination is turned off",
		"> " + services + "\n< ", "the password is ********\nEnter (yes/no)? \n> yes\n< ", "done"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	if strings.Contains(got, password) || strings.Contains(got, "\x1b") {
		t.Errorf("password or escapes in\n%s", got)
	}
}

// A line that is dead without anybody saying so is found by the keep-alive.
func TestDeadLineIsFound(t *testing.T) {
	o := lab()
	o.KeepAlive = 20 * time.Millisecond
	f := newFake(t, func(c *console) {
		c.run(map[string]func(*console){services: func(c *console) {
			c.mute()
			for c.key() != 0 {
			}
		}})
	})
	_, term := enter(t, f, o, access())
	if _, err := term.Type(t.Context(), vos.Dialogue{Line: services, Limit: 20 * time.Second}); vos.Class(err) != vos.ErrUnreachable || strings.Contains(err.Error(), "20s") {
		t.Errorf("got %v", err)
	}
}
