package json

import (
	"bytes"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// chunks reads pieces of random sizes: of one byte, where there is no generator.
type chunks struct {
	from io.Reader
	r    *rand.Rand
}

func (c chunks) Read(p []byte) (int, error) {
	n := 1
	if c.r != nil {
		n = 1 + c.r.IntN(40)
	}
	return c.from.Read(p[:min(n, len(p))])
}

// split reads all parts of a text, the parts of a few bytes.
func split(data []byte, path []string, size int, r *rand.Rand) (parts []Part, err error) {
	begun := 0
	if r != nil {
		begun = r.IntN(len(data) + 1)
	}
	p := NewParts(bytes.Clone(data[:begun]), chunks{bytes.NewReader(data[begun:]), r}, path, 1<<20)
	p.size = size
	for {
		part, err := p.Next()
		if err != nil {
			if err == io.EOF {
				err = nil
			}
			return parts, err
		}
		part.Text = bytes.Clone(part.Text)
		parts = append(parts, part)
	}
}

// whole puts the parts of a text together again, and checks that they say where they are from.
func whole(t *testing.T, parts []Part) string {
	last := parts[len(parts)-1]
	require.True(t, last.Last)
	b := last.Text[:last.lead:last.lead]
	for i := range parts {
		p := &parts[i]
		if i > 0 {
			b = append(b, ',')
		}
		if p.at > 0 || len(parts) > 1 {
			require.Equal(t, len(b), p.at)
		}
		b = append(b, p.Text[p.lead:p.end]...)
	}
	return string(append(b, last.Text[last.end:]...))
}

// checkParts compares reading in parts with reading at once.
func checkParts(t *testing.T, data []byte, size int, r *rand.Rand) {
	for _, tt := range []struct {
		path []string
		make func() (Ref, func() any)
	}{
		{[]string{"scaling_groups"}, func() (Ref, func() any) {
			v := new(groupList)
			return v.ref(), func() any { return slices.Clip(v.Groups) }
		}},
		{[]string{"children"}, func() (Ref, func() any) {
			v := new(node)
			return v.ref(), func() any { return v.Children }
		}},
		{[]string{"left", "children"}, func() (Ref, func() any) {
			v := new(node)
			return v.ref(), func() any {
				if v.Left == nil {
					return v.Children[:0:0]
				}
				return v.Left.Children
			}
		}},
	} {
		ref, list := tt.make()
		var want []Deviation
		valid := Decode(data, ref, DecodeOptions{Report: func(d Deviation) { want = append(want, d) }})
		parts, err := split(data, tt.path, size, r)
		if err == ErrListTwice {
			again := slices.ContainsFunc(want, func(d Deviation) bool { return d.Code == DuplicateMember })
			require.True(t, again || valid != nil, "%s", data)
			return
		}
		if err != nil {
			require.Error(t, valid, "%s: %v", data, err)
			return
		}
		var got []Deviation
		elements := reflect.MakeSlice(reflect.TypeOf(list()), 0, 0)
		first := 0
		for i := range parts {
			p := &parts[i]
			ref, list := tt.make()
			err = Decode(p.Text, ref, DecodeOptions{Report: func(d Deviation) {
				if d, ok := p.Place(d); ok {
					got = append(got, d)
				}
			}})
			if err != nil {
				require.Error(t, valid, "%s", data)
				if len(parts) == 1 {
					require.Equal(t, valid, p.Error(err))
				}
				return
			}
			require.True(t, i == len(parts)-1 || reflect.ValueOf(list()).Len() > 0)
			require.Equal(t, first, max(p.first, 0))
			first += reflect.ValueOf(list()).Len()
			elements = reflect.AppendSlice(elements, reflect.ValueOf(list()))
		}
		require.NoError(t, valid, "%s", data)
		require.Equal(t, string(data), whole(t, parts))
		require.Equal(t, reflect.ValueOf(list()).Len(), elements.Len(), "%s", data)
		if elements.Len() > 0 {
			require.True(t, reflect.DeepEqual(list(), elements.Interface()), "%s", data)
		}
		slices.SortStableFunc(got, func(a, b Deviation) int { return a.Offset - b.Offset })
		if len(want) < maxDeviations {
			require.Equal(t, want, got, "%s", data)
		}
	}
}

func TestPartsOfATextAreTheText(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		d := documents{r}
		for _, typ := range []*Type{ty(tGroupList), ty(tNode)} {
			text := d.value(typ, 3)
			checkParts(t, text, 1+r.IntN(100), r)
			checkParts(t, text, 1+r.IntN(100), nil)
			for range 10 { // wrong in a place
				wrong := bytes.Clone(text)
				wrong[r.IntN(len(wrong))] = "\"{}[],:\\ 0a\xff"[r.IntN(12)]
				checkParts(t, wrong, 1+r.IntN(100), r)
				checkParts(t, wrong[:r.IntN(len(wrong))], 1+r.IntN(100), r)
			}
		}
	}
}

