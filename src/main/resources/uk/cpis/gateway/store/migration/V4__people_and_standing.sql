-- How NHS numbers stand by what demographics said last (rules 14 and 19), and until which day each
-- record is shown (rules 6 and 13).

-- A number of which nothing special was ever said has no row. The replacement is kept when a merged
-- number becomes sensitive: what is known of one number of a person holds for the others.
CREATE TABLE number_standing (
    nhs_number  CHAR(10)    NOT NULL,
    standing    VARCHAR(20) NOT NULL,
    replacement CHAR(10),
    since       TIMESTAMP   NOT NULL,
    CONSTRAINT number_standing_pk PRIMARY KEY (nhs_number)
);

CREATE INDEX number_standing_by_replacement ON number_standing (replacement);

-- Null as long as no end is known, and on the trace of a deleted record.
ALTER TABLE plan ADD COLUMN last_visible_day DATE;

-- 12 months after the end by the calendar: 29 February ends on 28 February (rule 6).
UPDATE plan
SET last_visible_day = CAST({fn TIMESTAMPADD(SQL_TSI_MONTH, 12, end_date)} AS DATE)
WHERE deleted = false AND end_date IS NOT NULL;

-- 12 months after the 18th birthday, where that comes first; an unborn child's plan is the mother's
-- and does not end at her birthday (rule 13).
UPDATE plan
SET last_visible_day = CAST({fn TIMESTAMPADD(SQL_TSI_MONTH, 228, date_of_birth)} AS DATE)
WHERE deleted = false AND plan_type <> 'UCP'
  AND NOT (MONTH(date_of_birth) = 2 AND DAY(date_of_birth) = 29)
  AND (last_visible_day IS NULL
    OR last_visible_day > CAST({fn TIMESTAMPADD(SQL_TSI_MONTH, 228, date_of_birth)} AS DATE));

-- Born on 29 February: 18 on 1 March, and 19 years on there is no such day either.
UPDATE plan
SET last_visible_day = CAST({fn TIMESTAMPADD(SQL_TSI_DAY, 1,
    {fn TIMESTAMPADD(SQL_TSI_MONTH, 228, date_of_birth)})} AS DATE)
WHERE deleted = false AND plan_type <> 'UCP'
  AND MONTH(date_of_birth) = 2 AND DAY(date_of_birth) = 29
  AND (last_visible_day IS NULL
    OR last_visible_day > CAST({fn TIMESTAMPADD(SQL_TSI_DAY, 1,
      {fn TIMESTAMPADD(SQL_TSI_MONTH, 228, date_of_birth)})} AS DATE));

CREATE INDEX plan_by_last_visible_day ON plan (last_visible_day);
