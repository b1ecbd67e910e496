package uk.cpis.gateway.domain;

import java.util.List;

/** What became of a file of the local demographic register. */
public sealed interface RegisterLoad {

  /** Taken over: so many people were new, and of so many something changed. */
  record Loaded(int added, int changed) implements RegisterLoad {

    /** Nobody was new and nothing changed. */
    public static final Loaded NOTHING = new Loaded(0, 0);

    public Loaded plus(Loaded more) {
      return new Loaded(added + more.added, changed + more.changed);
    }
  }

  /** Nothing was taken, for these faults; each names its line and none shows what stands there. */
  record Refused(List<String> faults) implements RegisterLoad {

    /** Copies the list. */
    public Refused {
      faults = List.copyOf(faults);
    }
  }
}
