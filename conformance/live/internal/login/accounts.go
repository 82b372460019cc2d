package login

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/pantograph-go/pantograph/generated/otc/identity"
)

// accounts makes the projects and the user of the walk, by calls that the document does not have: they are for those who run a Keystone.
func (w *walk) accounts(ctx context.Context) error {
	for name, to := range map[string]*identity.Project{"work": &w.project, "foreign": &w.foreign} {
		id, err := w.make(ctx, "/v3/projects", "project", map[string]any{"name": name, "domain_id": defaultDomain})
		if err != nil {
			return err
		}
		*to = identity.Project{ID: identity.ProjectID(id), Name: name}
	}
	var err error
	if w.worker, err = w.user(ctx, "worker"); err != nil {
		return err
	}
	for _, in := range []string{"/v3/projects/" + string(w.project.ID), "/v3/domains/" + defaultDomain} {
		if _, err := w.admin.Send(ctx, http.MethodPut, in+"/users/"+w.worker.id+"/roles/"+w.member, nil); err != nil {
			return err
		}
	}
	return nil
}

// user makes a user without a role.
func (w *walk) user(ctx context.Context, name string) (user, error) {
	u := user{name: name, password: secret()}
	var err error
	u.id, err = w.make(ctx, "/v3/users", "user", map[string]any{"name": name, "password": u.password, "domain_id": defaultDomain})
	return u, err
}

// make makes an object, and returns its id.
func (w *walk) make(ctx context.Context, path, envelope string, members map[string]any) (string, error) {
	var made struct {
		ID string `json:"id"`
	}
	err := create(ctx, w.admin, path, envelope, members, &made)
	return made.ID, err
}

// create makes an object as somebody, and reads the answer.
func create(ctx context.Context, as *identity.Client, path, envelope string, members map[string]any, into any) error {
	raw, err := as.Send(ctx, http.MethodPost, path, map[string]any{envelope: members})
	if err != nil {
		return err
	}
	var answer map[string]json.RawMessage
	if err := json.Unmarshal(raw.Body, &answer); err != nil {
		return err
	}
	if answer[envelope] == nil {
		return fmt.Errorf("POST %s: no %s in %v", path, envelope, raw)
	}
	return json.Unmarshal(answer[envelope], into)
}
