package rt

import "time"

// ServerEvent is one server-sent event.
type ServerEvent struct {
	Name  string        // of the event; "message" when the server gives none
	Data  string        // its lines, joined by line feeds
	ID    string        // of the last event that had one: what Last-Event-ID asks to go on from
	Retry time.Duration // how long the server asks to wait before connecting again; 0 when it does not
}

// Announce hands an event to the option [WithEventInto] of the call, if there is one.
func (in *Incoming) Announce(e ServerEvent) {
	if into := in.x.cfg.event; into != nil {
		*into = e
	}
}
