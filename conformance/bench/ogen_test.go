package bench

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/go-faster/jx"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/conformance/bench/ogen"
)

// ogenModel is a struct of the client that ogen generates.
type ogenModel interface {
	Decode(*jx.Decoder) error
	Encode(*jx.Encoder)
	Validate() error
}

// decodeOgen decodes as that client does an answer, up to where it validates.
func decodeOgen(b []byte, v ogenModel) error {
	d := jx.DecodeBytes(b)
	if err := v.Decode(d); err != nil {
		return err
	}
	if err := d.Skip(); err != io.EOF {
		return errors.New("unexpected trailing data")
	}
	return nil
}

// decodeOgenStrict is all that the client does with the text of an answer.
func decodeOgenStrict(b []byte, v ogenModel) error {
	if err := decodeOgen(b, v); err != nil {
		return err
	}
	return v.Validate()
}

// encodeOgen encodes as that client does a request.
func encodeOgen(v interface{ Encode(*jx.Encoder) }) []byte {
	e := new(jx.Encoder)
	v.Encode(e)
	return e.Bytes()
}

var ogenPolicy = &ogen.CreatePolicy{
	ScalingPolicyName: "as-policy-7a75", ScalingPolicyAction: ogen.NewOptAction(ogen.Action{Operation: "ADD", InstanceNumber: 1}), CoolDownTime: 900,
	ScheduledPolicy:   ogen.NewOptSchedule(ogen.Schedule{LaunchTime: "16:00", RecurrenceType: "Daily", StartTime: "2015-12-14T03:34Z", EndTime: "2015-12-27T03:34Z"}),
	ScalingPolicyType: "RECURRENCE", ScalingGroupID: "5bc3aa02-b83e-454c-aba1-4d2095c68f8b",
}

// callOgen returns the call of BenchmarkCall.
func callOgen(b *testing.B, client *http.Client, endpoint string) func() error {
	c, err := ogen.NewClient(endpoint, ogen.WithClient(client))
	require.NoError(b, err)
	return func() error {
		_, err := c.GetGroup(b.Context(), ogen.GetGroupParams{Project: "project-7", ID: "5bc3aa02-b83e-454c-aba1-4d2095c68f8b", Fields: ogen.NewOptString("all")})
		return err
	}
}
