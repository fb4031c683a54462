package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
	"github.com/uccx-tui/uccx-tui/vos/route"
)

// maxBody is how much of an answer is read, in bytes: a trust store of a thousand certificates has less. What is cut off
// is no JSON any more, and is not believed.
const maxBody = 4 << 20

// reply is what a node answered.
type reply struct {
	status int
	body   []byte
	kind   string // Content-Type
}

func (r reply) isJSON() bool {
	body := bytes.TrimSpace(r.body)
	return json.Valid(body) && (bytes.HasPrefix(body, []byte("{")) || bytes.HasPrefix(body, []byte("[")))
}

// do sends one request with the account, and returns the body of an answer that says yes.
func (c *client) do(ctx context.Context, method, path string, body any) (reply, error) {
	var data []byte
	if body != nil {
		var err error
		if data, err = json.Marshal(body); err != nil {
			return reply{}, c.error(vos.ErrRefused, msg.T("%s %s cannot be sent", method, path), err, msg.T("Nothing was sent."), msg.Text{})
		}
	}
	r, err := c.send(ctx, method, path, data, true)
	if err == nil {
		err = c.failed(method, path, r)
	}
	return r, err
}

// send sends one request. Its errors are those of a line on which no whole answer came.
func (c *client) send(ctx context.Context, method, path string, data []byte, account bool) (reply, error) {
	if err := ctx.Err(); err != nil {
		return reply{}, c.lost(method, path, false, err)
	}
	limit := c.opts.Look
	if method != http.MethodGet {
		limit = c.opts.Change
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	q, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(data))
	if err != nil {
		return reply{}, c.lost(method, path, false, err)
	}
	q.GetBody = nil        // a change is never sent a second time by itself
	if account && !c.let { // nor is a login, which the library repeats on a new connection where a server hangs up
		q.Body = io.NopCloser(bytes.NewReader(nil))
	}
	q.Header.Set("Accept", "application/json")
	if data != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if account {
		q.SetBasicAuth(c.access.Login.User, c.access.Login.Password.Reveal())
	}
	c.told(true, method+" "+c.base+path+" "+string(data))
	answer, err := c.http.Do(q)
	if err != nil {
		return reply{}, c.lost(method, path, sent.Load(), err)
	}
	defer answer.Body.Close()
	r := reply{status: answer.StatusCode, kind: answer.Header.Get("Content-Type")}
	r.body, err = io.ReadAll(io.LimitReader(answer.Body, maxBody))
	c.told(false, fmt.Sprintf("HTTP %d %s\n%s", r.status, r.kind, r.body))
	if err != nil {
		return r, c.lost(method, path, true, err)
	}
	return r, nil
}

// words makes words of the node, or of the library that quotes it, fit to be kept.
func (c *client) words(text string) string { return c.access.Words(c.node, text, vos.MaxWords) }

func (c *client) told(typed bool, text string) {
	c.access.Record(c.node, typed, strings.TrimSpace(text))
}

// lost is the error of a request to which no whole answer came.
func (c *client) lost(method, path string, sent bool, err error) error {
	unknown := c.refused()
	switch {
	case unknown != nil:
		return &vos.Error{Class: vos.ErrUnreachable, Code: vos.CodeUnconfirmed, Node: c.node.FQDN, What: msg.T("The API's certificate was not accepted"), Err: unknown,
			Means: msg.T("No password was sent. The node is unchanged."), Next: msg.T("Compare its fingerprint with the node's command line: show cert own tomcat")}
	case sent && method != http.MethodGet:
		return c.error(vos.ErrUncertain, msg.T("No reply to %s %s: %s", method, path, c.words(vos.Why(err).String())), cause(err),
			msg.T("The node may or may not have been changed."), msg.T("Press Enter to check the node. Nothing is repeated unchecked."))
	}
	return &vos.Error{Class: vos.ErrUnreachable, Code: vos.NetworkCode(err), Node: c.node.FQDN, Err: cause(err),
		What:  route.Seen(msg.T("Cannot connect to the certificate API at %s: %s", c.base, c.words(vos.Why(err).String())), c.far, err),
		Means: msg.T("The node is unchanged."),
		Next: msg.T("Check that Platform Administrative Web Service is started and that the port is reachable from this " +
			"machine.")}
}

// cause keeps a cancellation as the reason, and nothing else: Why has said it.
func cause(err error) error {
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	return nil
}

func (c *client) error(class error, what msg.Text, err error, means, next msg.Text) error {
	return &vos.Error{Class: class, Node: c.node.FQDN, What: what, Err: err, Means: means, Next: next}
}

// failed gives an answer that does not say yes one of the four classes, with the node's words; nil where it does.
func (c *client) failed(method, path string, r reply) error {
	words := c.words(said(r)) // a node that quotes the request must not get it into the journal
	what := msg.T("HTTP %d to %s %s", r.status, method, path)
	changes := method != http.MethodGet
	if changes && strings.TrimSpace(words) == "" { // the status is all that the node said: it was told what to do, so it is checked
		words = strings.TrimSpace(fmt.Sprintf("HTTP %d %s", r.status, http.StatusText(r.status)))
	}
	switch {
	case r.status >= 200 && r.status < 300 && (r.isJSON() || strings.Contains(string(r.body), "-----BEGIN") || len(bytes.TrimSpace(r.body)) == 0):
		return nil
	case r.status == http.StatusUnauthorized:
		return &vos.Error{Class: vos.ErrLogin, Node: c.node.FQDN, What: msg.T("Login to the certificate API as %q failed", c.access.Login.User), Said: words,
			Means: msg.T("The node is unchanged and counted one failed login. Three in a row lock the account, if lockout is " +
				"on."),
			Next: msg.T("Check the user and password of the OS Administration account.")}
	case r.status == http.StatusForbidden:
		return &vos.Error{Class: vos.ErrRefused, Node: c.node.FQDN, What: msg.T("The account lacks permission"), Said: words,
			Means: msg.T("The node is unchanged. Changes need privilege level 1."), Next: msg.T("Log in with the installation account, or raise the privilege level.")}
	case changes && r.status < 400: // a page, or the way to one: a sign-in page, or the page that comes behind what was done
		return c.unclear(what, words)
	case r.status == http.StatusNotFound, r.status == http.StatusMethodNotAllowed, r.status < 400:
		return Unsupported{FQDN: c.node.FQDN}.NotOffered(msg.T("%s %s", method, path))
	}
	if err := vos.RefusalError(c.node.FQDN, words); err != nil {
		return err
	}
	switch {
	case r.status < 500:
		return &vos.Error{Class: vos.ErrRefused, Node: c.node.FQDN, What: what, Said: words, Means: msg.T("The node is unchanged."), Next: msg.T("Read the node's message and the transcript (c).")}
	case changes:
		return c.unclear(what, words)
	}
	return &vos.Error{Class: vos.ErrUnreachable, Node: c.node.FQDN, What: what, Said: words, Means: msg.T("The command only reads. The node is unchanged."),
		Next: msg.T("Wait until its web service is up, then press Enter.")}
}

// unclear is the error of an answer to a change that does not tell whether it was made: what the node holds decides.
func (c *client) unclear(what msg.Text, words string) error {
	return &vos.Error{Class: vos.ErrUncertain, Node: c.node.FQDN, What: what, Said: words,
		Means: msg.T("The node may or may not have been changed. The API also replies this way if the CSR was generated again."),
		Next:  msg.T("Press Enter to check the node. Nothing is repeated unchecked.")}
}
