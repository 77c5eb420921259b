-- Lists of tasks name mechanisms and terms: a write to these tells that what was kept of them is no longer so.
create trigger mechanism_change after insert or update or delete or truncate on recommendations.mechanism for each statement execute function platform.note_change();
create trigger term_change after insert or update or delete or truncate on recommendations.term for each statement execute function platform.note_change();
