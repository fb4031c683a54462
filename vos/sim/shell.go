package sim

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// session is one person or program at the prompt of a node.
type session struct {
	n    *node
	ctx  context.Context // ends with the connection
	conn ssh.Conn
	wire *wire
	user string
	tty  *tty
	then func() // what happens to the node after the answer was sent, or lost
}

// refusal is an answer of the node that says no, by its name among the transcripts.
type refusal struct {
	name string
	data transcripts.Values
}

func (r *refusal) Error() string { return "refused: " + r.name }

func refuse(name string, data transcripts.Values) error { return &refusal{name, data} }

// text is a refusal in one of the two wordings.
func (r *refusal) text(c *Cluster, long bool) (string, error) {
	one, ok := c.refusals[r.name]
	if !ok {
		return "", fmt.Errorf("no transcript says the refusal %s", r.name)
	}
	return one.Text(r.data, long)
}

const prompt = "admin:"

// errLeave ends a session, errCut a connection.
var (
	errLeave = errors.New("the session ends")
	errCut   = errors.New("the connection was cut")
)

// shell is the CLI from the banner to quit.
func (s *session) shell(c ssh.Channel) {
	err := s.talk()
	if errors.Is(err, errCut) {
		_ = s.wire.Close()
		return
	}
	if errors.Is(err, errLeave) {
		_, _ = c.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{0}))
	}
	_ = c.Close()
	s.part()
}

// hangUpLimit is how long a client may take to hang up after its session has ended.
const hangUpLimit = 2 * time.Second

// part ends the connection, one session each, as sshd does: the client hangs up first, for what it still sends would meet
// a reset.
func (s *session) part() {
	gone := make(chan struct{})
	s.n.c.wg.Go(func() { _ = s.conn.Wait(); close(gone) })
	select {
	case <-gone:
	case <-time.After(hangUpLimit):
	case <-s.ctx.Done():
	}
	_ = s.conn.Close()
}

func (s *session) talk() error {
	if err := s.banner(); err != nil {
		return err
	}
	before := ""
	if s.n.rough {
		before = prompt + "\n\r"
	}
	for {
		s.tty.print("%s", before+prompt)
		line, err := s.tty.line()
		switch {
		case errors.Is(err, errInterrupt):
			before = interrupted
			continue
		case err != nil:
			return err
		}
		before = ""
		if line = strings.Join(strings.Fields(line), " "); line == "" {
			before = "\r" // an empty line redraws the prompt (docs/nodes.md 1.2)
			continue
		}
		if err := s.do(line); err != nil {
			return err
		}
	}
}

const interrupted = "Control-C pressed\n\n"

// banner is printed in three goes, as a slow start shows it.
func (s *session) banner() error {
	start := s.n.start
	if !s.n.c.real {
		start = s.n.quick
	}
	if s.n.evil {
		s.tty.print("%s\n", HostileWords())
	}
	for _, part := range []string{"starting.txt", "welcome.txt", "machine.txt"} {
		s.say(part, nil)
		pager := s.tty.pager
		s.tty.pager = false
		err := s.tty.flush()
		s.tty.pager = pager
		if err != nil {
			return err
		}
		if !pause(s.ctx, start/3) {
			return errCut
		}
	}
	return nil
}

// say queues a transcript.
func (s *session) say(name string, v transcripts.Values) { s.print(transcripts.Fill(name, v)) }

// no queues a refusal in the words of this release.
func (s *session) no(r *refusal) { s.print(r.text(s.n.c, s.n.longText)) }

// print queues a text, or what is wrong with it.
func (s *session) print(text string, err error) {
	s.tty.wait.WriteString(text)
	if err != nil {
		s.tty.print("%s\n", err)
	}
}

// broken queues what a node says where its disk fails.
func (s *session) broken(err error) { s.no(&refusal{"disk", transcripts.Values{"Error": err.Error()}}) }

// do does one command, with the hook before and after.
func (s *session) do(line string) error {
	event := Event{Node: s.n.fqdn, Moment: Before, N: int(s.n.typed.Add(1)), Line: line}
	if s.n.c.ask(event) != Go {
		return errCut
	}
	s.then = nil
	s.shout(event.N, 0)
	if e := s.n.c.happen(s.n, line, true); e != nil {
		s.broken(e)
	}
	err := s.answered(line)
	if s.then != nil {
		defer s.then()
	}
	var no *refusal
	switch {
	case err == nil, errors.Is(err, errLeave):
	case errors.Is(err, errInterrupt):
		s.tty.print("\n%s", interrupted)
		err = nil
	case errors.As(err, &no):
		s.n.countRefusal(line)
		s.no(no)
		err = nil
	case errors.Is(err, io.EOF), errors.Is(err, errCut), s.ctx.Err() != nil:
		return err
	default:
		s.broken(err)
		err = nil
	}
	if e := s.n.c.happen(s.n, line, false); e != nil {
		s.broken(e)
	}
	if words := s.n.other.take(); words != "" {
		s.tty.wait.Reset()
		s.tty.print("%s\n", words)
	}
	s.shout(event.N, 1)
	event.Moment = After
	switch s.n.c.ask(event) {
	case Cut:
		return errCut
	case CutHalf:
		return errors.Join(errCut, s.tty.send(s.tty.wait.Bytes()[:s.tty.wait.Len()/2]))
	}
	if e := s.tty.flush(); errors.Is(e, errInterrupt) || e == nil {
		return err
	} else {
		return e
	}
}

