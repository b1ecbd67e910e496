-- The register: who sends plans, what they sent, and by which messages.
-- Times are UTC. Names and numbers of people stand here in the clear only inside the encrypted files.

CREATE TABLE local_authority (
    code                     VARCHAR(12)  NOT NULL,
    name                     VARCHAR(255) NOT NULL,
    region                   VARCHAR(255) NOT NULL,
    emergency_duty_telephone VARCHAR(40)  NOT NULL,
    office_telephone         VARCHAR(40),
    -- As the registration last stated them: a later registration counts only where it changed.
    registered_emergency     VARCHAR(40)  NOT NULL,
    registered_office        VARCHAR(40),
    CONSTRAINT local_authority_pk PRIMARY KEY (code)
);

-- The number of the last submission applied. Apart from local_authority, because a submission
-- holds its authority's row here until it commits, and queries read the authorities meanwhile.
CREATE TABLE submission_sequence (
    authority   VARCHAR(12) NOT NULL,
    last_number BIGINT,
    CONSTRAINT submission_sequence_pk PRIMARY KEY (authority),
    CONSTRAINT submission_sequence_of FOREIGN KEY (authority) REFERENCES local_authority (code)
);

-- One record per authority, person and type of plan. A deleted one stays as a stone without the
-- subject's details, so that a late older submission cannot bring it back.
CREATE TABLE plan (
    nhs_number       CHAR(10)    NOT NULL,
    authority        VARCHAR(12) NOT NULL,
    plan_type        CHAR(3)     NOT NULL,
    start_date       DATE,
    end_date         DATE,
    family_name      VARCHAR(255),
    given_name       VARCHAR(255),
    date_of_birth    DATE,
    local_identifier VARCHAR(255),
    message_id       CHAR(36)    NOT NULL,
    sequence_number  BIGINT      NOT NULL,
    changed_at       TIMESTAMP   NOT NULL,
    deleted          BOOLEAN     NOT NULL,
    CONSTRAINT plan_pk PRIMARY KEY (nhs_number, authority, plan_type)
);

CREATE UNIQUE INDEX plan_by_authority ON plan (authority, nhs_number, plan_type);

-- The memory of messages that had their final outcome; the key is the guard against doing twice.
CREATE TABLE remembered_message (
    asid        CHAR(12)    NOT NULL,
    message_id  CHAR(36)    NOT NULL,
    interaction VARCHAR(40) NOT NULL,
    digest      CHAR(64)    NOT NULL,
    handled_at  TIMESTAMP   NOT NULL,
    reference   CHAR(36)    NOT NULL,
    CONSTRAINT remembered_message_pk PRIMARY KEY (asid, message_id)
);

-- Submissions and how each was acknowledged.
CREATE TABLE submission (
    id              CHAR(36)    NOT NULL,
    authority       VARCHAR(12) NOT NULL,
    asid            CHAR(12)    NOT NULL,
    message_id      CHAR(36)    NOT NULL,
    kind            VARCHAR(10) NOT NULL,
    digest          CHAR(64)    NOT NULL,
    sequence_number BIGINT      NOT NULL,
    -- The same, where the submission took it; null where it was refused as a whole, or when the
    -- sequence was reset since.
    taken_number    BIGINT,
    received_at     TIMESTAMP   NOT NULL,
    file_code       CHAR(5)     NOT NULL,
    detail_code     VARCHAR(40),
    CONSTRAINT submission_pk PRIMARY KEY (id),
    CONSTRAINT submission_taken_number UNIQUE (authority, taken_number)
);

CREATE TABLE submission_record (
    submission       CHAR(36) NOT NULL,
    position         INTEGER  NOT NULL,
    local_identifier VARCHAR(255),
    record_code      CHAR(5)  NOT NULL,
    detail_code      VARCHAR(40),
    replacement      CHAR(10),
    CONSTRAINT submission_record_pk PRIMARY KEY (submission, position),
    CONSTRAINT submission_record_of FOREIGN KEY (submission) REFERENCES submission (id)
);

-- The local demographic register.
CREATE TABLE person (
    nhs_number    CHAR(10)     NOT NULL,
    status        VARCHAR(20)  NOT NULL,
    replacement   CHAR(10),
    family_name   VARCHAR(255) NOT NULL,
    -- In their order, one to a line.
    given_names   VARCHAR(1000) NOT NULL,
    date_of_birth DATE         NOT NULL,
    mother        CHAR(10),
    CONSTRAINT person_pk PRIMARY KEY (nhs_number)
);
