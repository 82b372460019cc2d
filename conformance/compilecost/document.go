package main

import (
	"fmt"
	"strings"
)

// kinds are the types of members, in turn: as in documents of life, most are scalars.
var kinds = []struct{ schema, plain string }{
	{`{"type":"string"}`, "string"},
	{`{"type":"string","maxLength":64}`, "string"},
	{`{"type":"integer","format":"int64"}`, "int64"},
	{`{"type":"boolean"}`, "bool"},
	{`{"type":"string","format":"date-time"}`, "time.Time"},
	{`{"type":"array","items":{"type":"string"}}`, "[]string"},
	{`{"type":"string","enum":["ACTIVE","PAUSED","DELETED"]}`, "string"},
	{`{"type":"number"}`, "float64"},
	{`{"type":"string","pattern":"^[a-z0-9-]+$"}`, "string"},
}

// members are those of a schema: thirteen, of which four are required, one is another schema and one a list of another.
func members(n, schemas int) (properties []string, plain []string) {
	for i := range 11 {
		k := kinds[(n+i)%len(kinds)]
		properties = append(properties, fmt.Sprintf(`"member_%d":%s`, i, k.schema))
		plain = append(plain, fmt.Sprintf("Member%d %s `json:\"member_%d\"`", i, k.plain, i))
	}
	one, many := (n*7+1)%schemas, (n*3+2)%schemas
	properties = append(properties, fmt.Sprintf(`"other":{"$ref":"#/components/schemas/Schema%d"}`, one), fmt.Sprintf(`"others":{"type":"array","items":{"$ref":"#/components/schemas/Schema%d"}}`, many))
	plain = append(plain, fmt.Sprintf("Other *Schema%d `json:\"other\"`", one), fmt.Sprintf("Others []Schema%d `json:\"others\"`", many))
	return properties, plain
}

// document has so many schemas, and as many operations that send and answer them.
func document(schemas int) string {
	var components, paths []string
	for n := range schemas {
		properties, _ := members(n, schemas)
		components = append(components, fmt.Sprintf(`"Schema%d":{"type":"object","required":["member_0","member_1","member_2","member_3"],"properties":{%s}}`, n, strings.Join(properties, ",")))
		body := fmt.Sprintf(`"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Schema%d"}}}`, n)
		operation := fmt.Sprintf(`"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}},{"name":"limit","in":"query","schema":{"type":"integer","minimum":1,"maximum":100}}],"responses":{"200":{"description":"ok",%s}}`, body)
		if n%2 == 0 {
			paths = append(paths, fmt.Sprintf(`"/things%d/{id}":{"get":{"operationId":"getThing%d",%s}}`, n, n, operation))
		} else {
			paths = append(paths, fmt.Sprintf(`"/things%d/{id}":{"put":{"operationId":"putThing%d","requestBody":{"required":true,%s},%s}}`, n, n, body, operation))
		}
	}
	return fmt.Sprintf(`{"openapi":"3.0.3","info":{"title":"Synthetic","version":"1"},"servers":[{"url":"https://synthetic.example"}],"paths":{%s},"components":{"schemas":{%s}}}`,
		strings.Join(paths, ","), strings.Join(components, ","))
}

// structs are the schemas as people write them for encoding/json.
func structs(schemas int) string {
	var b strings.Builder
	b.WriteString("package client\n\nimport \"time\"\n")
	for n := range schemas {
		_, plain := members(n, schemas)
		fmt.Fprintf(&b, "\ntype Schema%d struct {\n\t%s\n}\n", n, strings.Join(plain, "\n\t"))
	}
	return b.String()
}
