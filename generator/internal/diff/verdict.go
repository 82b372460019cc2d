package diff

import "fmt"

// Judge sums a report up in one verdict, with the changes that it rests on as reasons.
func (r *Report) Judge() {
	r.Verdict, r.Reasons = Patch, nil
	for _, c := range r.Changes {
		r.Verdict = max(r.Verdict, c.Level)
	}
	for _, c := range r.Go {
		r.Verdict = max(r.Verdict, c.Level)
	}
	for _, c := range r.Changes {
		if c.Level == r.Verdict && (c.Level > Patch || c.Kind != "text-changed") {
			reason := c.Where + ": " + c.Text
			if c.Wire != "" {
				reason += ": " + c.Wire
			}
			r.Reasons = append(r.Reasons, reason)
		}
	}
	broken := 0
	for _, c := range r.Go {
		if c.Level == r.Verdict {
			broken++
		}
	}
	if broken > 0 && r.Verdict == Major {
		r.Reasons = append(r.Reasons, fmt.Sprintf("the Go API has %s that old programs may not compile with", counted(broken, "change")))
	} else if broken > 0 {
		r.Reasons = append(r.Reasons, fmt.Sprintf("the Go API has %s", counted(broken, "addition")))
	}
	if len(r.Reasons) == 0 {
		r.Reasons = []string{"nothing changed that a program could notice"}
	}
}

// counted is a number of things.
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Levels are all levels, the gravest first.
func (r *Report) Levels() []Level { return []Level{Major, Minor, Patch} }
