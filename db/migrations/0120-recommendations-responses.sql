-- What a source prints as the State's answer to a recommendation (IMPACT OSS `response`), beside its words.
alter table recommendations.official_text add column response text check (response <> '');
comment on column recommendations.official_text.response is 'The State''s answer as the source prints it; what the State keeps of its own is in standpoint.';
