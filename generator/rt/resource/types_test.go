package resource

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt/json"
)

// The types of this file stand for a generated package: what is read, what creates and what updates.

// config is what groups hold, in answers and requests.
type config struct {
	Flavor   string
	Size     int
	Labels   []string
	presence *json.Presence
}

// groupAnswer is what is read.
type groupAnswer struct {
	ID       string
	Name     string
	Min      int
	Note     string
	Metadata map[string]string
	Config   *config
	Zones    []string
	presence *json.Presence
}

// groupRequest creates; it lacks the id and has a member that is never read back.
type groupRequest struct {
	Name     string
	Min      json.Opt[int]
	Note     json.Opt[string]
	Metadata map[string]string
	Config   *config
	Zones    []string
	Secret   json.Opt[string]
}

// groupUpdate updates; it lacks zones.
type groupUpdate struct {
	Name     json.Opt[string]
	Min      json.Opt[int]
	Note     json.Opt[string] // null is a value
	Metadata map[string]string
	Config   *config
}

func fields(t json.Type) *json.Type {
	var keys []string
	for i := range t.Fields {
		t.Fields[i].Key = json.Key(t.Fields[i].Key)
		keys = append(keys, t.Fields[i].Key)
	}
	t.Kind, t.Index = json.Struct, json.Index(keys)
	return &t
}

const (
	read   = json.OmitZero
	option = json.Optional | json.OmitZero
)

var tText = json.Type{Name: "string", Kind: json.String, Store: json.Store[string], Range: json.Range[string]}

var tConfig = fields(json.Type{Name: "config", Flags: json.HasPresence, Size: unsafe.Sizeof(config{}), Presence: unsafe.Offsetof(config{}.presence),
	Slice: (*[]config)(nil), Fields: []json.Field{
		{Key: "flavor", Off: unsafe.Offsetof(config{}.Flavor), Kind: json.String, Flags: read},
		{Key: "size", Off: unsafe.Offsetof(config{}.Size), Kind: json.Int, Flags: read},
		{Key: "labels", Off: unsafe.Offsetof(config{}.Labels), Kind: json.Strings, Flags: read},
	}})

var tAnswer = fields(json.Type{Name: "groupAnswer", Flags: json.HasPresence, Size: unsafe.Sizeof(groupAnswer{}), Presence: unsafe.Offsetof(groupAnswer{}.presence),
	Fields: []json.Field{
		{Key: "id", Off: unsafe.Offsetof(groupAnswer{}.ID), Kind: json.String, Flags: read},
		{Key: "name", Off: unsafe.Offsetof(groupAnswer{}.Name), Kind: json.String, Flags: read},
		{Key: "min", Off: unsafe.Offsetof(groupAnswer{}.Min), Kind: json.Int, Flags: read},
		{Key: "note", Off: unsafe.Offsetof(groupAnswer{}.Note), Kind: json.String, Flags: read},
		{Key: "metadata", Off: unsafe.Offsetof(groupAnswer{}.Metadata), Kind: json.Map, Flags: read, Sub: &tText},
		{Key: "config", Off: unsafe.Offsetof(groupAnswer{}.Config), Kind: json.Object, Flags: read | json.Pointer, Sub: tConfig},
		{Key: "zones", Off: unsafe.Offsetof(groupAnswer{}.Zones), Kind: json.Strings, Flags: read},
	}})

var tRequest = fields(json.Type{Name: "groupRequest", Size: unsafe.Sizeof(groupRequest{}), Fields: []json.Field{
	{Key: "name", Off: unsafe.Offsetof(groupRequest{}.Name), Kind: json.String, Flags: json.Required},
	{Key: "min", Off: unsafe.Offsetof(groupRequest{}.Min), Kind: json.Int, Flags: option},
	{Key: "note", Off: unsafe.Offsetof(groupRequest{}.Note), Kind: json.String, Flags: option | json.Nullable},
	{Key: "metadata", Off: unsafe.Offsetof(groupRequest{}.Metadata), Kind: json.Map, Flags: read, Sub: &tText},
	{Key: "config", Off: unsafe.Offsetof(groupRequest{}.Config), Kind: json.Object, Flags: read | json.Pointer, Sub: tConfig},
	{Key: "zones", Off: unsafe.Offsetof(groupRequest{}.Zones), Kind: json.Strings, Flags: read},
	{Key: "secret", Off: unsafe.Offsetof(groupRequest{}.Secret), Kind: json.String, Flags: option},
}})

var tUpdate = fields(json.Type{Name: "groupUpdate", Size: unsafe.Sizeof(groupUpdate{}), Fields: []json.Field{
	{Key: "name", Off: unsafe.Offsetof(groupUpdate{}.Name), Kind: json.String, Flags: option},
	{Key: "min", Off: unsafe.Offsetof(groupUpdate{}.Min), Kind: json.Int, Flags: option},
	{Key: "note", Off: unsafe.Offsetof(groupUpdate{}.Note), Kind: json.String, Flags: option | json.Nullable},
	{Key: "metadata", Off: unsafe.Offsetof(groupUpdate{}.Metadata), Kind: json.Map, Flags: read, Sub: &tText},
	{Key: "config", Off: unsafe.Offsetof(groupUpdate{}.Config), Kind: json.Object, Flags: read | json.Pointer, Sub: tConfig},
}})

var tMetadata = json.Type{Name: "map[string]string", Kind: json.Map, Sub: &tText}

func (v *groupAnswer) ref() json.Ref  { return json.At(tAnswer, unsafe.Pointer(v)) }
func (v *groupRequest) ref() json.Ref { return json.At(tRequest, unsafe.Pointer(v)) }
func (v *groupUpdate) ref() json.Ref  { return json.At(tUpdate, unsafe.Pointer(v)) }

func mapRef(m *map[string]string) json.Ref {
	return json.At(&tMetadata, unsafe.Pointer(m))
}

// answer reads a text as Reading has it read.
func answer(t testing.TB, text string) *groupAnswer {
	t.Helper()
	v := new(groupAnswer)
	require.NoError(t, json.Decode([]byte(text), v.ref(), json.DecodeOptions{Mode: json.WithPresence}))
	return v
}

// request reads a text as what a caller might have written in Go.
func request(t testing.TB, text string) *groupRequest {
	t.Helper()
	v := new(groupRequest)
	require.NoError(t, json.Decode([]byte(text), v.ref(), json.DecodeOptions{Mode: json.Strict}))
	return v
}

func text(t testing.TB, v json.Ref) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func TestTheTypesOfTheseTestsAreRight(t *testing.T) {
	require.NoError(t, json.Check(tConfig, tAnswer, tRequest, tUpdate, &tMetadata))
}
