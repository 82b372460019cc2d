// Package bench compares generated clients with other ways to read and write JSON, and with what other generators
// cost to build. It is a module of its own, so that the contenders are nobody's dependencies.
package bench

//go:generate go run ./internal/generate
//go:generate go generate ./plain
//go:generate go -C ../.. run ./cmd/pantograph gen conformance/bench/repos conformance/bench/inline
//go:generate go tool ogen --config ogen/ogen.yml --target ogen --package ogen --clean repos/openapi.json
