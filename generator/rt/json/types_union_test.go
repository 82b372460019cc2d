package json

import (
	"math/big"
	"net/netip"
	"net/url"
	"time"
	"unsafe"
)

// More types of the generated package that the tests stand for: unions of each kind, structs with
// additional members, tuples, and types of other packages.

// pet has a discriminator, kind. Members of it that are no objects are told apart by their type.
type pet interface{ isPet() }

type cat struct {
	Kind     string // cat or kitten
	Lives    int
	Friend   pet
	presence *Presence
}

type dog struct {
	Kind     string
	Tricks   []string
	presence *Presence
}

type petName string

type petNames []string

type unknownPet struct{ Raw Raw }

func (*cat) isPet()       {}
func (*dog) isPet()       {}
func (petName) isPet()    {}
func (petNames) isPet()   {}
func (unknownPet) isPet() {}

func putPet(dst *byte, variant int, v *byte) {
	p := (*pet)(unsafe.Pointer(dst))
	switch variant {
	case 0:
		*p = (*cat)(unsafe.Pointer(v))
	case 1:
		*p = (*dog)(unsafe.Pointer(v))
	case 2:
		*p = *(*petName)(unsafe.Pointer(v))
	case 3:
		*p = *(*petNames)(unsafe.Pointer(v))
	default:
		*p = unknownPet{*(*Raw)(unsafe.Pointer(v))}
	}
}

func getPet(src *byte) (int, *byte) {
	switch v := (*(*pet)(unsafe.Pointer(src))).(type) {
	case *cat:
		return 0, address(v)
	case *dog:
		return 1, address(v)
	case petName:
		return 2, address(&v)
	case petNames:
		return 3, address(&v)
	case unknownPet:
		return UnknownVariant, address(&v.Raw)
	}
	return NoVariant, nil
}

// figure is told apart by a constant, version, which some lack: those are guessed.
type figure interface{ isFigure() }

type circle struct {
	Version  int
	Radius   float64
	presence *Presence
}

type rectangle struct {
	Version  int
	Width    float64
	Height   float64
	presence *Presence
}

type unknownFigure struct{ Raw Raw }

func (*circle) isFigure()       {}
func (*rectangle) isFigure()    {}
func (unknownFigure) isFigure() {}

func putFigure(dst *byte, variant int, v *byte) {
	p := (*figure)(unsafe.Pointer(dst))
	switch variant {
	case 0:
		*p = (*circle)(unsafe.Pointer(v))
	case 1:
		*p = (*rectangle)(unsafe.Pointer(v))
	default:
		*p = unknownFigure{*(*Raw)(unsafe.Pointer(v))}
	}
}

func getFigure(src *byte) (int, *byte) {
	switch v := (*(*figure)(unsafe.Pointer(src))).(type) {
	case *circle:
		return 0, address(v)
	case *rectangle:
		return 1, address(v)
	case unknownFigure:
		return UnknownVariant, address(&v.Raw)
	}
	return NoVariant, nil
}

// term is guessed: variants of each type of JSON, several of most, itself inside, and a union among them.
type term interface{ isTerm() }

type sum struct {
	Left     term
	Right    term
	Op       string // always plus
	presence *Presence
}

type negation struct {
	Of       term
	Op       string // always minus
	presence *Presence
}

type call struct {
	Name      string
	Args      []term
	Arguments map[string]term
	presence  *Presence
}

type termNumber float64
type termInt int
type termTime time.Time
type termString string
type termList []term
type termPoints []point
type termMap map[string]int
type termPet struct{ pet }
type unknownTerm struct{ Raw Raw }

func (*sum) isTerm()        {}
func (*negation) isTerm()   {}
func (*call) isTerm()       {}
func (*point) isTerm()      {}
func (termNumber) isTerm()  {}
func (termInt) isTerm()     {}
func (termTime) isTerm()    {}
func (termString) isTerm()  {}
func (termList) isTerm()    {}
func (termPoints) isTerm()  {}
func (termMap) isTerm()     {}
func (termPet) isTerm()     {}
func (unknownTerm) isTerm() {}

