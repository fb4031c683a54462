package main_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"

	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/health"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/print"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/probe"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/unattended"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/verdict"
	"github.com/uccx-tui/uccx-tui/cmd/uccx-tui/version"
	"github.com/uccx-tui/uccx-tui/steps/lab"
	"github.com/uccx-tui/uccx-tui/steps/report"
	"github.com/uccx-tui/uccx-tui/ui/line"
	"github.com/uccx-tui/uccx-tui/vos/goldentest"
)

const jsonHead = `# What --json prints

Listings that begin with ` + "`\"format\": 1`" + ` raise that number when a key is renamed, removed or gets another meaning; new keys may come at
any time, so a reader ignores what it does not know. The other documents only gain keys. A command prints one document; where the heading
says so, it prints one object on each line (JSON Lines). ` + "`run --json`" + ` prints one object for each event and a last line with the outcome
([unattended.md](unattended.md)); a run that opens no session prints no object, only its error and its exit code. ` + "`lab grade --json`" + ` with
several names prints one document after the other. Text is escaped: what a node or a file says cannot give orders to a terminal. Times are
RFC 3339.

The schemas (JSON Schema 2020-12) are made from the program's own types.
`

// TestJSON: docs/json.md has the schema of what each command prints.
func TestJSON(t *testing.T) {
	documents := print.Documents()
	maps.Copy(documents, map[string]any{"version": version.Build{}, "doctor": health.Result{}, "probe (one line a port)": probe.Port{}, "check": verdict.Verdict{},
		"report --format json": report.Report{}, "run (one line an event)": line.JSONLine{}, "run (last line)": unattended.Last{}, "lab --serve (first line)": lab.Serving{}})
	reflector := jsonschema.Reflector{Anonymous: true, DoNotReference: true, AllowAdditionalProperties: true, Mapper: asText}
	var b strings.Builder
	b.WriteString(jsonHead)
	for _, name := range slices.Sorted(maps.Keys(documents)) {
		schema, err := json.MarshalIndent(reflector.Reflect(documents[name]), "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n## %s\n\n```json\n%s\n```\n", name, schema)
	}
	goldentest.File(t, "../../docs/json.md", []byte(b.String()))
}

// asText: what writes itself as text is a string in JSON.
func asText(t reflect.Type) *jsonschema.Schema {
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) && !t.Implements(reflect.TypeFor[json.Marshaler]()) {
		return &jsonschema.Schema{Type: "string"}
	}
	return nil
}
