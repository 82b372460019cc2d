package plan

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/pantograph-go/pantograph/generator/model"
)

// named returns the methods of the operations of one resource. Each is an operationId, or a method, a path and one.
func named(resource string, operations ...string) map[string]string {
	api := &model.API{Resources: []*model.Resource{{Name: resource}}}
	for _, text := range operations {
		op := &model.Operation{Resource: resource, Method: "GET", Path: "/", ID: text}
		if f := strings.Fields(text); len(f) == 3 && f[1][0] == '/' {
			op.Method, op.Path, op.ID = f[0], f[1], f[2]
		}
		api.Operations = append(api.Operations, op)
	}
	b := &builder{api: api, lock: NewLock(), namer: NewNamer(nil)}
	b.ids = b.plainIDs()
	out := map[string]string{}
	for op, name := range b.methodNames() {
		out[op.ID] = name
	}
	return out
}

// The styles of real documents: the resource is said once, by the client's field.
func TestMethodNamesDoNotRepeatTheResource(t *testing.T) {
	for _, c := range []struct{ resource, id, want string }{
		{"pets", "listPets", "List"},
		{"pets", "ListPets", "List"},
		{"pets", "list_pets", "List"},
		{"pets", "createPet", "Create"},
		{"pet", "getPetById", "GetByID"},
		{"pets", "findPetsByStatus", "FindByStatus"},
		{"pets", "updatePetWithForm", "UpdateWithForm"},
		{"pets", "create a pet", "Create"},
		{"pets", "getAllPets", "GetAll"},
		{"pets", "bulkCreatePets", "BulkCreate"},
		{"pets", "pets.list", "List"},
		{"pets", "pets#show", "Show"},
		{"pets", "petsByStatus", "PetsByStatus"}, // ByStatus is no name
		{"pets", "uploadFile", "UploadFile"},
		{"pets", "feedMyPets", "FeedMyPets"},
		{"pet-controller", "getPets", "Get"},
		{"Pet API", "listPets", "List"},
		{"pets", "pets", "Pets"},
		{"pets", "日本", ""}, // it is spelled

		{"repos", "repos/list-for-org", "ListForOrg"}, // a code forge
		{"repos", "repos/get", "Get"},
		{"repos", "repos/update-repo-ruleset", "UpdateRuleset"},
		{"search", "search/issues-and-pull-requests", "IssuesAndPullRequests"},
		{"orgs", "api-insights/get-time-stats", "APIInsightsGetTimeStats"},
		{"codes-of-conduct", "codes-of-conduct/get-all-codes-of-conduct", "GetAll"},
		{"codes-of-conduct", "codes-of-conduct/get-conduct-code", "GetConductCode"},
		{"security-advisories", "security-advisories/list-repository-advisories", "ListRepositoryAdvisories"},
		{"packages", "packages/list-packages-for-organization", "ListForOrganization"},

		{"Apps", "apps_list_regions", "ListRegions"}, // a cloud
		{"Floating IPs", "floatingIPs_create", "Create"},
		{"Container Registries", "registries_list", "RegistriesList"},

		{"Users", "Users.GetById", "GetByID"}, // others
		{"Users", "Users_GetById", "GetByID"},
		{"VirtualMachines", "VirtualMachines_CreateOrUpdate", "CreateOrUpdate"},
		{"Pods", "V1ListPods", "V1ListPods"},
		{"groups", "getV1GroupsByGroupId", "GetByGroupID"},
		{"Container", "ContainerList", "List"},
		{"Container", "PutContainerArchive", "PutArchive"},
		{"System", "SystemInfo", "Info"},
		{"Guilds", "listGuildScheduledEventUsers", "ListScheduledEventUsers"},
		{"Email Addresses", "createEmailAddress", "Create"},
		{"Companies", "companiesAdd", "Add"},
		{"Payments", "post-payments-details", "PostDetails"},
		{"Statuses", "getStatusContext", "GetContext"},
		{"plaid", "transferIntentCreate", "TransferIntentCreate"},
		{"users", "GET /users/{user_id} get_user_by_id_users__user_id__get", "GetByID"},
		{"items", "POST /api/v1/items/ create_item_api_v1_items__post", "Create"},
		{"System", "HEAD /_ping SystemPingHead", "PingHead"},
	} {
		for _, got := range named(c.resource, c.id) {
			assert.Equal(t, c.want, got, "%s of %s", c.id, c.resource)
		}
	}
}

