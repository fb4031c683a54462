package plan

import "cmp"

// UnitOf is the identity that a row is about.
func (c Change) UnitOf(row Step) string {
	return cmp.Or(row.Unit, c.Main())
}

// OnlyECDSA reports whether tomcat stays as it is and tomcat-ECDSA alone is renewed: after the upgrade to 11.5 of nodes whose
// tomcat a CA has signed (EC-2). Programs before plan 3 knew no such change.
func (c Change) OnlyECDSA() bool { return c.Plan >= 3 && c.Unit == UnitECDSA }

// Main is the identity that services present by default, and whose trust store counts: tomcat, also where another is renewed.
func (c Change) Main() string {
	if c.OnlyECDSA() {
		return UnitTomcat
	}
	return c.Unit
}
