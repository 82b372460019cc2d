module github.com/pantograph-go/pantograph/docs/packs/cli

go 1.26.0

require (
	github.com/pantograph-go/pantograph v0.0.0
	github.com/spf13/cobra v1.10.2
	github.com/spf13/pflag v1.0.9
)

require github.com/inconshreveable/mousetrap v1.1.0 // indirect

replace github.com/pantograph-go/pantograph => ../../..
