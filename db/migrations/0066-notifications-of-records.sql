-- Who sees what is talked of: the same line as the first wall draws. A draft is its own body's alone, and so is its talk.
create or replace function notifications.sees_subject(kind text, subject uuid) returns boolean language sql stable as $$ select case kind
    when 'plans.plan' then exists (select 1 from plans.plan p where p.id = subject and (p.state <> 'draft' or p.agency_id = platform.agency()))
    when 'plans.node' then exists (select 1 from plans.node n join plans.plan p on p.id = n.plan_id
      where n.id = subject and (p.agency_id = platform.agency() or exists (
        select 1 from plans.node_version nv join plans.plan_version v on v.id = nv.plan_version_id where nv.node_id = n.id and v.state = 'issued')))
    when 'plans.occurrence' then exists (select 1 from plans.occurrence o where o.id = subject)
    when 'plans.urging' then exists (select 1 from plans.urging u where u.id = subject)
    when 'documents.import' then exists (select 1 from documents.import i where i.id = subject)
    else false end $$;
