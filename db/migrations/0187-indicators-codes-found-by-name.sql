-- Thousands of codes are set at once: what a body said of a thing is found by the name it bears there.
create index exchange_code_uid on indicators.exchange_code (agency_id, system, kind, foreign_uid) where ended_at is null and foreign_uid is not null;
create index exchange_code_code on indicators.exchange_code (agency_id, system, kind, foreign_code) where ended_at is null and foreign_code is not null;
create index exchange_code_name on indicators.exchange_code (agency_id, system, kind, foreign_name) where ended_at is null and foreign_name is not null;
create index foreign_thing_named on indicators.foreign_thing (agency_id, system, kind, code) where code is not null;
