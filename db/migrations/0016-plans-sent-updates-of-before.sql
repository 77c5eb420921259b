-- What was sent before sendings were kept. An update that was returned and is being corrected has lost the words it was
-- sent with: that it was sent, when, and why it came back is kept, the words are null.
-- Forced row security is lifted while the owner of the tables reads what is there.
alter table plans.progress no force row level security;
alter table plans.progress_version no force row level security;
alter table plans.progress_check no force row level security;
alter table platform.stored_file no force row level security;

insert into plans.progress_version (id, progress_id, occurrence_id, plan_id, agency_id, owner_id, ordinal, status, narrative, evidence_note, file_ids, person_id, submitted_by, submitted_at)
  select gen_random_uuid(), g.id, g.occurrence_id, g.plan_id, g.agency_id, g.owner_id, 1,
    case when g.state <> 'draft' then g.status end, case when g.state <> 'draft' then g.narrative end, case when g.state <> 'draft' then g.evidence_note end,
    array(select f.id from platform.stored_file f where f.record_kind = 'plans.progress' and f.record_id = g.id and f.stored_at <= g.submitted_at order by f.stored_at),
    g.person_id, coalesce(g.submitted_by, g.person_id), g.submitted_at
  from plans.progress g where g.submitted_at is not null;
insert into plans.progress_check (progress_version_id, progress_id, agency_id, owner_id, decision, reason, person_id, checked_at)
  select s.id, g.id, g.agency_id, g.owner_id, case when g.state = 'accepted' then 'accepted' else 'returned' end,
    case when g.state <> 'accepted' then g.reason end, g.checked_by, g.checked_at
  from plans.progress g join plans.progress_version s on s.progress_id = g.id
  where g.checked_by is not null and g.checked_at is not null and (g.state = 'accepted' or g.reason is not null);

alter table plans.progress force row level security;
alter table plans.progress_version force row level security;
alter table plans.progress_check force row level security;
alter table platform.stored_file force row level security;
