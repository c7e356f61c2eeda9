package tenant

import "github.com/aerostic/aerostic/internal/platform/fault"

// Role is what a member is in one workspace.
type Role string

// The roles, from most to least.
const (
	Owner Role = "owner" // everything, and naming other owners
	Admin Role = "admin" // everything but what concerns owners
	Agent Role = "agent" // reads everything, works on contacts
)

// checkGrant refuses that anybody but an owner makes, changes or removes an owner.
func checkGrant(by Role, touched ...Role) error {
	for _, role := range touched {
		if role == Owner && by != Owner {
			return fault.Forbidden("Only an owner may do this to an owner.").WithCode("owner_only")
		}
	}
	return nil
}
