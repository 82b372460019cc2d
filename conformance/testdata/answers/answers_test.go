// Package answers_test drives the client of openapi.yaml against its own fake server: every form of answer goes out
// and comes back.
package answers_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"example.com/scratch/answers"
	"example.com/scratch/answers/answerstest"
	"example.com/scratch/answers/webhooks"
)

var ctx = context.Background()

func client(t *testing.T, s *answerstest.Server, opts ...answers.Option) *answers.Client {
	t.Helper()
	c, err := s.Client(append([]answers.Option{answers.WithoutRetry(), answers.WithObserver(func(_ context.Context, e answers.Event) {
		if e.Kind.String() == "deviation" {
			t.Errorf("%+v", e)
		}
	})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func TestResultsByStatus(t *testing.T) {
	for _, want := range []answers.GetJobResult{
		{Status: 200, Job: &answers.Job{ID: "a", State: "done"}},
		{Status: 202, Progress: &answers.Progress{Done: 5}},
		{Status: 204},
	} {
		s := &answerstest.Server{GetJob: func(ctx context.Context, id string) (*answers.GetJobResult, error) {
			answerstest.AnswerOf(ctx).Header.Set("X-Rate-Limit", "60")
			return &want, nil
		}}
		var h answers.GetJobHeader
		got, err := client(t, s).Jobs.Get(ctx, "a", answers.WithHeaderInto(&h))
		fine(t, err)
		equal(t, got, &want)
		equal(t, h, answers.GetJobHeader{RateLimit: answers.Some(60)})
	}
}

func TestFailures(t *testing.T) {
	s := new(answerstest.Server)
	c := client(t, s)
	for _, status := range []int{404, 422} {
		detail := any(&answers.Missing{ID: "a"})
		if status != 404 {
			detail = &answers.Problem{Title: "no", Detail: "not like this"}
		}
		s.GetJob = func(context.Context, string) (*answers.GetJobResult, error) {
			return nil, &answers.Error{Status: status, Detail: detail}
		}
		_, err := c.Jobs.Get(ctx, "a")
		var e *answers.Error
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		equal(t, e.Detail, detail)
		missing, ok := answers.ErrorBody[answers.Missing](err)
		equal(t, ok, status == 404)
		equal(t, missing != nil, ok)
		if problem, ok := answers.ErrorBody[answers.Problem](err); ok {
			equal(t, e.Message, problem.Detail)
		}
	}
	s.DropJob = func(context.Context, string) (*answers.FailedResponse, error) {
		return nil, &answers.Error{Status: 500, Detail: &answers.FailedResponse{Code: 7, Message: "broken"}}
	}
	_, err := c.Jobs.DropJob(ctx, "a")
	body, ok := answers.ErrorBody[answers.FailedResponse](err)
	equal(t, ok, true)
	equal(t, body.Code, 7)
	if e := (*answers.Error)(nil); !errors.As(err, &e) || e.Code != "7" || e.Message != "broken" {
		t.Error(err)
	}
	s.DropJob = func(context.Context, string) (*answers.FailedResponse, error) {
		return &answers.FailedResponse{Code: 1}, nil
	}
	out, err := c.Jobs.DropJob(ctx, "a")
	fine(t, err)
	equal(t, out, &answers.FailedResponse{Code: 1})
}

func TestAnAnswerWithoutABody(t *testing.T) {
	var answer *answers.Job
	s := &answerstest.Server{
		StartJob: func(ctx context.Context, id string) (*answers.Job, error) {
			if answer != nil {
				answerstest.AnswerOf(ctx).Status = 201
			}
			return answer, nil
		},
		CheckJob: func(ctx context.Context, id string) error {
			answerstest.AnswerOf(ctx).Header.Set("X-Rate-Limit", "1")
			return nil
		},
	}
	c := client(t, s)
	var raw answers.RawResponse
	got, err := c.Jobs.Start(ctx, "a", answers.WithResponseInto(&raw))
	fine(t, err)
	equal(t, got, (*answers.Job)(nil))
	equal(t, raw.Status, 204)
	answer = &answers.Job{ID: "a"}
	got, err = c.Jobs.Start(ctx, "a", answers.WithResponseInto(&raw))
	fine(t, err)
	equal(t, got, answer)
	equal(t, raw.Status, 201)
	var h answers.CheckJobHeader
	fine(t, c.Jobs.Check(ctx, "a", answers.WithHeaderInto(&h)))
	equal(t, h.RateLimit, answers.Some(1))
}

func TestOneOperationInSeveralMediaTypes(t *testing.T) {
	s := &answerstest.Server{
		GetLog:     func(context.Context, string) ([]string, error) { return []string{"a", "b"}, nil },
		GetLogText: func(context.Context, string) (string, error) { return "a <b>\n", nil },
		GetLogBinary: func(context.Context, string) (*answers.Download, error) {
			return answerstest.NewDownload(strings.NewReader("\x1f\x8b"), "application/gzip"), nil
		},
		GetLogStream: func(context.Context, string) iter.Seq2[*answers.Progress, error] { return progress(3, nil) },
	}
	c := client(t, s)
	list, err := c.Jobs.GetLog(ctx, "a")
	fine(t, err)
	equal(t, list, []string{"a", "b"})
	text, err := c.Jobs.GetLogText(ctx, "a")
	fine(t, err)
	equal(t, text, "a <b>\n")
	d, err := c.Jobs.GetLogBinary(ctx, "a")
	fine(t, err)
	defer d.Close()
	data, err := io.ReadAll(d)
	fine(t, err)
	equal(t, string(data), "\x1f\x8b")
	equal(t, collect(t, c.Jobs.GetLogStream(ctx, "a")), []int{1, 2, 3})
	var accepts []string
	for _, r := range s.Requests() {
		accepts = append(accepts, r.Header.Get("Accept"))
	}
	equal(t, accepts, []string{"application/json", "text/plain", "application/gzip", "application/x-ndjson"})
}

func TestDownloads(t *testing.T) {
	s := &answerstest.Server{GetResult: func(ctx context.Context, id string) (*answers.Download, error) {
		switch id {
		case "none":
			return nil, nil
		case "part":
			d := answerstest.NewDownload(strings.NewReader("abc"), "application/pdf")
			d.Status = 206
			d.Header.Set("Content-Range", "bytes 0-2/9")
			return d, nil
		case "broken":
			r, w := io.Pipe()
			go func() {
				_, _ = w.Write([]byte("half"))
				w.CloseWithError(errors.New("broken"))
			}()
			return answerstest.NewDownload(r, "application/pdf"), nil
		}
		d := answerstest.NewDownload(strings.NewReader(strings.Repeat("x", 1<<20)), "")
		d.Header.Set("Content-Disposition", `attachment; filename="../report.pdf"`)
		return d, nil
	}}
	c := client(t, s)
	d, err := c.Jobs.GetResult(ctx, "a")
	fine(t, err)
	n, err := io.Copy(io.Discard, d)
	fine(t, err)
	fine(t, d.Close())
	equal(t, n, int64(1<<20))
	equal(t, d.FileName, "report.pdf")
	equal(t, d.ContentType, "application/pdf")
	d, err = c.Jobs.GetResult(ctx, "part", answers.WithHeader("Range", "bytes=0-2"))
	fine(t, err)
	defer d.Close()
	equal(t, d.Status, 206)
	equal(t, d.Header.Get("Content-Range"), "bytes 0-2/9")
	d, err = c.Jobs.GetResult(ctx, "none")
	fine(t, err)
	equal(t, d, (*answers.Download)(nil))
	d, err = c.Jobs.GetResult(ctx, "broken")
	if err == nil {
		_, err = io.ReadAll(d)
	}
	if err == nil {
		t.Error("a broken download looks complete")
	}
}

func TestRedirects(t *testing.T) {
	s := &answerstest.Server{GetMirror: func(context.Context, string) (*url.URL, error) { return url.Parse("https://cdn.example.com/x?y=z") }}
	to, err := client(t, s).Jobs.GetMirror(ctx, "a")
	fine(t, err)
	equal(t, to.String(), "https://cdn.example.com/x?y=z")
}

// progress counts to n and ends with an error, if there is one.
func progress(n int, err error) iter.Seq2[*answers.Progress, error] {
	return func(yield func(*answers.Progress, error) bool) {
		for i := range n {
			if !yield(&answers.Progress{Done: i + 1}, nil) {
				return
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

func collect(t *testing.T, seq iter.Seq2[*answers.Progress, error]) (list []int) {
	t.Helper()
	for p, err := range seq {
		if err != nil {
			t.Error(err)
			return list
		}
		list = append(list, p.Done)
	}
	return list
}

func TestStreamsOfData(t *testing.T) {
	s := &answerstest.Server{
		Ask: func(_ context.Context, req *answers.AskRequest) (*answers.Progress, error) {
			return &answers.Progress{Done: 9}, nil
		},
		AskStream: func(_ context.Context, req *answers.AskRequest) iter.Seq2[*answers.Progress, error] {
			switch req.Question {
			case "bad":
				return progress(0, &answers.Error{Status: 429, Message: "slow down"})
			case "broken":
				return progress(2, errors.New("broken"))
			}
			return progress(3, nil)
		},
	}
	c := client(t, s)
	whole, err := c.Jobs.Ask(ctx, &answers.AskRequest{Question: "why"})
	fine(t, err)
	equal(t, whole.Done, 9)
	seq := c.Jobs.AskStream(ctx, &answers.AskRequest{Question: "why"})
	for range 2 { // each loop asks anew
		equal(t, collect(t, seq), []int{1, 2, 3})
	}
	for p := range seq {
		equal(t, p.Done, 1)
		break
	}
	for _, err := range c.Jobs.AskStream(ctx, &answers.AskRequest{Question: "bad"}) {
		if !errors.Is(err, answers.ErrRateLimited) {
			t.Error(err)
		}
	}
	n := 0
	for _, err = range c.Jobs.AskStream(ctx, &answers.AskRequest{Question: "broken"}) {
		n++
	}
	if n != 3 || err == nil {
		t.Error(n, err)
	}
}

// TestAnEndlessStream reads events of a server that never ends, until the loop or the context does.
func TestAnEndlessStream(t *testing.T) {
	ended := make(chan struct{}, 2)
	s := &answerstest.Server{Watch: func(ctx context.Context) iter.Seq2[answers.ServerEvent, error] {
		return func(yield func(answers.ServerEvent, error) bool) {
			defer func() { ended <- struct{}{} }()
			for i := 0; yield(answers.ServerEvent{Name: "tick", ID: fmt.Sprint(i), Data: "line\nline", Retry: time.Second}, nil); i++ {
			}
		}
	}}
	c := client(t, s)
	n := 0
	for e, err := range c.Jobs.Watch(ctx) {
		fine(t, err)
		equal(t, e, answers.ServerEvent{Name: "tick", ID: fmt.Sprint(n), Data: "line\nline", Retry: time.Second})
		if n++; n == 3 {
			break
		}
	}
	<-ended
	stopping, stop := context.WithCancel(ctx)
	defer stop()
	var last error
	for _, last = range c.Jobs.Watch(stopping) {
		stop()
	}
	if !errors.Is(last, context.Canceled) {
		t.Error(last)
	}
	<-ended
}

func TestWholeEvents(t *testing.T) {
	s := &answerstest.Server{Changes: func(context.Context) iter.Seq2[*answers.ChangesEvent, error] {
		return func(yield func(*answers.ChangesEvent, error) bool) {
			_ = yield(&answers.ChangesEvent{Event: "add", ID: "1", Data: &answers.Progress{Done: 1}}, nil) &&
				yield(&answers.ChangesEvent{Data: &answers.Progress{Done: 2}}, nil)
		}
	}}
	var got []answers.ChangesEvent
	for e, err := range client(t, s).Jobs.Changes(ctx) {
		fine(t, err)
		got = append(got, *e)
	}
	if len(got) != 2 || got[0].Event != "add" || got[0].ID != "1" || got[0].Data.Done != 1 || got[1].Data.Done != 2 {
		t.Errorf("%+v", got)
	}
}

func TestSequencesOfNumbers(t *testing.T) {
	s := &answerstest.Server{Numbers: func(context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for i := range 3 {
				if !yield(i, nil) {
					return
				}
			}
		}
	}}
	var got []int
	for n, err := range client(t, s).Jobs.Numbers(ctx) {
		fine(t, err)
		got = append(got, n)
	}
	equal(t, got, []int{0, 1, 2})
}

// TestAServerCanForward puts one client in front of another: what comes out is what went in.
func TestAServerCanForward(t *testing.T) {
	back := &answerstest.Server{
		GetJob: func(context.Context, string) (*answers.GetJobResult, error) {
			return &answers.GetJobResult{Status: 202, Progress: &answers.Progress{Done: 5}}, nil
		},
		GetLogStream: func(context.Context, string) iter.Seq2[*answers.Progress, error] { return progress(3, nil) },
		GetResult: func(context.Context, string) (*answers.Download, error) {
			return answerstest.NewDownload(strings.NewReader("abc"), "application/pdf"), nil
		},
	}
	front := new(answerstest.Server)
	front.Forward(client(t, back))
	c := client(t, front)
	job, err := c.Jobs.Get(ctx, "a")
	fine(t, err)
	equal(t, job, &answers.GetJobResult{Status: 202, Progress: &answers.Progress{Done: 5}})
	equal(t, collect(t, c.Jobs.GetLogStream(ctx, "a")), []int{1, 2, 3})
	d, err := c.Jobs.GetResult(ctx, "a")
	fine(t, err)
	defer d.Close()
	text, err := io.ReadAll(d)
	fine(t, err)
	equal(t, string(text), "abc")
}

// TestRecordings records answers of every form and plays them back.
func TestRecordings(t *testing.T) {
	var recordings []*answerstest.Recording
	recorder := &answerstest.Recorder{Save: func(r *answerstest.Recording) error {
		recordings = append(recordings, r)
		return nil
	}}
	s := &answerstest.Server{
		GetLogText:   func(context.Context, string) (string, error) { return "text", nil },
		GetLogStream: func(context.Context, string) iter.Seq2[*answers.Progress, error] { return progress(3, nil) },
		GetResult: func(context.Context, string) (*answers.Download, error) {
			return answerstest.NewDownload(strings.NewReader("\x00\xff"), "application/pdf"), nil
		},
		Watch: func(context.Context) iter.Seq2[answers.ServerEvent, error] {
			return func(yield func(answers.ServerEvent, error) bool) {
				for yield(answers.ServerEvent{Data: "x"}, nil) {
				}
			}
		},
	}
	calls := func(c *answers.Client) {
		t.Helper()
		text, err := c.Jobs.GetLogText(ctx, "a")
		fine(t, err)
		equal(t, text, "text")
		equal(t, collect(t, c.Jobs.GetLogStream(ctx, "a")), []int{1, 2, 3})
		d, err := c.Jobs.GetResult(ctx, "a")
		fine(t, err)
		data, err := io.ReadAll(d)
		fine(t, err)
		fine(t, d.Close())
		equal(t, string(data), "\x00\xff")
		n := 0
		for e, err := range c.Jobs.Watch(ctx) {
			fine(t, err)
			equal(t, e.Data, "x")
			if n++; n == 2 {
				break
			}
		}
	}
	calls(client(t, s, answers.WithMiddleware(recorder.Middleware)))
	equal(t, len(recordings), 4)
	replayer := answerstest.NewReplayer(recordings...)
	c, err := answers.New(answers.WithTransport(replayer), answers.WithoutRetry())
	if err != nil {
		t.Fatal(err)
	}
	calls(c)
	equal(t, len(replayer.Unused()), 0)
}

func TestWebhooks(t *testing.T) {
	call := func(method, media, body string) *http.Request {
		r := httptest.NewRequest(method, "/hook", strings.NewReader(body))
		r.Header.Set("Content-Type", media)
		return r
	}
	r := call("POST", "application/json; charset=utf-8", `{"id":"a","new":1}`)
	job, err := webhooks.DecodeJobDone(r)
	fine(t, err)
	equal(t, job, &webhooks.Job{ID: "a"})
	body, err := io.ReadAll(r.Body)
	fine(t, err)
	equal(t, string(body), `{"id":"a","new":1}`)
	for _, r := range []*http.Request{call("GET", "application/json", `{}`), call("POST", "text/plain", `{}`), call("POST", "application/json", `[`), call("POST", "application/json", `[]`)} {
		if _, err := webhooks.DecodeJobDone(r); err == nil {
			t.Error("no error")
		}
	}
}
