--! breaking
-- Running servers of the version before still read the hash from here.
alter table access.person drop column password_hash;
