package terminal

// maxParams is how many parameters a control sequence among the keys may have. The library that reads keys has room for 32, and
// ends the program at more.
const maxParams = 30

// params finds control sequences among the bytes of a terminal, across reads.
type params struct {
	at   place
	seps int // of the sequence at hand
}

type place int

const (
	outside place = iota
	escape        // behind ESC
	inside        // behind ESC [ or ESC P, before its final byte
)

// bound makes one number of all parameters behind the last that there is room for. No sequence of a key, mouse or report has so many.
func (p *params) bound(b []byte) {
	for i, c := range b {
		switch {
		case c == 0x1b:
			p.at = escape
		case c == 0x9b || c == 0x90 || p.at == escape && (c == '[' || c == 'P'): // the same of eight bits
			p.at, p.seps = inside, 0
		case p.at == inside && (c == ';' || c == ':'):
			if p.seps++; p.seps >= maxParams {
				b[i] = '0'
			}
		case p.at == inside && (c < ' ' || c > '?') || p.at == escape:
			p.at = outside
		}
	}
}
