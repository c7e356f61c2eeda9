package contact

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/platform/sheet"
)

// ImportState is where an import stands.
type ImportState string

// The states. A file that is uploaded waits for its mapping; done, cancelled and failed can be undone.
const (
	ImportUploaded  ImportState = "uploaded"
	ImportRunning   ImportState = "running"
	ImportDone      ImportState = "done"
	ImportCancelled ImportState = "cancelled"
	ImportFailed    ImportState = "failed"
	ImportTried     ImportState = "tried"   // a dry run has ended; it may be imported for real
	ImportUndoing   ImportState = "undoing" // what it changed is being taken back
	ImportUndone    ImportState = "undone"
)

// MayBecome is the table of allowed moves.
func (s ImportState) MayBecome(next ImportState) bool {
	switch s {
	case ImportUploaded, ImportTried:
		return next == ImportRunning || next == ImportCancelled
	case ImportRunning:
		return next == ImportDone || next == ImportTried || next == ImportCancelled || next == ImportFailed
	case ImportDone, ImportCancelled, ImportFailed:
		return next == ImportUndoing
	case ImportUndoing:
		return next == ImportUndone
	}
	return false
}

// Target is what a column of a file is: one of those below, or "field:" and a field's key.
type Target string

// The targets.
const (
	ToIgnore Target = "ignore"
	ToPhone  Target = "phone"
	ToName   Target = "name"
	ToEmail  Target = "email"
	ToBSUID  Target = "bsuid"
	ToLocale Target = "locale"
	ToOptIn  Target = "optIn"
	ToTags   Target = "tags"

	fieldTarget = "field:"
)

// Duplicates says what happens to a row whose person is a contact already. Tags and lists are
// given in either case.
type Duplicates string

// Update writes the cells that are not empty; Skip leaves the contact as it is.
const (
	UpdateExisting Duplicates = "update"
	SkipExisting   Duplicates = "skip"
)

// Column is a column of an uploaded file.
type Column struct {
	Name   string `json:"name"`
	Target Target `json:"target" doc:"What we take it for, and after the start what it was imported as"`
	Label  string `json:"label,omitempty" doc:"Label of the new field it would become"`
}

// Import is a file on its way into the contacts. Rows counts what was read so far and is the sum
// of the four numbers after it. A person named twice in one file is imported once, by the first
// row.
type Import struct {
	ID         uuid.UUID      `json:"id"`
	FileName   string         `json:"fileName"`
	Size       int64          `json:"size" doc:"Bytes"`
	Encoding   sheet.Encoding `json:"encoding"`
	Delimiter  string         `json:"delimiter"`
	HasHeader  bool           `json:"hasHeader"`
	Columns    []Column       `json:"columns"`
	State      ImportState    `json:"state" enum:"uploaded,running,tried,done,cancelled,failed,undoing,undone"`
	Reason     string         `json:"reason,omitempty" doc:"Why it failed"`
	Options    Options        `json:"options"`
	Read       int64          `json:"read" doc:"Bytes read so far, out of size"`
	Rows       int64          `json:"rows"`
	Created    int64          `json:"created"`
	Updated    int64          `json:"updated"`
	Duplicate  int64          `json:"duplicate" doc:"Skipped: repeated in the file, or known and not to be updated"`
	Invalid    int64          `json:"invalid"`
	HasErrors  bool           `json:"hasErrors" doc:"There is an errors.csv"`
	CreatedAt  time.Time      `json:"createdAt"`
	StartedAt  *time.Time     `json:"startedAt,omitempty"`
	FinishedAt *time.Time     `json:"finishedAt,omitempty"`
	DryRun     bool           `json:"dryRun" doc:"Nothing is written: the numbers say what would be"`
	Sample     []ImportChange `json:"sample" doc:"Of a dry run: the first people it would change"`
	Undo       Undo           `json:"undo" doc:"What was taken back"`
	Preview    *Preview       `json:"preview,omitempty" doc:"Of an uploaded file"`

	nextRow    int64
	tagIDs     []uuid.UUID
	errorParts []int64
	madeList   *uuid.UUID // the list that was made for it
	undoRow    *int64     // first row of the chunk undone last
	undoParts  []int64
}

