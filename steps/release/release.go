package release

import (
	"strconv"
	"strings"

	"github.com/uccx-tui/uccx-tui/steps/plan"
	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

// ServicesDown returns the services of the release table that the node lists and that are not started.
func ServicesDown(f vos.Facts, listed []vos.Service) []vos.Service {
	var down []vos.Service
	for _, want := range f.Services {
		for _, is := range listed {
			if strings.EqualFold(is.Name, want) && is.State != "STARTED" && is.Reason != "Service Not Activated" {
				down = append(down, is)
			}
		}
	}
	return down
}

// ServiceNames are the names of services.
func ServiceNames(all []vos.Service) []string {
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
	}
	return names
}

// ServiceWords are the names of services with their states, for a sentence.
func ServiceWords(all []vos.Service) msg.Text {
	var words []msg.Text
	for _, s := range all {
		words = append(words, msg.T("%s %s", s.Name, s.State))
	}
	return msg.Joined(words, ", ")
}

// FactsOf returns the row of the release table for a node: its release as the survey read it, else as it was given.
func FactsOf(p *plan.Plan, n vos.Node) vos.Facts {
	f, _ := vos.Lookup(n.Product, Of(p, n))
	return f
}

// Of returns the release of a node: as the survey read it, else as the solution gives it.
func Of(p *plan.Plan, n vos.Node) vos.Release {
	return plan.SeenRelease(p.Survey(n.FQDN), n)
}

// PortName returns what a port of a node is for, as the release table has it.
func PortName(p *plan.Plan, n vos.Node, number int) string {
	return NameIn(FactsOf(p, n).Ports, number)
}

// NameIn returns what a port is for, as the ports of a row of the release table have it; its number where none of them is it.
func NameIn(ports []vos.Port, number int) string {
	for _, port := range ports {
		if port.Number == number {
			return port.Name
		}
	}
	return strconv.Itoa(number)
}

// PortLabel is a port as a person reads it: its number and what it is for ("8445 Finesse"), or its number alone where nothing
// more is known of it (NameIn).
func PortLabel(number int, name string) string {
	label := strconv.Itoa(number)
	if name == "" || name == label {
		return label
	}
	return label + " " + name
}
