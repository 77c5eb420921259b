-- Recommendations: what was printed by bodies of the UN, what persons of the State say of it, and how files of it come in (ADR 0020).
create schema recommendations;
grant usage on schema recommendations to mangnon_app;

create table recommendations.mechanism (
  code text primary key check (code ~ '^[a-z0-9-]{2,30}$'),
  kind text not null check (kind in ('treaty-body', 'upr', 'special-procedure', 'other')),
  names jsonb not null,
  rank integer not null,
  keeper_function text not null,
  keeper_id uuid references agencies.agency (id)
);
comment on table recommendations.mechanism is 'Bodies and procedures that recommend.';
comment on column recommendations.mechanism.keeper_function is 'The mandate whose holder at the centre keeps its documents here.';
comment on column recommendations.mechanism.keeper_id is 'Who holds that mandate today; worked out at every start and after every reform.';

create function recommendations.is_keeper() returns boolean language sql stable as
  $$ select exists (select from recommendations.mechanism m where m.keeper_id = platform.agency()) $$;
comment on function recommendations.is_keeper is 'Whether the acting body keeps the documents of any mechanism: then it may bring in files, which hold those of all.';

create table recommendations.term (
  number integer primary key,
  scheme text not null check (scheme in ('theme', 'group', 'sdg', 'article', 'cluster', 'own')),
  code text not null,
  above integer references recommendations.term (number),
  names jsonb not null,
  aliases text[] not null default '{}',
  rank integer not null,
  agency_id uuid references agencies.agency (id),
  retired_on date,
  version integer not null default 1,
  unique (scheme, code),
  check ((scheme = 'own') = (agency_id is not null))
);
comment on table recommendations.term is 'Code lists with their versions in time: themes, groups, SDG goals and targets, articles, clusters, and groupings of a body''s own.';
comment on column recommendations.term.aliases is 'Other labels by which files name it, folded.';
create sequence recommendations.own_term start 100001 owned by recommendations.term.number;

create table recommendations.source_document (
  id uuid primary key,
  mechanism text not null references recommendations.mechanism (code),
  symbol text,
  external_id text,
  title text,
  published_on date,
  cycle text,
  session text,
  states text[] not null,
  is_own boolean not null,
  created_at timestamptz not null,
  version integer not null default 1
);
create unique index source_document_key on recommendations.source_document (mechanism, coalesce(symbol, ''), coalesce(external_id, ''));
create index source_document_own on recommendations.source_document (mechanism, published_on desc) where is_own;
comment on table recommendations.source_document is 'A document in which a mechanism recommends: its symbol, day, cycle.';
comment on column recommendations.source_document.is_own is 'Addressed to the State of this instance.';

create table recommendations.recommendation (
  id uuid primary key,
  document_id uuid not null references recommendations.source_document (id),
  whole_id uuid references recommendations.recommendation (id),
  part text,
  mechanism text not null,
  cycle text,
  published_on date,
  paragraph text,
  sort_key text not null,
  kind text not null check (kind in ('recommendation', 'observation', 'other')),
  language text not null,
  text_hash text not null,
  record_hash text not null,
  is_urgent_printed boolean not null,
  is_urgent boolean not null,
  weight text check (weight in ('urges', 'recommends', 'encourages', 'invites', 'reiterates')),
  position_printed text check (position_printed in ('supported', 'partly', 'noted', 'other')),
  position text check (position in ('supported', 'partly', 'noted', 'under-study', 'other')),
  recommending_states text[] not null,
  suggested integer[] not null,
  terms integer[] not null,
  is_own boolean not null,
  is_split boolean not null default false,
  source text not null check (source in ('uhri', 'ohchr-matrix', 'impact-oss', 'sheet', 'split')),
  external_id text,
  watermark timestamptz,
  import_id uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  check ((whole_id is null) = (part is null))
);
create unique index recommendation_external on recommendations.recommendation (source, external_id) where external_id is not null;
create index recommendation_document on recommendations.recommendation (document_id);
create index recommendation_whole on recommendations.recommendation (whole_id) where whole_id is not null;
create index recommendation_newest on recommendations.recommendation (published_on desc nulls last, id) where not is_split;
create index recommendation_own on recommendations.recommendation (published_on desc nulls last, id) where is_own and not is_split;
comment on table recommendations.recommendation is 'One paragraph, or one part of it: what is printed of it beside its words. Only an import and its settlement change that; what the State says of it lies in the tables beside.';
comment on column recommendations.recommendation.mechanism is 'As its document has it, with cycle and day: lists filter and count by them.';
comment on column recommendations.recommendation.text_hash is 'SHA-256 of the cleaned text, half of it: what tells a changed text from the same.';
comment on column recommendations.recommendation.record_hash is 'The same of all its source says of it.';
comment on column recommendations.recommendation.suggested is 'Numbers of terms its source named: suggestions, until a person confirms them as tags.';
comment on column recommendations.recommendation.terms is 'What holds of it: suggested and not refused, or confirmed. Worked out from suggested and tag.';
comment on column recommendations.recommendation.position is 'The State''s own position where it has taken one, else the printed one; is_urgent likewise.';
comment on column recommendations.recommendation.is_split is 'Its parts stand for it: it is not counted itself.';

