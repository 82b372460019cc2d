package schema

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Memory goes from one judgement to the next. While several run, each has its own: what one finds is about its value.
func TestJudgementsAtTheSameTimeShareNoMemory(t *testing.T) {
	s := set("S", `{"items":{"properties":{"name":{"maxLength":3}},"unevaluatedProperties":false},"uniqueItems":true}`)
	var all sync.WaitGroup
	for g := range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := range 200 {
				at := (g + n) % 5
				text := "["
				for i := range at {
					text += fmt.Sprintf(`{"name":"%d%d"},`, g, i)
				}
				text += fmt.Sprintf(`{"name":"long %d"}]`, g)
				place, broken := s.Broken("S", "items", OfText([]byte(text)))
				assert.True(t, broken, text)
				assert.Equal(t, fmt.Sprintf("[%d].name", at), place, text)
				assert.True(t, s.Conforms("S", OfText(fmt.Appendf(nil, `[{"name":"%d"},{"name":"x%d"}]`, g, n%10))))
			}
		}()
	}
	all.Wait()
}
