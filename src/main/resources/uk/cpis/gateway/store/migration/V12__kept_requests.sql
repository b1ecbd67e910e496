-- Evidence of who asked. The digest is sealed with the record; the signature that it is of is packed:
-- the signed digests of the message (ds:SignedInfo, canonical) and the value over them.
ALTER TABLE audit_record ADD COLUMN request CHAR(64);
ALTER TABLE audit_record ADD COLUMN request_signature VARCHAR(16000) FOR BIT DATA;

-- The whole message, packed, where that is set; for as long as messages are remembered.
CREATE TABLE kept_message (
    audit   CHAR(36)  NOT NULL,
    kept_at TIMESTAMP NOT NULL,
    message BLOB      NOT NULL,
    CONSTRAINT kept_message_pk PRIMARY KEY (audit)
);

CREATE INDEX kept_message_by_age ON kept_message (kept_at);
