-- Outlines of units for maps, as an operator imported them; the product brings none.
create table territory.outline (
  unit_id uuid not null references territory.unit (id),
  on_date date not null,
  fine text not null,
  coarse text not null,
  islets jsonb not null,
  source text not null,
  imported_at timestamptz not null,
  primary key (unit_id, on_date)
);
comment on table territory.outline is 'The ground of a unit as it was on a day, for drawing: paths on a grid of thousandths of a degree, x to the east, y to the south.';
comment on column territory.outline.coarse is 'The same on a grid of five thousandths, for pictures of a whole country.';
comment on column territory.outline.islets is 'Where islands lie that maps draw in a frame of their own: [x, y] each.';
comment on column territory.outline.source is 'Where the outlines come from, as every map says it.';
grant select on territory.outline to mangnon_app;
create trigger outline_change after insert or update or delete or truncate on territory.outline for each statement execute function platform.note_change();
