-- Of what was found its body is told once, in one notice; what is found anew in a later figure is told anew.
alter table indicators.finding add column told_at timestamptz;
comment on column indicators.finding.told_at is 'When its body was told that it is open; null: not yet, or open anew since.';
grant update (told_at) on indicators.finding to mangnon_app;
