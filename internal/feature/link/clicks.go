package link

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// sameClick is how close opens of one link by one person are one click: browsers load a page
	// twice, and people tap twice.
	sameClick = 10 * time.Second

	clickQueue  = 16384 // clicks waiting for a commit
	clickCommit = 1000  // clicks in one commit
	clickWait   = 10 * time.Second
	clickTries  = 3
	// patience is how long a person waits for their click to be durable before they are sent on
	// anyway. The click stays in line.
	patience = 250 * time.Millisecond
)

// click is one person's opening of one link.
type click struct {
	tenant, campaign, contact uuid.UUID
	number                    int16
	at                        time.Time
	done                      chan struct{}
}

// Clicks records clicks. A commit takes whatever queued while the one before it ran; there is no
// timer.
type Clicks struct {
	s       *Service
	arrived chan click
}

// NewClicks makes the recorder; Run commits what its handler takes.
func NewClicks(s *Service) *Clicks { return &Clicks{s: s, arrived: make(chan click, clickQueue)} }

// Run commits clicks until ctx ends and the queue is empty.
func (c *Clicks) Run(ctx context.Context) error {
	for {
		select {
		case first := <-c.arrived:
			c.commit(c.gather(first))
		case <-ctx.Done():
			for len(c.arrived) > 0 {
				c.commit(c.gather(<-c.arrived))
			}
			return nil
		}
	}
}

func (c *Clicks) gather(first click) []click {
	batch := append(make([]click, 0, 64), first)
	for len(batch) < clickCommit {
		select {
		case next := <-c.arrived:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// record returns when the click is committed, or patience is over. A queue that is full loses
// the click, never the person.
func (c *Clicks) record(ctx context.Context, one click) {
	one.done = make(chan struct{})
	select {
	case c.arrived <- one:
	default:
		c.s.Logger.Error("a click was not recorded: the queue is full", "campaign", one.campaign)
		return
	}
	wait := c.s.Clock.NewTimer(patience)
	defer wait.Stop()
	select {
	case <-one.done:
	case <-wait.C():
	case <-ctx.Done():
	}
}

// commit records a batch, each workspace's in a transaction of its own.
func (c *Clicks) commit(batch []click) {
	byTenant := map[uuid.UUID][]click{}
	for _, one := range batch {
		byTenant[one.tenant] = append(byTenant[one.tenant], one)
	}
	for tenant, clicks := range byTenant {
		c.commitTenant(tenant, clicks)
	}
	for _, one := range batch {
		close(one.done)
	}
}

// commitTenant tries more than once: whether an attempt took effect does not matter.
func (c *Clicks) commitTenant(tenant uuid.UUID, clicks []click) {
	var err error
	for range clickTries {
		ctx, cancel := context.WithTimeout(context.Background(), clickWait)
		err = c.s.recordAll(ctx, tenant, clicks)
		cancel()
		if err == nil {
			return
		}
	}
	c.s.Logger.Error("clicks were not recorded", "tenant", tenant, "count", len(clicks), "error", err)
}

// recordAll writes clicks and counts what is new of them, once whatever their order and however
// often they are given.
func (s *Service) recordAll(ctx context.Context, tenant uuid.UUID, clicks []click) error {
	return s.DB.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
		return s.recordIn(ctx, tx, tenant, columnsOf(clicks))
	})
}

// clickColumns is clicks for unnest; campaigns has each campaign once, in order.
type clickColumns struct {
	of, contacts []uuid.UUID
	numbers      []int16
	at           []time.Time
	campaigns    []uuid.UUID
}

func columnsOf(clicks []click) (c clickColumns) {
	for _, one := range clicks {
		c.of, c.contacts = append(c.of, one.campaign), append(c.contacts, one.contact)
		c.numbers, c.at = append(c.numbers, one.number), append(c.at, one.at.UTC().Truncate(sameClick))
	}
	c.campaigns = slices.Clone(c.of)
	slices.SortFunc(c.campaigns, compareIDs)
	c.campaigns = slices.Compact(c.campaigns)
	return c
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }

// recordIn holds the campaigns' links first, so that recorders count one after the other, and
// the campaigns' counters last.
func (s *Service) recordIn(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, c clickColumns) error {
	if _, err := tx.Exec(ctx, sqlLockLinks, tenant, c.campaigns); err != nil {
		return err
	}
	clicks, err := counted(ctx, tx, sqlInsertClicks, tenant, c.of, c.contacts, c.numbers, c.at)
	if err != nil || len(clicks) == 0 {
		return err
	}
	people, first, err := clickers(ctx, tx, tenant, c)
	if err != nil {
		return err
	}
	if err := countClicks(ctx, tx, tenant, clicks, people); err != nil {
		return err
	}
	if len(first) == 0 || s.Clicked == nil {
		return nil
	}
	return s.Clicked(ctx, tx, tenant, first)
}

func countClicks(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, clicks, people map[place]int64) error {
	places := make([]place, 0, len(clicks))
	for p := range clicks {
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(compareIDs(a.campaign, b.campaign), cmp.Compare(a.number, b.number))
	})
	var campaigns []uuid.UUID
	var numbers []int16
	var n, first []int64
	for _, p := range places {
		campaigns, numbers = append(campaigns, p.campaign), append(numbers, p.number)
		n, first = append(n, clicks[p]), append(first, people[p])
	}
	_, err := tx.Exec(ctx, sqlCountClicks, tenant, campaigns, numbers, n, first)
	return err
}
