package rt

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an answer is decoded to is not what the memory it was read into holds later.
func TestAnswersAreReadIntoTheSameMemory(t *testing.T) {
	const text = `{"id":"%s","name":"%s","size":"%[1]s","tags":["%[1]s"],"other":{"%[1]s":"%[1]s"}}`
	for _, size := range []int{1, 100, 5000, 100_000} {
		tr := &tripper{answer: func(n int, _ *http.Request) (*http.Response, error) {
			letter := string(rune('a' + n%2))
			resp := reply(200, fmt.Sprintf(text, letter, strings.Repeat(letter, size)))
			if n > 2 {
				resp.ContentLength = -1
			}
			return resp, nil
		}}
		var events []Event
		c := newTestClient(t, tr, WithObserver(func(_ context.Context, e Event) { events = append(events, e) }), WithPresence())
		first, err := get(t.Context(), c, "w1")
		require.NoError(t, err)
		told := fmt.Sprint(events)
		for range 3 {
			_, err = get(t.Context(), c, "w1")
			require.NoError(t, err)
		}
		assert.Equal(t, "b", first.ID)
		assert.Equal(t, strings.Repeat("b", size), first.Name)
		assert.Equal(t, []string{"b"}, first.Tags)
		assert.Equal(t, `{"b":"b"}`, string(first.ref().Unknown()["other"]))
		assert.Contains(t, told, "size")
		assert.Equal(t, told, fmt.Sprint(events[:strings.Count(told, "GetWidget")]))
	}
}

// A body that somebody has is theirs: it is captured, shared, or of a failure.
func TestBodiesThatAreSeenStayAsTheyAre(t *testing.T) {
	steps := []func(*http.Request) (*http.Response, error){
		answer(200, `{"id":"captured"}`), answer(200, `{"id":"sent"}`), answer(404, `{"error":{"code":"AS.2007"}}`),
		answer(200, `{"id":"shared"}`), answer(200, strings.Repeat(" ", 100)+`{"id":"last"}`),
	}
	c := newTestClient(t, script(steps...))
	raw := new(RawResponse)
	_, err := get(t.Context(), c, "w1", WithResponseInto(raw))
	require.NoError(t, err)
	sent, err := c.Send(t.Context(), "GET", "/v1/x", nil)
	require.NoError(t, err)
	_, failed := get(t.Context(), c, "w1")
	shared, err := get(t.Context(), c, "w1", WithSharedStrings())
	require.NoError(t, err)
	for range 3 {
		_, err = get(t.Context(), c, "w1")
		require.NoError(t, err)
	}
	assert.Equal(t, `{"id":"captured"}`, string(raw.Body))
	assert.Equal(t, `{"id":"sent"}`, string(sent.Body))
	var e *Error
	require.ErrorAs(t, failed, &e)
	assert.Equal(t, `{"error":{"code":"AS.2007"}}`, string(e.Body))
	assert.Equal(t, "shared", shared.ID)
}

// Memory that an answer broke off in is not read into again: the transport may still write to it.
func TestMemoryOfABrokenAnswerIsNotUsedAgain(t *testing.T) {
	var first []byte
	steps := []func(*http.Request) (*http.Response, error){
		func(*http.Request) (*http.Response, error) {
			resp := reply(200, "")
			resp.ContentLength, resp.Body = 100, keeping{&first}
			return resp, nil
		},
		answer(200, widgetJSON), answer(200, widgetJSON),
	}
	c := newTestClient(t, script(steps...), WithoutRetry())
	_, err := get(t.Context(), c, "w1")
	require.ErrorIs(t, err, http.ErrBodyReadAfterClose)
	for range 2 {
		w, err := get(t.Context(), c, "w1")
		require.NoError(t, err)
		assert.Equal(t, "web", w.Name)
	}
	require.NotEmpty(t, first)
	assert.Equal(t, bytes.Repeat([]byte("x"), len(first)), first)
}

// keeping is a body that breaks off and keeps the memory it was to write to.
type keeping struct{ memory *[]byte }

func (k keeping) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	*k.memory = p
	return 0, http.ErrBodyReadAfterClose
}

func (keeping) Close() error { return nil }

// Each attempt has its own memory: what an answer lent that broke off is none of the next attempt's. Here that is a failure
// that the call forgives, whose body an observer has kept.
func TestMemoryOfAnEarlierAttemptIsNotOfTheNext(t *testing.T) {
	gone := `{"error":{"code":"AS.2007","message":"` + strings.Repeat("gone ", 50) + `"}}`
	steps := []func(*http.Request) (*http.Response, error){
		func(*http.Request) (*http.Response, error) {
			resp := reply(200, "")
			resp.ContentLength, resp.Body = 100, keeping{new([]byte)}
			return resp, nil
		},
		answer(404, gone), answer(200, widgetJSON),
	}
	var seen []*Error
	c := newTestClient(t, script(steps...), WithObserver(func(_ context.Context, e Event) {
		if failed, ok := e.Err.(*Error); ok {
			seen = append(seen, failed)
		}
	}), WithRetry(RetryPolicy{Base: time.Nanosecond}))
	require.NoError(t, remove(t.Context(), c, "w1", IgnoreMissing()))
	for range 3 {
		_, err := get(t.Context(), c, "w1")
		require.NoError(t, err)
	}
	require.NotEmpty(t, seen)
	assert.Equal(t, gone, string(seen[0].Body))
}

// Many goroutines never meet in one memory.
func TestAnswersOfManyGoroutines(t *testing.T) {
	c := newTestClient(t, &tripper{answer: func(_ int, r *http.Request) (*http.Response, error) {
		id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		return reply(200, `{"id":"`+id+`","name":"`+strings.Repeat(id, 50)+`"}`), nil
	}})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			id := fmt.Sprint("w", i)
			for range 100 {
				w, err := get(t.Context(), c, id)
				if err != nil || w.ID != id || w.Name != strings.Repeat(id, 50) {
					t.Error(id, w, err)
				}
			}
		})
	}
	all.Wait()
}

// Answers of which little is kept take little memory, however large they are.
func TestALargeAnswerTakesMemoryOnce(t *testing.T) {
	const size, times = 200_000, 50
	c := newTestClient(t, &stub{`{"id":"w1","other":"` + strings.Repeat("x", size) + `"}`})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range times {
		_, err := get(t.Context(), c, "w1")
		require.NoError(t, err)
	}
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(times*size/2)) // the collector may take some of it away
}
