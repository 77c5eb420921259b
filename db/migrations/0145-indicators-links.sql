-- Measures that tell how a recommendation is carried out: many to many, said by the keeper of the mechanism's documents; ended, never deleted.
-- What an indicator tells of by the lists of recommendations, and as much as a figure of a measure can be.
alter table indicators.indicator add column sdg_targets text[] not null default '{}', add column articles text[] not null default '{}';
comment on column indicators.indicator.sdg_targets is 'Codes of the goals'' targets it tells of; nobody''s decision, but what suggestions begin with.';
comment on column indicators.indicator.articles is 'Articles of the Convention it tells of, as sdg_targets.';
alter table indicators.measure add column largest numeric check (largest > 0);
comment on column indicators.measure.largest is 'As much as a figure can be, where that is known: 100 of percent that a survey gives.';

create table indicators.recommendation_measure (
  id uuid primary key,
  recommendation_id uuid not null references recommendations.recommendation (id),
  measure_id uuid not null references indicators.measure (id),
  origin text not null check (origin in ('person', 'likeness')),
  reason text check (reason <> ''),
  agency_id uuid not null references agencies.agency (id),
  linked_by uuid not null,
  linked_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  version integer not null default 1,
  check ((ended_at is null) = (ended_by is null)),
  check ((ended_at is null) = (end_reason is null))
);
create unique index recommendation_measure_of on indicators.recommendation_measure (recommendation_id, measure_id) where ended_at is null;
create index recommendation_measure_measure on indicators.recommendation_measure (measure_id) where ended_at is null;
comment on table indicators.recommendation_measure is 'A measure whose figures tell how far a recommendation is carried out.';
comment on column indicators.recommendation_measure.agency_id is 'The body that said so.';

alter table indicators.recommendation_measure enable row level security;
alter table indicators.recommendation_measure force row level security;
create policy recommendation_measure_read on indicators.recommendation_measure for select using ((select platform.everywhere() or platform.agency() is not null));
create policy recommendation_measure_append on indicators.recommendation_measure for insert with check (platform.everywhere()
  or (agency_id = platform.agency() and linked_by = platform.person() and recommendations.keeps(recommendation_id)));
create policy recommendation_measure_change on indicators.recommendation_measure for update
  using (platform.everywhere() or (ended_at is null and recommendations.keeps(recommendation_id)))
  with check (platform.everywhere() or recommendations.keeps(recommendation_id));
grant select, insert, update (ended_by, ended_at, end_reason, version) on indicators.recommendation_measure to mangnon_app;
