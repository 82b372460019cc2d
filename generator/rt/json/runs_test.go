package json

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// Lists that share memory are apart: what is appended to one is not seen in the next, and what a pointer leads to is
// that of one struct alone.
func TestListsThatShareMemoryAreApart(t *testing.T) {
	p := makePayloads(60)
	var list, again groupList
	for _, v := range []*groupList{&list, &again} {
		if err := Decode(p.compact, v.ref(), DecodeOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[*bandwidth]bool{}
	for i := range list.Groups {
		g := &list.Groups[i]
		for _, n := range g.Networks {
			if n.IPv6Bandwidth != nil && seen[n.IPv6Bandwidth] {
				t.Fatalf("group %d: two networks have one bandwidth", i)
			}
			seen[n.IPv6Bandwidth] = true
		}
		g.Networks = append(g.Networks, network{ID: "appended"})
		g.SecurityGroups = append(g.SecurityGroups, securityGroup{ID: "appended"})
		g.LBaaSListeners = append(g.LBaaSListeners, listener{})
		g.AvailableZones = append(g.AvailableZones, "appended")
		g.Notifications = append(g.Notifications, "appended")
	}
	for i := range list.Groups {
		g, want := &list.Groups[i], &again.Groups[i]
		g.Networks = g.Networks[:len(g.Networks)-1]
		g.SecurityGroups = g.SecurityGroups[:len(g.SecurityGroups)-1]
		g.LBaaSListeners = g.LBaaSListeners[:len(g.LBaaSListeners)-1]
		g.AvailableZones = g.AvailableZones[:len(g.AvailableZones)-1]
		g.Notifications = g.Notifications[:len(g.Notifications)-1]
		for _, pair := range [][2]any{{g.Networks, want.Networks}, {g.SecurityGroups, want.SecurityGroups}, {g.AvailableZones, want.AvailableZones}, {g.Notifications, want.Notifications}} {
			if reflect.ValueOf(pair[0]).Len() > 0 && !reflect.DeepEqual(pair[0], pair[1]) {
				t.Fatalf("group %d: %v, %v wanted", i, pair[0], pair[1])
			}
		}
	}
}

// Lists of a type inside lists of the same type, before, in and after one another, of all lengths.
func TestListsInsideListsOfTheirType(t *testing.T) {
	var write func(b *strings.Builder, depth, n int)
	write = func(b *strings.Builder, depth, n int) {
		fmt.Fprintf(b, `{"name":"%d-%d"`, depth, n)
		if depth > 0 {
			b.WriteString(`,"children":[`)
			for i := range n {
				if i > 0 {
					b.WriteByte(',')
				}
				write(b, depth-1, (n+i*depth)%7)
			}
			b.WriteByte(']')
		}
		b.WriteByte('}')
	}
	for n := range 7 {
		var b strings.Builder
		write(&b, 4, n)
		for _, mode := range []Mode{0, Alias, WithPresence, Strict} {
			var v node
			if err := Decode([]byte(b.String()), v.ref(), DecodeOptions{Mode: mode}); err != nil {
				t.Fatal(err)
			}
			var show func(v *node, depth, n int)
			show = func(v *node, depth, n int) {
				if want := fmt.Sprintf("%d-%d", depth, n); v.Name != want {
					t.Fatalf("%q, %q wanted", v.Name, want)
				}
				if depth == 0 {
					return
				}
				if len(v.Children) != n {
					t.Fatalf("%d children, %d wanted", len(v.Children), n)
				}
				for i := range v.Children {
					show(&v.Children[i], depth-1, (n+i*depth)%7)
				}
			}
			show(&v, 4, n)
		}
	}
}
