package contact

import "github.com/aerostic/aerostic/internal/platform/fault"

func errNoContact() error {
	return fault.NotFound("This contact does not exist, or was deleted.").WithCode("contact_not_found")
}

func errNoTag() error {
	return fault.NotFound("This tag or list does not exist, or was deleted.").WithCode("tag_not_found")
}

func errNoImport() error {
	return fault.NotFound("This import does not exist.").WithCode("import_not_found")
}

func errContactExists() error {
	return fault.Conflict("Another contact already has this phone number or user id.").WithCode("contact_exists")
}

func errTagExists() error {
	return fault.Conflict("There is already one with this name.").At("body.name", "Choose another name.").WithCode("tag_exists")
}
