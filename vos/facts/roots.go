package facts

import (
	"strings"
	"sync"
)

// Root is a root of a public CA that servers and ACME do not send.
type Root struct {
	Name   string // common name
	SHA256 string // fingerprint of the certificate, upper hex; empty: not known here
	From   string // where the CA offers it
}

// RootsSource and RootsDate are where the fingerprints come from.
const (
	RootsSource = "Mozilla's list of roots, as ca-certificates of Debian ships it; pages of the CAs"
	RootsDate   = "2026-11"
)

// Roots are the public roots that are missing most often in what a CA or ACME sends.
func Roots() []Root {
	const (
		isrg     = "https://letsencrypt.org/certificates/"
		sectigo  = "https://www.sectigo.com/knowledge-base/detail/Sectigo-Intermediate-Certificates/kA01N000000rfBO"
		google   = "https://pki.goog/repository/"
		digicert = "https://www.digicert.com/kb/digicert-root-certificates.htm"
		ssl      = "https://www.ssl.com/repository/"
		global   = "https://support.globalsign.com/ca-certificates/root-certificates/globalsign-root-certificates"
		amazon   = "https://www.amazontrust.com/repository/"
	)
	return []Root{
		{"ISRG Root X1", "96BCEC06264976F37460779ACF28C5A7CFE8A3C0AAE11A8FFCEE05C0BDDF08C6", isrg},
		{"ISRG Root X2", "69729B8E15A86EFC177A57AFB7171DFC64ADD28C2FCA8CF1507E34453CCB1470", isrg},
		{"Root YR", "", isrg},
		{"Root YE", "", isrg},
		{"USERTrust RSA Certification Authority", "E793C9B02FD8AA13E21C31228ACCB08119643B749C898964B1746D46C3D4CBD2", sectigo},
		{"USERTrust ECC Certification Authority", "4FF460D54B9C86DABFBCFC5712E0400D2BED3FBC4D4FBDAA86E06ADCD2A9AD7A", sectigo},
		{"AAA Certificate Services", "D7A7A0FB5D7E2731D771E9484EBCDEF71D5F0C3E0A2948782BC83EE0EA699EF4", sectigo},
		{"Sectigo Public Server Authentication Root R46", "7BB647A62AEEAC88BF257AA522D01FFEA395E0AB45C73F93F65654EC38F25A06", sectigo},
		{"Sectigo Public Server Authentication Root E46", "C90F26F0FB1B4018B22227519B5CA2B53E2CA5B3BE5CF18EFE1BEF47380C5383", sectigo},
		{"GTS Root R1", "D947432ABDE7B7FA90FC2E6B59101B1280E0E1C7E4E40FA3C6887FFF57A7F4CF", google},
		{"GTS Root R2", "8D25CD97229DBF70356BDA4EB3CC734031E24CF00FAFCFD32DC76EB5841C7EA8", google},
		{"GTS Root R3", "34D8A73EE208D9BCDB0D956520934B4E40E69482596E8B6F73C8426B010A6F48", google},
		{"GTS Root R4", "349DFA4058C5E263123B398AE795573C4E1313C83FE68F93556CD5E8031B3C7D", google},
		{"DigiCert Global Root G2", "CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F", digicert},
		{"DigiCert Global Root G3", "31AD6648F8104138C738F39EA4320133393E3A18CC02296EF97C2AC9EF6731D0", digicert},
		{"DigiCert TLS RSA4096 Root G5", "371A00DC0533B3721A7EEB40E8419E70799D2B0A0F2C1D80693165F7CEC4AD75", digicert},
		{"DigiCert TLS ECC P384 Root G5", "018E13F0772532CF809BD1B17281867283FC48C6E13BE9C69812854A490C1B05", digicert},
		{"SSL.com Root Certification Authority RSA", "85666A562EE0BE5CE925C1D8890A6F76A87EC16D4D7D5F29EA7419CF20123B69", ssl},
		{"SSL.com Root Certification Authority ECC", "3417BB06CC6007DA1B961C920B8AB4CE3FAD820E4AA30B9ACBC4A74EBDCEBC65", ssl},
		{"GlobalSign Root R46", "4FA3126D8D3A11D1C4855A4F807CBAD6CF919D3A5A88B03BEA2C6372D93C40C9", global},
		{"GlobalSign Root E46", "CBB9C44D84B8043E1050EA31A69F514955D7BFD2E2C6B49301019AD61D9F5058", global},
		{"Amazon Root CA 1", "8ECDE6884F3D87B1125BA31AC3FCB13D7016DE7F57CC904FE1CB97C6AE98196E", amazon},
		{"Amazon Root CA 2", "1BA5B2AA8C65401A82960118F80BEC4F62304D83CEC4713A19C39C011EA46DB4", amazon},
		{"Amazon Root CA 3", "18CE6CFE7BF14E60B2E347B8DFE868CB31D02EBB3ADA271569F50343B46DB3A4", amazon},
		{"Amazon Root CA 4", "E35D28419ED02025CFA69038CD623962458DA5C695FBDEA3C22B0BFB25897092", amazon},
	}
}

// RootNamed returns the public root of a common name, with or without the "ISRG" before it.
func RootNamed(cn string) (Root, bool) {
	r, ok := rootsByName()[rootKey(cn)]
	return r, ok
}

var rootsByName = sync.OnceValue(func() map[string]Root {
	all := map[string]Root{}
	for _, r := range Roots() {
		all[rootKey(r.Name)] = r
	}
	return all
})

func rootKey(cn string) string {
	return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(cn)), "isrg ")
}

func roots() []Fact {
	var all []Fact
	for _, r := range Roots() {
		text := r.Name + ": the CA offers it at " + r.From
		if r.SHA256 != "" {
			text += "; SHA-256 " + r.SHA256
		}
		id := "root-" + strings.ToLower(strings.NewReplacer(" ", "-", ".", "-").Replace(r.Name))
		all = append(all, Fact{id, topicRoots, "public CAs", text, RootsSource, RootsDate, r.From})
	}
	return all
}
