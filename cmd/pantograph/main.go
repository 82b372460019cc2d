// Command pantograph draws Go clients after OpenAPI documents. Run "pantograph help" for its verbs.
package main

import "github.com/pantograph-go/pantograph/generator"

func main() { generator.Main() }
