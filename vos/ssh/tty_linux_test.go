package ssh_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/uccx-tui/uccx-tui/vos"
)

// ttyShell is a command line on a real terminal: the kernel echoes, at once and by itself, and makes line ends.
const ttyShell = `
echo "Welcome to the Platform Command Line Interface"; echo
while printf 'admin:' && IFS= read -r line; do
  case "$line" in
    "set cli pagination off") echo "Automatic pagination is turned off";;
    "show status") echo "Host Name : uccx1"; echo "Date : Mon Mar 2, 2026 00:36:32";;
    "set cert import trust tomcat") echo "Paste the Certificate and Hit Enter"
      n=0; while IFS= read -r pem && [ -n "$pem" ]; do n=$((n+1)); last="$pem"; done
      echo "Successfully imported certificate for tomcat."; echo "$n lines, the last $last";;
    "utils system restart") echo "Do you really want to restart ?"; echo; printf 'Enter (yes/no)? '
      read -r yes; [ "$yes" = yes ] && { echo; echo "Appliance is being Restarted ..."; exit; };;
    quit) exit;;
    "") ;;
    *) echo "Executed command unsuccessfully"; echo "No valid command entered";;
  esac
done
`

// openTerminal asks the kernel for a terminal and starts a command on it.
func openTerminal(cmd *exec.Cmd) (*os.File, error) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	var number, unlocked int32
	for request, arg := range map[uintptr]*int32{syscall.TIOCGPTN: &number, syscall.TIOCSPTLCK: &unlocked} {
		if _, _, no := syscall.Syscall(syscall.SYS_IOCTL, master.Fd(), request, uintptr(unsafe.Pointer(arg))); no != 0 {
			return nil, no
		}
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	defer slave.Close()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	return master, cmd.Start()
}

func TestRealTerminal(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh on this machine")
	}
	f := newFake(t, func(c *console) {
		cmd := exec.Command(sh, "-c", ttyShell)
		tty, err := openTerminal(cmd)
		if err != nil {
			t.Errorf("no terminal: %v", err)
			return
		}
		go func() { _, _ = io.Copy(tty, c.ch); _ = tty.Close() }()
		_, _ = io.Copy(c.ch, tty)
		_ = cmd.Wait()
	})
	d, term := enter(t, f, lab(), access())
	for range 5 {
		text, err := term.Type(t.Context(), vos.Dialogue{Line: "show status"})
		if want := "Host Name : uccx1\nDate : Mon Mar 2, 2026 00:36:32"; err != nil || text != want {
			t.Fatalf("got %q, %v", text, err)
		}
	}
	ca := selfSigned(t)
	text, err := term.Type(t.Context(), vos.DialogueImportTrust("tomcat", []byte(strings.Repeat("x", 64)+"\n-----END")))
	if err != nil || !strings.Contains(text, "2 lines, the last -----END") {
		t.Errorf("pasted: %q, %v", text, err)
	}
	if err := d.ImportTrust(t.Context(), "tomcat", ca); err != nil {
		t.Error(err)
	}
	if _, err := term.Type(t.Context(), vos.Dialogue{Line: "show myself"}); err != nil {
		t.Error(err)
	}
	if err := d.Restart(t.Context()); err != nil {
		t.Error(err)
	}
}
