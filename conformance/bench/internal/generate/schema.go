package main

import (
	"maps"
	"strings"
)

// object is a type of the payloads.
type object struct {
	name   string
	fields []field
}

// field is a member: its type is string, int, bool, time, or the name of an object, behind ? where it may be null,
// behind ~ where it may be missing, and behind [] for a list.
type field struct{ name, typ string }

// goName is the name of a member in Go.
func (f field) goName() string {
	var b strings.Builder
	for _, part := range strings.Split(f.name, "_") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// required says that the member is always there with a value.
func (f field) required() bool { return !strings.ContainsAny(f.typ[:1], "?~") }

// fields reads members written as "name type", one after the other, separated by commas.
func fields(text string) []field {
	var out []field
	for _, f := range strings.Split(text, ",") {
		name, typ, _ := strings.Cut(strings.TrimSpace(f), " ")
		out = append(out, field{name, typ})
	}
	return out
}

// objects are the types of both lists. The groups are as large as those of Auto Scaling, the repositories as those of a
// well-known code host, with their names.
var objects = []object{
	{"Listener", fields(`listener_id string, pool_id string, protocol_port int, weight int`)},
	{"Bandwidth", fields(`id string`)},
	{"Network", fields(`id string, ipv6_enable bool, ipv6_bandwidth ~Bandwidth`)},
	{"SecurityGroup", fields(`id string`)},
	{"Group", fields(`scaling_group_name string, scaling_group_id string, scaling_group_status string, scaling_configuration_id string,
		scaling_configuration_name string, current_instance_number int, desire_instance_number int, min_instance_number int,
		max_instance_number int, cool_down_time int, lb_listener_id ?string, lbaas_listeners ~[]Listener, available_zones []string,
		networks []Network, security_groups []SecurityGroup, create_time time, vpc_id string, detail ?string, is_scaling bool,
		health_periodic_audit_method string, health_periodic_audit_time int, health_periodic_audit_grace_period int,
		instance_terminate_policy string, notifications []string, delete_publicip bool, delete_volume bool, cloud_location_id ?string,
		enterprise_project_id string, activity_type ?string, multi_az_priority_policy string, description string`)},
	{"Groups", fields(`total_number int, start_number int, limit int, scaling_groups []Group`)},
	{"OneGroup", fields(`scaling_group Group`)},
	{"Action", fields(`operation string, instance_number int`)},
	{"CreatePolicy", fields(`scaling_policy_name string, scaling_policy_action ~Action, cool_down_time int, scheduled_policy ~Schedule,
		scaling_policy_type string, scaling_group_id string`)},
	{"Schedule", fields(`launch_time string, recurrence_type string, start_time string, end_time string`)},
	{"Owner", fields(`login string, id int, node_id string, avatar_url string, gravatar_id string, url string, html_url string,
		followers_url string, following_url string, gists_url string, starred_url string, subscriptions_url string,
		organizations_url string, repos_url string, events_url string, received_events_url string, type string, site_admin bool,
		user_view_type string`)},
	{"License", fields(`key string, name string, spdx_id string, url ?string, node_id string`)},
	{"Permissions", fields(`admin bool, maintain bool, push bool, triage bool, pull bool`)},
	{"Repository", fields(`id int, node_id string, name string, full_name string, private bool, owner Owner, html_url string,
		description ?string, fork bool, url string, archive_url string, assignees_url string, blobs_url string, branches_url string,
		collaborators_url string, comments_url string, commits_url string, compare_url string, contents_url string,
		contributors_url string, deployments_url string, downloads_url string, events_url string, forks_url string,
		git_commits_url string, git_refs_url string, git_tags_url string, git_url string, issue_comment_url string,
		issue_events_url string, issues_url string, keys_url string, labels_url string, languages_url string, merges_url string,
		milestones_url string, notifications_url string, pulls_url string, releases_url string, ssh_url string,
		stargazers_url string, statuses_url string, subscribers_url string, subscription_url string, tags_url string,
		teams_url string, trees_url string, clone_url string, mirror_url ?string, hooks_url string, svn_url string,
		homepage ?string, language ?string, forks_count int, stargazers_count int, watchers_count int, size int,
		default_branch string, open_issues_count int, is_template bool, topics []string, has_issues bool, has_projects bool,
		has_wiki bool, has_pages bool, has_downloads bool, has_discussions bool, archived bool, disabled bool, visibility string,
		pushed_at time, created_at time, updated_at time, permissions Permissions, allow_rebase_merge bool,
		allow_squash_merge bool, allow_merge_commit bool, allow_auto_merge bool, delete_branch_on_merge bool,
		allow_forking bool, web_commit_signoff_required bool, license License, forks int, open_issues int, watchers int`)},
	{"Repositories", fields(`total_count int, incomplete_results bool, items []Repository`)},
}

// limits are what the reference of Auto Scaling says of members.
var limits = map[string]map[string]any{
	"Groups.total_number":                      {"minimum": 0},
	"Groups.start_number":                      {"minimum": 0},
	"Groups.limit":                             {"minimum": 0},
	"Group.scaling_group_name":                 name,
	"Group.scaling_group_id":                   {"minLength": 1, "maxLength": 64},
	"Group.scaling_group_status":               oneOf("INSERVICE", "PAUSED", "ERROR", "DELETING", "FREEZED"),
	"Group.current_instance_number":            {"minimum": 0},
	"Group.desire_instance_number":             {"minimum": 0},
	"Group.min_instance_number":                {"minimum": 0},
	"Group.max_instance_number":                {"minimum": 0, "maximum": 1000},
	"Group.cool_down_time":                     {"minimum": 0, "maximum": 86400},
	"Group.health_periodic_audit_method":       oneOf("ELB_AUDIT", "NOVA_AUDIT"),
	"Group.health_periodic_audit_time":         {"minimum": 0},
	"Group.health_periodic_audit_grace_period": {"minimum": 0},
	"Group.instance_terminate_policy":          oneOf("OLD_CONFIG_OLD_INSTANCE", "OLD_CONFIG_NEW_INSTANCE", "OLD_INSTANCE", "NEW_INSTANCE"),
	"Group.multi_az_priority_policy":           oneOf("EQUILIBRIUM_DISTRIBUTE", "PICK_FIRST"),
	"Group.description":                        {"maxLength": 256},
	"Network.id":                               {"maxLength": 64},
	"Listener.protocol_port":                   {"minimum": 1, "maximum": 65535},
	"Listener.weight":                          {"minimum": 0, "maximum": 100},
	"CreatePolicy.scaling_policy_name":         name,
	"CreatePolicy.cool_down_time":              {"minimum": 0, "maximum": 86400},
	"CreatePolicy.scaling_policy_type":         oneOf("ALARM", "SCHEDULED", "RECURRENCE"),
	"Action.operation":                         oneOf("ADD", "REMOVE", "REDUCE", "SET"),
	"Action.instance_number":                   {"minimum": 0, "maximum": 200},
	"Schedule.recurrence_type":                 oneOf("Daily", "Weekly", "Monthly"),
}

// name is what a name may be.
var name = map[string]any{"minLength": 1, "maxLength": 64, "pattern": "^[\u4e00-\u9fa5A-Za-z0-9_-]*$"}

func oneOf(values ...string) map[string]any { return map[string]any{"enum": values} }

// limited adds keywords to a schema.
func limited(schema, keywords map[string]any) map[string]any {
	maps.Copy(schema, keywords)
	return schema
}

// ours are the types of the document.
var ours = []string{"Listener", "Bandwidth", "Network", "SecurityGroup", "Group", "Groups", "OneGroup", "Action", "Schedule", "CreatePolicy", "Owner", "License", "Permissions", "Repository", "Repositories"}
