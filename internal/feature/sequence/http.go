package sequence

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/aerostic/aerostic/internal/feature/contact"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/web"
)

const (
	mayRead  actor.Permission = "campaign.read"
	mayWrite actor.Permission = "campaign.write"
	maySend  actor.Permission = "campaign.send"
	mayTell  actor.Permission = "event.write"
)

// Routes registers the feature's operations.
func (s *Service) Routes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/sequences", "listSequences", "Sequences, newest first", mayRead), s.getSequences)
	create := op(http.MethodPost, "/api/sequences", "createSequence", "Make a draft", mayWrite)
	create.Status, create.Idempotent = http.StatusCreated, true
	web.Register(api, create, s.postSequence)
	web.Register(api, op(http.MethodGet, "/api/sequences/{id}", "getSequence", "A sequence with how many people are where", mayRead), s.getSequence)
	web.Register(api, op(http.MethodPatch, "/api/sequences/{id}", "updateSequence", "Change what is published next", mayWrite), s.patchSequence)
	web.Register(api, op(http.MethodDelete, "/api/sequences/{id}", "deleteSequence", "Delete a draft", mayWrite), s.deleteSequence)
	web.Register(api, op(http.MethodPost, "/api/sequences/{id}/publish", "publishSequence", "Make the draft the version that those who come now get", maySend), s.postPublish)
	web.Register(api, op(http.MethodPost, "/api/sequences/{id}/pause", "pauseSequence", "Send nothing more until it is resumed", maySend), action(s.Pause))
	web.Register(api, op(http.MethodPost, "/api/sequences/{id}/resume", "resumeSequence", "Go on where it stopped", maySend), action(s.Resume))
	web.Register(api, op(http.MethodPost, "/api/sequences/{id}/archive", "archiveSequence", "End it for good; whoever is inside leaves", maySend), action(s.Archive))
	web.Register(api, op(http.MethodGet, "/api/sequences/{id}/versions", "listSequenceVersions", "What was published, the latest first", mayRead), s.getVersions)
	s.peopleRoutes(api)
	tell := op(http.MethodPost, "/api/events", "tellEvent", "Tell what a person did; sequences that wait for it let them in. The same event again gets the same answer", mayTell)
	web.Register(api, tell, s.postEvent)
	web.Register(api, op(http.MethodGet, "/api/events", "listEvents", "Events of a name as they came, the latest first", mayRead), s.getEvents)
}

func (s *Service) peopleRoutes(api *web.API) {
	web.Register(api, op(http.MethodGet, "/api/sequences/{id}/people", "listSequencePeople", "The people behind a number", mayRead), s.getPeople)
	stop := op(http.MethodPost, "/api/sequences/{id}/people/{enrolmentId}/stop", "stopSequencePerson", "Take one person out", maySend)
	web.Register(api, stop, s.postStop)
	in := op(http.MethodPost, "/api/sequences/{id}/intakes", "letIntoSequence", "Let everybody of an audience in", maySend)
	in.Status, in.Idempotent = http.StatusAccepted, true
	web.Register(api, in, s.postIntake)
	web.Register(api, op(http.MethodGet, "/api/sequences/{id}/intakes", "listSequenceIntakes", "Audiences that were let in, the latest first", mayRead), s.getIntakes)
}

func op(method, path, id, summary string, p actor.Permission) web.Op {
	return web.Op{Method: method, Path: path, ID: id, Summary: summary, Tag: "sequence", Permission: p}
}

// Body is a sequence as the API shows it.
type Body struct {
	ID        uuid.UUID   `json:"id"`
	Name      string      `json:"name"`
	Status    Status      `json:"status" enum:"draft,active,paused,archived"`
	PauseNote *Note       `json:"pauseNote,omitempty" doc:"Why it is paused and what to do"`
	Draft     Definition  `json:"draft" doc:"What is published next"`
	Changed   bool        `json:"changed" doc:"The draft is not what is live"`
	Version   int         `json:"version" doc:"The live one; 0: never published"`
	Published *Definition `json:"published,omitempty" doc:"What those who come now get"`
	CreatedAt time.Time   `json:"createdAt"`
	UpdatedAt time.Time   `json:"updatedAt"`
}

func body(q Sequence) Body {
	b := Body{ID: q.ID, Name: q.Name, Status: q.Status, Draft: q.Draft, Changed: !q.Draft.same(q.Published), Version: q.Live,
		Published: q.Published, CreatedAt: q.CreatedAt, UpdatedAt: q.UpdatedAt}
	if q.Status == Paused {
		note := pauses[q.PauseReason]
		b.PauseNote = &note
	}
	return b
}

type sequenceReply struct{ Body Body }

func reply(q Sequence, err error) (*sequenceReply, error) {
	if err != nil {
		return nil, err
	}
	return &sequenceReply{body(q)}, nil
}

type idPath struct {
	ID uuid.UUID `path:"id"`
}

