-- By what right and in which post a delegate signs, as it is printed; kept with what he signed, so that an issued paper never changes.
alter table reporting.delegation add column powers text, add column post text;
alter table reporting.submission add column powers text, add column post text;
comment on column reporting.delegation.powers is 'By virtue of what he signs, as papers print it; null: not said.';
comment on column reporting.delegation.post is 'His own post, as papers print it; null: not said.';
comment on column reporting.submission.powers is 'As the delegation said when it was signed.';
