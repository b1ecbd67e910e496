-- How far the re-check of the numbers held has come, so that a restart goes on there: one row; empty
-- before the first number.
CREATE TABLE recheck_position (
    nhs_number CHAR(10)
);

INSERT INTO recheck_position (nhs_number) VALUES (NULL);
