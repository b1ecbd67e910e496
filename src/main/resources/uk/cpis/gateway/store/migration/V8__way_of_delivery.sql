-- How each authority's notifications were brought to it last, so that the start notices a switch
-- between delivery and collection; null until it is noted the first time.
ALTER TABLE local_authority ADD COLUMN pushed BOOLEAN;
