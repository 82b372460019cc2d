package json

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// The payloads: a page of AS groups as a server sends it, about 1.3 KB for each group, and variants.

type payloads struct {
	compact, pretty, shuffled, unknown, one []byte
}

func makePayloads(groups int) payloads {
	g := generator{rand.New(rand.NewPCG(1, 2))}
	list := make([]any, groups)
	for i := range list {
		list[i] = g.group(i)
	}
	page := func(groups any) object {
		return object{{"limit", 100}, {"scaling_groups", groups}, {"total_number", len(list)}, {"start_number", 0}}
	}
	var p payloads
	p.compact = page(list).text()
	p.one = list[0].(object).text()
	var pretty bytes.Buffer
	if err := stdjson.Indent(&pretty, p.compact, "", "    "); err != nil {
		panic(err)
	}
	p.pretty = pretty.Bytes()
	p.unknown = page(withUnknown(list)).text()
	p.shuffled = shuffle(page(list), rand.New(rand.NewPCG(3, 4))).(object).text()
	return p
}

// object is a JSON object whose members have an order.
type object []struct {
	name  string
	value any
}

func (o object) MarshalJSON() ([]byte, error) { return o.text(), nil }

func (o object) text() []byte {
	b := []byte{'{'}
	for i, m := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(AppendString(b, m.name), ':')
		var w bytes.Buffer
		e := stdjson.NewEncoder(&w)
		e.SetEscapeHTML(false)
		if err := e.Encode(m.value); err != nil {
			panic(err)
		}
		b = append(b, bytes.TrimSpace(w.Bytes())...)
	}
	return append(b, '}')
}

type generator struct{ *rand.Rand }

func (g generator) uuid() string {
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", g.Uint32(), g.IntN(1<<16), g.IntN(1<<16), g.IntN(1<<16), g.Uint64()>>16)
}

func (g generator) pick(s ...string) string { return s[g.IntN(len(s))] }

func (g generator) name(prefix string, n int) string {
	b := []byte(prefix)
	for range n {
		b = append(b, "abcdefghijklmnopqrstuvwxyz0123456789"[g.IntN(36)])
	}
	return string(b)
}

func (g generator) prose(n int) string {
	words := strings.Fields("front end machines of the order desk follow the length of the queue in both halls ask the night shift before you touch them")
	out := make([]string, n)
	for i := range out {
		out[i] = g.pick(words...)
	}
	return strings.Join(out, " ")
}

func (g generator) group(i int) object {
	var networks []any
	for range 1 + g.IntN(2) {
		n := object{{"id", g.uuid()}, {"ipv6_enable", g.IntN(2) == 0}}
		if g.IntN(2) == 0 {
			n = append(n, object{{"ipv6_bandwidth", object{{"id", g.uuid()}}}}...)
		}
		networks = append(networks, n)
	}
	var detail any
	if g.IntN(10) == 0 {
		detail = "no \"flavor\" left\n" + g.prose(8)
	}
	description := g.prose(4 + g.IntN(10))
	if i%20 == 7 {
		description = "Größe der Gruppe — " + g.prose(5)
	}
	o := object{
		{"networks", networks}, {"available_zones", []string{"eu-de-01", "eu-de-02", "eu-de-03"}[:1+g.IntN(3)]}, {"detail", detail},
		{"scaling_group_name", g.name("as-group-", 4+g.IntN(12))}, {"scaling_group_id", g.uuid()},
		{"scaling_group_status", g.pick("INSERVICE", "INSERVICE", "PAUSED", "ERROR")},
		{"scaling_configuration_id", g.uuid()}, {"scaling_configuration_name", g.name("as-config-", 6)},
		{"current_instance_number", g.IntN(20)}, {"desire_instance_number", g.IntN(20)},
		{"min_instance_number", g.IntN(3)}, {"max_instance_number", 20 + g.IntN(480)},
		{"cool_down_time", 300}, {"lb_listener_id", nil},
	}
	if g.IntN(3) == 0 {
		o = append(o, object{{"lbaas_listeners", []any{object{{"pool_id", g.uuid()}, {"protocol_port", 8080}, {"weight", 1 + g.IntN(99)}}}}}...)
	}
	return append(o, object{
		{"security_groups", []any{object{{"id", g.uuid()}}}},
		{"create_time", fmt.Sprintf("20%02d-%02d-%02dT%02d:%02d:%02dZ", 15+g.IntN(11), 1+g.IntN(12), 1+g.IntN(28), g.IntN(24), g.IntN(60), g.IntN(60))},
		{"vpc_id", g.uuid()}, {"health_periodic_audit_method", g.pick("ELB_AUDIT", "NOVA_AUDIT")},
		{"health_periodic_audit_time", 5}, {"health_periodic_audit_grace_period", 600},
		{"instance_terminate_policy", g.pick("OLD_CONFIG_OLD_INSTANCE", "NEW_INSTANCE", "OLD_INSTANCE")},
		{"is_scaling", g.IntN(8) == 0}, {"delete_publicip", false}, {"delete_volume", false},
		{"notifications", []string{"EMAIL"}}, {"enterprise_project_id", g.uuid()},
		{"cloud_location_id", nil}, {"activity_type", nil},
		{"multi_az_priority_policy", g.pick("EQUILIBRIUM_DISTRIBUTE", "PICK_FIRST")}, {"description", description},
	}...)
}

// withUnknown adds members that the types do not have.
func withUnknown(groups []any) []any {
	out := make([]any, len(groups))
	for i, g := range groups {
		var o object
		for j, m := range g.(object) {
			o = append(o, m)
			if j%6 == 3 {
				o = append(o, object{{fmt.Sprintf("x_later_%d", j), []any{nil, object{{"a", 1.5}, {"b", []string{"some text", "and more of it"}}, {"c", "words and words, " + m.name}}}}}...)
			}
		}
		out[i] = o
	}
	return out
}

// shuffle reorders the members of each object in its own way.
func shuffle(v any, r *rand.Rand) any {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for i, j := range r.Perm(len(v)) {
			out[i] = v[j]
			out[i].value = shuffle(v[j].value, r)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = shuffle(v[i], r)
		}
		return out
	}
	return v
}