func putTerm(dst *byte, variant int, v *byte) {
	p := (*term)(unsafe.Pointer(dst))
	switch variant {
	case 0:
		*p = (*sum)(unsafe.Pointer(v))
	case 1:
		*p = (*negation)(unsafe.Pointer(v))
	case 2:
		*p = (*call)(unsafe.Pointer(v))
	case 3:
		*p = (*point)(unsafe.Pointer(v))
	case 4:
		*p = *(*termInt)(unsafe.Pointer(v))
	case 5:
		*p = *(*termNumber)(unsafe.Pointer(v))
	case 6:
		*p = *(*termTime)(unsafe.Pointer(v))
	case 7:
		*p = *(*termString)(unsafe.Pointer(v))
	case 8:
		*p = *(*termPoints)(unsafe.Pointer(v))
	case 9:
		*p = *(*termList)(unsafe.Pointer(v))
	case 10:
		*p = *(*termMap)(unsafe.Pointer(v))
	case 11:
		*p = termPet{*(*pet)(unsafe.Pointer(v))}
	default:
		*p = unknownTerm{*(*Raw)(unsafe.Pointer(v))}
	}
}

func getTerm(src *byte) (int, *byte) {
	switch v := (*(*term)(unsafe.Pointer(src))).(type) {
	case *sum:
		return 0, address(v)
	case *negation:
		return 1, address(v)
	case *call:
		return 2, address(v)
	case *point:
		return 3, address(v)
	case termInt:
		return 4, address(&v)
	case termNumber:
		return 5, address(&v)
	case termTime:
		return 6, address(&v)
	case termString:
		return 7, address(&v)
	case termPoints:
		return 8, address(&v)
	case termList:
		return 9, address(&v)
	case termMap:
		return 10, address(&v)
	case termPet:
		return 11, address(&v.pet)
	case unknownTerm:
		return UnknownVariant, address(&v.Raw)
	}
	return NoVariant, nil
}

// point is a tuple: x, y and perhaps z, a label and further values.
type point struct {
	X     float64
	Y     float64
	Z     Opt[float64]
	Label string
	Rest  []Raw
}

// pair is a tuple of no more than it says.
type pair struct {
	Name  string
	Other *pair
}

// tags has members of its own and others.
type tags struct {
	ID         string
	Size       int
	Additional map[string]string
	presence   *Presence
}

// anything has additional members of all types, and nothing that records.
type anything struct {
	Name       Opt[string]
	Additional map[string]Raw
}

// zoo has a member of each of these, as a response type.
type zoo struct {
	Pet      pet
	Pets     []pet
	Named    map[string]pet
	Maybe    Opt[pet]
	Figure   figure
	Term     term
	Point    point
	Pair     *pair
	Points   []point
	Tags     tags
	Anything *anything
	Addr     netip.Addr
	Addrs    []netip.Addr
	MaybeIP  Opt[netip.Addr]
	Link     url.URL
	Big      big.Int
	Small    uint32
	Long     uint64 // in a string
	Token    []byte // base64url
	Digest   []byte // base16
	presence *Presence
}

// keeper is a request type, with additional members that are unions.
type keeper struct {
	Pet        pet
	Figures    []figure
	Spot       *point
	Addr       Opt[netip.Addr]
	Additional map[string]pet
}

// Indexes into testTypes.
const (
	tCat = tMap + 1 + iota
	tDog
	tPetName
	tPet
	tCircle
	tRectangle
	tFigure
	tSum
	tNegation
	tCall
	tTermTime
	tPoints
	tTerms
	tTermMap
	tTerm
	tPoint
	tPair
	tTags
	tAnything
	tZoo
	tKeeper
	tAddr
	tPets
	tEnd
)

const (
	xAddr = iota
	xURL
	xBig
	xEnd
)

const (
	wUint64 = wDayTime + 1 + iota
	wBase64URL
	wBase16
	wEnd
)

