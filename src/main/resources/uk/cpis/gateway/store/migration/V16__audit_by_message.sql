-- The records of a message, which auditors and operators ask for by its id.
CREATE INDEX audit_record_of_message ON audit_record (message_id);
