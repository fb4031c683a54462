package manual_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

// broken is a text as a window of that many columns shows it.
func broken(text string, columns int) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		for len(line) > columns {
			b.WriteString(strings.TrimRight(line[:columns], " ") + "\n")
			line = line[columns:]
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

const (
	longFile = "QuoVadis_Global_SSL_ICA_G3_of_the_Example_Holding_of_the_North_02fac2bd4a9e1c7d3b5f.pem"
	trusts   = "admin:show cert list trust\ntomcat-trust/Root.pem: Root CA of the lab\ntomcat-trust/" + longFile + ": Trust Certificate\n" +
		"ipsec-trust/uccx1.pem: Self-signed\ntomcat-trust/uccx1.example.com_407d80e6a831389a7f6503db566e4a2a.pem: Certificate Signed by Example Issuing Certification Authority 3\n\nadmin:"
	members = "admin:show network cluster\n10.77.29.191 uccx1.example.com uccx1 Publisher callmanager DBPub authenticated\n" +
		"10.77.29.192 uccx2.example.com uccx2 Subscriber callmanager DBSub authenticated using TCP since Fri Oct 10 18:42:40 2014\n\n" +
		"Server Table (processnode) Entries\n----------------------------------\nuccx1.example.com\nuccx2.example.com\nadmin:"
	services = "admin:utils service list\n\nRequesting service status, please wait...\nSystem SSH [STARTED]\nCluster Manager [STARTED]\nService Manager is running\n" +
		"Cisco Certificate Authority Proxy Function[STOPPED]  Service Not Activated\nCisco Tomcat[STARTED]\nCisco Unified CCX Cluster View Daemon[STARTED]\nadmin:"
)

// TestBrokenLines: what a window of any width broke is read as if it had not.
func TestBrokenLines(t *testing.T) {
	ctx, own := context.Background(), certificate(t)
	looks := map[string]struct {
		text string
		do   func(vos.Driver) (any, error)
	}{
		"trust list": {trusts, func(d vos.Driver) (any, error) {
			all, err := d.TrustList(ctx, "tomcat")
			for i := range all {
				all[i].About = "" // a blank at the edge may be lost in it
			}
			return all, err
		}},
		"members": {members, func(d vos.Driver) (any, error) {
			all, err := d.Members(ctx)
			for i := range all {
				all[i].State = ""
			}
			return all, err
		}},
		"services": {services, func(d vos.Driver) (any, error) {
			all, err := d.Services(ctx)
			for i := range all {
				all[i].Reason = ""
			}
			return all, err
		}},
		"certificate": {"admin:show cert trust tomcat-trust/" + longFile + "\n[\n  Version: V3\n  Issuer Name: L=City, ST=ST, CN=uccx1.example.com, OU=Lab, O=Example, C=GB\n]\n" + string(pemOf(own)) + "\nadmin:",
			func(d vos.Driver) (any, error) {
				c, err := d.Trusted(ctx, "tomcat", vos.TrustFile{Store: "tomcat-trust", File: longFile})
				return c != nil && c.Equal(own), err
			}},
		"change": {"admin:set cert delete tomcat " + longFile + "\nSuccessfully deleted the certificate\nadmin:",
			func(d vos.Driver) (any, error) {
				return true, d.DeleteTrust(ctx, "tomcat", vos.TrustFile{Store: "tomcat-trust", File: longFile})
			}},
	}
	for name, look := range looks {
		whole, err := look.do(driver(t, &person{gives: []string{look.text}}))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for columns := 57; columns < 132; columns++ {
			p := &person{gives: []string{broken(look.text, columns)}}
			got, err := look.do(driver(t, p))
			if err != nil || len(p.asked) != 1 || !reflect.DeepEqual(got, whole) {
				t.Fatalf("%s at %d columns: %v, %v, want %v\n%s", name, columns, fmt.Sprint(got), err, fmt.Sprint(whole), broken(look.text, columns))
			}
		}
	}
}

// TestSilentNode: a node that prints nothing where it has no CSR has answered, whatever it shouts in between.
func TestSilentNode(t *testing.T) {
	none := "admin:show csr own tomcat/tomcat.csr\ntomcat.csr does not exist\nadmin:"
	shout := "\nBroadcast message from root@uccx1 (Wed Nov 25 13:26:2%d 2026):\n\nBackup will begin at 23:00.\n"
	for name, gives := range map[string][]string{
		"nothing":  {"admin:show csr list own\n\nadmin:", none},
		"shouting": {"admin:show csr list own" + fmt.Sprintf(shout, 1) + "admin:", "admin:show csr list own" + fmt.Sprintf(shout, 2) + "admin:", none},
	} {
		p := &person{gives: gives}
		if der, err := driver(t, p).CSR(context.Background(), "tomcat"); der != nil || err != nil || len(p.asked) != len(gives) {
			t.Errorf("%s: %v, %v, asked %d times", name, der, err, len(p.asked))
		}
	}
}
