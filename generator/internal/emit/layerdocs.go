package emit

import (
	"fmt"
	"strings"

	"github.com/pantograph-go/pantograph/generator/plan"
)

// extraDocs is the comment of a method of the layer.
func (e *emitter) extraDocs(s *plan.Service, x *plan.Extra) []string {
	what := s.Layer.What
	switch x.Kind {
	case plan.ExtraFind:
		how := "It is looked for in the list"
		if x.Read != nil {
			how = "It is looked for by id first, then in the list"
		}
		narrowed := ", comparing exactly."
		if x.Filter != nil {
			narrowed = ", which the server narrows and does not decide."
		}
		return []string{fmt.Sprintf("Find finds %s by its name or id. %s%s", noun(what), how, narrowed),
			"Where there is none, the error is ErrNotFound; where several have the name, it is an *AmbiguousError that lists them."}
	case plan.ExtraWait:
		text := fmt.Sprintf("%s waits until %s is %s.", x.Name, noun(what), x.Wait.Words)
		if x.Wait.Doc.Summary != "" {
			text = x.Name + " waits. " + endSentence(x.Wait.Doc.Summary)
			if rest, ok := strings.CutPrefix(x.Wait.Doc.Summary, "Until "); ok {
				text = x.Name + " waits until " + endSentence(rest)
			}
		}
		how := "It reads now and then, ever more seldom, until the context ends or the time is up: WithWait says how often and how long."
		if !x.Wait.Missing {
			how += " A *WaitError holds what was read last."
		}
		return []string{text, how}
	case plan.ExtraBatch:
		text := fmt.Sprintf("%s calls %s for a list of any length, %d at a time and a few at once (WithConcurrency).", x.Name, x.Method.Name, x.Limit)
		return []string{text, "The result says what came of each item. The error is a *BatchError where some failed."}
	case plan.ExtraSingle:
		return []string{fmt.Sprintf("%s calls %s with one, and returns what became of it.", x.Name, x.Method.Name)}
	case plan.ExtraChange:
		text := fmt.Sprintf("%s calls %s with a request made of what %s answers, after change has had its way with it.", x.Name, x.Method.Name, x.Read.Name)
		if x.IfMatch {
			return []string{text, "Where the server answers an ETag, it is refused (ErrConflict) if somebody else has changed it meanwhile; where it answers none, the last write wins."}
		}
		return []string{text, "What others change between the two calls is overwritten."}
	case plan.ExtraMerge:
		return []string{fmt.Sprintf("%s sets entries of %s and leaves the others as they are, by %s.", x.Name, x.Map[len(x.Map)-1].Wire, x.Base.Name)}
	case plan.ExtraDrain:
		by := x.Drain.Service.Field
		if x.Drain.Var == "" {
			by = "its update"
		}
		return []string{fmt.Sprintf("%s empties %s by %s, waits until it is %s, and deletes it.", x.Name, noun(what), by, x.Drain.Wait.Wait.Words),
			"Where the time is up (WithWait), it stays as it is then: emptied, or about to be, and not deleted."}
	case plan.ExtraLink:
		return []string{fmt.Sprintf("%s calls %s at an address that the service has handed out whole. No credentials are sent: whoever has the address may call it.", x.Name, x.Method.Name)}
	case plan.ExtraEnsure:
		return []string{fmt.Sprintf("Ensure makes sure that there is %s as req says: it creates the one of that name (%s), updates the members that differ (%s), or does nothing.", noun(what), x.Method.Name, x.Update.Name),
			"A member that differs and cannot be updated is an *ImmutableError, before anything is changed."}
	case plan.ExtraSession:
		return []string{fmt.Sprintf("%s stays logged in by %s: it logs in when a token is needed, again before the token ends, and when a service has rejected it; once for all who wait.", x.Name, x.Method.Name),
			"Give it to other clients as a provider of credentials or a source of tokens. It sends nothing before a token is needed."}
	case plan.ExtraTree:
		var steps []string
		for _, st := range x.Steps {
			steps = append(steps, st.Child.Field)
		}
		own := ""
		if x.Method.Params != nil {
			own = " Params are those of " + x.Method.Name + "."
		}
		return []string{fmt.Sprintf("%s deletes %s after what belongs to it: %s.%s", x.Name, noun(what), strings.Join(steps, ", then "), own),
			"With WithDryRun it deletes nothing and returns what it would delete. It stops at the first error."}
	}
	return nil
}

// noun puts the article in front of a noun.
func noun(of string) string {
	if of != "" && strings.ContainsRune("aeio", rune(of[0])) {
		return "an " + of
	}
	return "a " + of
}
