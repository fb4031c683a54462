package ui

import (
	"strings"
)

// helpText explains a screen from its own keys, and the laws of the face.
func (f *face) helpText(keys []binding, w int) string {
	lines := []string{f.bold.Render(f.say("The keys that work here")), ""}
	for _, k := range keys {
		text := f.say(k.help)
		if k.off != "" {
			text = f.say("now off: %s", k.off)
		}
		lines = append(lines, f.labelled(k.key, text, 12, w)...)
	}
	lines = append(lines, f.labelled("ctrl+c", f.say("Ends the program. Nothing is lost: uccx-tui resume goes on from here."), 12, w)...)
	lines = append(lines, "", f.bold.Render(f.say("What the signs mean")), "")
	lines = append(lines,
		f.green.Render(f.done)+" "+f.say("seen to be done")+"    "+f.accent.Render(f.next)+" "+f.say("next")+"    "+f.red.Render(f.failed)+" "+f.say("failed, the node is as before"),
		f.red.Render(f.unsure)+" "+f.say("nobody knows: Enter looks at the node, nothing is done twice"), "",
		f.dim.Render(f.say("Any key closes this page.")))
	return strings.Join(lines, "\n")
}
