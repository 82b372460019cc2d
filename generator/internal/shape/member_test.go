package shape

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/model"
)

// TestMembersAreFoundHoweverManyThereAre asks a shape for its members while it grows: also when there is an index already.
func TestMembersAreFoundHoweverManyThereAre(t *testing.T) {
	sh := &Shape{}
	for i := range 3 * fewMembers {
		assert.Nil(t, sh.Member(fmt.Sprint(i)))
		sh.Members = append(sh.Members, &Member{Property: &model.Property{Name: fmt.Sprint(i)}})
		for j, m := range sh.Members {
			assert.Same(t, m, sh.Member(fmt.Sprint(j)))
		}
	}
}

// TestALargeObjectIsLookedUpWithoutAllocations bounds what a look-up costs by what it allocates once there is an index.
func TestALargeObjectIsLookedUpWithoutAllocations(t *testing.T) {
	sh := &Shape{}
	for i := range 1000 {
		sh.Members = append(sh.Members, &Member{Property: &model.Property{Name: fmt.Sprint(i)}})
	}
	sh.Member("0")
	assert.Zero(t, testing.AllocsPerRun(10, func() { sh.Member("999"); sh.Member("none") }))
	assert.Len(t, sh.byName, 1000)
}
