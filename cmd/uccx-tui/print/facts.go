package print

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/uccx-tui/uccx-tui/ui/lang"
	"github.com/uccx-tui/uccx-tui/vos/facts"
)

// factOf is one fact as JSON.
type factOf struct {
	ID     string `json:"id"`
	Topic  string `json:"topic"`
	About  string `json:"about"`
	Text   string `json:"text"`
	Source string `json:"source"`
	Date   string `json:"date"` // of the source
	Link   string `json:"link,omitempty"`
}

// FactsJSON writes facts as one JSON array.
func FactsJSON(out io.Writer, found []facts.Fact) error {
	all := []factOf{}
	for _, f := range found {
		all = append(all, factOf(f))
	}
	enc := json.NewEncoder(JSON{To: out})
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(all)
}

// FactsText writes facts for people, under their topics.
func FactsText(out io.Writer, say lang.Localizer, found []facts.Fact) error {
	var b strings.Builder
	topic := ""
	for _, f := range found {
		if f.Topic != topic {
			if topic != "" {
				b.WriteString("\n")
			}
			topic = f.Topic
			fmt.Fprintf(&b, "%s\n", strings.ToUpper(topic))
		}
		fmt.Fprintf(&b, "\n  %s (%s)\n    %s\n    %s\n", f.About, f.ID, say.Say(f.Text), say.Say("source %s, %s", f.Source, f.Date))
		if f.Link != "" {
			fmt.Fprintf(&b, "    %s\n", f.Link)
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}