func moreTypes() []Type {
	return []Type{
		fields(Type{Name: "cat", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(cat{}), Slice: (*[]cat)(nil), Presence: unsafe.Offsetof(cat{}.presence), Fields: []Field{
			{Key: `,"kind":`, Off: unsafe.Offsetof(cat{}.Kind), Kind: String, Flags: res | Required},
			{Key: `,"lives":`, Off: unsafe.Offsetof(cat{}.Lives), Kind: Int, Flags: res},
			{Key: `,"friend":`, Off: unsafe.Offsetof(cat{}.Friend), Kind: Interface, Flags: res | Nullable, Sub: ty(tPet)},
		}}),
		fields(Type{Name: "dog", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(dog{}), Slice: (*[]dog)(nil), Presence: unsafe.Offsetof(dog{}.presence), Fields: []Field{
			{Key: `,"kind":`, Off: unsafe.Offsetof(dog{}.Kind), Kind: String, Flags: res | Required, Const: `"dog"`},
			{Key: `,"tricks":`, Off: unsafe.Offsetof(dog{}.Tricks), Kind: Strings, Flags: res},
		}}),
		{Name: "petName", Kind: String},
		{Name: "pet", Kind: Interface, Union: petUnion(), Store: Store[pet], Range: Range[pet]},
		fields(Type{Name: "circle", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(circle{}), Slice: (*[]circle)(nil), Presence: unsafe.Offsetof(circle{}.presence), Fields: []Field{
			{Key: `,"version":`, Off: unsafe.Offsetof(circle{}.Version), Kind: Int, Flags: res, Const: "1"},
			{Key: `,"radius":`, Off: unsafe.Offsetof(circle{}.Radius), Kind: Float64, Flags: res | Required},
		}}),
		fields(Type{Name: "rectangle", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(rectangle{}), Slice: (*[]rectangle)(nil), Presence: unsafe.Offsetof(rectangle{}.presence), Fields: []Field{
			{Key: `,"version":`, Off: unsafe.Offsetof(rectangle{}.Version), Kind: Int, Flags: res, Const: "2"},
			{Key: `,"width":`, Off: unsafe.Offsetof(rectangle{}.Width), Kind: Float64, Flags: res | Required},
			{Key: `,"height":`, Off: unsafe.Offsetof(rectangle{}.Height), Kind: Float64, Flags: res | Required},
		}}),
		{Name: "figure", Kind: Interface, Union: figureUnion()},
		fields(Type{Name: "sum", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(sum{}), Slice: (*[]sum)(nil), Presence: unsafe.Offsetof(sum{}.presence), Fields: []Field{
			{Key: `,"left":`, Off: unsafe.Offsetof(sum{}.Left), Kind: Interface, Flags: res | Required, Sub: ty(tTerm)},
			{Key: `,"right":`, Off: unsafe.Offsetof(sum{}.Right), Kind: Interface, Flags: res | Required, Sub: ty(tTerm)},
			{Key: `,"op":`, Off: unsafe.Offsetof(sum{}.Op), Kind: String, Flags: res, Const: `"plus"`},
		}}),
		fields(Type{Name: "negation", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(negation{}), Slice: (*[]negation)(nil), Presence: unsafe.Offsetof(negation{}.presence), Fields: []Field{
			{Key: `,"of":`, Off: unsafe.Offsetof(negation{}.Of), Kind: Interface, Flags: res, Sub: ty(tTerm)},
			{Key: `,"op":`, Off: unsafe.Offsetof(negation{}.Op), Kind: String, Flags: res, Const: `"minus"`},
		}}),
		fields(Type{Name: "call", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(call{}), Slice: (*[]call)(nil), Presence: unsafe.Offsetof(call{}.presence), Fields: []Field{
			{Key: `,"name":`, Off: unsafe.Offsetof(call{}.Name), Kind: String, Flags: res | Required},
			{Key: `,"args":`, Off: unsafe.Offsetof(call{}.Args), Kind: Slice, Flags: res, Sub: ty(tTerm)},
			{Key: `,"arguments":`, Off: unsafe.Offsetof(call{}.Arguments), Kind: Map, Flags: res, Sub: ty(tTerm)},
		}}),
		{Name: "termTime", Kind: Time},
		{Name: "termPoints", Kind: Slice, Sub: ty(tPoint)},
		{Name: "termList", Kind: Slice, Sub: ty(tTerm)},
		{Name: "termMap", Kind: Map, Sub: ty(tInt)},
		{Name: "term", Kind: Interface, Flags: Nullable, Union: termUnion(), Store: Store[term], Range: Range[term]},
		{Name: "point", Kind: Tuple, Flags: HasAdditional, Sub: ty(tAny), Size: unsafe.Sizeof(point{}), Slice: (*[]point)(nil), Additional: unsafe.Offsetof(point{}.Rest), Fields: []Field{
			{Off: unsafe.Offsetof(point{}.X), Kind: Float64, Flags: Required},
			{Off: unsafe.Offsetof(point{}.Y), Kind: Float64, Flags: Required},
			{Off: unsafe.Offsetof(point{}.Z), Kind: Float64, Flags: Optional | Nullable},
			{Off: unsafe.Offsetof(point{}.Label), Kind: String, Flags: OmitZero},
		}},
		{Name: "pair", Kind: Tuple, Size: unsafe.Sizeof(pair{}), Slice: (*[]pair)(nil), Fields: []Field{
			{Kind: Constant, Const: `"pair"`},
			{Off: unsafe.Offsetof(pair{}.Name), Kind: String, Flags: OmitZero},
			{Off: unsafe.Offsetof(pair{}.Other), Kind: Object, Flags: Pointer, Sub: ty(tPair)},
		}},
		fields(Type{Name: "tags", Kind: Struct, Flags: HasPresence | HasAdditional, Sub: ty(tString), Size: unsafe.Sizeof(tags{}), Presence: unsafe.Offsetof(tags{}.presence), Additional: unsafe.Offsetof(tags{}.Additional), Fields: []Field{
			{Key: `,"id":`, Off: unsafe.Offsetof(tags{}.ID), Kind: String, Flags: res},
			{Key: `,"size":`, Off: unsafe.Offsetof(tags{}.Size), Kind: Int, Flags: res},
		}}),
		fields(Type{Name: "anything", Kind: Struct, Flags: HasAdditional, Sub: ty(tAny), Size: unsafe.Sizeof(anything{}), Slice: (*[]anything)(nil), Additional: unsafe.Offsetof(anything{}.Additional), Fields: []Field{
			{Key: `,"é\n":`, Off: unsafe.Offsetof(anything{}.Name), Kind: String, Flags: Optional},
		}}),
		fields(Type{Name: "zoo", Kind: Struct, Flags: HasPresence, Size: unsafe.Sizeof(zoo{}), Presence: unsafe.Offsetof(zoo{}.presence), Fields: []Field{
			{Key: `,"pet":`, Off: unsafe.Offsetof(zoo{}.Pet), Kind: Interface, Flags: res, Sub: ty(tPet)},
			{Key: `,"pets":`, Off: unsafe.Offsetof(zoo{}.Pets), Kind: Slice, Flags: res, Sub: ty(tPet)},
			{Key: `,"named":`, Off: unsafe.Offsetof(zoo{}.Named), Kind: Map, Flags: res, Sub: ty(tPet)},
			{Key: `,"maybe":`, Off: unsafe.Offsetof(zoo{}.Maybe), Kind: Interface, Flags: res | Optional | Nullable, Sub: ty(tPet)},
			{Key: `,"figure":`, Off: unsafe.Offsetof(zoo{}.Figure), Kind: Interface, Flags: res, Sub: ty(tFigure)},
			{Key: `,"term":`, Off: unsafe.Offsetof(zoo{}.Term), Kind: Interface, Flags: res | Nullable, Sub: ty(tTerm)},
			{Key: `,"point":`, Off: unsafe.Offsetof(zoo{}.Point), Kind: Object, Flags: res, Sub: ty(tPoint)},
			{Key: `,"pair":`, Off: unsafe.Offsetof(zoo{}.Pair), Kind: Object, Flags: res | Pointer, Sub: ty(tPair)},
			{Key: `,"points":`, Off: unsafe.Offsetof(zoo{}.Points), Kind: Slice, Flags: res, Sub: ty(tPoint)},
			{Key: `,"tags":`, Off: unsafe.Offsetof(zoo{}.Tags), Kind: Object, Flags: res, Sub: ty(tTags)},
			{Key: `,"anything":`, Off: unsafe.Offsetof(zoo{}.Anything), Kind: Object, Flags: res | Pointer | Nullable, Sub: ty(tAnything)},
			{Key: `,"addr":`, Off: unsafe.Offsetof(zoo{}.Addr), Kind: Marshaled, Flags: res, Sub: xy(xAddr)},
			{Key: `,"addrs":`, Off: unsafe.Offsetof(zoo{}.Addrs), Kind: Slice, Flags: res, Sub: ty(tAddr)},
			{Key: `,"maybe_ip":`, Off: unsafe.Offsetof(zoo{}.MaybeIP), Kind: Marshaled, Flags: res | Optional, Sub: xy(xAddr)},
			{Key: `,"link":`, Off: unsafe.Offsetof(zoo{}.Link), Kind: Marshaled, Flags: res, Sub: xy(xURL)},
			{Key: `,"big":`, Off: unsafe.Offsetof(zoo{}.Big), Kind: Marshaled, Flags: res, Sub: xy(xBig)},
			{Key: `,"small":`, Off: unsafe.Offsetof(zoo{}.Small), Kind: Uint32, Flags: res},
			{Key: `,"long":`, Off: unsafe.Offsetof(zoo{}.Long), Kind: Wired, Flags: res, Sub: wy(wUint64)},
			{Key: `,"token":`, Off: unsafe.Offsetof(zoo{}.Token), Kind: Wired, Flags: res, Sub: wy(wBase64URL)},
			{Key: `,"digest":`, Off: unsafe.Offsetof(zoo{}.Digest), Kind: Wired, Flags: res, Sub: wy(wBase16)},
		}}),
		fields(Type{Name: "keeper", Kind: Struct, Flags: HasAdditional, Sub: ty(tPet), Size: unsafe.Sizeof(keeper{}), Additional: unsafe.Offsetof(keeper{}.Additional), Fields: []Field{
			{Key: `,"pet":`, Off: unsafe.Offsetof(keeper{}.Pet), Kind: Interface, Flags: Required, Sub: ty(tPet)},
			{Key: `,"figures":`, Off: unsafe.Offsetof(keeper{}.Figures), Kind: Slice, Sub: ty(tFigure)},
			{Key: `,"spot":`, Off: unsafe.Offsetof(keeper{}.Spot), Kind: Object, Flags: Pointer, Sub: ty(tPoint)},
			{Key: `,"addr":`, Off: unsafe.Offsetof(keeper{}.Addr), Kind: Marshaled, Flags: Optional, Sub: xy(xAddr)},
		}}),
		{Name: "netip.Addr", Kind: Marshaled, Sub: xy(xAddr), Slice: (*[]netip.Addr)(nil)},
		{Name: "[]pet", Kind: Slice, Sub: ty(tPet)},
	}
}

