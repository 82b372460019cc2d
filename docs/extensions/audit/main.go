// Command audit is pantograph with an extension: models have a method Redacted, without the fields that redact.txt lists.
package main

import (
	"github.com/pantograph-go/pantograph/generator"

	"example.com/audit/redact"
)

func main() { generator.Main(redact.List("redact.txt")) }
