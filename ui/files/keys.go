package files

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/uccx-tui/uccx-tui/ui/widget"
	"github.com/uccx-tui/uccx-tui/vos/cert"
)

// Doing is what the screen does that shows a chooser.
type Doing struct {
	Load    func(all []cert.File) tea.Cmd                 // takes the chosen files
	Details func(name string, f cert.File) tea.Cmd        // shows what a file has
	Letter  func(v cert.Verdict, all []cert.File) tea.Cmd // asks whether to write the letter to the CA
	Back    func() tea.Cmd
	Now     time.Time
	Width   int // of the window, in cells
}

// Keys are the keys that work now, the next action first.
func Keys(c *Chooser, do Doing) []widget.Action {
	back := widget.On("esc", "back to list", "Returns to the list.", func() tea.Cmd { c.ToList(); return nil })
	switch c.Mode() {
	case Path:
		write := widget.Types("type", "Writes the path. "+widget.Edits, nil)
		write.Do = func(k tea.KeyPressMsg) tea.Cmd { c.Type(k); return nil }
		return []widget.Action{widget.On("enter", "open", "Opens the folder or selects the file.", c.Go), widget.On("tab", "complete", "Completes the path.", c.Complete), write, back}
	case Pasting:
		take := widget.On("enter", "use this text", "Accepts the text as a file, once no more lines arrive.", nil)
		take.Do = func(k tea.KeyPressMsg) tea.Cmd { return c.TypePaste(k, do.Now) }
		write := widget.Types("paste", "Accepts what a terminal types instead of a paste.", nil)
		write.Do = take.Do
		return []widget.Action{take, write, back}
	case Why:
		back.SetKeys("esc", "enter", "f")
		return append([]widget.Action{back}, widget.PageKeys(c.Page())[0])
	}
	rows := c.Rows(do.Width)
	if c.Filtering() {
		return widget.FilterKeys(&c.List, rows)
	}
	return append(listKeys(c, do), widget.ListKeys(&c.List, rows, func() {})...)
}

// listKeys are the keys of the list of files.
func listKeys(c *Chooser, do Doing) []widget.Action {
	t := c.theme
	enter := widget.On("enter", "load selected files", "Loads the selected files.", nil)
	switch {
	case c.AtFolder():
		enter = widget.On("enter right", "open", "Opens the folder.", nil)
	case c.Faulty() && c.partly:
		enter = widget.On("enter", "use what is right", "Asks what becomes of the files: not all is right, but some can be used.", nil)
	case c.Faulty():
		enter = widget.On("enter", "show errors", "Shows the errors in the selected files.", nil)
	}
	enter.Do = func(tea.KeyPressMsg) tea.Cmd {
		take, cmd := c.Enter()
		if take != nil {
			return do.Load(take)
		}
		return cmd
	}
	if !c.AtFolder() && !c.Ready() {
		enter = enter.Unless(t.Say("the files are still being read"))
	}
	chosen := c.Chosen()
	verdict, ready := c.Verdict()
	off := map[bool]string{false: t.Say("the selected files are still being checked")}[ready]
	wrong := []widget.Action{widget.On("T", "letter to the CA", "Writes a letter about what the CA must correct into the outbox; it asks first.", func() tea.Cmd { return do.Letter(verdict, chosen) }).Unless(off),
		widget.On("f", "findings", "Shows all findings on the selected files.", func() tea.Cmd { c.Explain(); return nil })}
	all := []widget.Action{enter, widget.On("space", "mark", "Selects or clears the file.", c.Toggle)}
	if c.Faulty() {
		all, wrong = append(all, wrong...), nil
	}
	unread := ""
	name, file, ok := c.Selected()
	if !ok {
		unread = t.Say("not read yet")
	}
	if !c.AtFolder() {
		all = append(all, widget.On("d", "details", "Shows the content of the file.", func() tea.Cmd { return do.Details(name, file) }).Unless(unread))
	}
	return append(append(append(all, placeKeys(c, do.Now)...), wrong...), widget.On("esc", "back", "Goes back. Nothing is loaded.", do.Back))
}

// placeKeys choose many files at once, and other places for them.
func placeKeys(c *Chooser, now time.Time) []widget.Action {
	all := []widget.Action{widget.On("A", "all", "Selects all files in this folder that contain certificates.", c.All), widget.On(": ~", "path", "Lets you type the path of a folder or file.", func() tea.Cmd { c.TypePath(); return nil }),
		widget.On("left backspace", "folder above", "Opens the folder above.", c.Parent),
		widget.On("-", "paste", "Lets you type or paste a PEM text instead of a file, starting with its first dash. You can also paste it "+
			"without this key.", func() tea.Cmd { c.BeginPaste("-", now); return nil })}
	if c.Pasted() > 0 {
		all = append(all, widget.On("x", "discard pasted", "Discards the pasted texts.", c.DropPasted))
	}
	return all
}
