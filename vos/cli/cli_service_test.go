package cli

import (
	"regexp"
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
)

const tomcatOff = ` Don't press Ctrl-c while the service is getting RESTARTED.If Service has not Restarted Properly, execute the same Command Again
Service Manager is running
Cisco Tomcat[STOPPING]  
Cisco Tomcat[STOPPING]  
`

// The progress lines of a service tell how far it came; the prompt may be back before it stands (docs/nodes.md 1.5).
func TestRestartService(t *testing.T) {
	for name, c := range map[string]struct {
		said  string
		class error
	}{
		"whole":                    {tomcatOff + "Cisco Tomcat[STARTING]  \nCisco Tomcat[STARTED]  \nCisco Tomcat[STARTED]  \n", nil},
		"the prompt came early":    {tomcatOff + "Cisco Tomcat[STARTING]  \n", nil},
		"with a blank":             {"Cisco Tomcat [STARTED]", nil},
		"said in words":            {"Cisco Tomcat was restarted successfully", nil},
		"only stopped":             {tomcatOff, vos.ErrUncertain},
		"another service":          {"Cisco DRF Local[STARTED]", vos.ErrUncertain},
		"nothing":                  {"", vos.ErrUncertain},
		"no such service":          {"Service Cisco Tomcat does not exist\nExecuted command unsuccessfully", vos.ErrRefused},
		"invalid":                  {"Invalid service name", vos.ErrRefused},
		"not activated":            {"Cisco Tomcat[STOPPED]  Service Not Activated", vos.ErrRefused},
		"stopped and no one knows": {"Cisco Tomcat[STOPPED]  ", vos.ErrUncertain},
		"no such command":          {"Executed command unsuccessfully\nNo valid command entered", vos.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			cli, s := speak(map[string]string{"utils service restart Cisco Tomcat": c.said})
			if err := cli.RestartService(t.Context(), "Cisco Tomcat"); vos.Class(err) != c.class || len(s.typed) != 1 {
				t.Errorf("%v after %q", err, s.typed)
			}
		})
	}
	cli, s := speak(nil)
	if err := cli.RestartService(t.Context(), "Cisco\nTomcat"); vos.Class(err) != vos.ErrRefused || len(s.typed) != 0 {
		t.Errorf("%v after %q", err, s.typed)
	}
}

// What set cert delete prints is not known: where it says neither yes nor no, the list does.
func TestDeleteTrust(t *testing.T) {
	const list, remove = "show cert list trust", "set cert delete tomcat Old_Root.pem"
	with, without := "tomcat-trust/Old_Root.pem: Trust Certificate\ntomcat-trust/x.pem: y", "tomcat-trust/x.pem: y\nipsec-trust/Old_Root.pem: z"
	for name, c := range map[string]struct {
		said, then string
		class      error
		typed      int
	}{
		"said so":              {"Successfully deleted certificate Old_Root.pem", with, nil, 1},
		"nothing said, gone":   {"", without, nil, 2},
		"nothing said, there":  {"", with, vos.ErrUncertain, 2},
		"odd words, gone":      {"Certificate deleted.", without, nil, 2},
		"no right, no look":    {"Permission denied", without, vos.ErrRefused, 1},
		"no such file":         {"Certificate tomcat-trust/Old_Root.pem does not exist\nExecuted command unsuccessfully", with, vos.ErrRefused, 1},
		"nothing to be looked": {"", "Executed command unsuccessfully", vos.ErrUncertain, 2},
	} {
		t.Run(name, func(t *testing.T) {
			cli, s := speak(map[string]string{remove: c.said, list: c.then})
			err := cli.DeleteTrust(t.Context(), "tomcat", vos.TrustFile{Store: "tomcat-trust", File: "Old_Root.pem"})
			if vos.Class(err) != c.class || len(s.typed) != c.typed {
				t.Errorf("%v after %q", err, s.typed)
			}
		})
	}
}

