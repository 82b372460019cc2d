package rt

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

func TestOffsetPagerMakesTheRequestsNeeded(t *testing.T) {
	for _, tt := range []struct {
		name     string
		pager    OffsetPager
		items    int // of the list
		pageSize int // of the server
		total    func(items int) int
		want     string // offsets asked for
	}{
		{"with a total", OffsetPager{Limit: 20}, 45, 20, self, "0 20 40"},
		{"exactly full, with a total", OffsetPager{Limit: 20}, 40, 20, self, "0 20"},
		{"empty", OffsetPager{Limit: 20}, 0, 20, self, "0"},
		{"one page", OffsetPager{Limit: 20}, 5, 20, self, "0"},
		{"without a total", OffsetPager{Limit: 20}, 45, 20, none, "0 20 40"},
		{"exactly full, without a total", OffsetPager{Limit: 20}, 40, 20, none, "0 20 40"},
		{"neither total nor limit", OffsetPager{}, 45, 20, none, "0 20 40 45"},
		{"total but no limit", OffsetPager{}, 45, 20, self, "0 20 40"},
		{"smaller pages than asked for", OffsetPager{Limit: 100}, 45, 20, self, "0 20 40"},
		{"begun in the middle", OffsetPager{Offset: 30, Limit: 20}, 45, 20, self, "30"},
		{"begun at the end", OffsetPager{Offset: 45, Limit: 20}, 45, 20, self, "45"},
		{"begun beyond", OffsetPager{Offset: 100, Limit: 20}, 45, 20, self, "100"},
		{"counting from one", OffsetPager{Offset: 1, First: 1, Limit: 20}, 40, 20, self, "1 21"},
		{"a total that is too small is none", OffsetPager{Limit: 20}, 45, 20, func(int) int { return 7 }, "0 20 40"},
		{"a negative total is none", OffsetPager{Limit: 20}, 45, 20, func(int) int { return -1 }, "0 20 40"},
		{"a total that is too large ends at an empty page", OffsetPager{Limit: 20}, 25, 20, func(int) int { return 100 }, "0 20 25"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked []string
			p := tt.pager
			for p.Next() {
				if p.Moved() != (len(asked) > 0) {
					t.Error("Moved")
				}
				asked = append(asked, strconv.Itoa(p.Offset))
				p.Page(max(0, min(tt.pageSize, tt.items-(p.Offset-p.First))), tt.total(tt.items))
			}
			if got := strings.Join(asked, " "); got != tt.want || p.Err() != nil {
				t.Errorf("asked for %s, want %s; %v", got, tt.want, p.Err())
			}
		})
	}
}

func self(n int) int { return n }
func none(int) int   { return 0 }

func TestPagePager(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pager PagePager
		total func(int) int
		want  string
	}{
		{"with a total", PagePager{Number: 1, First: 1, Limit: 20}, self, "1 2 3"},
		{"from zero", PagePager{Limit: 20}, self, "0 1 2"},
		{"without a total", PagePager{Number: 1, First: 1, Limit: 20}, none, "1 2 3"},
		{"without anything", PagePager{Number: 1, First: 1}, none, "1 2 3 4"},
		{"begun in the middle", PagePager{Number: 2, First: 1, Limit: 20}, self, "2 3"},
		{"begun in the middle without a limit", PagePager{Number: 2, First: 1}, self, "2 3 4"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked []string
			p := tt.pager
			for p.Next() {
				asked = append(asked, strconv.Itoa(p.Number))
				p.Page(max(0, min(20, 45-20*(p.Number-p.First))), tt.total(45))
			}
			if got := strings.Join(asked, " "); got != tt.want || p.Err() != nil {
				t.Errorf("asked for %s, want %s; %v", got, tt.want, p.Err())
			}
		})
	}
}

func TestMarkersThatDoNotAdvance(t *testing.T) {
	for _, tt := range []struct {
		name    string
		markers []string // in turn, then again from the start
		want    int      // pages read at most
		fails   bool
	}{
		{"ends", []string{"a", "b", "c", ""}, 4, false},
		{"the same", []string{"a", "a"}, 2, true},
		{"a loop of two", []string{"a", "b"}, 6, true},
		{"a loop of five", []string{"a", "b", "c", "d", "e"}, 20, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			marker := func() string { n++; return tt.markers[(n-1)%len(tt.markers)] }
			var m MarkerPager
			for m.Next() && n < 1000 {
				m.Page(10, marker())
			}
			check := func(err error) {
				t.Helper()
				var p *PageError
				if errors.As(err, &p) != tt.fails || n > tt.want {
					t.Errorf("%v after %d pages", err, n)
				}
			}
			check(m.Err())
			n = 0
			var k TokenPager
			for k.Next() && n < 1000 {
				k.Page(10, marker())
			}
			check(k.Err())
			if err := k.Err(); err != nil && strings.Contains(err.Error(), `"a"`) {
				t.Error("the token is shown")
			}
			n = 0
			var l LinkPager
			for l.Next() && n < 1000 {
				l.Page(10, marker())
			}
			check(l.Err())
		})
	}
	m := MarkerPager{Marker: "a"} // the caller began at a
	m.Next()
	m.Page(1, "a")
	if m.Next() || m.Err() == nil {
		t.Error("the caller's own marker again")
	}
}

