package plan

// hints marks the structs within variants that are guessed: the codec looks into them too, where nothing above tells
// the variants apart, and wants to know their constants.
func (b *builder) hints() {
	const levels = 2 // below a variant, as the codec looks
	c := circler{codec: &b.pkg.Codec}
	var now []int
	for i, t := range c.codec.Types {
		if t.Struct != nil && t.Struct.Guessed {
			now = append(now, i)
		}
	}
	for range levels {
		var next []int
		for _, i := range now {
			for _, j := range c.edges(i) {
				if j < len(c.codec.Types) {
					if s := c.codec.Types[j].Struct; s != nil {
						s.Guessed = true
					}
				}
				next = append(next, j)
			}
		}
		now = next
	}
}
