-- Who last laid something beside a draft (its signed file, a decision on a task above, a plan above) is kept apart from who
-- last saved its words: neither of the two issues it.
alter table plans.plan_version add column laid_by uuid;
comment on column plans.plan_version.laid_by is 'Who laid something beside the draft after it was last saved; null when nobody did.';
grant update (laid_by) on plans.plan_version to mangnon_app;
