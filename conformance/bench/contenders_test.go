package bench

import (
	"encoding/json"

	"github.com/bytedance/sonic"
	"github.com/go-faster/jx"
	jsonv2 "github.com/go-json-experiment/json"
	goccy "github.com/goccy/go-json"
	"github.com/mailru/easyjson"
	segmentio "github.com/segmentio/encoding/json"
)

// value is a struct of package plain. It has no methods that libraries of reflection would call.
type value interface {
	easyjson.Marshaler
	easyjson.Unmarshaler
	DecodeJX(*jx.Decoder) error
	EncodeJX(*jx.Encoder)
}

// contender is a way to read and write JSON.
type contender struct {
	name   string
	decode func([]byte, value) error
	encode func(value) ([]byte, error)
}

var contenders = []contender{
	{"encoding-json", func(b []byte, v value) error { return json.Unmarshal(b, v) }, func(v value) ([]byte, error) { return json.Marshal(v) }},
	{"json-v2", func(b []byte, v value) error { return jsonv2.Unmarshal(b, v) }, func(v value) ([]byte, error) { return jsonv2.Marshal(v) }},
	{"jx", decodeJX, encodeJX},
	{"easyjson", func(b []byte, v value) error { return easyjson.Unmarshal(b, v) }, func(v value) ([]byte, error) { return easyjson.Marshal(v) }},
	{"sonic", func(b []byte, v value) error { return sonic.ConfigFastest.Unmarshal(b, v) }, func(v value) ([]byte, error) { return sonic.ConfigFastest.Marshal(v) }},
	{"goccy", func(b []byte, v value) error { return goccy.Unmarshal(b, v) }, func(v value) ([]byte, error) { return goccy.Marshal(v) }},
	{"segmentio", func(b []byte, v value) error { return segmentio.Unmarshal(b, v) }, func(v value) ([]byte, error) { return segmentio.Marshal(v) }},
}

// decodeJX decodes as clients of ogen do.
func decodeJX(b []byte, v value) error {
	d := jx.GetDecoder()
	defer jx.PutDecoder(d)
	d.ResetBytes(b)
	return v.DecodeJX(d)
}

// encodeJX encodes as clients of ogen do.
func encodeJX(v value) ([]byte, error) {
	e := new(jx.Encoder)
	v.EncodeJX(e)
	return e.Bytes(), nil
}
