package plan_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/internal/source"
	"github.com/pantograph-go/pantograph/generator/plan"
)

// dice makes random documents full of names that collide.
type dice struct{ *rand.Rand }

func (d dice) pick(list ...string) string { return list[d.IntN(len(list))] }

func (d dice) name() string {
	return d.pick("a", "b", "A", "a-b", "a_b", "ab", "AB", "error", "Client", "list", "items", "type", "1st", "日本", "*", "getThing", "GetThingResponse", "thing", "things", "GetThingParams", "_", "x"+fmt.Sprint(d.IntN(9)))
}

// object is a mapping in the order in which it was made.
type object []member

type member struct {
	key   string
	value any
}

func (o object) with(key string, value any) object {
	for _, m := range o {
		if m.key == key {
			return o
		}
	}
	return append(o, member{key, value})
}

func (d dice) schema(depth int, refs []string) any {
	if len(refs) > 0 && d.IntN(4) == 0 {
		return object{{"$ref", refs[d.IntN(len(refs))]}}
	}
	switch n := d.IntN(8); {
	case n < 3 && depth > 0:
		var props object
		for range 1 + d.IntN(4) {
			props = props.with(d.name(), d.schema(depth-1, refs))
		}
		return object{{"type", "object"}, {"properties", props}}
	case n == 3 && depth > 0:
		return object{{"type", "array"}, {"items", d.schema(depth-1, refs)}}
	case n == 4 && depth > 0:
		return object{{"type", "object"}, {"additionalProperties", d.schema(depth-1, refs)}}
	case n == 5:
		return object{{"type", "string"}, {"enum", []any{d.name(), d.name() + "2", "c"}}}
	}
	return object{{"type", d.pick("string", "integer")}}
}

func content(schema any) object {
	return object{{"content", object{{"application/json", object{{"schema", schema}}}}}}
}

// document makes one. Its paths refer to components and into each other.
func (d dice) document() object {
	var schemas, responses, bodies, parameters, schemes object
	var refs []string
	for range 1 + d.IntN(5) {
		name := d.name()
		schemas = schemas.with(name, nil)
	}
	for _, m := range schemas {
		refs = append(refs, "#/components/schemas/"+escaped(m.key))
	}
	for i := range schemas {
		schemas[i].value = d.schema(2, refs)
	}
	for range d.IntN(3) {
		responses = responses.with(d.name(), content(d.schema(2, refs)).with("description", "R"))
		bodies = bodies.with(d.name(), content(d.schema(2, refs)))
		name := d.name()
		parameters = parameters.with(name, object{{"name", name}, {"in", "query"}, {"schema", d.schema(0, refs)}})
		schemes = schemes.with(d.name(), object{{"type", "apiKey"}, {"in", d.pick("header", "query")}, {"name", "k" + fmt.Sprint(d.IntN(3))}})
	}
	var paths object
	var bodyRefs []string // into the paths themselves
	for i := range 2 + d.IntN(6) {
		var op object
		path := fmt.Sprintf("/%s/p%d", d.pick("things", "others"), i)
		if d.IntN(4) > 0 {
			op = op.with("operationId", d.pick("get", "list", "", "thing_")+d.pick("Thing", "Things", "Other", "things")+d.pick("", "", "ById", "_x")+fmt.Sprint(i/2))
		}
		op = op.with("tags", []any{d.pick("things", "Thing", "other", "日")})
		answer := any(content(d.schema(2, append(refs, bodyRefs...))).with("description", "OK"))
		if len(responses) > 0 && d.IntN(2) == 0 {
			answer = object{{"$ref", "#/components/responses/" + escaped(responses[d.IntN(len(responses))].key)}}
		} else {
			bodyRefs = append(bodyRefs, fmt.Sprintf("#/paths/%s/post/responses/200/content/application~1json/schema", escaped(path)))
		}
		op = op.with("responses", object{{"200", answer}})
		body := any(content(d.schema(2, refs)))
		if len(bodies) > 0 && d.IntN(2) == 0 {
			body = object{{"$ref", "#/components/requestBodies/" + escaped(bodies[d.IntN(len(bodies))].key)}}
		}
		op = op.with("requestBody", body)
		if len(parameters) > 0 {
			op = op.with("parameters", []any{object{{"$ref", "#/components/parameters/" + escaped(parameters[d.IntN(len(parameters))].key)}}})
		}
		paths = paths.with(path, object{{"post", op}})
	}
	return object{
		{"openapi", "3.1.0"}, {"info", object{{"title", "T"}, {"version", "1"}}}, {"paths", paths},
		{"components", object{{"schemas", schemas}, {"responses", responses}, {"requestBodies", bodies}, {"parameters", parameters}, {"securitySchemes", schemes}}},
	}
}

