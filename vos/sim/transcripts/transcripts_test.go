package transcripts_test

import (
	"strings"
	"testing"

	"github.com/uccx-tui/uccx-tui/vos/sim/transcripts"
)

// TestTranscriptLacks: a value that no one gave and a file that is not there are errors, also in a row.
func TestTranscriptLacks(t *testing.T) {
	for want, got := range map[string]func() (string, error){
		"show_csr.txt has no value for PEM": func() (string, error) { return transcripts.Fill("show_csr.txt", nil) },
		"show_cert_list_row.txt has no value for": func() (string, error) {
			return transcripts.Fill("show_cert_list.txt", transcripts.Values{"Rows": transcripts.Rows("show_cert_list_row.txt", []transcripts.Values{{"Path": "a"}})})
		},
		"none.txt: file does not exist": func() (string, error) { return transcripts.Fill("none.txt", nil) },
		"transcript refusals.toml has no value for Reason": func() (string, error) {
			return transcripts.No{CLI: "${Reason}"}.Text(nil, false)
		},
	} {
		if text, err := got(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q, %v; want %q", text, err, want)
		}
	}
	if text, err := transcripts.Fill("set_cert_delete.txt", transcripts.Values{"File": "a.pem", "Store": "tomcat-trust"}); err != nil || !strings.HasPrefix(text, "Successfully deleted certificate a.pem of tomcat-trust.") {
		t.Errorf("%q, %v", text, err)
	}
}
