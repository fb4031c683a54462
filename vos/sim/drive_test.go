package sim_test

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/uccx-tui/uccx-tui/vos"
	"github.com/uccx-tui/uccx-tui/vos/sim"
)

// TestDrivenByOthers lets an OpenSSH client and curl drive nodes of three releases, as testdata/drive.sh says: programs that
// know nothing of this one.
func TestDrivenByOthers(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"bash", "ssh", "curl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s here", tool)
		}
	}
	all := []sim.Profile{sim.Profile125, sim.Profile115, sim.Profile15}
	if testing.Short() {
		all = all[:1]
	}
	for _, p := range all {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			top := sim.Pairs(1)
			top.Clusters[1].Nodes = map[string]sim.NodeSpec{"ccp": {Quirks: []sim.Quirk{sim.QuirkREST}}}
			c := lab(t, func(o *sim.Options) { o.Profile, o.Topology = p, &top })
			ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
			signing := make(chan struct{})
			go func() { defer close(signing); c.CA().Watch(ctx) }()
			defer func() { cancel(); <-signing }() // it writes into the folder of this test
			ssh, api, login := node(t, c, pub), node(t, c, ccp), c.Login()
			script := exec.CommandContext(ctx, "bash", "testdata/drive.sh")
			script.Env = append(os.Environ(), "HOME="+t.TempDir(), "LAB_USER="+login.User, "LAB_PASSWORD="+login.Password.Reveal(),
				"SSH_NODE="+ssh.FQDN, "SSH_AT="+ssh.Dial(vos.PortSSH), "SSH_WEB="+ssh.Dial(vos.PortAdmin),
				"API_NODE="+api.FQDN, "API_SSH="+api.Dial(vos.PortSSH), "API_AT="+api.Dial(vos.PortHTTPS),
				"CA_INBOX="+c.CA().Inbox(), "CA_OUTBOX="+c.CA().Outbox())
			out, err := script.CombinedOutput()
			t.Logf("%s", out)
			if err != nil {
				t.Fatal(err)
			}
			if n := c.Counts()[pub]; n.CSRs != 1 || n.OwnUploads != 1 || n.Restarts != 1 {
				t.Errorf("%s: %+v", pub, n)
			}
			if n := c.Counts()[ccp]; n.CSRs != 1 || n.OwnUploads != 1 || len(n.TrustUploads) != 2 || n.FailedLogins != 0 {
				t.Errorf("%s: %+v", ccp, n)
			}
		})
	}
}
