// Command pantograph draws Go clients after OpenAPI documents. Run "pantograph help" for its verbs.
package main

import (
	"os"

	"github.com/pantograph-go/pantograph/generator"
)

func main() { os.Exit(generator.Main(os.Args[1:], os.Stdout, os.Stderr)) }
