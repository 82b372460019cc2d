// Package models_test sends values of every form through the fake server, and reads what no document knows.
package models_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"example.com/scratch/models"
	"example.com/scratch/models/modelstest"
)

var ctx = context.Background()

// echo is a server that answers with what it gets, and keeps the text.
func echo(t *testing.T, opts ...models.Option) (*models.Client, *string) {
	t.Helper()
	last := new(string)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		*last = string(body)
		w.Header().Set("Content-Type", "application/json")
		w.Write(body)
	}))
	t.Cleanup(server.Close)
	c, err := models.New(append([]models.Option{models.WithEndpoint(server.URL), models.WithInsecureHTTP(), models.WithoutRetry()}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return c, last
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %#v\nwant %#v", got, want)
	}
}

func sameJSON(t *testing.T, got, want string) {
	t.Helper()
	var g, w any
	if json.Unmarshal([]byte(got), &g) != nil || json.Unmarshal([]byte(want), &w) != nil || !reflect.DeepEqual(g, w) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestVariantsGoOutAndComeBack(t *testing.T) {
	c, last := echo(t, models.WithStrict())
	for _, test := range []struct {
		method models.Method
		text   string
	}{
		{&models.Card{Number: "42"}, `{"kind":"card","number":"42"}`}, // the document says which kind a card is: nobody sets it
		{&models.Transfer{Kind: "sepa", IBAN: models.Some("DE1")}, `{"kind":"sepa","iban":"DE1"}`},
		{models.MethodString("cash"), `"cash"`},
	} {
		got, err := c.Things.ExchangeMethod(ctx, test.method)
		if err != nil {
			t.Fatal(err)
		}
		sameJSON(t, *last, test.text)
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		sameJSON(t, string(again), test.text)
		if reflect.TypeOf(got) != reflect.TypeOf(test.method) {
			t.Errorf("%T came back as %T", test.method, got)
		}
	}
	list, err := c.Things.ExchangeList(ctx, []models.Method{models.MethodString("cash"), &models.Card{Number: "1"}})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, len(list), 2)
	equal(t, list[0], models.Method(models.MethodString("cash")))
}

func TestTheFakeServerReadsVariants(t *testing.T) {
	s := &modelstest.Server{ExchangeMethod: func(_ context.Context, m models.Method) (models.Method, error) {
		if card, ok := m.(*models.Card); !ok || card.Number != "42" {
			t.Errorf("%#v", m)
		}
		return models.MethodString("paid"), nil
	}}
	c, err := s.Client()
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Things.ExchangeMethod(ctx, &models.Card{Number: "42"})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, got, models.Method(models.MethodString("paid")))
}

func TestRulesHoldInEveryVariant(t *testing.T) {
	thing := &models.Thing{
		Method:  &models.Card{Number: "12345"},
		Perhaps: models.Some[models.Method](models.MethodString("x")),
		Methods: []models.Method{nil, models.MethodString("y")},
		ByName:  map[string]models.Method{"n": &models.Card{Number: "12345"}},
		Pair:    &models.ThingPair{Item2: models.MethodString("z")},
		More:    &models.ThingMore{Additional: map[string]models.Method{"m": models.MethodString("")}},
		Merged:  &models.ThingMerged{Height: models.Some(0)},
		Level:   models.Some(models.ThingLevel(9)),
		Exact:   models.Some(models.Number("1000.01")),
	}
	var invalid *models.ValidationError
	if !errors.As(thing.Validate(), &invalid) {
		t.Fatal("it is valid")
	}
	var paths []string
	for _, v := range invalid.Violations {
		paths = append(paths, v.Path)
	}
	equal(t, paths, []string{"method.number", "perhaps", "methods[1]", "byName[\"n\"].number", "merged.height", "pair[1]", "more.m", "level", "exact"})
	equal(t, thing.Method.(*models.Card).Validate() == nil, false)
}