func action(act func(context.Context, uuid.UUID) (Sequence, error)) func(context.Context, *idPath) (*sequenceReply, error) {
	return func(ctx context.Context, in *idPath) (*sequenceReply, error) { return reply(act(ctx, in.ID)) }
}

// ListedBody is a sequence of the list.
type ListedBody struct {
	Body
	Entered int64 `json:"entered" doc:"People who ever came in"`
	Waiting int64 `json:"waiting" doc:"People inside now"`
}

type listInput struct {
	web.PageQuery
	Status []string `query:"status" doc:"Only these statuses"`
}

type listKey struct {
	At time.Time `json:"at"`
	ID uuid.UUID `json:"id"`
}

type listReply struct{ Body web.Page[ListedBody] }

func (s *Service) getSequences(ctx context.Context, in *listInput) (*listReply, error) {
	var key listKey
	if err := web.DecodeCursor(in.After, &key); err != nil {
		return nil, err
	}
	found, err := s.List(ctx, in.Status, key.At, key.ID, in.Limit+1)
	if err != nil {
		return nil, err
	}
	bodies := make([]ListedBody, len(found))
	for i, q := range found {
		bodies[i] = ListedBody{body(q.Sequence), q.Entered, q.Waiting}
	}
	return &listReply{web.PageOf(bodies, in.Limit, func(b ListedBody) any { return listKey{b.CreatedAt, b.ID} })}, nil
}

type changeBody struct {
	Name       *string     `json:"name,omitempty" maxLength:"200"`
	Definition *Definition `json:"definition,omitempty"`
}

type createInput struct{ Body changeBody }

func (s *Service) postSequence(ctx context.Context, in *createInput) (*sequenceReply, error) {
	return reply(s.Create(ctx, Change(in.Body)))
}

type changeInput struct {
	ID   uuid.UUID `path:"id"`
	Body changeBody
}

func (s *Service) patchSequence(ctx context.Context, in *changeInput) (*sequenceReply, error) {
	return reply(s.Edit(ctx, in.ID, Change(in.Body)))
}

func (s *Service) deleteSequence(ctx context.Context, in *idPath) (*struct{}, error) {
	return nil, s.Delete(ctx, in.ID)
}

type publishInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		MoveOver bool `json:"moveOver,omitempty" doc:"Those inside go over to it at their next step; else they finish on theirs"`
	}
}

func (s *Service) postPublish(ctx context.Context, in *publishInput) (*sequenceReply, error) {
	return reply(s.Publish(ctx, in.ID, in.Body.MoveOver))
}

// Full is a sequence with its report.
type Full struct {
	Body
	Report Report `json:"report"`
}

type fullReply struct{ Body Full }

func (s *Service) getSequence(ctx context.Context, in *idPath) (*fullReply, error) {
	q, err := s.Get(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	r, err := s.Report(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &fullReply{Full{body(q), r}}, nil
}

func (s *Service) getVersions(ctx context.Context, in *idPath) (*web.ListReply[Version], error) {
	return web.Listed(s.Versions(ctx, in.ID))
}

type peopleInput struct {
	ID uuid.UUID `path:"id"`
	web.PageQuery
	State   string    `query:"state" enum:"waiting,finished,exited" doc:"Where they are"`
	Reason  string    `query:"reason" maxLength:"60" doc:"Who left for this reason; with stepId, after that step"`
	StepID  uuid.UUID `query:"stepId"`
	Outcome string    `query:"outcome" enum:"reached,queued,sent,delivered,read,failed,refused,cancelled,unsure,replied" doc:"What became of the step's message"`
}

type peopleReply struct{ Body web.Page[Person] }

func (s *Service) getPeople(ctx context.Context, in *peopleInput) (*peopleReply, error) {
	before := uuid.Max
	if err := web.DecodeCursor(in.After, &before); err != nil {
		return nil, err
	}
	found, err := s.People(ctx, in.ID, People{State: in.State, Reason: in.Reason, StepID: in.StepID, Outcome: in.Outcome}, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return &peopleReply{web.PageOf(found, in.Limit, func(p Person) any { return p.key() })}, nil
}

type stopInput struct {
	ID          uuid.UUID `path:"id"`
	EnrolmentID uuid.UUID `path:"enrolmentId"`
}

func (s *Service) postStop(ctx context.Context, in *stopInput) (*struct{}, error) {
	return nil, s.Stop(ctx, in.ID, in.EnrolmentID)
}

type intakeInput struct {
	ID   uuid.UUID `path:"id"`
	Body struct {
		Audience contact.Audience `json:"audience"`
	}
}

type intakeReply struct{ Body Intake }

func (s *Service) postIntake(ctx context.Context, in *intakeInput) (*intakeReply, error) {
	made, err := s.LetIn(ctx, in.ID, in.Body.Audience)
	if err != nil {
		return nil, err
	}
	return &intakeReply{made}, nil
}

func (s *Service) getIntakes(ctx context.Context, in *idPath) (*web.ListReply[Intake], error) {
	return web.Listed(s.Intakes(ctx, in.ID))
}
