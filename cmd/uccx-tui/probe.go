package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func (d *door) probeCommand() *cobra.Command {
	var product string
	var asJSON bool
	c := &cobra.Command{
		Use:   "probe HOST...",
		Short: "Show what a node serves on every address that clients open; HOST is a name, or name:port for one port",
		Args:  atLeastOne("probe takes the names of nodes"),
		RunE: func(c *cobra.Command, args []string) error {
			p, ok := vos.ParseProduct(product)
			if !ok {
				return usage(c, fmt.Errorf("%q is not a product: uccx, ccp, mediasense, finesse, cuic, livedata, cucm", product))
			}
			ctx, cancel := d.context()
			defer cancel()
			return probe(ctx, c.OutOrStdout(), p, args, asJSON)
		},
	}
	c.Flags().StringVar(&product, "product", "uccx", "which ports are looked at: uccx, ccp, mediasense, finesse, cuic, livedata, cucm")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line, one for each address")
	return c
}

// probed is one address as JSON.
type probed struct {
	Host     string   `json:"host"`
	Port     int      `json:"port"`
	Name     string   `json:"name,omitempty"`
	Error    string   `json:"error,omitempty"`
	Optional bool     `json:"optional,omitempty"`
	Subject  string   `json:"subject,omitempty"`
	Issuer   string   `json:"issuer,omitempty"`
	Names    []string `json:"names,omitempty"`
	Serial   string   `json:"serial,omitempty"`
	Until    string   `json:"until,omitempty"`
	Days     int      `json:"days_left"`
	Chain    int      `json:"chain"` // certificates sent after the leaf
	NameFits bool     `json:"name_fits"`
	TLS      string   `json:"tls,omitempty"`
}

// sound reports whether clients have nothing to complain of: an answer, the right name, time left.
func (p probed) sound() bool {
	return p.Error != "" && p.Optional || p.Error == "" && p.NameFits && p.Days >= 0
}

// probe looks at every address at once.
func probe(ctx context.Context, out io.Writer, product vos.Product, hosts []string, asJSON bool) error {
	facts, _ := vos.Lookup(product, "")
	var all []*probed
	var wg sync.WaitGroup
	for _, host := range hosts {
		ports := facts.Ports
		if h, p, err := net.SplitHostPort(host); err == nil {
			n, err := strconv.Atoi(p)
			if err != nil {
				return &exit{exitUsage, fmt.Errorf("%q: %q is not a port", cert.Printable(host), cert.Printable(p))}
			}
			host, ports = h, []vos.Port{{Number: n}}
		}
		for _, port := range ports {
			one := &probed{Host: host, Port: port.Number, Name: port.Name, Optional: port.Optional}
			all = append(all, one)
			wg.Add(1)
			go func() {
				defer wg.Done()
				one.look(ctx)
			}()
		}
	}
	wg.Wait()
	return printProbed(out, all, asJSON)
}

func (p *probed) look(ctx context.Context) {
	got, err := vos.Probe(ctx, vos.Node{FQDN: p.Host}, p.Port)
	if err != nil {
		p.Error = cert.Printable(err.Error())
		return
	}
	c := got.Leaf
	p.Subject, p.Issuer, p.Names, p.Serial = cert.Name(c), cert.IssuerOf(c), printable(c.DNSNames), cert.Serial(c)
	p.Until, p.Days, p.Chain, p.TLS = c.NotAfter.UTC().Format(time.RFC3339), cert.DaysLeft(c, time.Now()), len(got.Chain), got.Version
	p.NameFits = c.VerifyHostname(p.Host) == nil
}

func printProbed(out io.Writer, all []*probed, asJSON bool) error {
	var b strings.Builder
	sound := true
	for _, p := range all {
		sound = sound && p.sound()
		if asJSON {
			data, err := json.Marshal(p)
			if err != nil {
				return err
			}
			b.Write(append(data, '\n'))
			continue
		}
		fmt.Fprintf(&b, "%-28s %5d %-13s ", cert.Printable(p.Host), p.Port, p.Name)
		if p.Error != "" {
			fmt.Fprintf(&b, "%s\n", p.Error)
			continue
		}
		fits := "right name"
		if !p.NameFits {
			fits = "NOT for this name: " + strings.Join(p.Names, ", ")
		}
		fmt.Fprintf(&b, "serial %s  by %s  %d days  %d more sent  %s  %s\n", p.Serial, p.Issuer, p.Days, p.Chain, p.TLS, fits)
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return err
	}
	if !sound {
		return &exit{code: exitRefused}
	}
	return nil
}