create table recommendations.official_text (
  recommendation_id uuid primary key references recommendations.recommendation (id),
  text text not null check (text <> ''),
  raw_text text
);
comment on table recommendations.official_text is 'Its words as printed; apart, so that lists read little.';
comment on column recommendations.official_text.raw_text is 'As it came, where it came with markup.';

create table recommendations.earlier_text (
  recommendation_id uuid not null references recommendations.recommendation (id),
  text_hash text not null,
  text text not null,
  until timestamptz not null,
  primary key (recommendation_id, text_hash)
);
comment on table recommendations.earlier_text is 'Words that held before changed ones were taken.';

create table recommendations.search_words (
  recommendation_id uuid primary key references recommendations.recommendation (id),
  words tsvector not null
) with (toast_tuple_target = 128);
alter table recommendations.search_words alter column words set storage external;
create index search_words_words on recommendations.search_words using gin (words);
comment on table recommendations.search_words is 'Folded words of all wordings; made in the background, made anew from the rest at any time.';

create function recommendations.keeps(recommendation uuid) returns boolean language sql stable as
  $$ select exists (select from recommendations.recommendation r join recommendations.mechanism m on m.code = r.mechanism
     where r.id = recommendation and m.keeper_id = platform.agency()) $$;
comment on function recommendations.keeps is 'Whether the acting body keeps the documents of this recommendation''s mechanism.';

create table recommendations.wording (
  recommendation_id uuid not null references recommendations.recommendation (id),
  kind text not null check (kind in ('translation', 'plain')),
  language text not null,
  text text not null check (text <> ''),
  of_hash text not null,
  agency_id uuid not null references agencies.agency (id),
  changed_by uuid not null,
  changed_at timestamptz not null,
  version integer not null default 1,
  primary key (recommendation_id, kind, language)
);
comment on column recommendations.wording.of_hash is 'Hash of the official text it renders: another one now means that the text changed since.';

create table recommendations.tag (
  recommendation_id uuid not null references recommendations.recommendation (id),
  term integer not null references recommendations.term (number),
  state text not null check (state in ('confirmed', 'refused')),
  origin text not null check (origin in ('source', 'likeness', 'person')),
  reason text,
  agency_id uuid not null references agencies.agency (id),
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (recommendation_id, term)
);
create index tag_term on recommendations.tag (term) where state = 'confirmed';
comment on table recommendations.tag is 'What a person confirmed or refused of a recommendation; a refused suggestion is not made again.';

create table recommendations.standpoint (
  recommendation_id uuid primary key references recommendations.recommendation (id),
  position text check (position in ('supported', 'partly', 'noted', 'under-study')),
  response text,
  is_urgent boolean not null,
  agency_id uuid not null references agencies.agency (id),
  changed_by uuid not null,
  changed_at timestamptz not null,
  version integer not null default 1
);
comment on table recommendations.standpoint is 'The State''s own position, answer and urgency.';

