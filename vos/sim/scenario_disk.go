package sim

import (
	"bytes"
	"encoding/json"

	"github.com/pelletier/go-toml/v2"
)

// MarshalJSON keeps a scenario in the file of its lab as what it is elsewhere: TOML, in one string.
func (s Scenario) MarshalJSON() ([]byte, error) { return inString(s) }

// UnmarshalJSON reads what MarshalJSON writes, and the object with the same keys that former programs wrote.
func (s *Scenario) UnmarshalJSON(data []byte) error { return fromString(data, s) }

// MarshalJSON keeps a topology as MarshalJSON of Scenario does.
func (t Topology) MarshalJSON() ([]byte, error) { return inString(t) }

// UnmarshalJSON reads what MarshalJSON writes, and the object with the same keys that former programs wrote.
func (t *Topology) UnmarshalJSON(data []byte) error { return fromString(data, t) }

func inString(v any) ([]byte, error) {
	text, err := toml.Marshal(v)
	if err != nil {
		return nil, err
	}
	return json.Marshal(string(text))
}

func fromString(data []byte, to any) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		return toml.Unmarshal([]byte(text), to)
	}
	var doc map[string]any
	in := json.NewDecoder(bytes.NewReader(data))
	in.UseNumber()
	if err := in.Decode(&doc); err != nil {
		return err
	}
	var out bytes.Buffer
	e := toml.NewEncoder(&out)
	e.SetMarshalJSONNumbers(true)
	if err := e.Encode(doc); err != nil {
		return err
	}
	return toml.Unmarshal(out.Bytes(), to)
}