func TestMarkerOfTheLastItem(t *testing.T) {
	for _, tt := range []struct {
		limit, items int
		want         int // requests
	}{{0, 45, 4}, {20, 45, 3}, {20, 40, 3}, {20, 0, 1}, {0, 0, 1}} {
		p := MarkerPager{Limit: tt.limit}
		n, seen := 0, 0
		for p.Next() {
			n++
			page := min(20, tt.items-seen)
			seen += page
			last := ""
			if page > 0 {
				last = fmt.Sprint("id", seen)
			}
			p.Items(page, last)
		}
		if n != tt.want || seen != tt.items || p.Err() != nil {
			t.Errorf("%+v: %d requests, %d items, %v", tt, n, seen, p.Err())
		}
	}
}

func TestEndlessListsEnd(t *testing.T) {
	p := OffsetPager{MaxPages: 7}
	n := 0
	for p.Next() {
		n++
		p.Page(1, 0)
	}
	var e *PageError
	if !errors.As(p.Err(), &e) || n != 7 || e.Page != 7 || e.Cursor != "7" {
		t.Errorf("%v after %d", p.Err(), n)
	}
	q := MarkerPager{}
	for n = 0; q.Next(); n++ {
		q.Page(0, strconv.Itoa(n))
	}
	if n != DefaultMaxPages || q.Err() == nil {
		t.Errorf("%v after %d", q.Err(), n)
	}
	var forgot OffsetPager // a loop that does not report its page must not run for ever
	for n = 0; forgot.Next(); n++ {
	}
	if n != 1 {
		t.Error(n)
	}
}

func TestLinksAreFollowedToTheSameOriginOnly(t *testing.T) {
	for _, tt := range []struct{ link, want string }{
		{"https://south.example.com/base/v1/p1/widgets?marker=a%20b", "/base/v1/p1/widgets?marker=a%20b"},
		{"/base/v1/p1/widgets?marker=b", "/base/v1/p1/widgets?marker=b"},
		{"https://SOUTH.example.com/base/x", "/base/x"},
		{"//south.example.com/base/x", "/base/x"},
		{"https://evil.example.com/base/v1", "another origin"},
		{"http://south.example.com/base/v1", "another origin"},
		{"https://south.example.com:444/base/v1", "another origin"},
		{"//evil.example.com/base/v1", "another origin"},
		{"https://south.example.com@evil.example.com/base/", "user information"},
		{"https://u:wordpw@south.example.com/base/", "user information"},
		{"https://south.example.com/other", "out of the path"},
		{"https://south.example.com/based", "out of the path"},
		{"https://south.example.com/base/../other", "dot segment"},
		{"https://south.example.com/base/%2e%2e/other", "dot segment"},
		{"https://south.example.com/base//x", "empty segment"},
		{"https:south.example.com/base", "not a URL"},
		{"javascript:alert(1)", "not a URL"},
		{"?marker=x", "/base/v1/p1/widgets?marker=x"},
		{"widgets;a=1?marker=x:y/z", "/base/v1/p1/widgets;a=1?marker=x:y/z"},
		{"#top", "/base/v1/p1/"},
		{"../other", "dot segment"},
		{"a/%2e%2E/other", "dot segment"},
		{"a//other", "empty segment"},
		{"a\\other", "no URL has"},
		{"%zz", "not a URL"},
		{"/base/x\r\nX-Evil: 1", "no URL has"},
		{"/base\\evil", "no URL has"},
		{"https://south.example.com/base/%zz", "not a URL"},
	} {
		tr := always(200, widgetJSON)
		c := newTestClient(t, tr, WithRegion("south"))
		pager := LinkPager{}
		pager.Next()
		if len(pager.Options(nil)) != 0 {
			t.Error("an option on the first page")
		}
		pager.Page(1, tt.link)
		if !pager.Next() {
			t.Fatal(pager.Err())
		}
		err := c.Do(context.Background(), &Call{Operation: &opList, Options: pager.Options(nil)})
		got := fmt.Sprint(err)
		if err == nil {
			got = tr.seen[0].URL.RequestURI()
			if host := tr.seen[0].URL.Host; host != "south.example.com" {
				t.Error(host)
			}
			if got != tt.want {
				t.Errorf("%s: %s", tt.link, got)
			}
		}
		if !strings.Contains(got, tt.want) || strings.Contains(got, "wordpw") {
			t.Errorf("%s: got %s, want %s", tt.link, got, tt.want)
		}
	}
}