func FuzzParts(f *testing.F) {
	p := makePayloads(3)
	for _, text := range []string{
		string(p.compact), string(p.pretty), `{"left":{"children":[{"name":"a"},{},null,3]}, "name":"\u0041"}`, `{"scaling_groups":[],"scaling_groups":[{}]}`,
		`{"scaling\u005fgroups":[{"detail":"]}"},{"detail":"\""}] ,"limit":3}`, `{"children":[1,2 3]}`, `{"children":[1,]}`, `{"children":[,1]}`,
		`{"left":null,"left":{"children":[{}]},"children":[]}`, `{"children":{},"children":[{},{}]}x`, `[{"children":[]}]`, `}{`, `{"children":[{"a":1],"b":[{}]}`,
	} {
		f.Add([]byte(text), uint16(7), uint64(0))
		f.Add([]byte(text), uint16(1), uint64(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, size uint16, seed uint64) {
		var r *rand.Rand
		if seed > 0 {
			r = rand.New(rand.NewPCG(seed, 1))
		}
		checkParts(t, data, 1+int(size), r)
	})
}

func TestAListWithoutNamesIsTheText(t *testing.T) {
	parts, err := split([]byte(` [ {"a":"]"} , 12,"\"",[[]] , null ]`+"\n"), nil, 1, nil)
	require.NoError(t, err)
	var texts []string
	for _, p := range parts {
		texts = append(texts, string(p.Text))
	}
	assert.Equal(t, []string{`[ {"a":"]"} ]`, `[ 12]`, `["\""]`, `[[[]] ]`, " [ null ]\n"}, texts)
}

func TestWhatCameBeforeAFailureIsHandedOut(t *testing.T) {
	broken := io.ErrUnexpectedEOF
	for text, want := range map[string]error{
		`{"items":[1,2,3`:             broken,
		`{"items":[1,2,{"a":"`:        broken,
		`{"n":[1,2],"items":[1,2,3],`: broken,
		`{"items":[1,2,]`:             &SyntaxError{Offset: 14, Msg: "value expected"},
		`{"items":[1,2 3]`:            &SyntaxError{Offset: 14, Msg: "comma or ] expected"},
		`{"items":[1,2,"a""b"`:        &SyntaxError{Offset: 17, Msg: "comma or ] expected"},
		`{"items":[1,2],"items":[]}`:  ErrListTwice,
	} {
		p := NewParts(nil, io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), []string{"items"}, 1000)
		part, err := p.Next()
		require.NoError(t, err, text)
		assert.Contains(t, string(part.Text), `{"items":[1`)
		assert.False(t, part.Last)
		require.NoError(t, Valid(part.Text))
		for range 2 {
			_, err = p.Next()
			assert.Equal(t, want, err, text)
		}
	}
}

func TestATextThatBeginsWronglyHasNoParts(t *testing.T) {
	for _, text := range []string{`{"a":01,"items":[1,2]}`, "{\"a\":\"\xff\",\"items\":[1,2]}", `{"a":"\x","items":[1,2]}`, `{"a":[1}],"items":[1,2]}`, `{"items"[1,2]}`} {
		parts, err := split([]byte(text), []string{"items"}, 1, nil)
		if err == nil {
			require.Len(t, parts, 1)
			err = Valid(parts[0].Text)
		} else {
			assert.Empty(t, parts)
		}
		assert.Equal(t, Valid([]byte(text)), err, text)
	}
}

func TestPartsAreBounded(t *testing.T) {
	long := strings.Repeat("x", 5000)
	for _, text := range []string{`{"items":[1,"` + long + `",2]}`, `{"a":"` + long + `","items":[1]}`, `{"items":[1],"a":"` + long, `{"items":[1]` + strings.Repeat(" ", 5000)} {
		p := NewParts(nil, strings.NewReader(text), []string{"items"}, 1000)
		var err error
		for err == nil {
			_, err = p.Next()
		}
		assert.Equal(t, ErrPartTooLarge, err)
		assert.LessOrEqual(t, cap(p.buf), 1024+64)
	}
	items := strings.Repeat(`{"id":"0123456789"},`, 100_000)
	p := NewParts(nil, strings.NewReader(`{"items":[`+items+`{}]}`), []string{"items"}, 1000)
	n, err := 0, error(nil)
	for ; err == nil; n++ {
		_, err = p.Next()
	}
	assert.Equal(t, io.EOF, err)
	assert.Greater(t, n, 1000)
	assert.LessOrEqual(t, cap(p.buf), 1024+64)

	p = NewParts(nil, chunks{from: emptyReader{}}, nil, 1000)
	_, err = p.Next()
	assert.Equal(t, io.ErrNoProgress, err)
}

func TestPartsNestAsDeepAsTheWhole(t *testing.T) {
	for deep := DefaultMaxDepth - 4; deep < DefaultMaxDepth+2; deep++ {
		element := `{"left":` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + "}"
		text := []byte(`{"left":{"children":[{},` + element + `,{}]}}`)
		want := Decode(text, new(node).ref(), DecodeOptions{})
		parts, err := split(text, []string{"left", "children"}, 1, nil)
		require.NoError(t, err)
		for i := range parts {
			if err == nil {
				err = parts[i].Error(Decode(parts[i].Text, new(node).ref(), DecodeOptions{}))
			}
		}
		assert.Equal(t, want, err, deep)
	}
}

type emptyReader struct{}

func (emptyReader) Read([]byte) (int, error) { return 0, nil }
