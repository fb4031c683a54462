// Package engine works on the tasks of a plan: it connects, looks, writes the journal, acts and looks again. It hands
// dialogues that no program may type to a person, and tells the screen what happens.
package engine
