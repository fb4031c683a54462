package report

import (
	"golang.org/x/net/html"
)

// nodes is each node before and after.
func (r page) nodes() parts {
	all := lines(tag("h2", r.say("Before and after")))
	for _, n := range r.Nodes {
		about := tag("p", class("soft"), r.about(n))
		if n.HostKey != "" {
			add(about, r.both("", r.say("SSH host key"))+" ", code(n.HostKey))
		}
		if n.Legacy {
			add(about, r.both("", r.say("insecure SSH algorithms were allowed")))
		}
		certs := tag("dl")
		if n.Before != nil {
			add(certs, term(r.say("before"), r.cert(*n.Before)...))
		}
		if n.After != nil {
			add(certs, term(r.say("after"), r.cert(*n.After)...))
		}
		if out := r.Downtime(n.FQDN); out != "" {
			add(certs, term(r.say("out of service"), out))
		}
		all = append(all, lines(tag("h3", n.FQDN), about, certs)...)
		if len(n.Addresses) > 0 {
			all = append(all, lines(r.addresses(n.Addresses))...)
		}
		if len(n.Findings) > 0 {
			all = append(all, lines(r.findings(n.Findings))...)
		}
	}
	return all
}

// cert is a certificate in one line.
func (r page) cert(c Cert) parts {
	words := r.say("%s, issued by %s, until %s, serial", c.Name, c.Issuer, r.local(c.Until))
	return parts{words + " ", code(c.Serial)}
}

// addresses are the addresses of a node.
func (r page) addresses(ports []Port) *html.Node {
	var rows parts
	for _, p := range ports {
		rows = append(rows, lines(cells(cell("n", r.say("port"), p.Port), tag("td", p.service()),
			cell("t "+p.State, r.say("state"), r.word(p.State)), cell("t", r.say("until"), day(p.Until)),
			serialCell(r.say("before"), p.Before), serialCell(r.say("now"), p.After)))...)
	}
	return table("", []string{r.say("port"), r.say("address"), r.say("state"), r.say("until"),
		r.say("serial before"), r.say("serial now")}, rows)
}

// day is the day of a time as RFC 3339 writes it.
func day(s string) string { return s[:min(len(s), 10)] }

// serialCell holds a serial, or nothing.
func serialCell(title, serial string) *html.Node {
	if serial == "" {
		return cell("", title)
	}
	return cell("", title, code(serial))
}

// trust is who must trust whom, drawn and as a table, and the certificates of CAs.
func (r page) trust() parts {
	var all parts
	if len(r.Trust) > 0 {
		var rows parts
		for _, t := range r.Trust {
			rows = append(rows, lines(cells(tag("td", t.From+" "+t.Unit), cell("", r.say("into"), t.Into),
				cell(t.Now, r.say("now"), r.word(t.Now)), cell(t.Then, r.say("then"), r.word(t.Then)), tag("td", class("small soft"), r.told(t.Why()))))...)
		}
		head := []string{r.say("certificate of"), r.say("into tomcat-trust of"), r.say("now"), r.say("after this change"), r.say("why")}
		all = append(append(lines(tag("h2", r.say("Trust relations"))), r.trustPart()...), lines(table("", head, rows))...)
	}
	all = append(all, lines(tag("h2", r.say("CA certificates")))...)
	for _, c := range r.CAs {
		all = append(all, lines(tag("p", r.say("%s, issued by %s, until %s", c.Name, c.Issuer, r.local(c.Until)), tag("br"),
			tag("span", class("small"), r.say("serial")+" ", code(c.Serial), ", SHA-256 ", code(c.Fingerprint))))...)
	}
	if len(r.CAs) == 0 {
		all = append(all, lines(tag("p", r.say("None.")))...)
	}
	return all
}

// expiry are the certificates that the solution lives by, the first to expire first.
func (r page) expiry() parts {
	var rows parts
	for _, e := range r.Expires {
		rows = append(rows, lines(cells(cell("t", "", e.Until.Format("2006-01-02")), tag("td", e.Name), tag("td", r.list(e.Of))))...)
	}
	return lines(tag("h2", r.say("Expiry")), table("", []string{r.say("until"), r.say("certificate"), r.say("of")}, rows))
}

// inventory is what the nodes hold, and what it is for.
func (r page) inventory() parts {
	if len(r.Inventory) == 0 {
		return nil
	}
	var rows parts
	for _, i := range r.Inventory {
		rows = append(rows, lines(cells(tag("td", i.Node), cell("", r.say("certificate"), i.Where+", "+r.say("serial")+" ", code(i.Serial)),
			cell("", r.say("use"), r.told(i.Uses())), cell("", r.say("key"), i.Key), cell("", r.say("signature"), i.Signature),
			cell("n", r.say("days"), i.Days), cell("", r.say("notice"), r.told(i.Means))))...)
	}
	head := []string{r.say("node"), r.say("certificate"), r.say("extended key usage"), r.say("key"), r.say("signature"),
		r.say("days left"), r.say("field notice")}
	return lines(tag("h2", r.say("Inventory")), table("small", head, rows))
}

// decisions are the answers of people.
func (r page) decisions() parts {
	var rows parts
	for _, a := range r.Answers {
		question := tag("td", r.asked(a))
		for _, t := range a.About {
			add(question, tag("br"), soft(r.told(t)))
		}
		answer := cell("", r.say("answer"), r.text(a.Said))
		if !a.Why.IsZero() {
			add(answer, " ", soft("("+r.told(a.Why)+")"))
		}
		rows = append(rows, lines(cells(cell("t", "", r.when(a.At)), tag("td", a.By), tag("td", a.Where()), question, answer,
			cell("t", "", a.Rule)))...)
	}
	head := []string{r.say("when"), r.say("who"), r.say("node"), r.say("question"), r.say("answer"), r.say("rule")}
	return lines(tag("h2", r.say("Decisions")), table("small", head, rows))
}

// steps are the steps, in the order of the plan.
func (r page) steps() parts {
	var rows parts
	for _, s := range r.Steps {
		title := tag("td", r.title(s.Title))
		if !s.What.IsZero() {
			add(title, tag("br"), soft(r.told(s.What)))
		}
		state := cell(s.State, "", r.word(s.State))
		if s.Found {
			add(state, ", "+r.say("already done"))
		}
		took, rules := "", ""
		if long := r.took(s); long > 0 {
			took = r.inWords(long)
		}
		for _, id := range s.Rules {
			rules += id + " "
		}
		rows = append(rows, lines(cells(cell("n", "", s.Number), title, tag("td", s.Node), state, cell("t", "", r.when(s.At)),
			cell("t", r.say("took"), took), tag("td", s.By), tag("td", rules)))...)
	}
	head := []string{"#", r.say("step"), r.say("node"), r.say("state"), r.say("when"), r.say("took"), r.say("who"), r.say("rules")}
	return lines(tag("h2", r.say("Steps")), table("small", head, rows))
}
