package resource

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/pantograph-go/pantograph/generator/rt"
	"github.com/pantograph-go/pantograph/generator/rt/json"
)

func TestDifferencePutsWhatDiffersIntoTheUpdate(t *testing.T) {
	for _, tt := range []struct {
		name, have, want string
		changed          []string
		replaced, patch  string // update: made of what was read, or empty
	}{
		{"nothing", `{"id":"g","name":"web","min":1,"zones":["a"],"config":{"flavor":"s","size":1,"labels":["x"]}}`,
			`{"name":"web","min":1,"config":{"size":1}}`, nil, `{"name":"web","min":1,"config":{"flavor":"s","size":1,"labels":["x"]}}`, `{}`},
		{"a scalar", `{"name":"web","min":1,"note":"n"}`, `{"name":"web","min":0}`, []string{"min"}, `{"name":"web","min":0,"note":"n"}`, `{"min":0}`},
		{"what is not there yet", `{"name":"web"}`, `{"name":"web","note":"n"}`, []string{"note"}, `{"name":"web","note":"n"}`, `{"note":"n"}`},
		{"a member of a member", `{"name":"web","config":{"flavor":"s","size":1,"labels":["x"]}}`, `{"name":"web","config":{"flavor":"s","size":2}}`,
			[]string{"config.size"}, `{"name":"web","config":{"flavor":"s","size":2,"labels":["x"]}}`, `{"config":{"flavor":"s","size":2}}`},
		{"a list", `{"name":"web","config":{"labels":["x","y"]}}`, `{"name":"web","config":{"labels":["y","x"]}}`,
			[]string{"config.labels"}, `{"name":"web","config":{"labels":["y","x"]}}`, `{"config":{"labels":["y","x"]}}`},
		{"a map keeps what is not spoken of", `{"name":"web","metadata":{"a":"1"}}`, `{"name":"web","metadata":{"b":"2"}}`,
			[]string{"metadata.b"}, `{"name":"web","metadata":{"a":"1","b":"2"}}`, `{"metadata":{"b":"2"}}`},
		{"empty is as good as not there", `{"name":"web","metadata":null}`, `{"name":"web","metadata":{},"zones":[],"note":null}`, nil, `{"name":"web"}`, `{}`},
		{"null for something", `{"name":"web","note":"n"}`, `{"name":"web","note":null}`, []string{"note"}, `{"name":"web","note":null}`, `{"note":null}`},
		{"a number in a text", `{"name":"web","min":1,"config":{"size":"5"}}`, `{"name":"web","min":1,"config":{"size":5}}`, nil,
			`{"name":"web","min":1,"config":{"size":"5"}}`, `{}`},
		{"two at once", `{"name":"web","min":1}`, `{"name":"Web","min":2}`, []string{"name", "min"}, `{"name":"Web","min":2}`, `{"name":"Web","min":2}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			have, want := answer(t, tt.have), request(t, tt.want)
			update := new(groupUpdate)
			require.NoError(t, Rebase(have.ref(), update.ref()))
			changed, err := Difference(have.ref(), want.ref(), update.ref())
			require.NoError(t, err)
			assert.Equal(t, tt.changed, changed)
			assert.JSONEq(t, tt.replaced, text(t, update.ref()))

			update = new(groupUpdate)
			changed, err = Difference(have.ref(), want.ref(), update.ref())
			require.NoError(t, err)
			assert.Equal(t, tt.changed, changed)
			assert.JSONEq(t, tt.patch, text(t, update.ref()))
		})
	}
}

func TestWhatNoUpdateCanChangeIsAnError(t *testing.T) {
	have := answer(t, `{"name":"web","zones":["a"]}`)
	_, err := Difference(have.ref(), request(t, `{"name":"Web","zones":["b"],"secret":"s3cret"}`).ref(), new(groupUpdate).ref())
	var fixed *ImmutableError
	require.ErrorAs(t, err, &fixed)
	assert.Equal(t, []string{"zones", "secret"}, fixed.Members)
	require.ErrorIs(t, err, rt.ErrInvalid)
	assert.EqualError(t, err, `cannot be changed once it is created: "zones", "secret"`)

	_, err = Difference(have.ref(), request(t, `{"name":"Web"}`).ref(), json.Ref{}) // there is no update
	require.ErrorAs(t, err, &fixed)
	assert.Equal(t, []string{"name"}, fixed.Members)
	changed, err := Difference(have.ref(), request(t, `{"name":"web"}`).ref(), json.Ref{})
	require.NoError(t, err)
	assert.Empty(t, changed)
	_, err = Difference(have.ref(), json.Ref{}, json.Ref{})
	require.ErrorContains(t, err, "no object")
}

func TestMembersThatAnUpdateCannotLeaveOutStayAsTheyAre(t *testing.T) {
	have := answer(t, `{"id":"g","name":"web","min":1}`)
	for _, tt := range []struct{ want, update string }{
		{`{"name":"web","min":2}`, `{"name":"web","min":2}`},
		{`{"name":"Web","min":2}`, `{"name":"Web","min":2}`},
	} {
		update := new(groupRequest) // its name is required
		_, err := Difference(have.ref(), request(t, tt.want).ref(), update.ref())
		require.NoError(t, err)
		assert.JSONEq(t, tt.update, text(t, update.ref()))
	}
	update := new(groupRequest)
	_, err := Difference(have.ref(), (&groupUpdate{Min: json.Some(2)}).ref(), update.ref()) // which want does not speak of
	require.NoError(t, err)
	assert.JSONEq(t, `{"name":"web","min":2}`, text(t, update.ref()))
}

// After the update has been carried out there is no difference any more.
func TestAnUpdateEndsTheDifference(t *testing.T) {
	pick := func(r *rand.Rand, texts ...string) string { return texts[r.IntN(len(texts))] }
	some := func(r *rand.Rand) string {
		return fmt.Sprintf(`{"name":%s,"min":%s,"metadata":%s,"config":%s}`,
			pick(r, `"a"`, `"b"`, `""`), pick(r, `0`, `1`, `10e-1`), pick(r, `{}`, `{"k":"1"}`, `{"k":"2","l":""}`),
			pick(r, `{}`, `{"flavor":"s"}`, `{"size":0,"labels":[]}`, `{"size":2,"labels":["x"]}`))
	}
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 4))
		have, want := answer(t, some(r)), new(groupRequest)
		require.NoError(t, json.DecodeLenient([]byte(some(r)), want.ref()))
		update := new(groupUpdate)
		require.NoError(t, Rebase(have.ref(), update.ref()))
		changed, err := Difference(have.ref(), want.ref(), update.ref())
		require.NoError(t, err)
		after := answer(t, text(t, update.ref())) // the server replaces what there is
		again, err := Difference(after.ref(), want.ref(), new(groupUpdate).ref())
		require.NoError(t, err)
		require.Empty(t, again, "seed %d: %v", seed, changed)
	}
}

func TestNumbersAreComparedByValue(t *testing.T) {
	texts := []string{"0", "-0", "0.0", "0e5", "1", "1.0", "10e-1", "0.1E1", "100", "1e2", "1E+2", "1.00e+02", "-1", "1.5", "15e-1", "0.15",
		"9007199254740992", "9007199254740993", "9007199254740993.0", "1e20", "100000000000000000000", "1e-7", "0.0000001", "1.10", "1.1"}
	for _, a := range texts {
		for _, b := range texts {
			x, _ := new(big.Rat).SetString(a)
			y, _ := new(big.Rat).SetString(b)
			got := equalScalars(&json.Tree{Kind: json.TreeScalar, Scalar: json.NumberScalar, Text: a}, &json.Tree{Kind: json.TreeScalar, Scalar: json.NumberScalar, Text: b})
			assert.Equal(t, x.Cmp(y) == 0, got, "%s and %s", a, b)
		}
	}
	text := func(s string) *json.Tree {
		return &json.Tree{Kind: json.TreeScalar, Scalar: json.StringScalar, Text: s}
	}
	assert.False(t, equalScalars(text("1.0"), text("1")), "texts are compared as they are")
	for _, odd := range []string{"", "-", "+1", "1 ", "1e", "NaN", "true"} {
		assert.False(t, isNumber(odd), odd)
	}
}
