package manual

import (
	"regexp"
	"strings"

	"github.com/uccx-tui/uccx-tui/vos"
)

// instructions is what there is to know about one command for a person.
type instructions struct {
	words  string         // as the command begins
	answer *regexp.Regexp // some words of what it prints; nil: not known
	file   string         // type of the PEM block that a downloaded file may hold in place of the answer; "": none
	record *regexp.Regexp // how each line of a list begins, or what stands in each: a window may break long ones; nil: no list
	silent bool           // some nodes print nothing, where there is nothing
	// clicks are the same in OS Administration, where a page has it; args are the words behind the command.
	clicks func(n vos.Node, args []string) []vos.Click
}

// sheets is a row a command, the longest words first. What has no row is done at the command line, and read as it comes.
func sheets() []instructions {
	says := regexp.MustCompile
	listed := says(`^\s*[A-Za-z0-9_.+-]+/`)
	return []instructions{
		{words: "show status", answer: says(`(?i)(host ?name|date)\s*:`)},
		{words: "show network eth0", answer: says(`(?i)(ip address|domain|gateway|dns)`)},
		{words: "show network cluster", answer: says(`(?i)\b(publisher|subscriber|primary|secondary|standalone)\b|\d+\.\d+\.\d+\.\d+`), record: says(`^\s*(\d+\.\d+\.\d+\.\d+|[0-9a-fA-F]*:[0-9a-fA-F:.]+)\s`)},
		{words: "show version active", answer: says(`(?i)version`)},
		{words: "utils service list", answer: says(`\[\s*[A-Z][A-Z _-]+\]`), record: says(`\[\s*[A-Z]`)},
		{words: "show cert own", answer: says(`-----BEGIN`), file: "CERTIFICATE", clicks: clicksOwn},
		{words: "show cert list", answer: says(`(?i)[a-z]/|no `), record: listed},
		{words: "show cert trust", answer: says(`-----BEGIN`), file: "CERTIFICATE", clicks: clicksTrusted},
		{words: "show csr list", answer: says(`(?i)\.csr|\bno\b|-----BEGIN|not `), record: listed, silent: true, clicks: clicksPending},
		{words: "show csr own", answer: says(`(?i)-----BEGIN [A-Z ]*REQUEST|\bno\b|not `), file: "CERTIFICATE REQUEST", clicks: clicksDownload},
		{words: "set csr gen", answer: says(`(?i)success|fail|error`), clicks: clicksGenerate},
		{words: "set cert import trust", answer: says(`(?i)success|fail|error`), clicks: clicksTrust},
		{words: "set cert import own", answer: says(`(?i)success|fail|error`), clicks: clicksUpload},
		{words: "set cert regen", answer: says(`(?i)success|fail|error`), clicks: clicksRegenerate},
		{words: "set cert delete", answer: says(`(?i)success|delet|fail|error`), clicks: clicksDelete},
	}
}

// sheetOf returns the row of a dialogue; an empty one where there is none.
func sheetOf(d vos.Dialogue) instructions {
	for _, s := range sheets() {
		if strings.HasPrefix(d.Line+" ", s.words+" ") {
			return s
		}
	}
	return instructions{}
}

// clicks are what to do in OS Administration in place of a command; nil where no page has it.
func clicks(n vos.Node, d vos.Dialogue) []vos.Click {
	s := sheetOf(d)
	if s.clicks == nil {
		return nil
	}
	return s.clicks(n, strings.Fields(strings.TrimPrefix(d.Line, s.words)))
}

func click(text string, args ...string) vos.Click { return vos.Click{Text: text, Args: args} }

// list leads to the list of certificates, which all begin with.
func list() vos.Click { return click("Security > Certificate Management > Find") }

func word(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return "tomcat"
}

func clicksOwn(_ vos.Node, args []string) []vos.Click {
	unit, _, _ := strings.Cut(word(args, 0), "/")
	return []vos.Click{list(), click("open the certificate %s (Usage: Identity) > Download .PEM File", unit), click("enter the path of the file below")}
}

func clicksTrusted(_ vos.Node, args []string) []vos.Click {
	store, file, _ := strings.Cut(strings.Join(args, " "), "/")
	return []vos.Click{list(), click("open %s in %s > Download .PEM File", strings.TrimSuffix(file, ".pem"), store), click("enter the path of the file below")}
}

func clicksPending(vos.Node, []string) []vos.Click {
	return []vos.Click{list(), click("If there is a CSR: Download CSR, then enter the path of the file below"), click("If there is none: type  no CSR  below")}
}

func clicksDownload(_ vos.Node, args []string) []vos.Click {
	unit, _, _ := strings.Cut(word(args, 0), "/")
	return []vos.Click{list(), click("Download CSR > Certificate Purpose %s > Download CSR", unit), click("enter the path of the file below")}
}

// clicksGenerate: one node a certificate (PRE-5), 2048 bits and SHA256 (PRE-4), no parent domain (PRE-8).
func clicksGenerate(n vos.Node, args []string) []vos.Click {
	return []vos.Click{list(), click("Generate CSR > Certificate Purpose %s, Distribution %s", word(args, 0), n.FQDN),
		click("Parent Domain: (clear it); Key Length: 2048; Hash Algorithm: SHA256 > Generate")}
}

func clicksUpload(_ vos.Node, args []string) []vos.Click { return upload(word(args, 0)) }

func clicksTrust(_ vos.Node, args []string) []vos.Click { return upload(word(args, 0) + "-trust") }

func upload(purpose string) []vos.Click {
	return []vos.Click{list(), click("Upload Certificate/Certificate chain > Certificate Purpose %s", purpose), click("Upload File: the file named above > Upload")}
}

func clicksRegenerate(_ vos.Node, args []string) []vos.Click {
	return []vos.Click{list(), click("open the certificate %s (Usage: Identity) > Regenerate", word(args, 0))}
}

func clicksDelete(_ vos.Node, args []string) []vos.Click {
	return []vos.Click{list(), click("open %s in %s > Delete > OK", strings.TrimSuffix(word(args, 1), ".pem"), word(args, 0))}
}