// Undo is how far an import was taken back. Kept counts what could not be, which undo.csv lists.
type Undo struct {
	Removed  int64      `json:"removed" doc:"Contacts it had made"`
	Restored int64      `json:"restored" doc:"Contacts that have their former values again"`
	Kept     int64      `json:"kept" doc:"Contacts and values that were used or changed since, and stay"`
	HasKept  bool       `json:"hasKept" doc:"There is an undo.csv"`
	At       *time.Time `json:"at,omitempty"`
}

// ImportChange is a person whom an import would change.
type ImportChange struct {
	Row     int64         `json:"row"`
	Name    string        `json:"name"`
	Phone   string        `json:"phone,omitempty"`
	Changes []FieldChange `json:"changes"`
}

// Options is how a file is imported.
type Options struct {
	Mapping     []Target     `json:"mapping,omitempty" maxItems:"200" doc:"One target per column, in the order of the columns: phone, name, email, bsuid, locale, optIn, tags, field:<key>, ignore"`
	Labels      []string     `json:"labels,omitempty" maxItems:"200" doc:"Per column, the label of the field it makes"`
	HasHeader   *bool        `json:"hasHeader,omitempty" doc:"Whether the first row names the columns; as guessed when absent"`
	Country     string       `json:"country,omitempty" pattern:"^([A-Z]{2})?$" doc:"How numbers without a country code are read; the workspace's when empty"`
	OnDuplicate Duplicates   `json:"onDuplicate,omitempty" enum:"update,skip" default:"update"`
	Tags        []uuid.UUID  `json:"tags,omitempty" maxItems:"50" doc:"Given to everybody in the file"`
	List        string       `json:"list,omitempty" maxLength:"100" doc:"Name of a list that everybody in the file joins; made when new"`
	DryRun      bool         `json:"dryRun,omitempty" doc:"Read everything and write nothing; the file stays, to be imported for real"`
	OptIn       *OptInOption `json:"optIn,omitempty" doc:"Everybody in the file agreed to marketing messages; who opted out stays out"`
}

// fieldKeys are the keys of the fields that the mapping fills.
func (o Options) fieldKeys() []string {
	keys := []string{}
	for _, target := range o.Mapping {
		if key, isField := strings.CutPrefix(string(target), fieldTarget); isField {
			keys = append(keys, key)
		}
	}
	return keys
}

// OptInOption is the proof of consent for a whole file.
type OptInOption struct {
	Source   string `json:"source" minLength:"1" maxLength:"100" doc:"Where people agreed: website form, shop counter"`
	Evidence string `json:"evidence" minLength:"1" maxLength:"300" doc:"The words they agreed to, or where the proof is kept"`
}

// Preview is the first rows of a file as they would be imported, and what is wrong with the
// file as a whole.
type Preview struct {
	Rows     []PreviewRow `json:"rows"`
	Problems []string     `json:"problems" doc:"Sentences about the whole file"`
}

// PreviewRow is one row.
type PreviewRow struct {
	Row     int64    `json:"row" doc:"As a spreadsheet numbers it, from 1"`
	Cells   []string `json:"cells"`
	Phone   string   `json:"phone,omitempty" doc:"E.164"`
	Problem string   `json:"problem,omitempty" doc:"Why the row would go to the error file"`
}

// Progress is published on the topic "imports" while an import runs and when it ends.
type Progress struct {
	ID        uuid.UUID   `json:"id"`
	State     ImportState `json:"state"`
	Read      int64       `json:"read"`
	Size      int64       `json:"size"`
	Rows      int64       `json:"rows"`
	Created   int64       `json:"created"`
	Updated   int64       `json:"updated"`
	Duplicate int64       `json:"duplicate"`
	Invalid   int64       `json:"invalid"`
	Undo      Undo        `json:"undo"`
}

func (i Import) progress() Progress {
	return Progress{i.ID, i.State, i.Read, i.Size, i.Rows, i.Created, i.Updated, i.Duplicate, i.Invalid, i.Undo}
}
