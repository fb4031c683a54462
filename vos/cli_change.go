package vos

import (
	"context"
	"crypto/x509"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// GenerateCSR types set csr gen.
func (c *CLI) GenerateCSR(ctx context.Context, unit string) error {
	return c.change(ctx, DialogueCSR(unit))
}

// ImportTrust types set cert import trust and pastes the certificate.
func (c *CLI) ImportTrust(ctx context.Context, unit string, ca *x509.Certificate) error {
	return c.change(ctx, DialogueImportTrust(unit, cert.PEM(ca)))
}

// ImportOwn types set cert import own and pastes the certificate.
func (c *CLI) ImportOwn(ctx context.Context, unit string, leaf *x509.Certificate) error {
	return c.change(ctx, DialogueImportOwn(unit, cert.PEM(leaf)))
}

var (
	successWord = regexp.MustCompile(`(?i)\bsuccess(ful|fully)?\b`)
	denial      = regexp.MustCompile(`(?i)\b(not|un|no|never|cannot|fail(ed|ure)?|error|without)\b`)
)

// succeeded reports whether a line says that it worked. Which command the line names does not matter: nodes print the
// words of one command behind another (vos-facts 7.7), so that the command that was typed is what counts.
func succeeded(text string) bool {
	for line := range strings.Lines(text) {
		if successWord.MatchString(line) && !denial.MatchString(line) {
			return true
		}
	}
	return false
}

// change types a changing command. Words of success and none of refusal are success; words of refusal and none of
// success are a refusal; anything else is uncertain, and is looked at.
func (c *CLI) change(ctx context.Context, d Dialogue) error {
	if err := c.clean(d); err != nil {
		return err
	}
	text, err := c.Type(ctx, d)
	if err != nil {
		return err
	}
	switch no, yes := refusalIn(text), succeeded(text); {
	case yes && (no == nil || !no.sure):
		return nil
	case no != nil && !yes:
		return c.refused(text)
	}
	return c.unknown(d, text)
}

func (c *CLI) unknown(d Dialogue, text string) error {
	return &Error{Class: ErrUncertain, Node: c.node.FQDN, What: fmt.Sprintf("an answer to %q that is not known", d.Line), Said: excerpt(text),
		Means: "it may or may not have been done", Next: "Enter looks at the node; nothing is done twice"}
}

// Regenerate types set cert regen, and answers its question.
func (c *CLI) Regenerate(ctx context.Context, unit string) error {
	return c.change(ctx, DialogueRegenerate(unit))
}

// DeleteTrust types set cert delete. No source shows what nodes print (vos-facts 8), so that where the words say neither
// yes nor no, the list of the trust store says whether the file is gone.
func (c *CLI) DeleteTrust(ctx context.Context, unit string, f TrustFile) error {
	err := c.change(ctx, DialogueDeleteTrust(unit, f))
	if Class(err) != ErrUncertain {
		return err
	}
	list, looked := c.TrustList(ctx, unit)
	if looked != nil || slices.ContainsFunc(list, func(o TrustFile) bool { return o.File == f.File }) {
		return err
	}
	return nil
}

// RestartService types utils service restart. Its progress lines tell how far it came: the prompt may be back before the
// service is.
func (c *CLI) RestartService(ctx context.Context, name string) error {
	d := DialogueRestartService(name)
	if err := c.clean(d); err != nil {
		return err
	}
	text, err := c.Type(ctx, d)
	if err != nil {
		return err
	}
	switch state := lastState(text, name); {
	case state == "STARTED" || state == "STARTING":
		return nil
	case (state == "" || state == "STOPPED") && refusalIn(text) != nil:
		return c.refused(text)
	case state == "" && succeeded(text):
		return nil
	}
	return c.unknown(d, text)
}

var (
	goesDown = regexp.MustCompile(`(?i)(being re-?(started|booted)|going down|shutting down|stopping service manager|re(start|boot) could take|system will re(start|boot))`)
	upgrades = regexp.MustCompile(`(?i)` + switching)
	asking   = regexp.MustCompile(`(?i)do you (really )?want to restart|^\s*enter\s*\(yes|\(\s*yes\s*[/|]\s*no\s*\)`)
)

// Restart types utils system restart, and answers its question. It returns when the node says that it goes down, or has
// gone without a word.
func (c *CLI) Restart(ctx context.Context) error {
	d := DialogueRestart()
	text, err := c.Type(ctx, d)
	if err != nil {
		return err
	}
	switch {
	case goesDown.MatchString(text):
		return nil
	case upgrades.MatchString(text):
		return &Error{Class: ErrRefused, Node: c.node.FQDN, What: "an upgrade or switch of versions is not finished", Said: excerpt(text),
			Means: "the question was answered with no: the node was not restarted, and keeps its old certificate until it is (SIG-8)",
			Next:  "let the upgrade end, or have it cancelled, then Enter tries again"}
	case refusalIn(text) != nil:
		return c.refused(text)
	case onlyAsked(text):
		return nil
	}
	return c.unknown(d, text)
}

// onlyAsked reports whether a node printed its question and nothing behind it: it hung up at once.
func onlyAsked(text string) bool {
	asked := false
	for line := range strings.Lines(text) {
		switch {
		case asking.MatchString(line):
			asked = true
		case asked && strings.TrimSpace(line) != "":
			return false
		}
	}
	return asked || strings.TrimSpace(text) == ""
}
