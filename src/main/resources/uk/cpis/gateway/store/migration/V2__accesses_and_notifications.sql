-- What happened (the audit), what is shown of it, what is owed for it, and what became of that.

-- Everything audited, accesses included, in one stream of numbers. Rows of ordinary transactions
-- come without a number; the commit writer gives it. Rows are never changed but for that.
CREATE TABLE audit_record (
    id                       CHAR(36)    NOT NULL,
    number                   BIGINT,
    happened_at              TIMESTAMP   NOT NULL,
    event                    VARCHAR(30) NOT NULL,
    outcome                  VARCHAR(40) NOT NULL,
    asid                     CHAR(12),
    transport_certificate    CHAR(64),
    signing_certificate      CHAR(64),
    remote_address           VARCHAR(60),
    organisation             VARCHAR(12),
    message_id               CHAR(36),
    nhs_number               CHAR(10),
    plan_type                CHAR(3),
    -- The author, as sent: a person, or a device (where the user is its ASID).
    author_kind              CHAR(1),
    user_key                 VARCHAR(255),
    role_profile_id          VARCHAR(255),
    job_role_code            VARCHAR(255),
    job_role_name            VARCHAR(255),
    staff_title              VARCHAR(255),
    staff_given_name         VARCHAR(255),
    staff_family_name        VARCHAR(255),
    author_organisation      VARCHAR(12),
    author_organisation_name VARCHAR(255),
    author_telephone         VARCHAR(40),
    -- Accesses only.
    access_mode              VARCHAR(10),
    care_setting             VARCHAR(40),
    ring_back                VARCHAR(40),
    records_found            INTEGER,
    shown                    BOOLEAN,
    CONSTRAINT audit_record_pk PRIMARY KEY (id),
    CONSTRAINT audit_record_number UNIQUE (number)
);

-- The accesses that the history shows (cpis.md section 2): few beside the audit, and purged with
-- the person's records while the audit stays.
CREATE TABLE shown_access (
    number            BIGINT       NOT NULL,
    nhs_number        CHAR(10)     NOT NULL,
    accessed_at       TIMESTAMP    NOT NULL,
    user_key          VARCHAR(255) NOT NULL,
    organisation      VARCHAR(12)  NOT NULL,
    organisation_name VARCHAR(255) NOT NULL,
    user_name         VARCHAR(1000) NOT NULL,
    job_role_code     VARCHAR(255) NOT NULL,
    job_role_name     VARCHAR(255) NOT NULL,
    CONSTRAINT shown_access_pk PRIMARY KEY (number)
);

CREATE INDEX shown_access_of_person ON shown_access (nhs_number, number DESC);
CREATE INDEX shown_access_of_user
    ON shown_access (nhs_number, organisation, user_key, number DESC);

-- What each authority is to be told, frozen when it became owed. owed_number is the order of the
-- commits, which the relay follows; number counts up per authority and is told to it.
CREATE TABLE owed_notification (
    id          CHAR(36)    NOT NULL,
    kind        VARCHAR(20) NOT NULL,
    cause       CHAR(36)    NOT NULL,
    authority   VARCHAR(12) NOT NULL,
    owed_number BIGINT,
    number      BIGINT,
    made_at     TIMESTAMP   NOT NULL,
    nhs_number  CHAR(10),
    settled     BOOLEAN     NOT NULL,
    CONSTRAINT owed_notification_pk PRIMARY KEY (id),
    CONSTRAINT owed_notification_owed_number UNIQUE (owed_number),
    CONSTRAINT owed_notification_number UNIQUE (authority, number)
);

-- Where each authority's count stands, without counting.
CREATE INDEX owed_notification_newest ON owed_notification (authority, number DESC);
CREATE INDEX owed_notification_of_cause ON owed_notification (cause);
CREATE INDEX owed_notification_open ON owed_notification (settled, authority, owed_number);

-- The authority's records as they stood then.
CREATE TABLE owed_record (
    notification     CHAR(36)    NOT NULL,
    position         INTEGER     NOT NULL,
    plan_type        CHAR(3)     NOT NULL,
    start_date       DATE        NOT NULL,
    end_date         DATE,
    active           BOOLEAN     NOT NULL,
    family_name      VARCHAR(255),
    given_name       VARCHAR(255),
    date_of_birth    DATE,
    local_identifier VARCHAR(255),
    message_id       CHAR(36)    NOT NULL,
    sequence_number  BIGINT      NOT NULL,
    CONSTRAINT owed_record_pk PRIMARY KEY (notification, position),
    CONSTRAINT owed_record_of FOREIGN KEY (notification) REFERENCES owed_notification (id)
);

-- The authority's final answer, once for each notification: the key is the guard.
CREATE TABLE settlement (
    notification CHAR(36)    NOT NULL,
    answer       VARCHAR(10) NOT NULL,
    settled_at   TIMESTAMP   NOT NULL,
    CONSTRAINT settlement_pk PRIMARY KEY (notification),
    CONSTRAINT settlement_of FOREIGN KEY (notification) REFERENCES owed_notification (id)
);

-- Given up for now, with the cause; still owed.
CREATE TABLE dead_letter (
    notification CHAR(36)      NOT NULL,
    authority    VARCHAR(12)   NOT NULL,
    cause        VARCHAR(1000) NOT NULL,
    given_up_at  TIMESTAMP     NOT NULL,
    CONSTRAINT dead_letter_pk PRIMARY KEY (notification),
    CONSTRAINT dead_letter_of FOREIGN KEY (notification) REFERENCES owed_notification (id)
);

CREATE INDEX dead_letter_by_authority ON dead_letter (authority, given_up_at);

-- Tried in vain so far, and when it is due again.
CREATE TABLE delivery_attempt (
    notification CHAR(36)      NOT NULL,
    attempts     INTEGER       NOT NULL,
    due          TIMESTAMP     NOT NULL,
    cause        VARCHAR(1000) NOT NULL,
    CONSTRAINT delivery_attempt_pk PRIMARY KEY (notification),
    CONSTRAINT delivery_attempt_of FOREIGN KEY (notification) REFERENCES owed_notification (id)
);

-- How far the relay has carried owed rows to the lanes: one row.
CREATE TABLE relay_watermark (
    owed_number BIGINT NOT NULL
);

INSERT INTO relay_watermark (owed_number) VALUES (0);
