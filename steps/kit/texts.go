package kit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/cert"
	"github.com/uccx-tui/uccx-tui/vos/msg"
)

func kitReadMe(by msg.Localizer, name string, trust []believed, missing []string) string {
	b := msg.Page{By: by}
	b.Say("Client kit for the certificate change %q\n\n", name)
	b.Say(`For the administrators of agent, supervisor and administrator PCs.
If a PC does not trust a certificate, the browser shows a warning or blocks the page. Roots of
public CAs are usually on every PC; then there is nothing to distribute.

  who-is-asked-what.txt        what users see at each address
  note-to-agents.txt           one-page note for agents
  urls.txt                     addresses that must open without a warning
  browsers.txt                 manual installation per browser
`)
	if len(trust) == 0 {
		b.Say("\nThe certificates are not known yet. Write the kit again after the CA's reply is loaded.\n")
	} else {
		b.Say(`  roots/                       certificates to trust: .pem, and .cer (DER) for Windows
  windows/group-policy.txt     distribution with Group Policy
  windows/install-roots.ps1    installation on a single PC, as administrator
  firefox/policies.json        enterprise policy for Firefox
`)
	}
	for _, t := range trust {
		b.Say("\n%s\n  %s, expires %s\n  SHA-256 %s\n", t.name, cert.Name(t.cert), day(t), sha256Of(t.cert))
		if t.self {
			b.Say("  Self-signed certificate of %s. Compare the fingerprint with the node\n  (%s) before you distribute it.\n", t.of, vos.DialogueOwn(t.unit).Line)
		}
	}
	if len(trust) > 0 && len(missing) > 0 {
		b.Say("\nNot included (not known yet): %s\n", msg.List(missing))
	}
	return b.String()
}

func day(t believed) msg.Text { return msg.Time(t.cert.NotAfter.UTC(), msg.Day) }

// kitForecast tells for each node who sees what, the addresses that say the same together.
func kitForecast(by msg.Localizer, name string, prompts []Prompt) string {
	b := msg.Page{By: by}
	b.Say("Browser messages after %q\n", name)
	asked := false
	for len(prompts) > 0 {
		node := prompts[0].Node
		b.Say("\n%s\n", node)
		rest := prompts
		for len(rest) > 0 && rest[0].Node == node {
			rest = rest[1:]
		}
		for _, group := range alike(prompts[:len(prompts)-len(rest)]) {
			sign := " "
			if group[0].Asked {
				sign, asked = "!", true
			}
			for _, p := range group {
				b.Say(" %s %s (%s)\n", sign, p.URL, p.Who)
			}
			b.Say("     %s (%s)\n", group[0].Meets, strings.Join(rulesIn(group), " "))
		}
		prompts = rest
	}
	if asked {
		b.Say("\nLines with ! need action first: distribute the certificates in roots/.\n")
	}
	return b.String()
}

// alike puts the prompts of one node together at which people meet the same, in the order of the first of each.
func alike(prompts []Prompt) (groups [][]Prompt) {
	for _, p := range prompts {
		i := slices.IndexFunc(groups, func(g []Prompt) bool { return g[0].Meets.Format == p.Meets.Format && g[0].Asked == p.Asked })
		if i < 0 {
			groups = append(groups, []Prompt{p})
			continue
		}
		groups[i] = append(groups[i], p)
	}
	return groups
}

