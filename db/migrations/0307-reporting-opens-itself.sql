-- Rounds open by themselves as the regime says; what keeps one from being opened stands at the regime until it is opened.
alter table reporting.regime add column not_opened jsonb;
comment on column reporting.regime.not_opened is 'NotOpened: the period that could not be opened by itself, and why; null: nothing stands in the way.';
grant update (not_opened) on reporting.regime to mangnon_app;
