package rt

import (
	"context"
	"log/slog"
	"time"
)

// Observer receives the events of a client. It must be safe for concurrent use, and quick.
type Observer func(ctx context.Context, e Event)

// Event is something that happened during a call and is no error of it. Its texts are bounded and
// without control characters; it holds no credentials.
type Event struct {
	Kind      EventKind
	Operation string
	Attempt   int           // from 1; 0 before the first
	Status    int           // of the response, if there is one
	RequestID string        // of the response, if it has one
	Path      string        // EventDeviation: place within the body; EventWarning: of the broken rule, if it is one
	Message   string        // what happened
	Duration  time.Duration // EventAttempt: how long it took; EventRetry: how long the wait will be
	Err       error         // EventAttempt: why there is no response; EventRetry: why it is repeated
	Violation *Violation    // EventWarning: the broken rule of severity warning, if it is one
}

// EventKind says what happened.
type EventKind uint8

// The kinds of events.
const (
	EventAttempt   EventKind = iota + 1 // a request was answered, or failed
	EventRetry                          // the request will be repeated
	EventDeviation                      // a response differs from its document
	EventWarning                        // something else worth knowing
)

// String returns the kind as one word.
func (k EventKind) String() string {
	switch k {
	case EventAttempt:
		return "attempt"
	case EventRetry:
		return "retry"
	case EventDeviation:
		return "deviation"
	case EventWarning:
		return "warning"
	}
	return "event"
}

// logEvents writes events to a logger.
func logEvents(l *slog.Logger) Observer {
	return func(ctx context.Context, e Event) {
		level := slog.LevelWarn
		switch e.Kind {
		case EventAttempt:
			level = slog.LevelDebug
		case EventRetry:
			level = slog.LevelInfo
		}
		if !l.Enabled(ctx, level) {
			return
		}
		attrs := make([]slog.Attr, 0, 8)
		attrs = append(attrs, slog.String("operation", e.Operation))
		if e.Attempt > 0 {
			attrs = append(attrs, slog.Int("attempt", e.Attempt))
		}
		if e.Status > 0 {
			attrs = append(attrs, slog.Int("status", e.Status))
		}
		if e.RequestID != "" {
			attrs = append(attrs, slog.String("request_id", e.RequestID))
		}
		if e.Duration > 0 {
			attrs = append(attrs, slog.Duration("duration", e.Duration))
		}
		if e.Path != "" {
			attrs = append(attrs, slog.String("path", e.Path))
		}
		if e.Message != "" {
			attrs = append(attrs, slog.String("message", e.Message))
		}
		if e.Err != nil {
			attrs = append(attrs, slog.String("error", plainText(e.Err.Error(), 500)))
		}
		l.LogAttrs(ctx, level, "api "+e.Kind.String(), attrs...)
	}
}
