package ui

// Lesson is what a session in a scenario of the lab is about, and what can be done about it outside of this program. Its
// functions may block.
type Lesson struct {
	Title, Story, Goal string
	Untouched          bool   // it is right to stop before anything is changed
	HandOver           string // row at which the session goes to a colleague; empty: none
	Outside            []Outside
	Hints              []string                                     // that were given before the session was opened
	Hint               func() (hint string, more bool, err error)   // gives the next one, and logs it; more false: there is none
	Do                 func(title string) error                     // does one of Outside, and logs it
	Grade              func() (text string, passed bool, err error) // as it stands now, in Markdown
}

// Outside is something that a person can do outside of this program: in OS Administration, at a console, on the telephone.
type Outside struct {
	Title   string
	At      string // row at which whoever plays the lesson unattended does it
	Mistake bool   // it is what the lesson warns of
}
