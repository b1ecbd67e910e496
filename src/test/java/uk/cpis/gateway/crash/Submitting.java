package uk.cpis.gateway.crash;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.cpis.gateway.contract.submission.SubmissionAcknowledgementType;
import uk.cpis.gateway.contract.submission.UpdateRecordType;
import uk.cpis.gateway.crash.ClientLog.Ending;
import uk.cpis.gateway.crash.ClientLog.Kind;
import uk.cpis.gateway.domain.DemographicPerson;
import uk.cpis.gateway.domain.Interaction;
import uk.cpis.gateway.domain.MessageId;
import uk.cpis.gateway.domain.PlanType;
import uk.cpis.gateway.testing.Submissions;
import uk.cpis.gateway.testing.TestSystem;

/**
 * An authority's system: sends and removes the records of children that only it has, and then asks
 * for them. It knows at any time what must be there.
 */
final class Submitting extends Partner {

  private static final int TOGETHER = 3;
  private static final int GIVES_UP = 30;
  private static final int SENDS_AGAIN = 15;
  private static final LocalDate START = LocalDate.of(2025, 1, 31);
  private static final PlanType TYPE = PlanType.CHILD_PROTECTION;
  private static final String TELEPHONE = "020 7946 0001";

  private final PartnerLine line;
  private final PartnerLine asking;
  private final List<DemographicPerson> children;
  private final Map<DemographicPerson, Boolean> there = new HashMap<>();
  private long sequence;

  Submitting(
      CrashWorld world,
      Gate gate,
      long seed,
      Complaints complaints,
      PartnerLine line,
      PartnerLine asking,
      List<DemographicPerson> children) {
    super(world, gate, seed, complaints);
    this.line = line;
    this.asking = asking;
    this.children = children;
    children.forEach(child -> there.put(child, false));
  }

  /** A record of this child; it ended on this day, where it did. */
  static UpdateRecordType record(DemographicPerson child, LocalDate... end) {
    UpdateRecordType record = Submissions.record(child, TYPE, START);
    Stream.of(end).forEach(day -> record.setEndDate(day.toString()));
    return record;
  }

  /** Sends these records, until they are acknowledged. */
  void load(List<UpdateRecordType> records) throws InterruptedException {
    expectAcknowledged(sent(update(records), 0));
  }

  @Override
  void step() throws InterruptedException {
    List<DemographicPerson> some = new ArrayList<>(children);
    Collections.shuffle(some, random);
    boolean deletes = random.nextBoolean();
    some.removeIf(child -> deletes && !there.get(child));
    some = some.subList(0, Math.min(TOGETHER, some.size()));
    if (!some.isEmpty()) {
      change(some, deletes);
    }
  }

  private void change(List<DemographicPerson> some, boolean deletes) throws InterruptedException {
    Letter letter =
        deletes ? deletion(some) : update(some.stream().map(child -> record(child)).toList());
    Outcome outcome = sent(letter, GIVES_UP);
    if (outcome.ending() == Ending.UNKNOWN) {
      findOut(some, deletes);
      return;
    }
    expectAcknowledged(outcome);
    some.forEach(child -> there.put(child, !deletes));
    if (random.nextInt(100) < SENDS_AGAIN) {
      sent(letter, 0);
    }
    DemographicPerson one = some.get(0);
    sent(query(one, there.get(one) ? code() : "-"), 0);
  }

  private void expectAcknowledged(Outcome outcome) {
    if (outcome.ending() == Ending.ANSWERED && outcome.detail().contains("CPF02")) {
      return;
    }
    complaints.add("I4 " + code() + " submitted in order and was told " + outcome);
  }

  /** Nobody was told whether it was done: it must be done for all or for none. */
  private void findOut(List<DemographicPerson> some, boolean deleted) throws InterruptedException {
    Map<DemographicPerson, Boolean> found = new HashMap<>();
    for (DemographicPerson child : some) {
      found.put(child, sent(query(child, "?"), 0).detail().equals(code()));
    }
    boolean none = some.stream().allMatch(child -> found.get(child).equals(there.get(child)));
    boolean all = found.values().stream().allMatch(each -> each != deleted);
    if (!none && !all) {
      complaints.add("I4 a submission of " + code() + " was done in part");
    }
    there.putAll(found);
  }

  private Letter update(List<UpdateRecordType> records) {
    sequence++;
    TestSystem system = line.system();
    return letter(
        Interaction.UPDATE,
        Kind.UPDATE,
        Submissions.update(system, sequence, TELEPHONE, records.toArray(UpdateRecordType[]::new)));
  }

  private Letter deletion(List<DemographicPerson> some) {
    sequence++;
    return letter(
        Interaction.DELETE,
        Kind.DELETE,
        Submissions.delete(line.system(), sequence, TYPE, some.toArray(DemographicPerson[]::new)));
  }

  private Letter letter(Interaction interaction, Kind kind, Object body) {
    return new Letter(
        line, interaction, kind, messageId(), body, code(), "-", "-", Submitting::said);
  }

  private static String said(Line.Answered answered) {
    SubmissionAcknowledgementType said = answered.as(SubmissionAcknowledgementType.class);
    return said.getSequenceNumber()
        + " "
        + said.getFileCode().value()
        + " "
        + said.getRecord().stream()
            .map(each -> each.getPosition() + ":" + each.getCode().value())
            .collect(Collectors.joining(" "));
  }

  private Letter query(DemographicPerson child, String expected) {
    return Asking.query(asking, messageId(), "555012345678", child, expected);
  }

  private MessageId messageId() {
    return new MessageId(new java.util.UUID(random.nextLong(), random.nextLong()));
  }

  private String code() {
    return CrashWorld.code(line.system()).value();
  }

  /** The records that must be there now. */
  Set<StoreLook.Plan> records() {
    return there.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(each -> plan(each.getKey(), code()))
        .collect(Collectors.toSet());
  }

  static StoreLook.Plan plan(DemographicPerson child, String authority) {
    return new StoreLook.Plan(child.number().digits(), authority, TYPE.code());
  }
}
