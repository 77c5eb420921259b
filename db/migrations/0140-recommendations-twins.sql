-- A file looks for the same paragraph of the own State under another source before it adds one.
create index recommendation_own_place on recommendations.recommendation (mechanism, paragraph) where is_own and whole_id is null;
