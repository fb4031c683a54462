package cert

import "github.com/uccx-tui/uccx-tui/vos/msg"

// troubles are what is known of the parts of a file that are no items.
func (f File) troubles() []Trouble {
	if len(f.Troubles) > 0 || f.Err == nil {
		return f.Troubles
	}
	weight := Damaged
	if f.Other {
		weight = Letter
	}
	return []Trouble{{Weight: weight, Source: f.Name, What: msg.Of(f.Err)}}
}

// unread speaks of each part of the files that is no certificate: what is damaged always, what belongs beside certificates as
// a note, and all others where nothing else was found.
func (b *judging) unread(files []File) {
	useless := len(b.leaves)+len(b.pool.known) == 0
	if len(files) == 0 {
		b.say("empty", Finding{What: msg.T("no files")})
	}
	for _, f := range files {
		for _, t := range f.troubles() {
			found := Finding{File: t.Source, What: t.What, Cure: t.Cure}
			switch {
			case len(f.Items) > 0 && t.Weight == Damaged:
				found.What = msg.T("parts of the file could not be read: it %s", t.What)
				b.say("partly", found)
			case useless && len(f.Items) == 0:
				b.say("unreadable", found)
			case t.Weight == Damaged:
				b.say("damaged", found)
			case t.Weight == Beside:
				b.say("beside", found)
			}
		}
		for _, it := range f.Items {
			if it.Kind == CSR && (useless || len(b.Missing) > 0) {
				b.say("csr", b.sentBack(it))
			}
		}
	}
}

// sentBack is the finding about a CSR among the files: often one's own, which the CA, or a hand, sent in place of its answer.
func (b *judging) sentBack(it Item) Finding {
	f := Finding{File: it.Source, What: msg.T("this is a CSR, not a certificate")}
	for _, req := range b.asked {
		if req.CSR != nil && it.Request != nil && KeyID(req.CSR.PublicKey) == KeyID(it.Request.PublicKey) {
			f.Node, f.What = req.Node, msg.T("this is the CSR of %s itself, not the certificate for it", req.Node)
		}
	}
	return f
}

// whyMissing says where a missing certificate may be: where something could not be read, the person did choose its file.
func (b *judging) whyMissing(files []File, f Finding) Finding {
	var unread, csrs, others []string
	for _, file := range files {
		for _, t := range file.troubles() {
			if t.Weight == Damaged {
				unread = append(unread, t.Source)
			} else {
				others = append(others, t.Source)
			}
		}
		for _, it := range file.Items {
			if it.Kind == CSR {
				csrs = append(csrs, it.Source)
			}
		}
	}
	switch {
	case len(unread) > 0:
		f.Cause = msg.T("It may be in a part that could not be read: %s.", List(unread))
		f.Cure = msg.T("See the finding about that file, or ask the CA for the certificate.")
	case len(csrs) == 0 && len(others) > 0:
		f.Cause = msg.T("The CA has not sent it, or its file is not selected. No certificate was found in: %s.", List(others))
	case len(csrs) > 0:
		f.Cause = msg.T("A CSR was selected instead: %s.", List(csrs))
		f.Cure = msg.T("Select the file that the CA sent back, or ask the CA for it.")
	}
	return f
}
