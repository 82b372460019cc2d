// Package schema judges values by the keywords of JSON Schema (draft 2020-12) where their Go type does not: raw values,
// and keywords about more than one value. Schemas are static text, JSON Schema itself, and are read when they are first
// asked. Numbers are compared as decimals, lengths are counted in characters, values are equal when JSON says so.
//
// What the generator has decided is in the text: a $ref is the name of another schema of the same [Set], a pattern is
// written for RE2, a format is there when it is to be asserted.
//
// Nothing here grows without bounds. A schema that applies itself to the same value, or that would have to look at the
// parts of a value over and over, is given up after a number of steps; what is not decided then counts as conforming.
package schema
