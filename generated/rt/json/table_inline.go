package json

// generated reads the value at p by its own code. That gets a copy of the decoder, so that this one stays where it is.
func (d *decoder) generated(p int, fl Flags, v Value) int {
	c := new(reader)
	c.decoder = *d
	c.decoder.inline = &c.inline
	p = v.ReadJSON(&c.decoder, p, fl)
	*d = c.decoder
	d.inline = nil
	return p
}

// generated appends a value by its own code.
func (e *encoder) generated(b []byte, v Value) []byte {
	c := newEncoder()
	c.depth = e.depth
	if b = v.WriteJSON(c, b); e.err == nil {
		e.err = c.err
	}
	return b
}
