package kit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos/cert"
)

func kitReadMe(name string, trust []believed, missing []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Client kit for the certificate change %q\n\n", name)
	b.WriteString(`For the people who look after the PCs of agents, supervisors and administrators (SELF-4).
What these PCs do not trust, their users will be asked to accept, or be kept out by. The root of a
public CA is in every PC already: then there is nothing to distribute.

  who-is-asked-what.txt        what people will meet at every address
  note-to-agents.txt           one page to hand out
  urls.txt                     every address that must open without a warning
  browsers.txt                 by hand, browser by browser
`)
	if len(trust) == 0 {
		b.WriteString("\nWhat is to be trusted is not known yet: make the kit again when the certificates are there.\n")
	} else {
		b.WriteString(`  roots/                       what is to be trusted: .pem, and .cer (DER) for Windows
  windows/group-policy.txt     distribution by Group Policy
  windows/install-roots.ps1    the same on one PC, as administrator
  firefox/policies.json        enterprise policy for Firefox
`)
	}
	for _, t := range trust {
		fmt.Fprintf(&b, "\n%s\n  %s, until %s\n  SHA-256 %s\n", t.name, cert.Name(t.cert), day(t), sha256Of(t.cert))
		if t.self {
			fmt.Fprintf(&b, "  The certificate of %s itself: nobody else vouches for it. Compare the\n  fingerprint on the node (show cert own tomcat) before you distribute it.\n", t.of)
		}
	}
	if len(trust) > 0 && len(missing) > 0 {
		b.WriteString("\nNot known yet, so not in this kit: " + strings.Join(missing, ", ") + "\n")
	}
	return b.String()
}

func day(t believed) string { return t.cert.NotAfter.UTC().Format("2006-01-02") }

func kitForecast(name string, prompts []Prompt) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Who will be asked what after %q\n", name)
	node := ""
	for _, p := range prompts {
		if p.Node != node {
			node = p.Node
			fmt.Fprintf(&b, "\n%s\n", node)
		}
		sign := " "
		if p.Asked {
			sign = "!"
		}
		fmt.Fprintf(&b, " %s %s\n     %s: %s (%s)\n", sign, p.URL, p.Who, p.Meets, strings.Join(p.Rules, " "))
	}
	b.WriteString("\nA line with ! asks for something to be done before: distribute what lies in roots/.\n")
	return b.String()
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

func kitPolicy(trust []believed) string {
	var b strings.Builder
	b.WriteString(`Distribution by Group Policy (Windows domain)

 1. Copy the folder roots to a machine with the Group Policy Management Console.
 2. gpmc.msc: create a Group Policy Object, linked to the unit that holds the PCs of agents and
    supervisors. Edit it.
 3. Computer Configuration > Policies > Windows Settings > Security Settings >
    Public Key Policies > Trusted Root Certification Authorities > (right mouse key) Import...
`)
	for _, t := range trust {
		fmt.Fprintf(&b, "    roots\\%s.cer\n", t.name)
	}
	b.WriteString(` 4. On one PC: gpupdate /force, then certlm.msc > Trusted Root Certification Authorities >
    Certificates. Or, as administrator:
`)
	for _, t := range trust {
		fmt.Fprintf(&b, "    certutil -verifystore Root %s\n", strings.ReplaceAll(cert.Serial(t.cert), ":", ""))
	}
	b.WriteString(` 5. Open an address of urls.txt in Edge or Chrome: no warning, and the lock.

Edge and Chrome take what Windows trusts. Firefox does so with firefox\policies.json.
PCs outside of the domain: windows\install-roots.ps1, or the package manager of your choice.
To take it back: delete the certificates from the same place of the policy.
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
        throw "$path is not the file that this kit was made with: nothing was trusted"
    }
    Import-Certificate -FilePath $path -CertStoreLocation Cert:\LocalMachine\Root | Out-Null
    Write-Output "trusted: $($cert.Subject)"
}
`)
	return b.String()
}

func kitBrowsers(trust []believed, prompts []Prompt) string {
	var b strings.Builder
	b.WriteString(`By hand, browser by browser (SELF-4). Group Policy does it for all at once.

Edge and Chrome on Windows
 1. Double-click the .cer file of the folder roots > Install Certificate... > Current User (or
    Local Machine) > Place all certificates in the following store > Trusted Root Certification
    Authorities.
 2. Windows shows the thumbprint and asks: compare, then Yes. Close all windows of the browser.

Firefox
 1. Settings > Privacy & Security > Certificates > View Certificates... > Authorities > Import...
    the .pem file of the folder roots > Trust this CA to identify websites.
 2. Or by exception, address by address: open it > Advanced... > Accept the Risk and Continue.
    An exception holds for one address and one certificate: the next change asks again.
 3. Or for all PCs: firefox/policies.json into the folder "distribution" beside firefox.exe, and
    the .pem files into %USERPROFILE%\AppData\Local\Mozilla\Certificates, or on Linux
    /etc/firefox/policies/policies.json and /usr/lib/mozilla/certificates.

macOS
    Keychain Access > System > import the .pem file > Trust: Always Trust.

Where a browser offers no link to proceed, the site has told it to insist (HSTS): only trust helps.
An error for the name (ERR_CERT_COMMON_NAME_INVALID) is no matter of trust: open the full name (TRB-3).
`)
	if slices.ContainsFunc(trust, func(t believed) bool { return t.self }) {
		b.WriteString("\nSelf-signed certificates: each must be accepted by every browser, for each of these addresses:\n")
		for _, u := range strings.Fields(kitURLs(prompts)) {
			b.WriteString("  " + u + "\n")
		}
	}
	return b.String()
}

func kitNote(prompts []Prompt) string {
	asked := slices.ContainsFunc(prompts, func(p Prompt) bool { return p.Asked })
	var b strings.Builder
	b.WriteString(`Dear colleagues

On [date], from [time] to [time], the certificates of our contact centre are renewed.

What you will notice
- During that time you may be logged out once. Log in again after some minutes; calls, chat and
  reports come back by themselves.
`)
	if asked {
		b.WriteString(`- Afterwards your browser may warn you once for each part of the desktop, unless our IT has
  prepared your PC. Accept it only for the addresses below, and only when IT has told you so.
`)
	} else {
		b.WriteString(`- Afterwards everything looks as before: no warning, no question. If your browser warns you all
  the same, do not click it away: tell us the address and the text.
`)
	}
	b.WriteString(`
What to do
1. Close the browser at the end of your shift, all windows.
2. Next time open the desktop by its full name, never by a number or a short name:
`)
	for _, p := range prompts {
		if slices.Contains(p.Rules, "CLI-4") && !strings.HasSuffix(p.URL, "cfadmin") {
			b.WriteString("     " + p.URL + "\n")
		}
	}
	b.WriteString(`3. Try: log in, change your state, take a call, look at the Live Data gadgets, open a chat.

Questions: [name, telephone]
`)
	return b.String()
}
