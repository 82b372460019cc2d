package shape_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/internal/shape"
	"github.com/pantograph-go/pantograph/generator/model"
)

const pets = `Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}, tricks: {type: integer}}}
`

func TestUnions(t *testing.T) {
	cases := []struct{ name, schemas, want string }{
		{"components", pets + "X: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", `(Cat | Dog)`},
		{"of one member", pets + "X: {oneOf: [{$ref: '#/components/schemas/Cat'}]}", `{kind!: string, lives: integer}`},
		{"of one member and null", pets + "X: {oneOf: [{$ref: '#/components/schemas/Cat'}, {type: 'null'}]}", `{kind!: string, lives: integer}?`},
		{"of one member twice", pets + "X: {anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Cat'}]}", `{kind!: string, lives: integer}`},
		{"type array", `X: {type: [string, integer, "null"]}`, `(string | integer)?`},
		{"type array with keywords of each", `X: {type: [object, array, string], properties: {a: {type: string}}, items: {type: integer}, enum: [a]}`, `({a: string} | […integer] | string "a")`},
		{"mixed enum", `X: {enum: [1, a, 2.5, true, null]}`, `(string "a" | number 1 2.5 | boolean true)?`},
		{"number or integer", `X: {oneOf: [{type: integer}, {type: number}]}`, `number`},
		{"integers of two formats", `X: {oneOf: [{type: integer, format: int32}, {type: integer, format: int64}]}`, `integer:int64`},
		{"strings of two formats", `X: {oneOf: [{type: string, format: ipv4}, {type: string, format: ipv6}]}`, `string`},
		{"strings of one format", `X: {oneOf: [{type: string, format: date, maxLength: 3}, {type: string, format: date}]}`, `string:date`},
		{"a string or an enum", `X: {anyOf: [{type: string}, {type: string, enum: [a, b]}]}`, `string "a" "b"`},
		{"two enums", `X: {anyOf: [{type: string, enum: [a, b]}, {type: string, enum: [b, c]}]}`, `string "a" "b" "c"`},
		{"lists", `X: {oneOf: [{type: array, items: {type: string}}, {type: array, items: {type: integer}}]}`, `[…(string | integer)]`},
		{"a list or one of it", `X: {oneOf: [{type: string}, {type: array, items: {type: string}}]}`, `(string | […string])`},
		{"maps", `X: {oneOf: [{type: object, additionalProperties: {type: string}}, {type: object, additionalProperties: {type: integer}}]}`, `{…: (string | integer)}`},
		{"an object or a map", pets + "X: {oneOf: [{$ref: '#/components/schemas/Cat'}, {type: object}]}", `(Cat | {})`},
		{"unions within", pets + "U: {oneOf: [{$ref: '#/components/schemas/Dog'}, {type: string}]}\nX: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/U'}]}", `(Cat | Dog | string)`},
		{"with a member that says nothing", pets + "X: {anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {}]}", `(Cat | Dog)?`},
		{"with a member that permits all but null", pets + "X: {anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {not: {const: null}}]}", `(Cat | Dog)`},
		{"a string or anything", `X: {anyOf: [{type: string}, {}]}`, `any`},
		{"with a member that nothing fits", `X: {anyOf: [{type: string}, false]}`, `string`},
		{"beside its type", pets + "X: {type: object, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", `(Cat | Dog)`},
		{"beside properties", pets + "X: {type: object, properties: {id: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}",
			`({id: string, kind!: string, lives: integer} | {id: string, kind!: string, tricks: integer})`},
		{"beside properties the members have", pets + "X: {type: object, required: [kind], properties: {kind: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", `(Cat | Dog)`},
		{"of assertions", `X: {type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}, {not: {required: [a]}}]}`, `{a: string, b: string}`},
		{"of assertions that repeat the type", `X: {type: object, properties: {a: {type: string}}, oneOf: [{type: object, required: [a]}, {type: object, maxProperties: 0}]}`, `{a: string}`},
		{"of an assertion and more", `X: {type: object, properties: {a: {type: string}}, anyOf: [{required: [a]}, {properties: {b: {type: string}}}]}`, `(self{a: string} | {a: string, b: string})`},
		{"in an allOf", pets + "U: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}\nX: {allOf: [{$ref: '#/components/schemas/U'}, {properties: {id: {type: string}}}]}",
			`({id: string, kind!: string, lives: integer} | {id: string, kind!: string, tricks: integer})`},
		{"two side by side", `X: {type: object, oneOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}], anyOf: [{properties: {c: {type: string}}}, {properties: {d: {type: string}}}]}`,
			`({a: string, c: string} | {a: string, d: string} | {b: string, c: string} | {b: string, d: string})`},
		{"two that agree in part", `X: {allOf: [{oneOf: [{type: string}, {type: integer}]}, {oneOf: [{type: integer}, {type: boolean}]}]}`, `integer`},
		{"a conjunct of another type drops a member", `X: {allOf: [{oneOf: [{type: string}, {type: integer}]}, {type: string}]}`, `string`},
		{"listed by one that inherits from it", "B: {type: object, properties: {k: {type: string}}, oneOf: [{$ref: '#/components/schemas/H'}, {type: object, properties: {z: {type: string}}}]}\nH: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {h: {type: string}}}]}\nX: {type: object, properties: {b: {$ref: '#/components/schemas/B'}, h: {$ref: '#/components/schemas/H'}}}", `{b: B, h: H}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := load(t, c.schemas)
			assert.Equal(t, c.want, d.show("X"))
			assert.Empty(t, d.messages())
		})
	}
}

func TestVariantsAreToldApart(t *testing.T) {
	ref := func(name string) string { return "{$ref: '#/components/schemas/" + name + "'}" }
	union := "oneOf: [" + ref("Cat") + ", " + ref("Dog") + "]"
	constants := `Cat: {type: object, properties: {name: {type: string}, kind: {enum: [cat]}}}
Dog: {type: object, properties: {name: {type: string}, kind: {enum: [dog, puppy]}}}
`
	cases := []struct{ name, schemas, want string }{
		{"by name", pets + "X: {" + union + ", discriminator: {propertyName: kind}}", `("Cat"=Cat | "Dog"=Dog) by kind`},
		{"by a full mapping", pets + "X: {" + union + ", discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', d: Dog, D: '#/components/schemas/Dog'}}}", `("c"=Cat | "d","D"=Dog) by kind`},
		{"by a partial mapping", pets + "X: {" + union + ", discriminator: {propertyName: kind, mapping: {d: Dog}}}", `("Cat"=Cat | "d"=Dog) by kind`},
		{"by a mapping to one that is not listed", pets + "Cow: {type: object, properties: {kind: {type: string}}}\nX: {" + union + ", discriminator: {propertyName: kind, mapping: {c: Cat, d: Dog, o: Cow}}}", `("c"=Cat | "d"=Dog | "o"=Cow) by kind`},
		{"by constants, for want of a mapping", constants + "X: {" + union + ", discriminator: {propertyName: kind}}", `("cat"=Cat | "dog","puppy"=Dog) by kind`},
		{"by constants alone", constants + "X: {" + union + "}", `("cat"=Cat | "dog","puppy"=Dog) by kind`},
		{"by numbers", "X: {oneOf: [{type: object, properties: {t: {const: 1}, a: {type: string}}}, {type: object, properties: {t: {const: 2}, b: {type: string}}}]}", `(1={t: integer, a: string} | 2={t: integer, b: string}) by t`},
		{"not by constants that are the same", "X: {oneOf: [{type: object, properties: {t: {const: 1}, a: {type: string}}}, {type: object, properties: {t: {const: 1.0}, b: {type: string}}}]}", `({t: integer, a: string} | {t: integer, b: string})`},
		{"beside a scalar", constants + "X: {oneOf: [" + ref("Cat") + ", " + ref("Dog") + ", {type: string}]}", `("cat"=Cat | "dog","puppy"=Dog | string) by kind`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := load(t, c.schemas)
			assert.Equal(t, c.want, d.show("X"))
			assert.Empty(t, d.messages())
		})
	}
}

func TestBaseTypes(t *testing.T) {
	d := load(t, `Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {c: Cat}}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {lives: {type: integer}}}]}