create table recommendations.assessment (
  id uuid primary key,
  recommendation_id uuid not null references recommendations.recommendation (id),
  aspect text not null check (aspect in ('structure', 'process', 'outcome')),
  rating text not null check (rating in ('none', 'begun', 'partly', 'largely', 'fully')),
  finding text not null check (finding <> ''),
  evidence text not null check (evidence <> ''),
  assessor text not null check (assessor <> ''),
  assessed_on date not null,
  agency_id uuid not null references agencies.agency (id),
  entered_by uuid not null,
  entered_at timestamptz not null,
  withdrawn_at timestamptz,
  version integer not null default 1
);
create index assessment_of on recommendations.assessment (recommendation_id, assessed_on desc);
comment on table recommendations.assessment is 'An independent view of how far it is carried out, with its evidence, beside what follows from tasks and indicators.';

create table recommendations.likeness (
  left_id uuid not null references recommendations.recommendation (id),
  right_id uuid not null references recommendations.recommendation (id),
  state text not null check (state in ('confirmed', 'refused')),
  reason text,
  agency_id uuid not null references agencies.agency (id),
  decided_by uuid not null,
  decided_at timestamptz not null,
  primary key (left_id, right_id),
  check (left_id < right_id)
);
create index likeness_right on recommendations.likeness (right_id);
comment on table recommendations.likeness is 'Recommendations of several cycles or mechanisms that a person called the same, or not the same.';

create table recommendations.import (
  id uuid primary key,
  agency_id uuid not null references agencies.agency (id),
  source text not null check (source in ('uhri', 'ohchr-matrix', 'impact-oss', 'sheet')),
  file_name text not null,
  file_sha256 text not null,
  file_bytes bigint not null,
  options jsonb not null,
  state text not null check (state in ('waiting', 'reading', 'indexing', 'done', 'failed', 'cancelled')),
  byte_at bigint not null default 0,
  unknown_labels jsonb not null default '{}',
  to_index integer not null default 0,
  indexed integer not null default 0,
  counted integer not null default 0,
  added integer not null default 0,
  same integer not null default 0,
  changed integer not null default 0,
  doubled integer not null default 0,
  refused integer not null default 0,
  problem_code text,
  job_id uuid,
  started_by uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  version integer not null default 1,
  check (counted = added + same + changed + doubled + refused)
);
create index import_agency on recommendations.import (agency_id, started_at desc);
comment on table recommendations.import is 'A file read into the registry: where it stands (byte_at) and what became of each of its records.';

create table recommendations.import_problem (
  import_id uuid not null references recommendations.import (id),
  ordinal integer not null,
  place text not null,
  code text not null,
  params jsonb not null,
  excerpt text,
  is_refused boolean not null,
  primary key (import_id, ordinal, code)
);
comment on table recommendations.import_problem is 'What was wrong with a record: where in the file, why, its first words; whether it was refused for it.';

create table recommendations.incoming (
  import_id uuid not null references recommendations.import (id),
  recommendation_id uuid not null references recommendations.recommendation (id),
  text text not null,
  raw_text text,
  text_hash text not null,
  record_hash text not null,
  fields jsonb not null,
  state text not null check (state in ('open', 'taken', 'left', 'replaced')),
  decided_by uuid,
  decided_at timestamptz,
  primary key (import_id, recommendation_id)
);
create index incoming_open on recommendations.incoming (recommendation_id) where state = 'open';
comment on table recommendations.incoming is 'A changed text or field of a record already here, waiting for a person: taken or left; replaced by what a later file said.';

do $$
declare
  each text;