// answered runs a command, or answers it with other words without doing it.
func (s *session) answered(line string) error {
	if words := s.n.other.take(); words != "" {
		s.tty.print("%s\n", words)
		return nil
	}
	return s.run(line)
}

// shout prints a message to all users on chatty and hostile nodes: before every second answer, or behind it.
func (s *session) shout(n, half int) {
	if s.n.evil && n%4 == 1+2*half {
		s.tty.print("%s%s\n", HostileWords(), strings.Repeat(" HOSTILE", 1<<uint(n%17)))
	}
	if s.n.chatty && n%4 == 1+2*half {
		s.say("broadcast.txt", transcripts.Values{"Host": s.n.host, "Time": s.n.now().In(s.n.c.zone).Format("Mon Jan _2 15:04:05 2006")})
	}
}

// ask asks the hook.
func (c *Cluster) ask(e Event) Verdict {
	if f := c.hook.Load(); f != nil && *f != nil {
		return (*f)(e)
	}
	return Go
}

// run finds the command and runs it. The longest words win.
func (s *session) run(line string) error {
	words := strings.Fields(line)
	if last := words[len(words)-1]; last == "?" {
		return s.help(words[:len(words)-1])
	}
	for n := min(len(words), 4); n > 0; n-- {
		head := strings.ToLower(strings.Join(words[:n], " "))
		for _, cmd := range s.n.commands() {
			switch {
			case cmd.words != head:
			case s.n.level0 && needsLevel1(head):
				return refuse("no-right", nil)
			default:
				return cmd.run(s, words[n:])
			}
		}
	}
	return refuse("unknown", nil)
}

// question prints a question and reads the answer.
func (s *session) question(name string, v transcripts.Values) (string, error) {
	s.say(name, v)
	trimNewline(&s.tty.wait)
	answer, err := s.tty.line()
	return strings.ToLower(strings.TrimSpace(answer)), err
}

// yesNo asks until the answer is one.
func (s *session) yesNo(first, again string, v transcripts.Values) (bool, error) {
	heard := !s.n.rough
	for name := first; ; name = again {
		switch answer, err := s.question(name, v); {
		case err != nil:
			return false, err
		case !heard:
			heard = true
		case answer == "yes" || answer == "y":
			return true, nil
		case answer == "no" || answer == "n":
			return false, nil
		}
	}
}

// confirm asks, and refuses where the answer is no.
func (s *session) confirm(first, again string, v transcripts.Values) error {
	if yes, err := s.yesNo(first, again, v); err != nil || yes {
		return err
	}
	return refuse("cancelled", nil)
}

// trimNewline takes the newline at the end of a transcript away: the cursor stays behind the question.
func trimNewline(b *bytes.Buffer) {
	for b.Len() > 0 && b.Bytes()[b.Len()-1] == '\n' {
		b.Truncate(b.Len() - 1)
	}
}

// pasted reads what is pasted until the first empty line after an END line. Guess [I]: text in which no certificate has
// begun ends at an empty line too, as someone who pasted the wrong thing would find out.
func (s *session) pasted() ([]byte, error) {
	var all bytes.Buffer
	begun, ended := false, false
	for {
		line, err := s.tty.line()
		if err != nil {
			return nil, err
		}
		line = strings.TrimSpace(line)
		begun = begun || strings.Contains(line, "-----BEGIN ")
		ended = ended || strings.Contains(line, "-----END ")
		if line == "" && (ended || !begun && all.Len() > 0) {
			return all.Bytes(), nil
		}
		if all.Len() > lineLimit {
			return nil, refuse("not-pem", nil)
		}
		if line != "" {
			all.WriteString(line + "\n")
		}
	}
}

// work makes a command last as long as on a real node, or a moment in the lab's own time.
func (s *session) work(real time.Duration) error {
	if !s.n.c.real {
		real /= 500
	}
	if !pause(s.ctx, real) {
		return errCut
	}
	return nil
}
