package reply

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
)

// A place is {{name}} or {{name|what stands there when it is not known}}.
var placePattern = regexp.MustCompile(`\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}`)

// fieldPrefix begins the places of the workspace's own fields.
const fieldPrefix = "contact.field."

var fieldKey = regexp.MustCompile(`^[a-z0-9_]{1,60}$`)

// checkPlaces names the first place of a text that nothing would fill.
func checkPlaces(text, at string) error {
	for _, m := range placePattern.FindAllStringSubmatch(text, -1) {
		name := m[1]
		field, isField := strings.CutPrefix(name, fieldPrefix)
		if isField && fieldKey.MatchString(field) || slices.Contains(places(), name) {
			continue
		}
		return fault.Invalid("{{"+name+"}} is not something that can be filled in.").At(at,
			"Use contact.name, contact.first_name, contact.field.…, agent.name or workspace.name.")
	}
	return nil
}

func places() []string {
	return []string{"contact.name", "contact.first_name", "contact.phone", "contact.email", "agent.name", "workspace.name"}
}

// values are what the places of one conversation are filled with.
type values struct {
	person           contact.Contact
	agent, workspace string
}

func (v values) of(name string) string {
	switch name {
	case "contact.name":
		return v.person.Name
	case "contact.first_name":
		first, _, _ := strings.Cut(strings.TrimSpace(v.person.Name), " ")
		return first
	case "contact.phone":
		return v.person.Phone
	case "contact.email":
		return v.person.Email
	case "agent.name":
		return v.agent
	case "workspace.name":
		return v.workspace
	}
	return v.person.Fields[strings.TrimPrefix(name, fieldPrefix)]
}

// fill puts values into the places of a text, and names those that are not known and have nothing to
// stand there.
func (v values) fill(text string) (filled string, missing []string) {
	filled = placePattern.ReplaceAllStringFunc(text, func(place string) string {
		m := placePattern.FindStringSubmatch(place)
		if value := strings.TrimSpace(v.of(m[1])); value != "" {
			return value
		}
		if m[2] = strings.TrimSpace(m[2]); m[2] == "" && !slices.Contains(missing, m[1]) {
			missing = append(missing, m[1])
		}
		return m[2]
	})
	return filled, missing
}

const (
	sqlContactOf = `select contact_id from conversations where tenant_id = $1 and id = $2`
	sqlAgentName = `
select u.name from members m join users u on u.id = m.user_id where m.tenant_id = $1 and m.user_id = $2`
	sqlWorkspaceName = `select name from tenants where tenant_id = $1`
)

// valuesOf reads what a conversation's places are filled with.
func valuesOf(ctx context.Context, tx pgx.Tx, tenant, conversation uuid.UUID) (v values, err error) {
	var person uuid.UUID
	if err := tx.QueryRow(ctx, sqlContactOf, tenant, conversation).Scan(&person); err != nil {
		return v, missingRow(err, fault.NotFound("This conversation does not exist.").WithCode("conversation_not_found"))
	}
	people, err := contact.ByIDs(ctx, tx, tenant, []uuid.UUID{person})
	if err != nil {
		return v, err
	}
	if len(people) == 1 {
		v.person = people[0]
	}
	if err := tx.QueryRow(ctx, sqlAgentName, tenant, actor.Must(ctx).UserID).Scan(&v.agent); missingRow(err, nil) != nil {
		return v, err
	}
	return v, tx.QueryRow(ctx, sqlWorkspaceName, tenant).Scan(&v.workspace)
}