func escaped(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "%", "%25", " ", "%20").Replace(key)
}

// shuffled is the value with all mappings in another order.
func (d dice) shuffled(v any) any {
	switch v := v.(type) {
	case object:
		out := slices.Clone(v)
		for i := range out {
			out[i].value = d.shuffled(out[i].value)
		}
		d.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		return out
	case []any:
		out := slices.Clone(v)
		for i := range out {
			out[i] = d.shuffled(out[i])
		}
		return out
	}
	return v
}

// MarshalJSON keeps the order.
func (o object) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, m := range o {
		key, _ := json.Marshal(m.key)
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%s:%s", key, value)
	}
	return []byte(b.String() + "}"), nil
}

// locked generates a document and returns what the lock says of it.
func locked(t *testing.T, doc any) string {
	t.Helper()
	text, err := json.Marshal(doc)
	require.NoError(t, err)
	api, _ := source.Load(source.Request{FS: fstest.MapFS{"api.json": {Data: text}}, Specs: []string{"api.json"}})
	if api == nil { // it contains itself
		return "refused"
	}
	lock := plan.NewLock()
	p, diags := plan.Build(api, plan.Options{Package: "client", ImportPath: "example.com/m/client", Runtime: "example.com/m/client/rt", Test: true}, lock)
	require.NotNil(t, p, "%v\n%s", diags, text)
	seen := map[string]bool{}
	for _, name := range declared(p) {
		require.False(t, seen[name], "%s is there twice\n%s", name, text)
		seen[name] = true
	}
	return string(lock.Bytes())
}

// declared are the names that a package declares for what is in its document.
func declared(p *plan.Package) []string {
	var out []string
	for _, s := range p.Structs {
		out = append(out, s.Name)
	}
	for _, e := range p.Enums {
		out = append(out, e.Name, e.List)
		for _, v := range e.Values {
			out = append(out, v.Name)
		}
	}
	for _, n := range p.Named {
		out = append(out, n.Name)
	}
	for _, u := range p.Codec.Unions {
		out = append(out, u.Name, u.Unknown)
	}
	for _, q := range p.Params {
		out = append(out, q.Name)
	}
	for _, s := range p.Services {
		out = append(out, s.Type)
	}
	for _, s := range p.Client.Schemes {
		for _, o := range s.Options {
			out = append(out, o.Name)
		}
	}
	return out
}

// Names depend on what the document holds, not on the order in which it does.
func TestNamesDoNotDependOnTheOrderOfTheDocument(t *testing.T) {
	runs := 300
	if testing.Short() {
		runs = 40
	}
	refused := 0
	for seed := range runs {
		d := dice{rand.New(rand.NewPCG(uint64(seed), 7))}
		doc := d.document()
		want := locked(t, doc)
		if want == "refused" {
			refused++
		}
		for range 3 {
			other := d.shuffled(doc)
			if got := locked(t, other); got != want {
				text, _ := json.Marshal(doc)
				require.Equal(t, strings.Split(want, "\n"), strings.Split(got, "\n"), "seed %d\n%s", seed, text)
			}
		}
	}
	require.Less(t, refused, runs/3, "the documents are no good")
}
