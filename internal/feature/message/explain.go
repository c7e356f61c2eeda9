package message

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/billing"
	"github.com/aerostic/aerostic/internal/feature/consent"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/fault"
	"github.com/aerostic/aerostic/internal/platform/money"
)

// Explained is everything that is known of one message, in the order it happened. It tells only what
// was recorded at the time; what was not says so.
type Explained struct {
	ID        uuid.UUID `json:"id"`
	Direction string    `json:"direction" enum:"in,out"`
	Origin    string    `json:"origin" enum:"campaign,test,reply,workflow,sequence,agent,api,consent,customer"`
	State     State     `json:"state"`
	Headline  string    `json:"headline" doc:"How it stands, in a sentence"`
	Advice    string    `json:"advice,omitempty" doc:"What a person can do"`
	Awaited   string    `json:"awaited,omitempty" doc:"What evidence is awaited, and what follows without it"`
	Tone      Tone      `json:"tone" enum:"plain,good,wait,bad"`

	Contact  Named  `json:"contact"`
	Phone    string `json:"phone,omitempty" doc:"The contact's number now"`
	Channel  Named  `json:"channel" doc:"The number it went through"`
	Campaign *Named `json:"campaign,omitempty"`
	Sequence *Named `json:"sequence,omitempty" doc:"It is a step of"`
	Template *Named `json:"template,omitempty"`
	WAMID    string `json:"wamid,omitempty" doc:"WhatsApp's id of it"`

	Stages   []Stage  `json:"stages" doc:"What happened, the earliest first"`
	Cost     *Cost    `json:"cost,omitempty" doc:"Absent for what a customer wrote"`
	Attempts []Linked `json:"attempts" doc:"All attempts at the same message, the first first; empty when there is one"`
}

// Named is something with a page of its own.
type Named struct {
	ID   uuid.UUID `json:"id"`
	Name string    `json:"name"`
}

// Linked is one attempt among several.
type Linked struct {
	ID         uuid.UUID `json:"id"`
	Number     int       `json:"number" doc:"From 1"`
	State      State     `json:"state"`
	At         time.Time `json:"at" doc:"When it was queued"`
	Superseded bool      `json:"superseded" doc:"A later attempt stands for it"`
	This       bool      `json:"this"`
}

// Tone is how good a piece of news is.
type Tone string

// The tones.
const (
	TonePlain Tone = "plain"
	ToneGood  Tone = "good"
	ToneWait  Tone = "wait"
	ToneBad   Tone = "bad"
)

// Stage is one thing that happened to a message.
type Stage struct {
	Kind  string     `json:"kind" doc:"queued, delayed, claimed, accepted, …"`
	At    time.Time  `json:"at"`
	Tone  Tone       `json:"tone" enum:"plain,good,wait,bad"`
	Title string     `json:"title"`
	Text  string     `json:"text,omitempty"`
	By    string     `json:"by,omitempty" doc:"Who did it"`
	Until *time.Time `json:"until,omitempty" doc:"When it was to go on"`

	Code int    `json:"code,omitempty" doc:"WhatsApp's error code"`
	Said string `json:"said,omitempty" doc:"WhatsApp's own words, for support"`
	Did  string `json:"did,omitempty" doc:"What Aerostic did about it"`
	Next string `json:"next,omitempty" doc:"What a person can do"`

	Checks []Check `json:"checks,omitempty" doc:"The gate's, in the order they were made"`

	Amount      *money.Amount `json:"amount,omitempty" doc:"Of money, in ten-thousandths"`
	Base        money.Amount  `json:"base,omitempty" doc:"Of it, WhatsApp's price"`
	Markup      money.Amount  `json:"markup,omitempty" doc:"Of it, the platform's markup"`
	Transaction *uuid.UUID    `json:"transaction,omitempty" doc:"Of the wallet"`
}

