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

func errNoField() error {
	return fault.NotFound("This field does not exist, or was deleted.").WithCode("field_not_found")
}

func errFieldExists() error {
	return fault.Conflict("There is already a field with this key, or one is just being deleted.").
		At("body.key", "Choose another key.").WithCode("field_exists")
}

func errFieldGoing() error {
	return fault.Conflict("One of the fields is just being deleted. Try again in a minute.").WithCode("field_going")
}

func errTooManyFields() error {
	return fault.Invalid("A workspace has room for 100 fields.").WithCode("too_many_fields")
}

func errNoStage() error {
	return fault.NotFound("This stage does not exist, or was deleted.").WithCode("stage_not_found")
}

func errStageExists() error {
	return fault.Conflict("There is already a stage with this name.").At("body.name", "Choose another name.").WithCode("stage_exists")
}

func errNoOwner() error {
	return fault.NotFound("This person is not a member of the workspace.").WithCode("owner_not_found")
}

func errNoBulk() error {
	return fault.NotFound("This change of many contacts does not exist.").WithCode("bulk_not_found")
}
