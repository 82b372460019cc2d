// A program as a user would write it, that walks through the API of Alertmanager. It ends with status 1 at the first surprise.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"example.com/scratch/alertmanager"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client, err := alertmanager.New(alertmanager.WithEndpoint(os.Args[1]), alertmanager.WithoutRetry())
	if err == nil {
		err = walk(ctx, client)
	}
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

func walk(ctx context.Context, c *alertmanager.Client) error {
	for _, step := range []struct {
		name string
		do   func(context.Context, *alertmanager.Client) error
	}{
		{"status", status}, {"receivers", receivers}, {"alerts", alerts}, {"filters", filters}, {"silences", silences}, {"failures", failures},
	} {
		if err := step.do(ctx, c); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Println("ok", step.name)
	}
	return nil
}

func want(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, args...)
}

func status(ctx context.Context, c *alertmanager.Client) error {
	s, err := c.General.GetStatus(ctx)
	if err != nil {
		return err
	}
	return errors.Join(
		want(s.VersionInfo.Version == "0.25.0", "the version is %q", s.VersionInfo.Version),
		want(s.Cluster.Status == "disabled", "the cluster is %q", s.Cluster.Status),
		want(s.Config.Original != "", "there is no configuration"),
		want(time.Since(s.Uptime) < time.Hour, "it is up since %v", s.Uptime))
}

func receivers(ctx context.Context, c *alertmanager.Client) error {
	list, err := c.Receiver.Get(ctx)
	if err != nil {
		return err
	}
	return want(len(list) == 2 && list[0].Name == "default" && list[1].Name == "other", "the receivers are %v", list)
}

func alerts(ctx context.Context, c *alertmanager.Client) error {
	start := time.Now().UTC().Truncate(time.Millisecond)
	post := []alertmanager.PostableAlert{
		{Labels: map[string]string{"alertname": "Full", "team": "x", "odd": "ä \" \\ & 日"}, StartsAt: alertmanager.Some(start), GeneratorURL: alertmanager.Some("https://example.com/a?b=c&d=e")},
		{Labels: map[string]string{"alertname": "Slow"}, Annotations: map[string]string{"summary": "two\nlines"}},
	}
	if err := c.Alert.Post(ctx, post); err != nil {
		return err
	}
	list, err := c.Alert.Get(ctx, nil)
	if err != nil {
		return err
	}
	if len(list) != 2 {
		return fmt.Errorf("there are %d alerts", len(list))
	}
	full, slow := list[0], list[1]
	if full.Labels["alertname"] != "Full" {
		full, slow = slow, full
	}
	return errors.Join(
		want(full.Labels["odd"] == "ä \" \\ & 日", "a label is %q", full.Labels["odd"]),
		want(full.StartsAt.Equal(start), "it starts at %v, not %v", full.StartsAt, start),
		want(full.GeneratorURL == "https://example.com/a?b=c&d=e", "the URL is %q", full.GeneratorURL),
		want(len(full.Receivers) == 1 && full.Receivers[0].Name == "other", "the receivers are %v", full.Receivers),
		want(slow.Annotations["summary"] == "two\nlines", "the summary is %q", slow.Annotations["summary"]))
}

func filters(ctx context.Context, c *alertmanager.Client) error {
	for _, f := range []struct {
		params *alertmanager.GetAlertsParams
		n      int
	}{
		{&alertmanager.GetAlertsParams{Filter: []string{`alertname="Full"`}}, 1},
		{&alertmanager.GetAlertsParams{Filter: []string{`alertname=~"F.*|S.*"`, `team!="x"`}}, 1},
		{&alertmanager.GetAlertsParams{Filter: []string{`odd="ä \" \\ & 日"`}}, 1},
		{&alertmanager.GetAlertsParams{Filter: []string{`alertname="None"`}}, 0},
		{&alertmanager.GetAlertsParams{Receiver: alertmanager.Some("oth.*")}, 1},
		{&alertmanager.GetAlertsParams{Active: alertmanager.Some(false)}, 0},
	} {
		list, err := c.Alert.Get(ctx, f.params)
		if err != nil {
			return err
		}
		if len(list) != f.n {
			return fmt.Errorf("%+v gives %d alerts", f.params, len(list))
		}
	}
	return nil
}

func silences(ctx context.Context, c *alertmanager.Client) error {
	start := time.Now().UTC().Add(-time.Second).Truncate(time.Millisecond)
	made, err := c.Silence.Post(ctx, &alertmanager.PostableSilence{
		Matchers: []alertmanager.Matcher{{Name: "alertname", Value: "Full", IsRegex: false}},
		StartsAt: start, EndsAt: start.Add(time.Hour), CreatedBy: "the proofs", Comment: "a \"comment\"",
	})
	if err != nil {
		return err
	}
	got, err := c.Silence.Get(ctx, made.SilenceID)
	if err != nil {
		return err
	}
	if err := errors.Join(
		want(got.ID == made.SilenceID, "the id is %q", got.ID),
		want(got.Status.State == "active", "the state is %q", got.Status.State),
		want(got.Comment == "a \"comment\"", "the comment is %q", got.Comment),
		want(got.EndsAt.Equal(start.Add(time.Hour)), "it ends at %v", got.EndsAt),
		want(len(got.Matchers) == 1 && got.Matchers[0].Name == "alertname", "the matchers are %v", got.Matchers)); err != nil {
		return err
	}
	list, err := c.Silence.GetSilences(ctx, &alertmanager.GetSilencesParams{Filter: []string{`alertname="Full"`}})
	if err != nil || len(list) != 1 {
		return fmt.Errorf("there are %d silences, %w", len(list), err)
	}
	if err := c.Silence.Delete(ctx, made.SilenceID); err != nil {
		return err
	}
	if got, err = c.Silence.Get(ctx, made.SilenceID); err != nil {
		return err
	}
	return want(got.Status.State == "expired", "the state is %q", got.Status.State)
}

// failures are of three kinds: the documented one, a text as JSON; the object of the framework, which is not documented; and
// a status without a body.
func failures(ctx context.Context, c *alertmanager.Client) error {
	var failed *alertmanager.Error
	_, err := c.Alert.Get(ctx, &alertmanager.GetAlertsParams{Filter: []string{"x{"}})
	text, ok := alertmanager.ErrorBody[string](err)
	if !errors.As(err, &failed) || failed.Status != 400 || !ok || *text != "bad matcher format: x{" {
		return fmt.Errorf("a wrong filter gives %v", err)
	}
	_, err = c.Silence.Get(ctx, "no-uuid", alertmanager.WithoutValidation())
	if !errors.As(err, &failed) || failed.Status != 422 || failed.Message == "" {
		return fmt.Errorf("a wrong id gives %v", err)
	}
	_, err = c.Silence.Get(ctx, "7f8a7d3e-2a0c-4f5e-9d8f-3a3a3a3a3a3a")
	if !errors.As(err, &failed) || failed.Status != 404 || !errors.Is(err, alertmanager.ErrNotFound) || len(failed.Body) != 0 {
		return fmt.Errorf("a missing silence gives %v", err)
	}
	return nil
}
