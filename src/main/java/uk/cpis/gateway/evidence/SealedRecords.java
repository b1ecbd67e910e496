package uk.cpis.gateway.evidence;

import static uk.cpis.gateway.evidence.Finding.Kind.ALTERED;
import static uk.cpis.gateway.evidence.Finding.Kind.INSERTED;
import static uk.cpis.gateway.evidence.Finding.Kind.MISSING;
import static uk.cpis.gateway.evidence.Finding.Kind.REORDERED;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Holds the records that stand before a seal against it: each one, their order, and the root. */
final class SealedRecords {

  private final Seal seal;
  private final List<Finding> findings = new ArrayList<>();
  private final List<byte[]> leaves = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();
  private long expected;

  private SealedRecords(Seal seal) {
    this.seal = seal;
    this.expected = seal.first();
  }

  /** What is wrong with them, in the order in which it is met. */
  static List<Finding> findings(Seal seal, List<RecordLine> records, Set<Long> unreadable) {
    SealedRecords check = new SealedRecords(seal);
    check.seen.addAll(unreadable);
    records.forEach(check::look);
    check.missingBefore(seal.last() + 1);
    if (check.findings.isEmpty() && unreadable.isEmpty()) {
      check.root();
    }
    return check.findings;
  }

  private void look(RecordLine record) {
    long number = record.number();
    if (record.leaf().isEmpty()) {
      add(INSERTED, number, "was never sealed, though later ones are");
    } else if (number < seal.first() || number > seal.last()) {
      add(INSERTED, number, "stands in seal " + seal.number() + ", which is not of it");
    } else if (!seen.add(number)) {
      add(INSERTED, number, "stands there a second time");
    } else if (number < expected) {
      findings.removeIf(each -> each.equals(missing(number)));
      add(REORDERED, number, "stands behind a later one");
    } else {
      missingBefore(number);
      expected = number + 1;
      if (!record.matchesItsLeaf()) {
        add(ALTERED, number, "is not as it was sealed");
      }
    }
    record.leaf().ifPresent(leaf -> leaves.add(HexFormat.of().parseHex(leaf)));
  }

  private void missingBefore(long number) {
    for (; expected < number; expected++) {
      if (!seen.contains(expected)) {
        findings.add(missing(expected));
      }
    }
  }

  private Finding missing(long number) {
    return Finding.of(MISSING, number, "record " + number + " was sealed and is not there");
  }

  private void root() {
    if (!Arrays.equals(HexFormat.of().parseHex(seal.root()), MerkleTree.root(leaves))) {
      add(
          ALTERED,
          seal.first(),
          "or one of the next up to "
              + seal.last()
              + " is not as it was sealed: record and leaf were changed together");
    }
  }

  private void add(Finding.Kind kind, long record, String text) {
    findings.add(Finding.of(kind, record, "record " + record + " " + text));
  }
}
