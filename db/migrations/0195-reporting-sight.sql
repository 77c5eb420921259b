-- What an issued version of a regime says is known to everyone signed in: the state asked is the version's own, not its regime's.
drop policy regime_version_read on reporting.regime_version;
create policy regime_version_read on reporting.regime_version for select using (platform.everywhere()
  or exists (select 1 from reporting.regime r where r.id = regime_id and (regime_version.state = 'issued' or r.agency_id in (select platform.reached()))));
