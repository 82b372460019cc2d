package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	as "github.com/pantograph-go/pantograph/generated/huaweicloud/autoscaling"
	otc "github.com/pantograph-go/pantograph/generated/otc/autoscaling"
	otctest "github.com/pantograph-go/pantograph/generated/otc/autoscaling/autoscalingtest"
	rack "github.com/pantograph-go/pantograph/generated/rackspace/autoscale"
	racktest "github.com/pantograph-go/pantograph/generated/rackspace/autoscale/autoscaletest"
)

// The functions below are what the demo shows and runs: it prints the body of each, then calls it.

func create(ctx context.Context, client *as.Client, out io.Writer) error {
	made, err := client.Groups.Create(ctx, &as.CreateGroupRequest{
		Name:              "web",
		ConfigurationID:   "cfg-small",
		VPCID:             "vpc-1",
		Networks:          []as.Network{{ID: "subnet-1"}},
		MinInstanceNumber: as.Some(0), // zero is sent; absent is not
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "created", made.ID)
	return nil
}

func list(ctx context.Context, client *as.Client, out io.Writer) error {
	params := &as.ListGroupsParams{Limit: as.Some(3)} // three to a page
	for group, err := range client.Groups.All(ctx, params) {
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s  %-9s %s\n", group.ID, group.Name, group.Status)
	}
	return nil
}

func refuse(ctx context.Context, client *as.Client, out io.Writer) error {
	_, err := client.Groups.Create(ctx, &as.CreateGroupRequest{
		Name:              "web servers!",
		ConfigurationID:   "cfg-small",
		VPCID:             "vpc-1",
		MaxInstanceNumber: as.Some(500),
	})
	var invalid *as.ValidationError
	if !errors.As(err, &invalid) {
		return fmt.Errorf("this should not be valid: %w", err)
	}
	for _, v := range invalid.Violations {
		fmt.Fprintf(out, "%s %s\n    %s\n", v.Path, v.Message, v.Source)
	}
	return nil
}

func miss(ctx context.Context, client *as.Client, out io.Writer) error {
	_, err := client.Groups.Get(ctx, "no-such-group")
	if !errors.Is(err, as.ErrNotFound) {
		return fmt.Errorf("this should not be found: %w", err)
	}
	var failure *as.Error
	if errors.As(err, &failure) {
		fmt.Fprintln(out, "status ", failure.Status)
		fmt.Fprintln(out, "code   ", failure.Code)
		fmt.Fprintln(out, "message", failure.Message)
		fmt.Fprintln(out, "request", failure.RequestID)
	}
	return nil
}

func sign(ctx context.Context, out io.Writer) error {
	keys := as.Credentials{AccessKey: "DEMOACCESSKEY", SecretKey: "demo"}
	client, err := as.New(
		as.WithRegion(as.RegionCNNorth4),
		as.WithProjectID("demo"),
		as.WithCredentials(as.StaticCredentials(keys)),
	)
	if err != nil {
		return err
	}
	change := &as.UpdateGroupRequest{Name: as.Some("web-2")}
	var request as.DryRun
	_, err = client.Groups.Update(ctx, "g-1", change, as.WithDryRun(&request))
	if !errors.Is(err, as.ErrDryRun) {
		return fmt.Errorf("this should not be sent: %w", err)
	}
	fmt.Fprintln(out, request.Method, request.URL)
	for _, name := range slices.Sorted(maps.Keys(request.Header)) {
		fmt.Fprintf(out, "%s: %s\n", name, short(request.Header.Get(name)))
	}
	fmt.Fprintf(out, "\n%s\n", request.Body)
	return nil
}

func telekom(ctx context.Context, out io.Writer) error {
	cloud := otctest.NewCloud()
	client, err := cloud.Client(otc.WithProjectID("demo"))
	if err != nil {
		return err
	}
	made, err := client.Groups.Create(ctx, &otc.CreateGroupRequest{
		Name: "web", ConfigurationID: "cfg-small", VPCID: "vpc-1",
		Networks:             []otc.Network{{ID: "subnet-1"}},
		DesireInstanceNumber: otc.Some(3), MaxInstanceNumber: otc.Some(9),
	})
	if err != nil {
		return err
	}
	group := client.Group(made.ID)
	if err := group.Resume(ctx); err != nil {
		return err
	}
	cloud.Store.Advance(time.Minute) // servers take their time
	web, err := group.WaitUntilStable(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, web.Name, "has", web.CurrentInstanceNumber, "servers")
	none := &otc.UpdateGroupRequest{DesireInstanceNumber: otc.Some(0)}
	if _, err := group.Update(ctx, none); err != nil {
		return err
	}
	cloud.Store.Advance(time.Minute) // it is deleted when it is empty
	plan, err := group.DeleteWithDependents(ctx, nil)
	fmt.Fprint(out, plan)
	return err
}

func rackspace(ctx context.Context, out io.Writer) error {
	cloud := racktest.NewCloud()
	client, err := cloud.Client()
	if err != nil {
		return err
	}
	server := rack.ServerTemplate{FlavorRef: "3", ImageRef: rack.Some("0d58")}
	made, err := client.Groups.Create(ctx, &rack.CreateGroupRequest{
		GroupConfiguration: rack.GroupConfigurationCreate{
			Name: "web", Cooldown: 60, MinEntities: 2,
			Metadata: map[string]string{"owner": "me"},
		},
		LaunchConfiguration: &rack.LaunchServerConfiguration{
			Args: rack.LaunchServerArgs{Server: server},
		},
	})
	if err != nil {
		return err
	}
	configuration := client.Group(made.ID).Configurations
	err = configuration.MergeMetadata(ctx, map[string]string{"team": "blue"})
	if err != nil {
		return err
	}
	sent := cloud.Requests()
	last := sent[len(sent)-1]
	fmt.Fprintf(out, "sent %s %s\n%s\n", last.Method, last.Path, last.Body)
	return nil
}
