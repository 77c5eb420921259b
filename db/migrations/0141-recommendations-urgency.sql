-- What is printed as urgent stays so whatever a standpoint says: records that a standpoint had hidden are worked out anew.
select set_config('mangnon.everywhere', 'yes', true);
update recommendations.recommendation r set is_urgent = r.is_urgent_printed or coalesce(s.is_urgent, false)
  from recommendations.standpoint s
  where s.recommendation_id = r.id and r.is_urgent <> (r.is_urgent_printed or coalesce(s.is_urgent, false));
