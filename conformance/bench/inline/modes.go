package inline

import (
	std "encoding/json"

	"github.com/pantograph-go/pantograph/generated/rt/json"
)

// Model is a model of this package.
type Model interface {
	std.Unmarshaler
	std.Marshaler
	ref() json.Ref
}

// Decode decodes as calls do, in a mode that their options choose.
func Decode(data []byte, v Model, mode json.Mode) error {
	return json.Decode(data, v.ref(), json.DecodeOptions{Mode: mode})
}

// Encode encodes as calls do.
func Encode(v Model) ([]byte, error) { return json.Marshal(v.ref()) }