func TestRegenerate(t *testing.T) {
	for said, class := range map[string]error{
		"Successfully Regenerated Certificate for tomcat.\nYou must restart services related to tomcat for the regenerated certificates to become active.": nil,
		"WARNING: This operation will overwrite any CA signed certificate previously imported for  tomcat\nOperation cancelled":                            vos.ErrRefused,
		"Executed command unsuccessfully": vos.ErrRefused,
		"":                                vos.ErrUncertain,
	} {
		cli, _ := speak(map[string]string{"set cert regen tomcat": said})
		if err := cli.Regenerate(t.Context(), "tomcat"); vos.Class(err) != class {
			t.Errorf("%q: %v", said, err)
		}
	}
}

// A question is answered with yes in whatever form it comes, but never while an upgrade is under way.
func TestConfirmed(t *testing.T) {
	for question, want := range map[string]string{
		"WARNING: This operation will overwrite any CA signed certificate previously imported for  tomcat\nProceed with regeneration (yes|no)? ": "yes",
		"Are you sure want to proceed?\nProceed with regeneration (yes|no)?":                                                                     "yes",
		"Do you really want to restart ?\nEnter (yes/no)? ":                                                                                      "yes",
		"Do you want to continue (y/n) ? ":                                                                                                       "y",
		"Continue (y/n)?":                                                                                                                        "y",
		"Would you like to proceed [y/n]? ":                                                                                                      "y",
		"A switch version is in progress.\nEnter (yes/no)? ":                                                                                     "no",
		"An upgrade is running. Continue (y/n)?":                                                                                                 "n",
		"Proceed with regeneration (yes|no)? yes\nSuccessfully Regenerated Certificate for tomcat.":                                              "",
	} {
		got := ""
		for _, a := range vos.DialogueRegenerate("tomcat").Answers {
			if regexp.MustCompile(a.Question).MatchString(question) {
				got = a.Reply
				break
			}
		}
		if got != want {
			t.Errorf("%q is answered with %q", question, got)
		}
	}
}

func TestCertType(t *testing.T) {
	for said, want := range map[string]vos.CertType{
		"The server certificate type is set to ECDSA\n\nCommand successful": vos.CertTypeECDSA,
		"The server certificate type is set to RSA\n\nCommand successful":   vos.CertTypeRSA,
		"server cert_type : rsa":                                    vos.CertTypeRSA,
		"Executed command unsuccessfully\nNo valid command entered": vos.CertTypeUnknown,
		"Executed command unsuccessfully":                           vos.CertTypeUnknown,
	} {
		cli, _ := speak(map[string]string{"show tls server cert_type": said})
		if got, err := cli.CertType(t.Context()); err != nil || got != want {
			t.Errorf("%q: %q, %v", said, got, err)
		}
	}
	for _, said := range []string{"", "Permission denied", "The server tls min-version is set to 1.2"} {
		cli, _ := speak(map[string]string{"show tls server cert_type": said})
		if _, err := cli.CertType(t.Context()); vos.Class(err) != vos.ErrRefused {
			t.Errorf("%q: %v", said, err)
		}
	}
}

func TestOwnList(t *testing.T) {
	cli, _ := speak(map[string]string{"show cert list own": told(t, "cert_list_own.txt")})
	all, err := cli.OwnList(t.Context())
	if err != nil || len(all) != 8 || all[0].Unit != "tomcat" || !strings.HasPrefix(all[0].About, "Self-signed") || all[1].Unit != "tomcat-ECDSA" {
		t.Errorf("%+v, %v", all, err)
	}
	for _, said := range []string{"", "Executed command unsuccessfully", "tomcat-trust/x.pem: y"} {
		cli, _ := speak(map[string]string{"show cert list own": said})
		if _, err := cli.OwnList(t.Context()); vos.Class(err) != vos.ErrRefused {
			t.Errorf("%q: %v", said, err)
		}
	}
}