func TestMethodNamesOfAResource(t *testing.T) {
	for _, c := range []struct {
		about, resource string
		want            map[string]string
	}{
		{"the singular goes before the plural", "users", map[string]string{"getUser": "Get", "getUsers": "GetUsers", "deleteUser": "Delete"}},
		{"of equals, none is shorter", "users", map[string]string{"getTheUser": "GetTheUser", "getAUser": "GetAUser"}},
		{"who is called so keeps the name", "pets", map[string]string{"list": "List", "listPets": "ListPets"}},
		{"what all begin with is a namespace", "platform", map[string]string{"genai_list_agents": "ListAgents", "genai_get_agent": "GetAgent"}},
		{"unless one does not", "platform", map[string]string{"genai_list_agents": "GenaiListAgents", "list_agents": "ListAgents"}},
		{"a version too", "pods", map[string]string{"V1ListPods": "List", "V1CreatePod": "Create"}},
		{"a name takes back one thing after the other", "packages", map[string]string{
			"packages/list-packages-for-org": "ListPackagesForOrg", "packages/list-for-org": "ListForOrg",
		}},
		{"a verb is no namespace", "reports", map[string]string{"getListA": "GetListA", "getListB": "GetListB"}},
	} {
		var ids []string
		for id := range c.want {
			ids = append(ids, id)
		}
		assert.Equal(t, c.want, named(c.resource, ids...), c.about)
	}
}

// Whatever the order of the operations, names are the same and none is there twice.
func TestMethodNamesDoNotDependOnTheOrderOfOperations(t *testing.T) {
	parts := [][]string{{"", "pets/", "pets_", "genai_"}, {"list", "get", "create", "bulkGet", "status"}, {"", "Pet", "Pets", "AllPets", "APet", "V1Pets"}, {"", "ByID", "ForOrg", "Tags"}}
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		ids := map[string]bool{}
		for range 12 {
			id := ""
			for _, p := range parts {
				id += p[r.IntN(len(p))]
			}
			ids[id] = true
		}
		var list []string
		for id := range ids {
			list = append(list, id)
		}
		want := named("pets", list...)
		for range 3 {
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			assert.Equal(t, want, named("pets", list...))
		}
		seen := map[string]string{}
		for id, name := range want {
			if other, ok := seen[name]; ok && NewNamer(nil).Exported(id) != NewNamer(nil).Exported(other) {
				t.Errorf("%s and %s are both %s", id, other, name)
			}
			seen[name] = id
		}
	}
}

func FuzzMethodNames(f *testing.F) {
	f.Add("pets", "pets/", "/pets/{id}", "listPets")
	f.Add("", "", "", "a_get")
	f.Add("status", "bulk", "/", "V1")
	f.Fuzz(func(t *testing.T, resource, one, path, two string) {
		api := &model.API{Resources: []*model.Resource{{Name: resource}}, Operations: []*model.Operation{
			{ID: one, Resource: resource, Method: "GET", Path: path}, {ID: two, Resource: resource, Method: "PUT", Path: path},
		}}
		b := &builder{api: api, lock: NewLock(), namer: NewNamer(nil)}
		b.ids = b.plainIDs()
		for op, name := range b.methodNames() {
			if name != "" && !isIdentifier(name) {
				t.Fatal(fmt.Sprintf("%q", op.ID), name)
			}
		}
	})
}
