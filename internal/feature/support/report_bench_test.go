package support

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/aerostic/aerostic/internal/feature/hours"
	"github.com/aerostic/aerostic/internal/platform/actor"
	"github.com/aerostic/aerostic/internal/platform/clock"
	"github.com/aerostic/aerostic/internal/platform/db/dbtest"
)

// A year of a million cases: twenty people in three teams on two numbers, their times as Round keeps them.
const fillTimes = `
insert into support_counts (tenant_id, what, day, value, channel_id, team_id, user_id, n)
select $1, $2::text, date '2026-01-01' + (g % 365), ((exp(random() * $3::int)::int) / 60) * 60,
    md5('channel' || g % 2)::uuid, md5('team' || (g / 365) % 20 % 3)::uuid, md5('user' || (g / 365) % 20)::uuid, count(*)
from generate_series($4::int, $4::int + 99999) g
group by 2, 3, 4, 5, 6, 7
on conflict (tenant_id, what, day, value, channel_id, team_id, user_id) do update set n = support_counts.n + excluded.n`

const fillPlain = `
insert into support_counts (tenant_id, what, day, value, channel_id, team_id, user_id, n)
select $1, w.what, date '2026-01-01' + d, w.value, md5('channel' || c)::uuid, md5('team' || u % 3)::uuid, md5('user' || u)::uuid, 1 + (d * u) % 90
from generate_series(0, 364) d, generate_series(0, 19) u, generate_series(0, 1) c,
    (values ('opened', 0), ('resolved', 0), ('in', 0), ('out', 0), ('backlog', 0), ('sla_kept', 0), ('sla_missed', 0),
        ('rating', 1), ('rating', 2), ('rating', 3), ('rating', 4), ('rating', 5)) as w(what, value)`

func BenchmarkReportOfAMillionCases(b *testing.B) {
	d, now := dbtest.New(b), clock.NewFake(time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC))
	tenant := dbtest.Tenant(b, d, "acme")
	s := New(Deps{DB: d, Clock: now, Calendars: hours.New(hours.Deps{DB: d, Clock: now})})
	ctx := actor.With(b.Context(), actor.Actor{Kind: actor.User, TenantID: tenant, UserID: uuid.New(), Role: "owner"})
	exec := func(sql string, args ...any) {
		if err := d.InTenant(ctx, tenant, func(ctx context.Context, tx pgx.Tx) error {
			_, err := tx.Exec(ctx, sql, append([]any{tenant}, args...)...)
			return err
		}); err != nil {
			b.Fatal(err)
		}
	}
	exec(fillPlain)
	for what, spread := range map[What]int{FirstWall: 9, FirstBusiness: 8, ResolutionWall: 12, ResolutionBusiness: 11} {
		for from := 1; from <= 1_000_000; from += 100_000 {
			exec(fillTimes, string(what), spread, from)
		}
	}
	to := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, days := range []int{7, 30, 90, 365} {
		for _, by := range []string{"day", "person"} {
			b.Run(by+"/"+to.AddDate(0, 0, 1-days).Format("2006-01-02"), func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Report(ctx, Query{From: to.AddDate(0, 0, 1-days), To: to, By: by}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