Tiger: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {stripes: {type: integer}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Pet'}], discriminator: {propertyName: size}}
Poodle: {allOf: [{$ref: '#/components/schemas/Dog'}]}
Alone: {type: object, properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}, cat: {$ref: '#/components/schemas/Cat'}, described: {description: d, allOf: [{$ref: '#/components/schemas/Pet'}]}}}
`)
	assert.Equal(t, `("c"=Cat | "Dog"=self{kind!: string, size: string} | "Tiger"=Tiger | "Poodle"=Poodle | "Pet"=self{kind!: string}) by kind`, d.show("Pet"))
	assert.Equal(t, `("Poodle"=Poodle | "Dog"=self{kind!: string, size: string}) by size`, d.show("Dog"))
	assert.Equal(t, `{kind!: string, lives: integer, stripes: integer}`, d.show("Tiger"))
	assert.Equal(t, `{kind: string}`, d.show("Alone"), "nothing inherits from it")
	assert.Equal(t, `{pet: Pet, cat: Cat, described: Pet}`, d.show("Owner"))
	assert.Empty(t, d.messages())
}

func TestUsesKeepTheType(t *testing.T) {
	d := load(t, `A: {type: object, required: [a], properties: {a: {type: string}}}
B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
Copy: {allOf: [{$ref: '#/components/schemas/A'}]}
Name: {type: string, maxLength: 10}
X:
  type: object
  properties:
    described: {description: d, allOf: [{$ref: '#/components/schemas/A'}], nullable: true, default: {a: x}}
    typed: {type: object, allOf: [{$ref: '#/components/schemas/A'}]}
    required: {allOf: [{$ref: '#/components/schemas/A'}, {required: [a]}]}
    closed: {$ref: '#/components/schemas/A', additionalProperties: false}
    again: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
    one: {oneOf: [{allOf: [{$ref: '#/components/schemas/A'}]}]}
    short: {$ref: '#/components/schemas/Name', maxLength: 5}
    other: {$ref: '#/components/schemas/Copy'}
    more: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {c: {type: string}}}]}