func TestEverythingAtOnce(t *testing.T) {
	c, last := echo(t, models.WithStrict(), models.WithPresence())
	day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	_, err := c.Things.Exchange(ctx, &models.Thing{
		Method:  models.MethodString("cash"),
		Perhaps: models.Null[models.Method](),
		Methods: []models.Method{&models.Transfer{Kind: "transfer"}},
		ByName:  map[string]models.Method{"a": models.MethodString("bb")},
		Figure:  &models.Radius{Radius: 1.5},
		Size:    models.ThingSizeStringSmall,
		Pet:     &models.Cat{Lives: models.Some(9)},
		Tree:    &models.Tree{Value: models.Some[models.JSON](models.JSONList{models.JSONNumber(1), models.JSONMap{"a": nil}}), Children: []models.Tree{{Value: models.Some[models.JSON](models.JSONBool(true))}}},
		Merged:  &models.ThingMerged{Width: 1, Height: models.Some(2)},
		Pair:    &models.ThingPair{Item1: "p", Item2: models.MethodString("qq"), Rest: []int{1, 2}},
		More:    &models.ThingMore{A: models.Some("a"), Additional: map[string]models.Method{"b": models.MethodString("cc")}},
		Level:   models.Some(models.ThingLevelHigh),
		Day:     models.Some(day),
		Big:     models.Some(uint64(18446744073709551615)),
		Exact:   models.Some(models.Number("0.10")),
		Text:    models.Some(int64(-5)),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"method":"cash","perhaps":null,"methods":[{"kind":"transfer"}],"byName":{"a":"bb"},"figure":{"radius":1.5},"size":"small",` +
		`"pet":{"species":"cat","lives":9},"tree":{"value":[1,{"a":null}],"children":[{"value":true}]},"merged":{"width":1,"height":2},` +
		`"pair":["p","qq",1,2],"more":{"a":"a","b":"cc"},"level":2,"day":"2024-02-29","big":18446744073709551615,"exact":0.10,"text":"-5"}`
	if *last != want {
		t.Errorf("got  %s\nwant %s", *last, want)
	}
}

// What the document does not know is kept.
func TestOpenWorld(t *testing.T) {
	text := `{"method":{"kind":"crypto","wallet":"w"},"perhaps":{"kind":"sepa","iban":"x","new":1},"methods":[5,"cash"],` +
		`"figure":{"width":3,"depth":4},"size":[1],"pet":{"species":"dog","name":"Bo","tricks":2},"level":7,"more":{"n":{"kind":"card","number":"1"}}}`
	thing := new(models.Thing)
	if err := thing.UnmarshalJSON([]byte(text)); err != nil {
		t.Fatal(err)
	}
	equal(t, thing.Method, models.Method(models.UnknownMethod{Raw: models.Raw(`{"kind":"crypto","wallet":"w"}`)}))
	equal(t, thing.Methods, []models.Method{models.UnknownMethod{Raw: models.Raw(`5`)}, models.MethodString("cash")})
	equal(t, thing.Size, models.ThingSize(models.UnknownThingSize{Raw: models.Raw(`[1]`)}))
	if dog, ok := thing.Pet.(*models.PetBase); !ok || dog.Species != "dog" {
		t.Errorf("%#v", thing.Pet)
	}
	if w, ok := thing.Figure.(*models.Width); !ok || w.Width != 3 || string(models.UnknownMembers(w)["depth"]) != "4" {
		t.Errorf("%#v", thing.Figure)
	}
}

// With presence, what was read is written again without loss.
func TestNothingIsLost(t *testing.T) {
	text := `{"method":{"kind":"card","number":"1","new":[1]},"pet":{"species":"dog","tricks":2},"figure":{"radius":1.50,"x":null},` +
		`"pair":["a",{"kind":"transfer"},1],"more":{"a":null,"z":"zz"},"day":"2024-02-29","exact":1.00,"extra":true}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, text)
	}))
	defer server.Close()
	c, err := models.New(models.WithEndpoint(server.URL), models.WithInsecureHTTP(), models.WithPresence())
	if err != nil {
		t.Fatal(err)
	}
	thing, err := c.Things.Exchange(ctx, &models.Thing{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(thing)
	if err != nil {
		t.Fatal(err)
	}
	sameJSON(t, string(again), text)
	if !bytes.Contains(again, []byte(`1.50`)) || !bytes.Contains(again, []byte(`1.00`)) {
		t.Error(string(again))
	}
}

func TestViews(t *testing.T) {
	s := &modelstest.Server{ExchangeView: func(_ context.Context, in *models.UserInput) (*models.User, error) {
		return &models.User{ID: "1", Name: in.Name + in.Secret}, nil
	}}
	c, err := s.Client()
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Things.ExchangeView(ctx, &models.UserInput{Name: "n", Secret: "s"})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, got, &models.User{ID: "1", Name: "ns"})
}
