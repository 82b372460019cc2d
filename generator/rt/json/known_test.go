package json

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKnownLeavesOutWhatTheTypeDoesNotHave(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`{"int":0,"new":1,"object":{"id":"x","more":{"id":1}},"pointers":[{"id":"p","what":null}],"string":null}`,
			`{"int":0,"object":{"id":"x"},"pointers":[{"id":"p"}],"string":null}`},
		{`{"new":1}`, `{}`},
		{`{"int":"5","float64":1.50,"names":{"a":1},"plain":{"operation":"x","new":1}}`, // what has another form stays as it is
			`{"int":"5","float64":1.50,"names":{"a":1},"plain":{"operation":"x"}}`},
	} {
		var v kinds
		require.NoError(t, Decode([]byte(tt.text), v.ref(), DecodeOptions{Mode: WithPresence | Known}))
		assert.JSONEq(t, tt.want, marshal(t, v.ref()))
		assert.Empty(t, v.ref().Unknown())
	}
	var p policyRequest
	require.NoError(t, Decode([]byte(`{"scaling_policy_name":"x","new":1,"labels":{"a":"b"}}`), p.ref(), DecodeOptions{Mode: Known}))
	assert.NotContains(t, marshal(t, p.ref()), "new")
}

func TestDeviationsSayWhetherTheirTextIsKept(t *testing.T) {
	kept := func(text string, v Ref, mode Mode) map[string]bool {
		out := map[string]bool{}
		require.NoError(t, Decode([]byte(text), v, DecodeOptions{Mode: mode, Report: func(d Deviation) { out[d.Path] = d.Kept }}))
		return out
	}
	text := `{"int":"5","strings":["a",1],"object":{"id":7},"string":"x","names":{"a":1}}`
	assert.Equal(t, map[string]bool{"int": true, "strings[1]": true, "object.id": true, "names.a": true}, kept(text, new(kinds).ref(), WithPresence))
	assert.Equal(t, map[string]bool{"int": false, "strings[1]": false, "object.id": false, "names.a": false}, kept(text, new(kinds).ref(), 0))
	assert.Equal(t, map[string]bool{"cool_down_time": false, "kind": false}, kept(`{"scaling_policy_name":"x","scaling_group_id":"g","scaling_policy_type":"ALARM","cool_down_time":"5"}`, new(policyRequest).ref(), WithPresence))
}