// Check is one thing the gate looked at.
type Check struct {
	Name   string          `json:"name" enum:"address,attempt,consent,window,template,frequency,quiet_hours,daily_limit,price,values,credit"`
	Title  string          `json:"title"`
	Passed bool            `json:"passed"`
	Words  string          `json:"words"`
	Until  *time.Time      `json:"until,omitempty" doc:"The time its words end with"`
	Record *consent.Record `json:"record,omitempty" doc:"The entry of the consent record it stood on"`
}

// Explain tells a message's story for the actor in the context.
func (s *Service) Explain(ctx context.Context, id uuid.UUID) (e Explained, err error) {
	tenant, err := actor.Tenant(ctx)
	if err != nil {
		return e, err
	}
	err = s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		st, err := s.readStory(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		e = st.tell()
		return nil
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return e, fault.NotFound("There is no message with this id.")
	}
	if err != nil {
		return e, fmt.Errorf("explain a message: %w", err)
	}
	return e, nil
}

// story is what was recorded about one message.
type story struct {
	storyRow
	now       time.Time
	incidents []toldIncident
	log       []logged          // decisions about its campaign while it waited
	postings  []billing.Posting // of the ledger
	rates     *billing.Rates
	record    *consent.Record // the consent it stood on
	attempts  []Linked
}

// tell puts the story in order.
func (st *story) tell() Explained {
	e := Explained{ID: st.ID, Direction: st.Direction, Origin: st.Origin, State: st.State, Tone: toneOf(st.State),
		Contact: Named{st.ContactID, st.ContactName}, Phone: st.Phone, Channel: Named{st.ChannelID, st.ChannelName},
		Campaign: named(st.CampaignID, st.CampaignName), Sequence: named(st.SequenceID, st.SequenceName), Template: named(st.TemplateID, st.TemplateName), WAMID: st.WAMID, Attempts: st.attempts}
	e.Headline, e.Advice, e.Awaited = st.headline(), st.advice(), st.awaited()
	e.Stages = st.stages()
	slices.SortStableFunc(e.Stages, func(a, b Stage) int { return a.At.Compare(b.At) })
	if st.Direction == "out" {
		e.Cost = st.cost()
	}
	return e
}

func named(id *uuid.UUID, name string) *Named {
	if id == nil {
		return nil
	}
	return &Named{*id, name}
}

func toneOf(s State) Tone {
	switch s {
	case Delivered, Read:
		return ToneGood
	case Failed, Refused:
		return ToneBad
	case InDoubt, Unknown, Expired, Queued:
		return ToneWait
	}
	return TonePlain
}

// headlines are how a message stands, where no reason says more.
var headlines = map[State]string{
	Queued:    "It waits for its turn.",
	Sending:   "It is being handed to WhatsApp.",
	InDoubt:   "It is not known yet whether it left.",
	Accepted:  "WhatsApp took it, and has not reported on it yet.",
	Sent:      "It is on its way to the phone.",
	Delivered: "It is on the phone.",
	Read:      "It was read.",
	Failed:    "It failed.",
	Unknown:   "WhatsApp never reported on it.",
	Expired:   "It was not delivered in time.",
	Refused:   "It was not sent.",
	Cancelled: "It was cancelled before it was sent.",
	Duplicate: "The person gets it under another contact.",
	Received:  "The customer wrote it.",
}

func (st *story) headline() string {
	if why := Explain(st.Reason, st.ErrorCode); why.Title != "" {
		return why.Title
	}
	return headlines[st.State]
}

func (st *story) advice() string { return Explain(st.Reason, st.ErrorCode).Advice }

// awaited says what evidence is still to come.
func (st *story) awaited() string {
	switch st.State {
	case InDoubt:
		return "We know that the request was made and that no clear answer came back. WhatsApp's next status report about it will settle it; if none has come when the time is up, it ends as unknown and is not charged."
	case Unknown:
		return "We waited for a status report of WhatsApp and none came. Should one still come, it counts."
	case Accepted:
		return "WhatsApp's report that it was sent, delivered or failed."
	case Sent:
		return "WhatsApp's report that it reached the phone. WhatsApp keeps trying for up to 30 days."
	}
	return ""
}
