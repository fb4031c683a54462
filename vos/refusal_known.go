package vos

// Refusal is what a node says when it does not do what it was told, with cause and cure.
type Refusal struct {
	ID          string // "san", "key", ...: other tables refer to it
	What        string // what happened, our words
	Means, Next string // what it means for the node, and what to do
}

// RefusalOf finds the refusal that a text holds: the words of a node, or the code that HCM-F has for them (CAA1016).
func RefusalOf(text string) (Refusal, bool) {
	if r := RefusalIn(text); r != nil {
		return r.known(), true
	}
	return Refusal{}, false
}

// RefusalByID returns a refusal of the table; one that is not there is empty.
func RefusalByID(id string) Refusal {
	for _, r := range refusals {
		if r.id == id {
			return r.known()
		}
	}
	return Refusal{}
}

func (r KnownRefusal) known() Refusal {
	return Refusal{r.id, r.what.String(), r.means.String(), r.next.String()}
}
