package main

import (
	"regexp"
	"slices"
)

// rulesBetween collects the ids of x-validations.
func rulesBetween(tree any, ids map[string]bool) {
	objects(tree, func(v map[string]any) {
		list, _ := v["x-validations"].([]any)
		for _, rule := range list {
			if rule, ok := rule.(map[string]any); ok {
				if id, ok := rule["id"].(string); ok {
					ids[id] = true
				}
			}
		}
	})
}

// brokenBetween reports whether a call was refused, and for nothing but rules between members.
func (d *document) brokenBetween(refusal string) bool {
	cited := ruleID.FindAllStringSubmatch(refusal, -1)
	return len(cited) > 0 && !slices.ContainsFunc(cited, func(m []string) bool { return !d.between[m[1]] })
}

// ruleID is how a refusal cites a rule.
var ruleID = regexp.MustCompile(`\[([^\[\]]+)\](?: \(|\n|$)`)
