-- A search may not look into an index of a table with row security before the policy was asked of each row, because its
-- operator could tell of rows it is not to see. So the words lie apart: no right on them is granted, and the two
-- functions that look into them give only what lies in plans the caller sees by the policies of plans and versions.
create table plans.node_words (
  plan_version_id uuid not null,
  node_id uuid not null,
  plan_id uuid not null,
  is_task boolean not null,
  rank integer not null,
  words tsvector not null,
  primary key (plan_version_id, node_id)
);
comment on table plans.node_words is 'The words of each group and task by version, for searching. No right on it is granted to the application.';
create index node_words_words on plans.node_words using gin (words);
alter table plans.node_words enable row level security;
alter table plans.node_words force row level security;
create policy node_words_owner on plans.node_words using (true);

insert into plans.node_words (plan_version_id, node_id, plan_id, is_task, rank, words)
  select plan_version_id, node_id, plan_id, kind = 'task', rank, to_tsvector('simple', search_key) from plans.node_version;

create function plans.keep_words() returns trigger language plpgsql security definer set search_path = pg_catalog as $$ begin
    if tg_op <> 'INSERT' then
      delete from plans.node_words where plan_version_id = old.plan_version_id and node_id = old.node_id;
    end if;
    if tg_op <> 'DELETE' then
      insert into plans.node_words (plan_version_id, node_id, plan_id, is_task, rank, words)
        values (new.plan_version_id, new.node_id, new.plan_id, new.kind = 'task', new.rank, to_tsvector('simple', new.search_key));
    end if;
    return null;
  end $$;
comment on function plans.keep_words is 'Keeps plans.node_words as the groups and tasks are.';
revoke execute on function plans.keep_words from public;
create trigger node_version_words after insert or update or delete on plans.node_version for each row execute function plans.keep_words();

create function plans.nodes_saying(query text) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select distinct w.node_id from plans.node_words w
  where w.words @@ to_tsquery('simple', query) and w.plan_version_id in (select v.id from plans.plan_version v) $$;
comment on function plans.nodes_saying is 'Groups and tasks, by the words of any version the caller sees.';
grant execute on function plans.nodes_saying to mangnon_app;

create function plans.tasks_saying(query text, most integer) returns setof uuid language plpgsql stable security definer set search_path = pg_catalog as $$
  declare
    found uuid[];
    wanted tsquery := to_tsquery('simple', query);
  begin
    -- What many tasks say is found in the nearest plans; only what few say is looked for everywhere.
    found := array(
      select w.node_id from (
        select p.id, row_number() over (order by (p.agency_id = platform.agency()) is true desc, array_position(array['central', 'province', 'district', 'commune'], p.level), p.issued_on desc nulls last, p.id desc) as place
        from plans.plan p where p.state <> 'draft' order by place limit 40) near
      cross join lateral (select v.id from plans.plan_version v where v.plan_id = near.id and v.state = 'issued' order by v.ordinal desc limit 1) newest
      join plans.node_words w on w.plan_version_id = newest.id
      where w.is_task and w.words @@ wanted order by near.place, w.rank limit most);
    if cardinality(found) < most then
      found := array(
        select w.node_id from plans.node_words w join plans.plan p on p.id = w.plan_id
        where w.is_task and w.words @@ wanted
          and w.plan_version_id = (select v.id from plans.plan_version v where v.plan_id = p.id and v.state = 'issued' order by v.ordinal desc limit 1)
        order by (p.agency_id = platform.agency()) is true desc, array_position(array['central', 'province', 'district', 'commune'], p.level), p.issued_on desc nulls last, p.id desc, w.rank limit most);
    end if;
    return query select unnest(found);
  end $$;
comment on function plans.tasks_saying is 'The first so many tasks of issued plans the caller sees, nearest first: own plans, then from the centre down, the newest first.';
grant execute on function plans.tasks_saying to mangnon_app;

-- The few thousand plans are looked through; their words are worked out when they are written, not when they are asked.
alter table plans.plan add column words tsvector generated always as (to_tsvector('simple', search_key)) stored;
drop index plans.plan_search;
drop index plans.node_version_search;
