package widget

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	tea "charm.land/bubbletea/v2"
)

// Action is a key that works on a screen. What is listed and what works are the same table: the line of keys, the help,
// docs/keys.md and the dispatch of keys read nothing else.
type Action struct {
	key.Binding        // the keys; Help: the key and the word that the line of keys shows, English
	Explain     string // a sentence for the help, English
	Off         string // why it does nothing now, in the language of the person; "" if it works
	Scrolls     *Page  // the page that it is about; the line of keys leaves the key out where all of that page is seen
	Typing      bool   // it takes letters, and the keys that edit a text, where no other action has them
	Do          func(k tea.KeyPressMsg) tea.Cmd
}

// On is an action of some keys, with blanks between them; the first is the one that is shown.
func On(keys, label, explain string, do func() tea.Cmd) Action {
	all := strings.Fields(keys)
	return Action{Binding: key.NewBinding(key.WithKeys(all...), key.WithHelp(all[0], label)), Explain: explain,
		Do: func(tea.KeyPressMsg) tea.Cmd { return do() }}
}

// Unless is the action as long as there is no reason why not.
func (a Action) Unless(off string) Action {
	a.Off = off
	return a
}

// Shown is the action under another name of its keys.
func (a Action) Shown(keys string) Action {
	a.SetHelp(keys, a.Help().Desc)
	return a
}

// Types is the action of letters, and of the keys that edit a text.
func Types(label, explain string, take func(msg tea.Msg)) Action {
	return Action{Binding: key.NewBinding(key.WithHelp("letters", label)), Explain: explain, Typing: true,
		Do: func(k tea.KeyPressMsg) tea.Cmd {
			take(k)
			return nil
		}}
}

// Matches reports whether a key is one of the action.
func (a Action) Matches(k tea.KeyPressMsg) bool {
	if a.Typing {
		return k.Text != "" || slices.Contains(EditKeys, k.String())
	}
	return key.Matches(k, a.Binding)
}
