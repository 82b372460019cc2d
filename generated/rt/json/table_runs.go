package json

const runSize = 1024 // bytes of the largest array that is shared

// run returns the run of t.
func (r *runs) run(t *Type) *run {
	for i := range r.runs {
		if r.runs[i].t == t {
			return &r.runs[i]
		}
	}
	i := r.next
	r.next = (i + 1) % len(r.runs)
	r.runs[i] = run{t: t}
	return &r.runs[i]
}

// room is how many elements an array is made for: as many as there have been. It is none or one for the first, and for those
// that are too large.
func (r *run) room(size uintptr) int { return min(r.total, runSize/int(max(size, 1))) }

// fill makes room in an empty run.
func (r *run) fill(size uintptr) {
	if n := r.room(size); n > 1 {
		r.array, r.left = grow(r.t, nil, 0, n), n
	}
}

// lend gives an empty list the memory of the run. settle takes back what is left of it.
func (r *run) lend(size uintptr, list *slice) {
	if r.left == 0 && r.total > 1 {
		r.fill(size)
	}
	if r.left > 0 {
		list.array, list.cap = r.array, r.left
		r.array, r.left = nil, 0
	}
}

// settle ends the reading of a list, which has elements. What is behind them belongs to lists that follow, so
// nothing can be appended to this one in place.
func (r *run) settle(size uintptr, list *slice) {
	r.total += list.len
	if left := list.cap - list.len; size > 0 && uintptr(list.cap)*size <= runSize {
		if left > r.left {
			r.array, r.left = at(list.array, uintptr(list.len)*size), left
		}
		list.cap = list.len
	}
}

// one returns the memory for a t, zero.
func (d *decoder) one(t *Type) pointer {
	r, size := d.run(t), typeSize(t)
	if r.total++; r.left == 0 {
		if r.total > 1 {
			r.fill(size)
		}
		if r.left == 0 {
			return grow(t, nil, 0, 1)
		}
	}
	p := r.array
	if r.left--; r.left > 0 {
		r.array = at(p, size)
	} else {
		r.array = nil // not beyond the end of the array
	}
	return p
}
