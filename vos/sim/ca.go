package sim

import "context"

// CA is the certification authority of the lab: a root and an intermediate.
type CA struct{}

// Inbox is the folder whose CSRs Step signs.
func (c *CA) Inbox() string { return "" }

// Outbox is the folder that replies are laid into.
func (c *CA) Outbox() string { return "" }

// SignFolder signs every CSR in a folder and writes the files a CA would send into another, which is made when missing.
// A CSR that was signed before gets the same certificate again.
func (c *CA) SignFolder(ctx context.Context, from, to string) error { return nil }

// Step signs what lies in the inbox now, and returns how many CSRs were new.
func (c *CA) Step(ctx context.Context) (int, error) { return 0, nil }

// Watch signs what is laid into the inbox until the context ends.
func (c *CA) Watch(ctx context.Context) { <-ctx.Done() }

// Behaviour is how well the CA does its work.
type Behaviour string

// Honest is the zero value; all others are mistakes that CAs make.
const (
	Honest         Behaviour = ""
	DropSAN        Behaviour = "drop-san"        // a name is missing (TRB-2)
	AddSAN         Behaviour = "add-san"         // "www." is added (TRB-2)
	OtherKey       Behaviour = "other-key"       // signed for a key that the node does not hold
	Swap           Behaviour = "swap"            // each certificate names the next node
	NoIntermediate Behaviour = "no-intermediate" // the issuing CA is not sent
	Expired        Behaviour = "expired"         // certificates of last year
	NoClientAuth   Behaviour = "no-client-auth"  // FN74382
	P7B            Behaviour = "p7b"             // one PKCS#7 file (DER) for each certificate with its chain
	Chatter        Behaviour = "chatter"         // a letter instead of files
)

// Behave sets how the CA signs from now on. It is not kept on disk.
func (c *CA) Behave(b Behaviour) {}
