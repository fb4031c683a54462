package cli

import (
	"cmp"
	"context"
	"crypto/x509"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/lazyregexp"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// GenerateCSR types set csr gen.
func (c *CLI) GenerateCSR(ctx context.Context, unit string) error {
	return c.change(ctx, vos.DialogueCSR(unit))
}

// ImportTrust types set cert import trust and pastes the certificate.
func (c *CLI) ImportTrust(ctx context.Context, unit string, ca *x509.Certificate) error {
	return c.change(ctx, vos.DialogueImportTrust(unit, cert.PEM(ca)))
}

// ImportOwn types set cert import own and pastes the certificate.
func (c *CLI) ImportOwn(ctx context.Context, unit string, leaf *x509.Certificate) error {
	return c.change(ctx, vos.DialogueImportOwn(unit, cert.PEM(leaf)))
}

var (
	successWord = lazyregexp.MustCompile(`(?i)\bsuccess(ful|fully)?\b`)
	denial      = lazyregexp.MustCompile(`(?i)\b(not|un|no|never|cannot|fail(ed|ure)?|error|without)\b`)
)

// succeeded reports whether a line says that it worked. Which command the line names does not matter: nodes print the
// words of one command behind another (docs/nodes.md 7.7), so that the command that was typed is what counts.
func succeeded(text string) bool {
	for line := range strings.Lines(text) {
		if successWord.MatchString(line) && !denial.MatchString(line) {
			return true
		}
	}
	return false
}

// change types a changing command. Only what comes behind the point of no return is the answer. Words of success and none
// of refusal are success; words of refusal and none of success are a refusal; anything else is uncertain, and is looked at.
func (c *CLI) change(ctx context.Context, d vos.Dialogue) error {
	text, err := c.answer(ctx, d)
	if err != nil {
		return err
	}
	switch no, yes := vos.RefusalIn(text), succeeded(text); {
	case yes && (no == nil || !no.Sure):
		return nil
	case no != nil && !yes:
		return c.refused(text)
	}
	return c.unknown(d, text)
}

// answer types a changing command, and returns what comes behind its point of no return.
func (c *CLI) answer(ctx context.Context, d vos.Dialogue) (string, error) {
	text, err := c.typed(ctx, d)
	_, text = d.Split(text)
	return text, err
}

func (c *CLI) unknown(d vos.Dialogue, text string) error {
	return &vos.Error{Class: vos.ErrUncertain, Node: c.node.FQDN, What: msg.T("Unknown output of %q", d.Line), Said: vos.Excerpt(text),
		Means: msg.T("it may or may not have been done"), Next: msg.T("Press Enter to check the node. Nothing is repeated unchecked.")}
}

// Regenerate types set cert regen, and answers its question.
func (c *CLI) Regenerate(ctx context.Context, unit string) error {
	return c.change(ctx, vos.DialogueRegenerate(unit))
}

// DeleteTrust types set cert delete. No source shows what nodes print (docs/nodes.md 8), so that where the words say neither
// yes nor no, the list of the trust store says whether the file is gone.
func (c *CLI) DeleteTrust(ctx context.Context, unit string, f vos.TrustFile) error {
	err := c.change(ctx, vos.DialogueDeleteTrust(unit, f))
	if vos.Class(err) != vos.ErrUncertain {
		return err
	}
	list, looked := c.TrustList(ctx, unit)
	if looked != nil || slices.ContainsFunc(list, func(o vos.TrustFile) bool { return o.File == f.File }) {
		return err
	}
	return nil
}

// RestartService types utils service restart. Its progress lines tell how far it came: the prompt may be back before the
// service is.
func (c *CLI) RestartService(ctx context.Context, name string) error {
	d := vos.DialogueRestartService(name)
	text, err := c.answer(ctx, d)
	if err != nil {
		return err
	}
	switch state := lastState(text, name); {
	case state == "STARTED" || state == "STARTING":
		return nil
	case (state == "" || state == "STOPPED") && vos.RefusalIn(text) != nil:
		return c.refused(text)
	case state == "" && succeeded(text):
		return nil
	}
	return c.unknown(d, text)
}

var (
	goesDown = lazyregexp.MustCompile(`(?i)(being re-?(started|booted)|going down|shutting down|stopping service manager|re(start|boot) could take|system will re(start|boot))`)
	upgrades = lazyregexp.MustCompile(`(?i)` + vos.Switching)
)

// Restart types utils system restart, and answers its question. It returns when the node has said behind the answer that
// it goes down. What it said before its question is no answer: some releases warn there, in words that sound like a
// refusal. A node that hung up without a word may or may not restart.
func (c *CLI) Restart(ctx context.Context) error {
	d := vos.DialogueRestart()
	text, err := c.Type(ctx, d)
	before, after := d.Split(text)
	switch {
	case vos.Class(err) == vos.ErrUncertain && goesDown.MatchString(after) && before != "":
		return nil
	case err != nil:
		return err
	case goesDown.MatchString(after):
		return nil
	case upgrades.MatchString(before):
		return &vos.Error{Class: vos.ErrRefused, Node: c.node.FQDN, What: msg.T("An upgrade or version switch is not finished"), Said: vos.Excerpt(before + after),
			Means: msg.T("uccx-tui answered no. The node was not restarted and keeps presenting its old certificate."),
			Next:  msg.T("Finish or cancel the upgrade, then press Enter.")}
	case vos.RefusalIn(after) != nil:
		return c.refused(after)
	}
	return c.unknown(d, cmp.Or(strings.TrimSpace(after), before))
}
