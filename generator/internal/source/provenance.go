package source

import "github.com/pantograph-go/pantograph/generator/model"

// inherit completes what a node says of its source by what the node around it says. A node that names
// another page inherits nothing: the link of one page is wrong for another.
func inherit(own, outer *model.Source) *model.Source {
	switch {
	case own == nil:
		return outer
	case outer == nil || own.Page != "" && own.Page != outer.Page:
		return own
	}
	s := *outer
	for _, part := range []struct{ mine, own *string }{
		{&s.Table, &own.Table}, {&s.Row, &own.Row}, {&s.URL, &own.URL}, {&s.Revised, &own.Revised},
	} {
		if *part.own != "" {
			*part.mine = *part.own
		}
	}
	return &s
}

// within is the source that a row of a table inherits: that of the table, and its own wire name.
func within(outer *model.Source, name string) *model.Source {
	if outer == nil {
		return nil
	}
	s := *outer
	s.Row = name
	return &s
}

// rowed names the row of a source that names none.
func rowed(s *model.Source, name string) *model.Source {
	if s != nil && s.Row == "" {
		return within(s, name)
	}
	return s
}
