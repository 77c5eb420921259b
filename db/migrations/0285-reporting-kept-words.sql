-- What an issued paper says beside its content is kept with it: names of that day, and which reports it was put together from.
alter table reporting.submission add column kept jsonb;
comment on column reporting.submission.kept is 'KeptWords: names of measures and of the signer, reports below it was put together from, bodies missing; null: sent before these were kept.';
