package plan

// Codec describes every type on the wire, each by a variable of its own: see package json of the runtime.
type Codec struct {
	Inline bool `json:"inline,omitempty"` // no type has offsets, or functions of memory

	Types  []*CodecType `json:"types,omitempty"`
	Wires  []*Wire      `json:"wires,omitempty"`
	Texts  []*TextType  `json:"texts,omitempty"`
	Unions []*Union     `json:"unions,omitempty"`
}

// CodecType is the description of one type.
type CodecType struct {
	Var     string     `json:"var"`
	Struct  *Struct    `json:"-"`
	Type    TypeRef    `json:"type"`
	Field   CodecField `json:"field"`             // kind, sub and flags of a non-struct entry
	Elem    bool       `json:"elem,omitempty"`    // needs a Slice
	Value   bool       `json:"value,omitempty"`   // needs Store and Range: the value of a map
	Root    bool       `json:"root,omitempty"`    // a body: needs a ref function
	Inline  bool       `json:"inline,omitempty"`  // a struct that has code, not offsets
	List    bool       `json:"list,omitempty"`    // there is code for lists of it
	Map     bool       `json:"map,omitempty"`     // there is code for maps of it
	ByValue bool       `json:"byValue,omitempty"` // structs hold it by value

	Circle int  `json:"circle,omitempty"` // types of one circle consist of one another; 0: it is in none
	Linked bool `json:"linked,omitempty"` // those of its circle lead to it over a link
}

// CodecField is how the codec handles one member or entry.
type CodecField struct {
	Kind  string   `json:"kind"` // name of the runtime constant
	Flags []string `json:"flags,omitempty"`
	Sub   int      `json:"sub"` // index into Types, Wires, Unions or Texts, by its kind; -1: none
	Const string   `json:"const,omitempty"`
}

// TextType is a type of another package that writes itself as text.
type TextType struct {
	Var    string  `json:"var"`
	Type   TypeRef `json:"type"`
	Number bool    `json:"number,omitempty"` // the text is a JSON number
}

// Wire is a value written as something else.
type Wire struct {
	Var       string   `json:"var"`
	Kind      string   `json:"kind"`
	True      string   `json:"true,omitempty"`
	False     string   `json:"false,omitempty"`
	Separator string   `json:"separator,omitempty"`
	Layouts   []string `json:"layouts,omitempty"`
	Elem      string   `json:"elem,omitempty"`
}
