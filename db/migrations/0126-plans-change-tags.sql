-- Terms of many recommendations are decided as one change set: looked at first, taken back later.
alter table plans.change_set drop constraint change_set_about_check;
alter table plans.change_set add constraint change_set_about_check check (about in ('draft', 'labels', 'progress', 'tags'));
alter table plans.change drop constraint change_field_check;
alter table plans.change add constraint change_field_check
  check (field in ('text', 'path', 'output', 'funding', 'time', 'duties', 'programmes', 'bases', 'place', 'node', 'labels', 'progress', 'tags'));

-- What is taken back stands in the change set and in the record of acts; the recommendation itself is undecided again.
create policy tag_delete on recommendations.tag for delete using (platform.everywhere() or recommendations.keeps(recommendation_id));
grant delete on recommendations.tag to mangnon_app;
