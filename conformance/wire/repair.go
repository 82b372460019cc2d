package main

import (
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pantograph-go/pantograph/conformance/internal/instance"
)

// repair mends what kin-openapi refuses or takes otherwise than it is meant, one thing after the other.
func repair(root map[string]any) {
	within := func(visit func(root, v map[string]any)) func(map[string]any) {
		return func(v map[string]any) { visit(root, v) }
	}
	dropTagTexts(root)
	if root["swagger"] != nil {
		dropPathTexts(root)
		produceEverywhere(root)
		objects(root, separateByComma)
	}
	for _, visit := range []func(map[string]any){
		within(dropDangling), emptyMedia, keepSiblings, within(dropIdle), listTuples, oneMeansAny, dropNamedExamples, dropOddPatterns,
		within(dropUnknownSchemes), styleByPlace, within(openCombined), dropOddPlaces, listByType,
	} {
		objects(root, visit)
	}
}

// objects visits every object of a tree, the outer ones first.
func objects(v any, visit func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(v)
		for _, e := range v {
			objects(e, visit)
		}
	case []any:
		for _, e := range v {
			objects(e, visit)
		}
	}
}

// dropDangling empties the objects whose reference into the document itself leads nowhere, and schemas that are a response. Of a
// response that is a component of another kind the content is left.
func dropDangling(root, v map[string]any) {
	if ref, ok := v["$ref"].(string); ok && strings.HasPrefix(ref, "#/") && !leads(root, ref) {
		delete(v, "$ref")
		v["description"] = "nothing is known"
	}
	if schema, ok := v["schema"].(map[string]any); ok {
		if ref, ok := schema["$ref"].(string); ok && slices.Contains([]string{"#/responses", "#/components/responses"}, path.Dir(ref)) {
			delete(schema, "$ref")
		}
	}
	if responses, ok := v["responses"].(map[string]any); ok && areResponses(responses) {
		for _, r := range responses {
			if r, ok := r.(map[string]any); ok {
				if ref, ok := r["$ref"].(string); ok && strings.HasPrefix(ref, "#/components/") && !strings.HasPrefix(ref, "#/components/responses/") {
					delete(r, "$ref")
					r["description"] = "a component of another kind"
					if target, ok := follow(root, ref, 20).(map[string]any); ok && target["content"] != nil {
						r["content"] = target["content"]
					}
				}
			}
		}
	}
}

// areResponses reports whether all names are of responses: a property may be called responses too.
func areResponses(m map[string]any) bool {
	for name := range m {
		if name != "default" && !strings.HasPrefix(name, "x-") && (len(name) != 3 || name[0] < '1' || name[0] > '5') {
			return false
		}
	}
	return true
}

// emptyMedia makes media types of which nothing is said empty ones, which kin-openapi drops when they are null.
func emptyMedia(v map[string]any) {
	content, _ := v["content"].(map[string]any)
	for name, media := range content {
		if media == nil && strings.Contains(name, "/") {
			content[name] = map[string]any{}
		}
	}
}

// keepSiblings puts references around which something stands that says who has a value into an allOf: what stands beside
// a reference kin-openapi does not read, and those who write it there mean it.
func keepSiblings(v map[string]any) {
	if ref, ok := v["$ref"].(string); ok && (v["readOnly"] == true || v["writeOnly"] == true) {
		delete(v, "$ref")
		v["allOf"] = []any{map[string]any{"$ref": ref}}
	}
}

// oneMeansAny makes oneOf without a discriminator anyOf: where members overlap nothing, or little, would be valid, and those
// who write it mean that each is possible. What is sent is one only where that is possible.
func oneMeansAny(v map[string]any) {
	if one, ok := v["oneOf"].([]any); ok && v["anyOf"] == nil && v["discriminator"] == nil {
		v["anyOf"], v[instance.MeantOne] = one, true
		delete(v, "oneOf")
	}
}

// listTuples writes lists of items as versions of JSON Schema before 2020-12 do in the word of today, prefixItems: kin-openapi
// refuses the whole document for them.
func listTuples(v map[string]any) {
	if list, ok := v["items"].([]any); ok && v["prefixItems"] == nil {
		v["prefixItems"] = list
		delete(v, "items")
		if further, ok := v["additionalItems"]; ok {
			v["items"] = further
		}
	}
}

// dropNamedExamples takes out the examples of schemas that have names, as those of media types do: kin-openapi refuses the whole
// document for them.
func dropNamedExamples(v map[string]any) {
	_, typed := v["type"].(string)
	_, named := v["examples"].(map[string]any)
	if typed && named && v["in"] == nil && v["schema"] == nil {
		delete(v, "examples")
	}
}

// dropOddPatterns takes out the patterns that Go does not know: kin-openapi finds no value valid there.
func dropOddPatterns(v map[string]any) {
	if pattern, ok := v["pattern"].(string); ok {
		if _, err := regexp.Compile(codePoint.ReplaceAllString(pattern, `\x{$1}`)); err != nil {
			delete(v, "pattern")
		}
	}
}

