package health_test

import (
	"testing"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/health"
)

const runtime = `Server Time: Fri Jul  9 09:41:05 EDT 2021

Cluster Replication State: Replication status command started at: 2021-06-23-18-47
     Replication status command COMPLETED 681 tables checked out of 681
     No Errors or Mismatches found.

Cluster Detailed View from uccx1 (2 Servers):

                              PING      DB/RPC/   REPL.    Replication    REPLICATION SETUP
SERVER-NAME     IP ADDRESS    (msec)    DbMon?    QUEUE    Group ID       (RTMT) & Details
-----------     ----------    ------    -------   -----    -----------    ------------------
uccx1           10.0.0.1      0.015     Y/Y/Y     0        (g_2)          (2) Setup Completed
uccx2           10.0.0.2      0.214     Y/Y/Y     0        (g_3)          (S) Setup Completed
`

// Answers in the forms that are known are read; any other answer is unread, and never a fault.
func TestForms(t *testing.T) {
	t.Parallel()
	put := func(state string) string { return replace(runtime, "(S)", "("+state+")") }
	n := vos.Node{FQDN: "uccx1.example.com", Product: vos.UCCX}
	for _, c := range []struct {
		kind  health.Kind
		text  string
		want  health.State
		words string
	}{
		{health.Replication, put("2"), health.Good, "2 of 2 servers in state (2): (2) (2)"},
		{health.Replication, put("4"), health.Bad, "1 of 2 servers in state (2): (2) (4)"},
		{health.Replication, put("-"), health.Bad, "1 of 2 servers in state (2): (2) (-)"},
		{health.Replication, replace(put("2"), "No Errors", "Errors"), health.Bad, "2 of 2 servers in state (2): (2) (2), and errors or mismatches were found"},
		{health.Replication, "Executed command unsuccessfully\nNo valid command entered\n", health.Unread, ""},
		{health.Replication, "", health.Unread, ""},
		{health.Replication, "the state is (4), perhaps", health.Unread, ""},
		{health.Backup, "Tar Filename  Backup Device  Completed On  Result\n2026-11-20-02-00-11.tar  NETWORK  Fri Nov 20 02:04:51 GMT 2026  SUCCESS  SCHEDULED\n" +
			"2026-11-27-02-00-12.tar  NETWORK  Fri Nov 27 02:05:01 GMT 2026  ERROR  SCHEDULED\n", health.Good, "last successful backup 2026-11-20"},
		{health.Backup, "Tar Filename  Backup Device  Completed On  Result\nTAR file not created  NETWORK  Fri Nov 27 02:05:01 GMT 2026  ERROR  MANUAL\n", health.Bad, "no backup has succeeded"},
		{health.Backup, "Tar Filename  Backup Device  Completed On  Result\n", health.Bad, "no backup is listed"},
		{health.Backup, "Executed command unsuccessfully\nNo valid command entered\n", health.Unread, ""},
		{health.Backup, "You do not have permission\n", health.Unread, ""},
		{health.Datastore, "Good replication\nCommand successful.\n", health.Good, "good replication"},
		{health.Datastore, "g_uccx1 2 Active Local 0\ng_uccx2 3 Active Connected 0\n", health.Good, "good replication"},
		{health.Datastore, "g_uccx2 3 Active Dropped 12\n", health.Bad, "the contact center database is not replicated"},
		{health.Datastore, "Output is in file: uccx/cli/status.txt\nCommand successful.\n", health.Unread, ""},
	} {
		q, ok := health.Of(c.kind, n)
		if !ok {
			t.Fatalf("no %s", c.kind)
		}
		if got := q.Read(c.text); got.State != c.want || got.Words.String() != c.words {
			t.Errorf("%s: %+v, want %d %q, of\n%s", c.kind, got, c.want, c.words, c.text)
		}
	}
	if _, ok := health.Of(health.Datastore, vos.Node{Product: vos.CUCM}); ok {
		t.Error("Unified CM has no database of a contact center")
	}
	for _, q := range health.Queries() {
		if q.Grade == "" || q.Source == "" || q.Look.IsZero() {
			t.Errorf("%s does not say how sure it is, or where a person looks", q.Line)
		}
	}
}

// No answer of a node is more than the reader can stand.
func FuzzForms(f *testing.F) {
	f.Add(runtime)
	f.Fuzz(func(t *testing.T, text string) {
		for _, q := range health.Queries() {
			if r := q.Read(text); r.State == health.Unread && !r.Words.IsZero() {
				t.Errorf("%s: unread, and says %q", q.Kind, r.Words)
			}
		}
	})
}

func replace(text, old, with string) string {
	for i := 0; i+len(old) <= len(text); i++ {
		if text[i:i+len(old)] == old {
			return text[:i] + with + text[i+len(old):]
		}
	}
	return text
}
