package commandline

// examples are by command, without the name of the program; "" is the program alone.
func examples() map[string]string {
	return map[string]string{
		"": `  uccx-tui lab                         # the whole change on simulated nodes
  uccx-tui                             # the home screen: new change, open sessions
  uccx-tui help solutions              # a document`,
		"lab": `  uccx-tui lab                         # the whole change on simulated nodes
  uccx-tui lab --list                  # scenarios, each with a problem to solve
  uccx-tui lab missing-root            # one of them
  uccx-tui lab --auto                  # plays it without questions`,
		"lab hint": `  uccx-tui lab hint                    # the next hint of the newest lab session`,
		"lab grade": `  uccx-tui lab grade                   # grades the newest lab session
  uccx-tui lab grade ada bob           # a table of a class`,
		"lab reset": `  uccx-tui lab reset missing-root      # starts it again; the old one is archived`,
		"lab learn": `  uccx-tui lab learn HQ-renewal hq.toml && uccx-tui lab hq.toml`,
		"rehearse":  `  uccx-tui rehearse HQ-renewal         # after run --survey: what would happen, and how long it takes`,
		"new":       `  uccx-tui new --solution hq           # on the nodes of solutions/hq.toml`,
		"discover":  `  uccx-tui discover uccx1.example.com --name "HQ renewal"`,
		"plan":      `  uccx-tui plan --solution hq          # what would be done, and its hash`,
		"run": `  uccx-tui run --solution hq --survey  # logs in, reads and checks; changes nothing
  uccx-tui run --solution hq --password-file ~/.uccx-pw --reply ./from-the-ca --restart ccp,uccx1 --until 06:00`,
		"resume": `  uccx-tui resume                      # the newest change that is not finished
  uccx-tui resume HQ-renewal`,
		"sessions":         `  uccx-tui sessions --json | jq -r '.sessions[].name'`,
		"sessions archive": `  uccx-tui sessions archive HQ-renewal`,
		"sessions delete":  `  uccx-tui sessions delete lab`,
		"sessions rename":  `  uccx-tui sessions rename HQ-renewal HQ-2026`,
		"check": `  uccx-tui check ./from-the-ca                       # what is in the files of a CA
  uccx-tui check reply.p7b --csr uccx1.csr --out pem  # and writes PEM files in upload order`,
		"probe": `  uccx-tui probe uccx1.example.com                   # what every client port presents
  uccx-tui probe --solution hq --json
  uccx-tui probe uccx1.example.com --jump anna@bastion.example.com`,
		"advise": `  uccx-tui advise NET::ERR_CERT_COMMON_NAME_INVALID
  uccx-tui advise "CSR SAN and Certificate SAN does not match"`,
		"facts": `  uccx-tui facts chrome                # dated facts that name Chrome`,
		"doctor": `  uccx-tui doctor                      # this machine
  uccx-tui doctor hq                   # and every port of a solution, without a login`,
		"report": `  uccx-tui report HQ-renewal --format html > report.html
  uccx-tui report HQ-renewal --format ics > expiry.ics`,
		"verify": `  uccx-tui verify HQ-renewal           # is every file as the journal says?
  uccx-tui verify HQ-renewal --head >> /mnt/evidence/heads
  uccx-tui verify HQ-renewal --expect 41:9f86d0...`,
		"kit": `  uccx-tui kit HQ-renewal ./kit        # roots and policies for client PCs`,
		"export": `  uccx-tui export HQ-renewal hq.tar    # for a colleague, without passwords
  uccx-tui export HQ-renewal - | ssh jump2 'cat > hq.tar && uccx-tui import hq.tar'`,
		"import":  `  uccx-tui import hq.tar`,
		"version": `  uccx-tui version --json`,
	}
}
