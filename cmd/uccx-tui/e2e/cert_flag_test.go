package e2e_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestCertificateByFlag: the certificate of an API is accepted unattended by the flag that the run names, and by no other
// fingerprint; until then nothing is sent there.
func TestCertificateByFlag(t *testing.T) {
	t.Parallel()
	far, p := newPlace(t), newPlace(t)
	s := far.serve("--rest=ccp")
	file := s.solution(t, true)
	text, err := os.ReadFile(file)
	if err == nil {
		at := strings.Index(string(text), `fqdn = "ccp`)
		err = os.WriteFile(file, []byte(string(text[:at])+"way = \"rest+manual\"\n"+string(text[at:])), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	run := func(code int, says string, args ...string) string {
		t.Helper()
		out, errout, got := p.run(append([]string{"run", "--solution", file, "--survey", "--password-file", s.passwordFile(t)}, args...)...)
		if got != code || !strings.Contains(out+errout, says) {
			t.Fatalf("%v: exit %d, want %d and %q\n%s%s", args, got, code, says, out, errout)
		}
		return errout
	}
	named := regexp.MustCompile(`--cert (ccp[^ =]*=\S+)`).FindStringSubmatch(run(10, "--cert ccp"))
	if named == nil || strings.Contains(named[0], "host-key") {
		t.Fatal("no flag is named")
	}
	run(10, "find out why they differ", "--cert", "ccp=SHA256:"+strings.Repeat("AB:", 31)+"AB")
	run(2, "--host-key", "--host-key", named[1])
	run(5, "need a person", "--cert", named[1]) // the API lets in; what it cannot do, a person must
}
