package bench

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/pantograph-go/pantograph/conformance/bench/plain"
)

// Form is how a payload is written.
type Form string

// The forms of payloads.
const (
	Compact  Form = "compact"
	Pretty   Form = "pretty"
	Shuffled Form = "shuffled" // members in another order, the same for all objects of the same members
	Mixed    Form = "mixed"    // members of each object in an order of its own
	Unknown  Form = "unknown"  // groups with members that no document knows
)

// count is the number of items of a list.
const count = 100

// Groups is a list of AS groups, of about 130 KB when it is compact.
func Groups(form Form) []byte {
	v := plain.Groups{TotalNumber: count, Limit: count}
	for i := range count {
		var g plain.Group
		fill(reflect.ValueOf(&g).Elem(), i)
		v.ScalingGroups = append(v.ScalingGroups, g)
	}
	return write(v, form)
}

// Group is one AS group, of about 1.3 KB.
func Group() []byte {
	var g plain.OneGroup
	fill(reflect.ValueOf(&g).Elem(), 12)
	return write(g, Compact)
}

// Repositories is a list of repositories, of about 570 KB when it is compact.
func Repositories(form Form) []byte {
	v := plain.Repositories{TotalCount: count}
	for i := range count {
		var r plain.Repository
		fill(reflect.ValueOf(&r).Elem(), i)
		v.Items = append(v.Items, r)
	}
	return write(v, form)
}

// fill gives each member a value that depends on its name and on the number of the item.
func fill(v reflect.Value, item int) {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		set(v.Field(i), name, item, i)
	}
}

func set(v reflect.Value, name string, item, place int) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2024, time.Month(1+place%12), 1+item%28, item%24, place%60, 7, 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if every := oneIn[name]; every > 0 && item%every == every-1 || every == 0 && (item+place)%3 > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			set(v.Elem(), name, item, place)
		}
	case reflect.Struct:
		fill(v, item)
	case reflect.Slice:
		n, ok := lengths[name]
		switch {
		case !ok:
			n = 1 + item%3
		case n < 0 && item%-n > 0:
			return
		case n < 0:
			n = 1
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range v.Len() {
			set(v.Index(i), name, item+i, place)
		}
	case reflect.String:
		v.SetString(text(name, item))
	case reflect.Int:
		n := int64(item*37+place) % 997
		if most, ok := most[name]; ok {
			n %= most + 1
		}
		v.SetInt(n)
	case reflect.Bool:
		v.SetBool((item+place)%2 == 0)
	}
}

// oneIn says of how many items one has a member that may be null or missing; 1,000 is none.
var oneIn = map[string]int{"lb_listener_id": count * 10, "detail": 10, "cloud_location_id": count * 10, "activity_type": count * 10, "ipv6_bandwidth": 2}

// lengths are those of lists; others have one to three elements. Below zero, one in so many has one element, the others none.
var lengths = map[string]int{"lbaas_listeners": -3, "security_groups": 1, "notifications": 1, "topics": 4}

// most is what numbers are at most, where it is less than the others.
var most = map[string]int64{"weight": 100}

// words are values of enumerations.
var words = map[string]string{
	"scaling_group_status": "INSERVICE", "health_periodic_audit_method": "NOVA_AUDIT", "instance_terminate_policy": "OLD_CONFIG_OLD_INSTANCE",
	"notifications": "EMAIL", "multi_az_priority_policy": "EQUILIBRIUM_DISTRIBUTE", "visibility": "public", "default_branch": "main",
	"available_zones": "eu-de-01",
}

// shared are ids that items have in common, with how many of them there are: a project has few networks, and many groups in each.
var shared = map[string]int{"vpc_id": 3, "id": 7, "enterprise_project_id": 2, "scaling_configuration_id": 20}

// text is a text as long as one of its name is in life.
func text(name string, item int) string {
	if word := words[name]; word != "" {
		return word
	}
	if n := shared[name]; n > 0 {
		item %= n
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	id := fmt.Sprintf("%08x-93ee-%04x-a7d7-%012x", item*2654435761&0xffffffff, h.Sum32()&0xffff, item*40503)
	switch {
	case strings.HasSuffix(name, "url"):
		return fmt.Sprintf("https://repositories.example/repos/owner-%d/project-%d/%s", item%7, item, strings.TrimSuffix(name, "_url"))
	case strings.HasSuffix(name, "id"):
		return id
	case strings.HasSuffix(name, "description"):
		if item%10 == 3 {
			return fmt.Sprintf("Für \"Nummer %d\" – eine Zeile, so lang wie die meisten", item)
		}
		return fmt.Sprintf("What number %d does for the people who have it", item)
	case name == "detail":
		return fmt.Sprintf("scaling failed: quota \"instance\" exceeded\nby %d of those that were asked for", item)
	case strings.HasSuffix(name, "name"):
		return fmt.Sprintf("as-config-%04d", item)
	}
	return strings.ToUpper(strings.ReplaceAll(name, "_", "")[:min(len(name), 9)])
}

// write gives a value one of the forms.
func write(v any, form Form) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if form == Pretty {
		e.SetIndent("", "    ")
	}
	must(e.Encode(v))
	data := bytes.TrimSpace(b.Bytes())
	switch form {
	case Shuffled, Mixed, Unknown:
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		r := rand.New(rand.NewPCG(1, 2))
		var out bytes.Buffer
		rewrite(d, &out, form, r)
		data = out.Bytes()
	}
	return data
}

// rewrite copies a value, members in another order or with others between them.
func rewrite(d *json.Decoder, out *bytes.Buffer, form Form, r *rand.Rand) {
	t, err := d.Token()
	must(err)
	switch t {
	case json.Delim('['):
		out.WriteByte('[')
		for first := true; d.More(); first = false {
			if !first {
				out.WriteByte(',')
			}
			rewrite(d, out, form, r)
		}
		_, err := d.Token()
		must(err)
		out.WriteByte(']')
	case json.Delim('{'):
		var names, members []string
		for d.More() {
			name, err := d.Token()
			must(err)
			var m bytes.Buffer
			fmt.Fprintf(&m, "%q:", name)
			rewrite(d, &m, form, r)
			names = append(names, name.(string))
			members = append(members, m.String())
		}
		_, err := d.Token()
		must(err)
		switch {
		case form == Shuffled:
			h := fnv.New64()
			_, _ = h.Write([]byte(strings.Join(names, ",")))
			r = rand.New(rand.NewPCG(h.Sum64(), 0))
			fallthrough
		case form == Mixed:
			r.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		case len(members) > 20:
			for i := 27; i > 0; i -= 6 {
				members = slices.Insert(members, i, fmt.Sprintf(`"x_later_%d":[null,{"since":2026.5,"list":["%08x","%s"],"more":"nobody knows this"}]`, i, r.Uint32(), text("id", i)))
			}
		}
		out.WriteString("{" + strings.Join(members, ",") + "}")
	default:
		text, err := json.Marshal(t)
		must(err)
		out.Write(text)
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
