package shape_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each row of the table in the package comment. X is the schema at hand.
func TestKeywordsAreMerged(t *testing.T) {
	cases := []struct{ name, schemas, want string }{
		{"type: what all permit", `X: {allOf: [{type: [string, integer]}, {type: [integer, boolean]}]}`, `integer`},
		{"type: an integer is a number", `X: {allOf: [{type: number}, {type: integer}]}`, `integer`},
		{"type: stated by one alone", `X: {allOf: [{description: d}, {type: string}]}`, `string`},
		{"type: by the keywords", `X: {allOf: [{maxLength: 3}, {pattern: a}]}`, `string`},
		{"type: by keywords of several types", `X: {allOf: [{maxLength: 3}, {minimum: 3}]}`, `any`},
		{"type: by the values", `X: {enum: [1, 2]}`, `integer 1 2`},
		{"nullable: beside a reference", "A: {type: object, properties: {a: {type: string}}}\nX: {type: object, properties: {x: {allOf: [{$ref: '#/components/schemas/A'}], nullable: true}}}", `{x: A?}`},
		{"nullable: type null", `X: {type: [string, "null"]}`, `string?`},
		{"nullable: null in an enum", `X: {type: string, enum: [a, null]}`, `string "a"?`},
		{"nullable: a null member", `X: {oneOf: [{type: string}, {type: "null"}]}`, `string?`},
		{"nullable: a nullable member", `X: {oneOf: [{type: string, nullable: true}, {type: integer}]}`, `(string | integer)?`},
		{"nullable: const null", `X: {const: null}`, `null`},
		{"nullable: a component that is null", "N: {type: \"null\"}\nX: {anyOf: [{$ref: '#/components/schemas/N'}, {type: string}]}", `string?`},
		{"enum: what all permit", `X: {allOf: [{enum: [a, b, c]}, {enum: [d, c, b]}]}`, `string "b" "c"`},
		{"enum: of one type", `X: {allOf: [{enum: [a, 1]}, {type: integer}]}`, `integer 1`},
		{"enum: values equal as numbers", `X: {allOf: [{type: number, enum: [1.0, 2]}, {enum: [1]}]}`, `number 1.0`},
		{"enum: constants with titles", `X: {type: integer, oneOf: [{const: 1, title: ONE}, {const: 2}]}`, `integer 1(ONE) 2`},
		{"enum: narrows a component", "C: {type: string, enum: [a, b]}\nX: {type: object, properties: {x: {enum: [a], allOf: [{$ref: '#/components/schemas/C'}]}}}", `{x: C}`},
		{"const: keeps the type", "C: {type: string, enum: [a, b]}\nX: {type: object, properties: {x: {$ref: '#/components/schemas/C', const: a}}}", `{x: C}`},
		{"format: the nearest", `X: {type: string, format: date, allOf: [{type: string}]}`, `string:date`},
		{"properties: all, inherited first", "B: {type: object, properties: {b: {type: string}}}\nX: {properties: {a: {type: string}}, allOf: [{properties: {c: {type: integer}}}, {$ref: '#/components/schemas/B'}]}", `{c: integer, b: string, a: string}`},
		{"properties: declared twice", `X: {allOf: [{type: object, properties: {a: {type: string}}}, {properties: {a: {enum: [x]}}}]}`, `{a: string "x"}`},
		{"properties: objects declared twice", `X: {allOf: [{type: object, properties: {a: {type: object, properties: {p: {type: string}}}}}, {properties: {a: {type: object, properties: {q: {type: string}}}}}]}`, `{a: {p: string, q: string}}`},
		{"properties: one that nothing fits", `X: {type: object, properties: {a: false, b: {type: string}}}`, `{b: string}`},
		{"required: all", "B: {type: object, properties: {a: {type: string}, b: {type: string}}}\nX: {allOf: [{$ref: '#/components/schemas/B'}, {required: [b]}]}", `{a: string, b!: string}`},
		{"required: one that further members have a place for", `X: {type: object, properties: {a: {type: string}}, required: [b], additionalProperties: {type: integer}}`, `{a: string, …: integer}`},
		{"additionalProperties: the conjunction", `X: {allOf: [{additionalProperties: {type: [string, integer]}}, {additionalProperties: {type: string}}]}`, `{…: string}`},
		{"additionalProperties: true says less", `X: {allOf: [{additionalProperties: true}, {additionalProperties: {type: string}}]}`, `{…: string}`},
		{"additionalProperties: written out", `X: {type: object, properties: {a: {type: string}}, additionalProperties: true}`, `{a: string, …: any}`},
		{"additionalProperties: false of all", `X: {allOf: [{properties: {a: {type: string}}, additionalProperties: false}, {properties: {b: {type: string}}, additionalProperties: false}]}`, `{a: string, b: string, closed}`},
		{"additionalProperties: false of some", `X: {allOf: [{properties: {a: {type: string}}, additionalProperties: false}, {properties: {b: {type: string}}}]}`, `{a: string, b: string}`},
		{"patternProperties", `X: {type: object, patternProperties: {"^x-": {type: string}}, additionalProperties: false}`, `{…: string}`},
		{"patternProperties: of several kinds", `X: {type: object, patternProperties: {"^x-": {type: string}, "^y-": {type: integer}}}`, `{…: (string | integer)}`},
		{"patternProperties: and others", `X: {type: object, patternProperties: {"^x-": {type: string}}, additionalProperties: true}`, `{…: any}`},
		{"items: the conjunction", `X: {allOf: [{type: array, items: {type: object, properties: {a: {type: string}}}}, {items: {properties: {b: {type: string}}}}]}`, `[…{a: string, b: string}]`},
		{"items: nothing said", `X: {type: array}`, `[]`},
		{"prefixItems", `X: {type: array, prefixItems: [{type: string}, {type: integer}]}`, `[string, integer]`},
		{"prefixItems: and no more", `X: {type: array, prefixItems: [{type: string}], items: false}`, `[string, end]`},
		{"prefixItems: and no more, by number", `X: {type: array, prefixItems: [{type: string}], maxItems: 1}`, `[string, end]`},
		{"prefixItems: place by place", `X: {allOf: [{type: array, prefixItems: [{type: [string, integer]}], items: {type: number}}, {prefixItems: [{type: integer}, {type: integer}], items: {type: number}}]}`, `[integer, integer, …number]`},
		{"discriminator: the nearest", "A: {type: object, properties: {k: {const: a}}}\nB: {type: object, properties: {k: {const: b}}}\nX: {discriminator: {propertyName: k}, allOf: [{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}]}", `("a"=A | "b"=B) by k`},
		{"represents: the nearest", `X: {type: string, x-pantograph: {represents: {type: integer}}, allOf: [{maxLength: 3}]}`, `string`},
		{"true and false", `X: {type: object, properties: {t: true, l: {type: array, items: false}}}`, `{t: any, l: […never]}`},
		{"siblings of a reference", "A: {type: object, properties: {a: {type: string}}}\nX: {$ref: '#/components/schemas/A', properties: {b: {type: string}}}", `{a: string, b: string}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := load(t, c.schemas)
			assert.Equal(t, c.want, d.show("X"))
			assert.Empty(t, d.messages())
		})
	}
}

// What contradicts itself keeps its nearest meaning, and both places are named.
func TestMergesReportWhatIsWrong(t *testing.T) {
	cases := []struct{ name, schemas, want, message string }{
		{"type", "X:\n  type: string\n  allOf:\n    - {type: integer}", `string`,
			"7:7: warning: the type contradicts what is said at 9:12; it counts, the other does not [schema-conflict]"},
		{"enum", "X:\n  enum: [a]\n  allOf:\n    - {enum: [b]}", `string "a"`,
			"7:7: warning: the list of values contradicts what is said at 9:12; it counts, the other does not [schema-conflict]"},
		{"const", "X:\n  const: a\n  allOf:\n    - {const: b}", `string`,
			"7:7: warning: the constant contradicts what is said at 9:12; it counts, the other does not [schema-conflict]"},
		{"format", "X:\n  type: string\n  format: date\n  allOf:\n    - {format: date-time}", `string:date`,
			`8:7: warning: the format "date" contradicts what is said at 10:12; it counts, the other does not [schema-conflict]`},
		{"additionalProperties", "X:\n  additionalProperties: {type: string}\n  allOf:\n    - {additionalProperties: false}", `{…: string}`,
			"7:7: warning: what further members are contradicts what is said at 9:12; it counts, the other does not [schema-conflict]"},
		{"a required member that is declared nowhere", "X:\n  type: object\n  properties: {a: {type: string}}\n  required: [b]", `{a: string, b!: any}`,
			"9:7: warning: the member \"b\" is required, but what it holds is not said; it is generated as raw JSON [required-undeclared]"},
		{"a required member that is declared nowhere, where nothing else is allowed", "X:\n  type: object\n  properties: {a: {type: string}}\n  required: [b]\n  additionalProperties: false", `{a: string, b!: any, closed}`,
			"9:7: warning: the member \"b\" is required, but what it holds is not said; it is generated as raw JSON [required-undeclared]"},
		{"beside members of a union that only require", "X:\n  type: object\n  properties: {a: {type: string}, b: {type: string}}\n  required: [c]\n  anyOf: [{required: [a]}, {required: [b]}]", `{a: string, b: string, c!: any}`,
			"9:7: warning: the member \"c\" is required, but what it holds is not said; it is generated as raw JSON [required-undeclared]"},
		{"by one member of a union", "X:\n  type: object\n  properties: {a: {type: string}}\n  anyOf: [{required: [a]}, {required: [b]}]", `{a: string, b: any}`,
			"9:33: warning: the member \"b\" is required, but what it holds is not said; it is generated as raw JSON [required-undeclared]"},
		{"a member of a union", "X:\n  type: boolean\n  oneOf:\n    - {type: boolean}\n    - {type: string}", `(boolean | string)`,
			"10:12: warning: the type contradicts what is said at 7:7; it counts, the other does not [schema-conflict]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := load(t, c.schemas)
			assert.Equal(t, c.want, d.show("X"))
			assert.Equal(t, []string{c.message}, d.messages())
		})
	}
}
