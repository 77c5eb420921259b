-- How many bodies stand behind a duty, counted once when its document is issued and its issuer sees them all:
-- a reader with a narrow reach is told the true number.
alter table plans.duty add column body_count integer check (body_count >= 0);
comment on column plans.duty.body_count is 'Bodies behind the duty when it was laid; null while its document is a draft.';
grant update (body_count) on plans.duty to mangnon_app;