func rulesIn(prompts []Prompt) (all []string) {
	for _, p := range prompts {
		for _, r := range p.Rules {
			if !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	return all
}

func kitURLs(prompts []Prompt) string {
	var urls []string
	for _, p := range prompts {
		if !slices.Contains(urls, p.URL) {
			urls = append(urls, p.URL)
		}
	}
	return strings.Join(urls, "\n") + "\n"
}

func kitPolicy(by msg.Localizer, trust []believed) string {
	b := msg.Page{By: by}
	b.Say(`Distribution by Group Policy (Windows domain)

 1. Copy the folder roots to a machine with the Group Policy Management Console.
 2. gpmc.msc: create a Group Policy Object, link it to the OU with the PCs of agents and
    supervisors, and edit it.
 3. Computer Configuration > Policies > Windows Settings > Security Settings >
    Public Key Policies > Trusted Root Certification Authorities > right-click > Import...
`)
	for _, t := range trust {
		b.Say("    roots\\%s.cer\n", t.name)
	}
	b.Say(` 4. On one PC: gpupdate /force, then certlm.msc > Trusted Root Certification Authorities >
    Certificates. Or, as administrator:
`)
	for _, t := range trust {
		b.Say("    certutil -verifystore Root %s\n", strings.ReplaceAll(cert.Serial(t.cert), ":", ""))
	}
	b.Say(` 5. Open an address from urls.txt in Edge or Chrome. There must be no warning.

Edge and Chrome use the Windows trust store. Firefox does so with firefox\policies.json.
PCs outside the domain: windows\install-roots.ps1, or your software distribution.
To undo: delete the certificates from the same place in the policy.
`)
	return b.String()
}

func kitScript(trust []believed) string {
	var b strings.Builder
	b.WriteString(`# Puts the certificates of the folder roots into Trusted Root Certification Authorities of this
# computer. Run as administrator, or as a startup script. It may be run again.
#Requires -RunAsAdministrator
$ErrorActionPreference = 'Stop'
$roots = Join-Path (Split-Path -Parent (Split-Path -Parent $MyInvocation.MyCommand.Path)) 'roots'
$wanted = @(
`)
	for _, t := range trust {
		fmt.Fprintf(&b, "    @{ File = '%s.cer'; Sha256 = '%s' }\n", t.name, sha256Of(t.cert))
	}
	b.WriteString(`)
foreach ($one in $wanted) {
    $path = Join-Path $roots $one.File
    $cert = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 $path
    $hash = [System.Security.Cryptography.SHA256]::Create().ComputeHash($cert.RawData)
    if (([System.BitConverter]::ToString($hash) -replace '-', '') -ne $one.Sha256) {
        throw "$path does not match this kit. Nothing was installed."
    }
    Import-Certificate -FilePath $path -CertStoreLocation Cert:\LocalMachine\Root | Out-Null
    Write-Output "Installed: $($cert.Subject)"
}
`)
	return b.String()
}

func kitBrowsers(by msg.Localizer, trust []believed, prompts []Prompt) string {
	b := msg.Page{By: by}
	b.Say(`Manual installation per browser. For many PCs use Group Policy.

Edge and Chrome on Windows
 1. Double-click the .cer file of the folder roots > Install Certificate... > Current User (or
    Local Machine) > Place all certificates in the following store > Trusted Root Certification
    Authorities.
 2. Windows shows the thumbprint. Compare it, then select Yes. Close all browser windows.

Firefox
 1. Settings > Privacy & Security > Certificates > View Certificates... > Authorities > Import...
    the .pem file of the folder roots > Trust this CA to identify websites.
 2. Or by exception, address by address: open it > Advanced... > Accept the Risk and Continue.
    An exception applies to one address and one certificate. After the next change, the browser asks
    again.
 3. Or for all PCs: firefox/policies.json into the folder "distribution" beside firefox.exe, and
    the .pem files into %%USERPROFILE%%\AppData\Local\Mozilla\Certificates, or on Linux
    /etc/firefox/policies/policies.json and /usr/lib/mozilla/certificates.

macOS
    Keychain Access > System > import the .pem file > Trust: Always Trust.

If a browser offers no link to proceed, the site uses HSTS: install the certificate.
ERR_CERT_COMMON_NAME_INVALID is an error of the name, not of trust: open the full name (TRB-3).
`)
	if slices.ContainsFunc(trust, func(t believed) bool { return t.self }) {
		b.Say("\nSelf-signed certificates: each must be accepted by every browser, for each of these addresses:\n")
		for _, u := range strings.Fields(kitURLs(prompts)) {
			b.WriteString("  " + u + "\n")
		}
	}
	return b.String()
}

func listed(urls []string) string {
	var b strings.Builder
	for _, u := range urls {
		b.WriteString("     " + u + "\n")
	}
	return b.String()
}