`)
	assert.Equal(t, `{described: A?, typed: A, required: A, closed: A, again: B, one: A, short: Name, other: Copy, more: {a!: string, c: string}}`, d.show("X"))
	x := d.components["X"]
	assert.Same(t, d.shapes.Of(x), d.shapes.Of(x))
	assert.Same(t, d.shapes.Of(d.components["A"]), d.shapes.Of(x.Properties[1].Schema), "a use is the type itself")
}

func TestRecursion(t *testing.T) {
	cases := []struct{ name, schemas, want, message string }{
		{"through members", "X: {type: object, properties: {x: {$ref: '#/components/schemas/X'}, l: {type: array, items: {$ref: '#/components/schemas/X'}}}}", `{x: X, l: […X]}`, ""},
		{"of a combined tree", "A: {type: object, properties: {a: {type: string}, next: {$ref: '#/components/schemas/A'}}}\nB: {type: object, properties: {b: {type: string}, next: {$ref: '#/components/schemas/B'}}}\nX: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}", `{a: string, next: X, b: string}`, ""},
		{"of an overridden member", "A: {type: object, properties: {next: {$ref: '#/components/schemas/A'}}}\nX: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {next: {$ref: '#/components/schemas/X'}}}]}", `{next: X}`, ""},
		{"any JSON", "X: {anyOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/X'}}, {type: object, additionalProperties: {$ref: '#/components/schemas/X'}}]}", `(string | […X] | {…: X})`, ""},
		{"a union of itself", "X: {oneOf: [{$ref: '#/components/schemas/X'}, {type: string}]}", `string`, "the union lists itself"},
		{"unions in a circle", "A: {oneOf: [{$ref: '#/components/schemas/X'}, {type: integer}]}\nX: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}", `(integer | string)`, "the union lists itself"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := load(t, c.schemas)
			assert.Equal(t, c.want, d.show("X"))
			if c.message == "" {
				assert.Empty(t, d.messages())
			} else if assert.Len(t, d.messages(), 1) {
				assert.Contains(t, d.messages()[0], c.message)
			}
		})
	}
}

func TestManyCombinationsAreNotSpelledOut(t *testing.T) {
	var member []string
	for i := range 9 {
		member = append(member, fmt.Sprintf("{properties: {p%d: {type: string}}}", i))
	}
	list := strings.Join(member, ", ")
	d := load(t, "X: {type: object, properties: {a: {type: string}}, oneOf: ["+list+"], anyOf: ["+list+"]}\nY: {oneOf: ["+list+"]}")
	assert.Equal(t, "{a: string}", d.show("X"))
	assert.Len(t, d.messages(), 1)
	assert.Contains(t, d.messages()[0], "81 combinations")
	assert.Len(t, d.shapes.Of(d.components["Y"]).Variants, 9)
}

// A document can nest as deep as it likes.
func TestLongChains(t *testing.T) {
	var b strings.Builder
	const n = 3000
	for i := range n {
		fmt.Fprintf(&b, "A%d: {allOf: [{$ref: '#/components/schemas/A%d'}], properties: {p%d: {type: string}}}\n", i, i+1, i)
	}
	fmt.Fprintf(&b, "A%d: {type: object}\n", n)
	d := load(t, b.String())
	sh := d.shapes.Of(d.components["A0"])
	assert.Equal(t, shape.Object, sh.Kind)
	assert.Contains(t, d.messages()[0], "more than 1000 schemas are combined")
}

// Documents with such schemas do not get this far.
func TestSchemasThatConsistOfThemselves(t *testing.T) {
	a, b := &model.Schema{Name: "A", Types: []model.Type{model.TypeObject}, Pos: model.Pos{Line: 1}}, &model.Schema{Name: "B", Pos: model.Pos{Line: 2}}
	a.Properties = []*model.Property{{Name: "a", Schema: &model.Schema{}}}
	a.AllOf, b.AllOf = []*model.Schema{b, a}, []*model.Schema{a}
	x := shape.New([]*model.Schema{a, b})
	for _, s := range []*model.Schema{a, b} {
		assert.Equal(t, shape.Object, x.Of(s).Kind)
		assert.Len(t, x.Of(s).Members, 1)
	}
	assert.Len(t, x.Diagnostics(), 2)
}
