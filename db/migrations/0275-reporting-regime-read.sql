-- A regime begun from an imported document keeps the words it was read from.
alter table reporting.regime add column words_read jsonb;
comment on column reporting.regime.words_read is 'The sentences of the document it was begun from, with their places; null: begun otherwise.';