var moreWires = []Wire{{Kind: WireUint64}, {Kind: WireBase64URL}, {Kind: WireBase16}}

func petUnion() *Union {
	return &Union{Name: "pet", Key: `,"kind":`, Put: putPet, Get: getPet, Variants: []Variant{
		{Type: ty(tCat), Values: []string{`"cat"`, `"kitten"`}}, {Type: ty(tDog), Values: []string{`"dog"`}}, {Type: ty(tPetName)}, {Type: ty(tStrings)},
	}}
}

func figureUnion() *Union {
	return &Union{Name: "figure", Key: `,"version":`, Guess: true, Put: putFigure, Get: getFigure, Variants: []Variant{
		{Type: ty(tCircle), Values: []string{"1"}}, {Type: ty(tRectangle), Values: []string{"2"}},
	}}
}

func termUnion() *Union {
	return &Union{Name: "term", Put: putTerm, Get: getTerm, Variants: []Variant{
		{Type: ty(tSum)}, {Type: ty(tNegation)}, {Type: ty(tCall)}, {Type: ty(tPoint)}, {Type: ty(tInt)}, {Type: ty(tFloat64)}, {Type: ty(tTermTime)}, {Type: ty(tString)},
		{Type: ty(tPoints)}, {Type: ty(tTerms)}, {Type: ty(tTermMap)}, {Type: ty(tPet)},
	}}
}

