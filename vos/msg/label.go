package msg

// Label is what a person reads in place of a word of the journal, of a JSON value or of a code: "verified" for "proven". A
// word without a label of its own is its own label. English; callers put it into their language.
func Label(word string) string {
	switch word {
	case "proven":
		return "verified"
	case "owed":
		return "pending"
	case "unsure":
		return "unknown"
	case "refused":
		return "failed"
	case "open":
		return "not finished"
	case "idle":
		return "not started"
	case "fault":
		return "error"
	case "way":
		return "connection"
	case "doubled":
		return "duplicate"
	}
	return ownLabel(word)
}

// ownLabel is a word that is its own label. Those that are named here are in the template for translators.
func ownLabel(word string) string {
	switch word {
	case "asked":
		return "asked"
	case "answered":
		return "answered"
	case "reopened":
		return "reopened"
	case "login":
		return "login"
	case "located":
		return "located"
	case "publisher":
		return "publisher"
	case "subscriber":
		return "subscriber"
	case "standalone":
		return "standalone"
	case "yes":
		return "yes"
	case "no":
		return "no"
	case "changes":
		return "changes"
	case "clock":
		return "clock"
	case "interrupts":
		return "interrupts"
	case "jump":
		return "jump"
	case "locale":
		return "locale"
	case "looks":
		return "looks"
	case "proxy":
		return "proxy"
	case "terminal":
		return "terminal"
	case "later":
		return "later"
	case "superseded":
		return "superseded"
	case "upload":
		return "upload"
	case "browser":
		return "browser"
	case "gadgets":
		return "gadgets"
	case "peers":
		return "peers"
	case "platform":
		return "platform"
	}
	return word
}