begin
  foreach each in array array['mechanism', 'term', 'source_document', 'recommendation', 'official_text', 'earlier_text', 'wording', 'tag',
    'standpoint', 'assessment', 'likeness'] loop
    execute format('alter table recommendations.%I enable row level security; alter table recommendations.%I force row level security', each, each);
    execute format('create policy %I on recommendations.%I for select using ((select platform.everywhere() or platform.agency() is not null))', each || '_read', each);
  end loop;
  foreach each in array array['import', 'import_problem', 'incoming'] loop
    execute format('alter table recommendations.%I enable row level security; alter table recommendations.%I force row level security', each, each);
    execute format('create policy %I on recommendations.%I for select using ((select platform.everywhere() or recommendations.is_keeper()))', each || '_read', each);
  end loop;
  foreach each in array array['source_document', 'recommendation', 'official_text', 'search_words'] loop
    execute format('create policy %I on recommendations.%I for insert with check ((select platform.everywhere() or recommendations.is_keeper()))', each || '_append', each);
  end loop;
  foreach each in array array['wording', 'tag', 'standpoint', 'assessment'] loop
    execute format('create policy %I on recommendations.%I for insert with check (platform.everywhere() or (agency_id = platform.agency() and recommendations.keeps(recommendation_id)))', each || '_append', each);
    execute format('create policy %I on recommendations.%I for update using (platform.everywhere() or recommendations.keeps(recommendation_id)) with check (platform.everywhere() or (agency_id = platform.agency() and recommendations.keeps(recommendation_id)))', each || '_change', each);
  end loop;
end $$;
-- A condition here would keep the index of words from being used: the operator of text search is not leakproof. It holds words of public texts only.
alter table recommendations.search_words enable row level security;
alter table recommendations.search_words force row level security;
create policy search_words_read on recommendations.search_words for select using (true);
create policy mechanism_load on recommendations.mechanism for all using (platform.everywhere()) with check (platform.everywhere());
create policy source_document_change on recommendations.source_document for update
  using ((select platform.everywhere()) or mechanism in (select m.code from recommendations.mechanism m where m.keeper_id = (select platform.agency())));
create policy recommendation_change on recommendations.recommendation for update
  using ((select platform.everywhere()) or mechanism in (select m.code from recommendations.mechanism m where m.keeper_id = (select platform.agency())));
create policy official_text_change on recommendations.official_text for update using ((select platform.everywhere()) or recommendations.keeps(recommendation_id));
create policy earlier_text_append on recommendations.earlier_text for insert with check ((select platform.everywhere()) or recommendations.keeps(recommendation_id));
create policy search_words_change on recommendations.search_words for update using ((select platform.everywhere() or recommendations.is_keeper()));
create policy likeness_append on recommendations.likeness for insert
  with check (platform.everywhere() or (agency_id = platform.agency() and (recommendations.keeps(left_id) or recommendations.keeps(right_id))));
create policy likeness_change on recommendations.likeness for update using (platform.everywhere() or recommendations.keeps(left_id) or recommendations.keeps(right_id))
  with check (platform.everywhere() or agency_id = platform.agency());
create policy import_append on recommendations.import for insert with check (platform.everywhere() or (agency_id = platform.agency() and recommendations.is_keeper()));
create policy import_change on recommendations.import for update using (platform.everywhere() or agency_id = platform.agency());
create policy import_problem_append on recommendations.import_problem for insert
  with check ((select platform.everywhere()) or import_id in (select i.id from recommendations.import i where i.agency_id = (select platform.agency())));
create policy incoming_append on recommendations.incoming for insert
  with check ((select platform.everywhere()) or import_id in (select i.id from recommendations.import i where i.agency_id = (select platform.agency())));
create policy incoming_change on recommendations.incoming for update
  using ((select platform.everywhere() or recommendations.is_keeper()));
create policy term_append on recommendations.term for insert with check (platform.everywhere() or (scheme = 'own' and agency_id = platform.agency() and recommendations.is_keeper()));
create policy term_change on recommendations.term for update using (platform.everywhere() or (scheme = 'own' and agency_id = platform.agency()))
  with check (platform.everywhere() or (scheme = 'own' and agency_id = platform.agency()));

grant select on all tables in schema recommendations to mangnon_app;
grant insert, update on recommendations.source_document, recommendations.recommendation, recommendations.official_text, recommendations.search_words,
  recommendations.wording, recommendations.tag, recommendations.standpoint, recommendations.assessment, recommendations.likeness, recommendations.import,
  recommendations.incoming, recommendations.term to mangnon_app;
grant insert on recommendations.earlier_text, recommendations.import_problem to mangnon_app;
grant usage on sequence recommendations.own_term to mangnon_app;
grant execute on function recommendations.is_keeper, recommendations.keeps to mangnon_app;
