package plan

import (
	"go/token"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNames(t *testing.T) {
	n := NewNamer([]string{"HSS", "GPv2"})
	cases := []struct{ wire, exported, unexported string }{
		{"scaling_group_id", "ScalingGroupID", "scalingGroupID"},
		{"scaling-group-id", "ScalingGroupID", "scalingGroupID"},
		{"scalingGroupId", "ScalingGroupID", "scalingGroupID"},
		{"ScalingGroupId", "ScalingGroupID", "scalingGroupID"},
		{"SCALING_GROUP_ID", "ScalingGroupID", "scalingGroupID"},
		{"scaling group.id", "ScalingGroupID", "scalingGroupID"},
		{"id", "ID", "id"},
		{"ids", "IDs", "ids"},
		{"IDs", "IDs", "ids"},
		{"instanceIDs", "InstanceIDs", "instanceIDs"},
		{"VPCID", "VPCID", "vpcID"},
		{"vpc_id", "VPCID", "vpcID"},
		{"VpcId", "VPCID", "vpcID"},
		{"IPv6", "IPv6", "ipv6"},
		{"ipv6_enable", "IPv6Enable", "ipv6Enable"},
		{"HTTPServer", "HTTPServer", "httpServer"},
		{"http2Server", "HTTP2Server", "http2Server"},
		{"lbaas_listeners", "LBaaSListeners", "lbaasListeners"},
		{"hss_mode", "HSSMode", "hssMode"},
		{"gpv2", "GPv2", "gpv2"},
		{"IN_SERVICE", "InService", "inService"},
		{"1st", "N1st", "n1st"},
		{"2", "N2", "n2"},
		{"name1", "Name1", "name1"},
		{"v1.2", "V12", "v12"},
		{"type", "Type", "typeValue"},
		{"error", "Error", "errorValue"},
		{"ctx", "Ctx", "ctxValue"},
		{"", "", "value"},
		{"日本", "", "value"},
		{"né_e", "NE", "ne"},
		{"_", "", "value"},
		{"x-y", "XY", "xy"},
		{"$ref", "Ref", "ref"},
		{"@type", "Type", "typeValue"},
	}
	for _, c := range cases {
		t.Run(c.wire, func(t *testing.T) {
			assert.Equal(t, c.exported, n.Exported(c.wire))
			assert.Equal(t, c.unexported, n.Unexported(c.wire))
		})
	}
}

func TestSpelledNames(t *testing.T) {
	n := NewNamer(nil)
	for wire, want := range map[string]string{
		"name-asc": "NameDashAsc", "name_asc": "NameUnderscoreAsc", "nameAsc": "NameAsc", "*": "Star", "": "", "2.5": "N2Dot5", "日本": "U65e5U672c",
		"a\x00b": "AU0B", "é": "Ue9", "\u202e": "U202e", "-1": "Minus1", "+1": "Plus1", "a-1": "ADash1", "- 1": "DashSpace1",
	} {
		assert.Equal(t, want, n.Spelled(wire), "%q", wire)
	}
}

func TestNamesWithPunctuationAround(t *testing.T) {
	b := &builder{namer: NewNamer(nil)}
	for _, c := range []struct{ text, name, want string }{
		{"-name", "Name", "DashName"}, {"name-", "Name", "NameDash"}, {"-1", "1", "Minus1"}, {"-1", "N1", "Minus1"}, {"+id", "ID", "PlusID"},
		{"name", "Name", "Name"}, {"a-b", "AB", "AB"}, {"*", "Star", "Star"}, {"日a", "A", "U65e5A"}, {"_node", "Node", "UnderscoreNode"},
	} {
		assert.Equal(t, c.want, b.edged(c.text, c.name), c.text)
	}
}

func TestRegionNames(t *testing.T) {
	n := NewNamer(nil)
	for name, want := range map[string]string{
		"cn-north-4": "CNNorth4", "la-south-2": "LASouth2", "eu-west-101": "EUWest101", "global": "Global", "*": "", "a-){-}": "A", "cn-east-3a": "CNEast3a",
	} {
		assert.Equal(t, want, regionWord(n, name), name)
	}
}

func TestSingular(t *testing.T) {
	for many, one := range map[string]string{
		"groups": "group", "policies": "policy", "addresses": "address", "boxes": "box", "batches": "batch", "access": "access", "statuses": "status",
		"aliases": "alias", "InStatuses": "InStatus", "databases": "database", "series": "series", "causes": "cause", "s": "s",
	} {
		assert.Equal(t, one, singular(many), many)
	}
}

// A name depends on the other names of its scope, never on their order.
func TestNamesOfAScopeDoNotDependOnTheirOrder(t *testing.T) {
	texts := []string{"a-b", "a_b", "ab", "Ab", "AB", "a b", "", "*", "a-b ", "日", "本", "validate", "1", "N1"}
	name := func(order []string) map[string]string {
		b := &builder{lock: NewLock(), namer: NewNamer(nil)}
		list := make([]member, len(order))
		for i, text := range order {
			list[i] = member{wire: text}
		}
		out := map[string]string{}
		for i, got := range b.members(scope{what: "field", fallback: "Field", reserved: reservedMethods}, list) {
			out[order[i]] = got
		}
		return out
	}
	want := name(texts)
	for i := range texts {
		assert.Equal(t, want, name(append(append([]string{}, texts[i:]...), texts[:i]...)))
	}
	seen := map[string]string{}
	for text, got := range want {
		assert.Empty(t, seen[got], "%q and %q are both %s", text, seen[got], got)
		seen[got] = text + " "
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"scaling_group_id", "IDs", "VPCIDs", "1st", "日本", "a\x00b", "type", "Ⅷ", "ǅ", "İ", "\xff"} {
		f.Add(s)
	}
	n := NewNamer(nil)
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{n.Exported(s), n.Spelled(s), n.Exported("x_" + regionWord(n, s))} {
			if name != "" && (!token.IsIdentifier(name) || !token.IsExported(name) || len(name) > 150) {
				t.Fatalf("%q is no exported name", name)
			}
		}
		v := n.Unexported(s)
		if !token.IsIdentifier(v) || token.IsKeyword(v) || token.IsExported(v) || reservedWords.has(v) {
			t.Fatalf("%q is no name of a variable", v)
		}
		if strings.ContainsFunc(v, func(r rune) bool { return r >= 0x80 }) {
			t.Fatalf("%q is not ASCII", v)
		}
	})
}
