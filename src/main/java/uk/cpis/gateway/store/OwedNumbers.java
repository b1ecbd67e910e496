package uk.cpis.gateway.store;

/** The two numbers of an owed row: in the order of all commits, and of its authority. */
record OwedNumbers(long owed, long ofAuthority) {}