var moreTexts = []Text{
	xAddr: {Name: "netip.Addr", Size: unsafe.Sizeof(netip.Addr{}), Append: AppendText[netip.Addr], Parse: ParseText[netip.Addr], IsZero: ZeroText[netip.Addr]},
	xURL:  {Name: "url.URL", Size: unsafe.Sizeof(url.URL{}), Append: AppendURL, Parse: ParseURL, IsZero: ZeroText[url.URL]},
	xBig:  {Name: "big.Int", Size: unsafe.Sizeof(big.Int{}), Number: true, Append: AppendText[big.Int], Parse: ParseText[big.Int], IsZero: ZeroText[big.Int]},
}

func (v *zoo) ref() Ref    { return refAt(ty(tZoo), address(v)) }
func (v *keeper) ref() Ref { return refAt(ty(tKeeper), address(v)) }
func (v *tags) ref() Ref   { return refAt(ty(tTags), address(v)) }

// everyUnion is a zoo with each thing in it.
const everyUnion = `{"pet":{"lives":7,"friend":{"kind":"dog","tricks":["sit"]},"kind":"kitten"},"pets":["a",["b"],{"kind":"dog"},{"kind":"cow"}],"named":{"x":{"kind":"cat"}},"maybe":null,` +
	`"figure":{"width":1,"height":2.50},"term":{"left":{"op":"minus","of":[1,2]},"right":{"name":"f","args":[1.5,"x",[[1,2],[3,4,5,"l",null]],{"a":1},{"kind":"dog"},true,null]}},` +
	`"point":[1,2,null,"a",{"k":[]}],"pair":["pair","x",["pair"]],"points":[[1,2],[3,4,5]],"tags":{"id":"i","b":"2","a":"1","c":3},"anything":{"é\n":"n","x":[1,{"y":null}]},` +
	`"addr":"10.0.0.1","addrs":["::1"],"maybe_ip":"::2","link":"https://example.com/","big":123456789012345678901,"small":1,"long":"2","token":"-_8=","digest":"00FF","new":{}}`