// codePoint is how ECMAScript writes a character, which kin-openapi understands.
var codePoint = regexp.MustCompile(`\\u([0-9A-Fa-f]{4})`)

// dropPathTexts takes out what stands among the paths of Swagger 2 and is none: kin-openapi refuses the whole document for it.
func dropPathTexts(root map[string]any) {
	paths, _ := root["paths"].(map[string]any)
	maps.DeleteFunc(paths, func(_ string, item any) bool {
		_, object := item.(map[string]any)
		return !object
	})
}

// produceEverywhere writes what a document of Swagger 2 produces at the operations that do not say it: the conversion to version 3
// takes it to be JSON there.
func produceEverywhere(root map[string]any) {
	paths, _ := root["paths"].(map[string]any)
	for _, item := range paths {
		item, _ := item.(map[string]any)
		for _, op := range item {
			if op, ok := op.(map[string]any); ok && op["responses"] != nil && op["produces"] == nil && root["produces"] != nil {
				op["produces"] = root["produces"]
			}
		}
	}
}

// dropTagTexts takes out descriptions of tags that are no texts: kin-openapi refuses the whole document for them.
func dropTagTexts(root map[string]any) {
	tags, _ := root["tags"].([]any)
	for _, t := range tags {
		if t, ok := t.(map[string]any); ok {
			if _, text := t["description"].(string); !text {
				delete(t, "description")
			}
		}
	}
}

// dropUnknownSchemes takes the security schemes that are not declared out of what is required: nobody can say how to send them.
func dropUnknownSchemes(root, v map[string]any) {
	alternatives, _ := v["security"].([]any)
	for _, together := range alternatives {
		if together, ok := together.(map[string]any); ok {
			maps.DeleteFunc(together, func(name string, _ any) bool {
				return !leads(root, "#/components/securitySchemes/"+name) && !leads(root, "#/securityDefinitions/"+name)
			})
		}
	}
}

// styles are those of parameters in each place.
var styles = map[string][]string{
	"path": {"simple", "label", "matrix"}, "query": {"form", "spaceDelimited", "pipeDelimited", "deepObject"},
	"header": {"simple"}, "cookie": {"form"},
}

// styleByPlace takes out styles that parameters cannot have where they stand: that of their place is meant.
func styleByPlace(v map[string]any) {
	in, _ := v["in"].(string)
	if style, ok := v["style"].(string); ok && styles[in] != nil && !slices.Contains(styles[in], style) {
		delete(v, "style")
	}
}

// openCombined takes out additionalProperties: false of what is combined by allOf: each member would refuse the properties of
// the others, and nothing would be valid. The documents that say so mean the whole.
func openCombined(root, v map[string]any) {
	list, combined := v["allOf"].([]any)
	if !combined {
		return
	}
	open := func(s map[string]any) {
		if s["additionalProperties"] == false {
			delete(s, "additionalProperties")
		}
	}
	open(v)
	for _, member := range list {
		member, _ := member.(map[string]any)
		open(member)
		if ref, ok := member["$ref"].(string); ok && strings.HasPrefix(ref, "#/") {
			target, _ := follow(root, ref, 20).(map[string]any)
			open(target)
		}
	}
}

// separateByComma writes out the default of Swagger 2 for lists, which the conversion to version 3 takes for another.
func separateByComma(v map[string]any) {
	if in, ok := v["in"].(string); ok && in != "body" && v["type"] == "array" && v["collectionFormat"] == nil {
		v["collectionFormat"] = "csv"
	}
	if v["collectionFormat"] == "tsv" {
		v["x-tabs"] = true // version 3 has no such style
	}
}

// dropOddPlaces takes out the parameters of places that requests do not have: nobody can say how to send them.
func dropOddPlaces(v map[string]any) {
	list, _ := v["parameters"].([]any)
	if list == nil {
		return
	}
	v["parameters"] = slices.DeleteFunc(list, func(p any) bool {
		parameter, _ := p.(map[string]any)
		in, stated := parameter["in"].(string)
		return stated && styles[in] == nil && in != "body" && in != "formData"
	})
}

// listByType writes the values that a list allows as the type says, where it is plain what they mean: "1" of an integer, 1 of a
// string. kin-openapi finds no value valid there.
func listByType(v map[string]any) {
	list, _ := v["enum"].([]any)
	for i, e := range list {
		switch text, isText := e.(string); {
		case v["type"] == "integer" && isText:
			if n, err := strconv.Atoi(text); err == nil {
				list[i] = n
			}
		case v["type"] == "string" && !isText && e != nil:
			if data, err := json.Marshal(e); err == nil && data[0] != '{' && data[0] != '[' {
				list[i] = string(data)
			}
		}
	}
}
