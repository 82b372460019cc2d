package plan

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/model"
)

// TestSchemasThatDifferInAnythingAreNotTheSame sets each field of a schema, so that a keyword that is added to the
// model cannot be forgotten here.
func TestSchemasThatDifferInAnythingAreNotTheSame(t *testing.T) {
	// What documents a value, or places it, makes no difference.
	documents := map[string]bool{"Pos": true, "Doc": true, "Name": true, "PinnedName": true, "Title": true, "Ref": true, "Default": true, "Examples": true,
		"Unit": true, "Keywords": true}
	typ := reflect.TypeFor[model.Schema]()
	for i := range typ.NumField() {
		name := typ.Field(i).Name
		if documents[name] {
			continue
		}
		a, b := new(model.Schema), new(model.Schema)
		f := reflect.ValueOf(b).Elem().Field(i)
		f.Set(sample(f.Type()))
		assert.False(t, sameSchema(a, b), name)
		assert.False(t, sameSchema(b, a), name)
	}
	text := func() *model.Schema { return &model.Schema{Types: []model.Type{model.TypeString}, MaxLength: new(int)} }
	a, b := text(), text()
	a.Text, b.Title = "one", "other"
	assert.True(t, sameSchema(a, b), "words do not count")
	assert.True(t, sameSchema(nil, nil))
	assert.False(t, sameSchema(a, nil))
}

// sample is a value of a type that is not zero.
func sample(t reflect.Type) reflect.Value {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(t.Elem()))
	case reflect.String:
		v.SetString("1")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.Append(v, sample(t.Elem())))
	case reflect.Uint8:
		v.SetUint('1')
	}
	return v
}
