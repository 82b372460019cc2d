package json

import (
	"reflect"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type model struct {
	Name string

	presence Recorded
}

var tModel = Type{
	Name: "model", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(model{}),
	Fields:   []Field{{Key: Key("name"), Off: unsafe.Offsetof(model{}.Name), Kind: String}},
	Index:    Index([]string{Key("name")}),
	Presence: unsafe.Offsetof(model{}.presence),
}

// A Recorded is the pointer that the codec takes it for, keeps models deeply comparable, and no more.
func TestRecorded(t *testing.T) {
	require.NoError(t, Check(&tModel))
	assert.Equal(t, unsafe.Sizeof((*Presence)(nil)), unsafe.Sizeof(Recorded{}))
	assert.False(t, reflect.TypeFor[model]().Comparable())
	assert.False(t, reflect.TypeFor[Opt[bool]]().Comparable())

	var v model
	ref := refAt(&tModel, address(&v))
	require.NoError(t, Decode([]byte(`{"name":"a","more":1}`), ref, DecodeOptions{}))
	assert.True(t, reflect.DeepEqual(v, model{Name: "a"}))
	assert.False(t, ref.Recorded())

	require.NoError(t, Decode([]byte(`{"name":"a","more":1}`), ref, DecodeOptions{Mode: WithPresence}))
	require.NotNil(t, v.presence.at)
	assert.Equal(t, map[string]Raw{"more": Raw("1")}, ref.Unknown())
	text, err := Marshal(ref)
	require.NoError(t, err)
	assert.Equal(t, `{"name":"a","more":1}`, string(text))
}
