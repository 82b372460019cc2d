package write

import (
	"fmt"
	"strings"
)

// why says what has made an output out of date, by comparing what it was made of and with what is there now.
func why(before manifest, req Request) string {
	if before.Format == 0 {
		return "there is no list of what was generated"
	}
	var causes []string
	if before.Generator != req.Generator {
		causes = append(causes, fmt.Sprintf("the generator changed from %s to %s", before.Generator, req.Generator))
	}
	old := make(map[string]string, len(before.Documents))
	for _, d := range before.Documents {
		old[d.Path] = d.SHA256
	}
	for _, d := range req.Documents {
		hash, known := old[d.Path]
		delete(old, d.Path)
		switch {
		case !known:
			causes = append(causes, d.Path+" is new")
		case hash != d.SHA256:
			causes = append(causes, d.Path+" changed")
		}
	}
	for _, d := range before.Documents {
		if _, gone := old[d.Path]; gone {
			causes = append(causes, d.Path+" is read no more")
		}
	}
	if len(causes) > maxCauses {
		causes = append(causes[:maxCauses], fmt.Sprintf("and %d more", len(causes)-maxCauses))
	}
	return strings.Join(causes, ", ")
}

// maxCauses bounds how many causes a message names.
const maxCauses = 5
